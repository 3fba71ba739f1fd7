// The same functions that the routes call, without the wire and the store: everything that reads an input and judges it.
import {
  conversionBatchSchema,
  conversionRowSchema,
  maxConversionsPerRequest,
} from '../../server/contract/conversion.ts';
import { firstProblem } from '../../server/contract/problem.ts';
import { newRuleSchema } from '../../server/contract/rule.ts';
import { conversionIdOf } from '../../server/domain/conversion-id.ts';
import { eventTimeProblem } from '../../server/domain/event-time.ts';
import { parseRule } from '../../server/domain/rules/parse-rule.ts';
import { toYaml } from '../../server/domain/rules/to-yaml.ts';
import { validateAgainstPipelines } from '../../server/domain/rules/validate-against-pipelines.ts';
import { cleanUtm } from '../../server/domain/utm.ts';
import { receiptIdOf } from '../../server/domain/webhook-event.ts';
import { CodedError, errorCodes } from '../../server/errors.ts';
import { storyOf } from '../../server/flows/webhooks/stories.ts';
import { rowsOf } from '../../server/http/ingest/rows.ts';
import { parseInput } from '../../server/http/middleware/json-body.ts';
import { parseWebhookRow, webhookBodySchema } from '../../server/hubspot/webhook-event.ts';
import type { Input, InputKind } from './make-inputs.ts';

/** Throws only what is no refusal. */
export function feedDirectly({ kind, bytes }: Input, now: number): 'taken' | 'refused' {
  try {
    return readers[kind](bytes.toString('utf8'), now) ? 'taken' : 'refused';
  } catch (error) {
    if (error instanceof CodedError && errorCodes[error.code].status < 500) return 'refused';
    throw error;
  }
}

/** True when the input is taken, or some row of it. */
const readers: Record<InputKind, (text: string, now: number) => boolean> = {
  rule: readRule,
  conversion: readConversions,
  webhook: readWebhooks,
};

const pipeline = {
  id: 'default',
  label: 'Sales',
  stages: ['appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'closedwon'].map((id, displayOrder) => ({
    id,
    label: id,
    displayOrder,
    isClosed: id === 'closedwon',
    probability: (displayOrder + 1) / 4,
  })),
};

function readRule(given: string): boolean {
  const { text } = parseInput(newRuleSchema, { connection_id: 'con_1', text: given });
  const parsed = parseRule(text);
  parseRule(text, 'json');
  if ('problems' in parsed) {
    if (parsed.problems.length === 0) throw new Error('A rule was refused without a reason.');
    return false;
  }
  if (!('rule' in parseRule(toYaml(parsed.rule)))) throw new Error('A rule that was taken cannot be read again.');
  return validateAgainstPipelines({ rule: parsed.rule, pipelines: [pipeline], text }).length === 0;
}

function readConversions(text: string, now: number): boolean {
  const body = jsonOf(text);
  const batch = { name: 'conversions', schema: conversionBatchSchema, max: maxConversionsPerRequest } as const;
  const judged = rowsOf(body, batch).map((row) => {
    const { data, error } = conversionRowSchema.safeParse(row);
    if (!data) return firstProblem(error).message === '';
    cleanUtm(data.utm ?? {});
    const { conversion_id: conversionId, click_id: clickId = null, name } = data;
    conversionIdOf({ workspaceId: 'wsp_1', via: 'api', conversionId, clickId, name });
    return eventTimeProblem({ at: data.occurred_at ?? now, now, maxAgeDays: 30 }) === null;
  });
  return judged.includes(true);
}

function readWebhooks(text: string): boolean {
  const rows = parseInput(webhookBodySchema, jsonOf(text)).map(parseWebhookRow);
  const events = rows.flatMap((row) => ('event' in row ? row.event : []));
  for (const event of events) {
    receiptIdOf(event);
    storyOf(event);
  }
  return events.length > 0;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CodedError('invalid_request', 'The body is not JSON.');
  }
}
