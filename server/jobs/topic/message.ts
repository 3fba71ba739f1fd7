// A message of the topic as the rest of the program sees it, and what it says: a click of a workspace, or why it is none. Pure.
import { topicClickSchema } from '../../contract/topic-click.ts';
import { digestOf } from '../../lib/ids.ts';

export interface TopicMessage {
  topic: string;
  partition: number;
  offset: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, string>;
}

export type Read = { ok: true; workspaceId: string; row: Record<string, unknown> } | { ok: false; reason: Reason };

export interface Reason {
  code: string;
  message: string;
}

const longestValue = 64 * 1_024;

export function readMessage(message: TopicMessage): Read {
  const { key, value } = message;
  if (value === null || value.length === 0) return refuse('The message has no value.');
  if (value.length > longestValue) return refuse(`The value is longer than ${longestValue / 1_024} kB.`);
  let content: unknown;
  try {
    content = JSON.parse(value.toString('utf8'));
  } catch {
    return refuse('The value is not JSON.');
  }
  const parsed = topicClickSchema.safeParse(content);
  if (!parsed.success) return refuse('The value is not a JSON object with a workspace_id.');
  const { workspace_id: workspaceId, ...row } = parsed.data;
  // The key decides the partition, and so the order within a workspace: a key that names another one is a mistake.
  if (key !== null && key.length > 0 && key.toString('utf8') !== workspaceId)
    return refuse('The key of the message is not its workspace_id.');
  return { ok: true, workspaceId, row: { ...row, click_id: row['click_id'] ?? ownId(message) } };
}

/** A message that names no click is still one click, however often the broker hands it over. */
function ownId({ topic, partition, offset }: TopicMessage): string {
  return `clk_${digestOf('topic', topic, String(partition), offset).slice(0, 32)}`;
}

function refuse(message: string): Read {
  return { ok: false, reason: { code: 'invalid_request', message } };
}
