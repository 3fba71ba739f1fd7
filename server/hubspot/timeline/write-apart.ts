// For dialects whose calls can be refused as a whole although rows stand on their own: smaller and smaller calls until the row at fault is alone.
// Only for refusals that wrote nothing; a crash midway is settled by the look-up that every resend begins with.
import { isCoded, type CodedError } from '../../errors.ts';
import { chunk } from '../../lib/chunk.ts';
import type { EventOutcome, TimelineEvent } from './dialect.ts';

export type Outcomes = Map<string, EventOutcome>;

export async function writeApart(
  events: readonly TimelineEvent[],
  steps: {
    write(events: readonly TimelineEvent[]): Promise<Outcomes>;
    judgeAlone(event: TimelineEvent, error: CodedError): Promise<EventOutcome>;
  },
): Promise<Outcomes> {
  const [first] = events;
  if (first === undefined) return new Map();
  try {
    return await steps.write(events);
  } catch (error) {
    if (!isCoded(error, 'hubspot_validation', 'hubspot_not_found', 'hubspot_conflict')) throw error;
    if (events.length === 1) return new Map([[first.key, await steps.judgeAlone(first, error)]]);
  }
  const outcomes: Outcomes = new Map();
  for (const half of chunk(events, Math.ceil(events.length / 2))) {
    for (const [key, outcome] of await writeApart(half, steps)) outcomes.set(key, outcome);
  }
  return outcomes;
}

export function alreadyThere(keys: Iterable<string>): Outcomes {
  return new Map([...keys].map((key) => [key, { status: 'already_there' }]));
}
