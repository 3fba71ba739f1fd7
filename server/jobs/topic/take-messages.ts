// Messages become clicks, each workspace in one go. Returns those that never will, with the reason; throws when the store does
// not answer, and then none of them may be taken for read.
import { isCoded } from '../../errors.ts';
import { assertScope } from '../../flows/caller.ts';
import { authenticateKey } from '../../flows/authenticate-key.ts';
import type { Context } from '../../flows/context.ts';
import { recordClicks } from '../../flows/record-clicks.ts';
import { readMessage, type Reason, type TopicMessage } from './message.ts';

export interface Poison {
  message: TopicMessage;
  reason: Reason;
}

interface Good {
  message: TopicMessage;
  row: Record<string, unknown>;
}

export async function takeMessages(context: Context, messages: readonly TopicMessage[]): Promise<Poison[]> {
  const poison: Poison[] = [];
  const byWorkspace = new Map<string, Good[]>();
  for (const message of messages) {
    const read = readMessage(message);
    const reason = read.ok ? await refusalOf(context, message, read.workspaceId) : read.reason;
    if (reason) poison.push({ message, reason });
    else if (read.ok) {
      const { workspaceId, row } = read;
      byWorkspace.set(workspaceId, [...(byWorkspace.get(workspaceId) ?? []), { message, row }]);
    }
  }
  for (const [workspaceId, good] of byWorkspace) {
    const receipts = await recordClicks(context, { workspaceId, rows: good.map(({ row }) => row), via: 'topic' });
    for (const { index, error } of receipts) {
      const message = good[index]?.message;
      if (error && message) poison.push({ message, reason: error });
    }
  }
  return poison;
}

/** With KAFKA_TRUST=key a message proves its workspace like a request does: with an API key that may write clicks. */
async function refusalOf(context: Context, { headers }: TopicMessage, workspaceId: string): Promise<Reason | null> {
  if (context.config.kafka?.trust !== 'key') return null;
  try {
    const caller = await authenticateKey(context, headers['authorization']);
    assertScope(caller, 'clicks:write');
    if (caller.workspaceId === workspaceId) return null;
    return { code: 'forbidden', message: 'The API key of the message belongs to another workspace.' };
  } catch (error) {
    if (isCoded(error) && error.facts.status < 500) return { code: error.code, message: error.message };
    throw error;
  }
}
