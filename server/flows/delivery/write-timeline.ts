// Timeline events, group by group. Every group is in the store before it is sent (docs/decisions/0006-effect-once.md).
import { contactEvent, dealEvent, eventKey, type PlannedEvent } from '../../domain/timeline-text.ts';
import { groupSends, splitGroup, type SendGroup } from '../../domain/sends.ts';
import { isCoded, toCoded, type CodedError } from '../../errors.ts';
import type { TimelineDialect } from '../../hubspot/timeline/dialect.ts';
import { groupBy } from '../../lib/chunk.ts';
import { eachLimit } from '../../lib/each-limit.ts';
import type { Context } from '../context.ts';
import type { Outcomes, Planned } from './batch.ts';
import type { Plan } from './plan-batch.ts';
import { recordPlans } from './record-plans.ts';
import type { PortalSession } from './session.ts';

const groupsAtOnce = 4;

/** After one of these the other groups would fail alike, so they are not sent. */
const portalWide = [
  'hubspot_rate_limited',
  'hubspot_token_rejected',
  'hubspot_token_revoked',
  'hubspot_insufficient_permissions',
  'hubspot_unreachable',
] as const;

interface Batch {
  plan: Plan;
  outcomes: Outcomes;
}

export async function writeTimeline(
  context: Context,
  session: PortalSession,
  { plan, outcomes }: Batch,
): Promise<void> {
  const rows = new Map(plan.planned.map((row) => [row.delivery._id, row]));
  const newGroupId = () => context.newId('group');
  const work: { dialect: TimelineDialect; group: SendGroup }[] = [];
  for (const ofConnection of groupBy(plan.planned, ({ connection }) => connection.dialect).values()) {
    const [first] = ofConnection;
    if (!first) continue;
    const dialect = await session.dialectOf(first.connection);
    const open = ofConnection.flatMap(({ delivery, sends }) =>
      sends.filter(({ done }) => !done).map((send) => ({ delivery, send })),
    );
    for (const group of groupSends(open, dialect.groupSize, newGroupId)) work.push({ dialect, group });
  }
  await recordPlans(context, session, plan.planned);

  let stopped: CodedError | null = null;
  await eachLimit(work, groupsAtOnce, async ({ dialect, group }) => {
    const queue = [group];
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (stopped) failGroup({ group: next, rows, outcomes, error: stopped });
      else {
        const halves = await sendGroup({ context, session, dialect, group: next, rows, outcomes }).catch(
          (error: unknown) => {
            const failure = toCoded(error);
            if (isCoded(failure, ...portalWide)) stopped = failure;
            failGroup({ group: next, rows, outcomes, error: failure });
            return [];
          },
        );
        queue.push(...halves);
      }
    }
  });
}

interface GroupToSend {
  context: Context;
  session: PortalSession;
  dialect: TimelineDialect;
  group: SendGroup;
  rows: ReadonlyMap<string, Planned>;
  outcomes: Outcomes;
}

/** Sends one group; when its rows must be told apart, smaller ones come back, already written down. */
async function sendGroup({ context, session, dialect, group, rows, outcomes }: GroupToSend): Promise<SendGroup[]> {
  session.signal.throwIfAborted();
  const events = group.members.map(({ delivery, send }) => eventOf(rowOf(rows, delivery._id), send.target));
  // An all-or-nothing refusal proves nothing about a group that was put together anew: its rows are then told apart.
  const resend = group.sentBefore && (group.complete || !dialect.allOrNothing);
  const result = await dialect.writeGroup(session.api, events, { resend });
  if (result.kind === 'split') {
    const halves = splitGroup(group, result.because, () => context.newId('group'));
    await recordPlans(context, session, [...new Set(group.members.map(({ delivery }) => rowOf(rows, delivery._id)))]);
    return halves;
  }
  for (const { delivery, send } of group.members) {
    const outcome = result.outcomes.get(eventKey(delivery._id, send.target));
    if (!outcome) throw new Error(`The dialect ${dialect.name} did not account for an event.`);
    if (outcome.status === 'failed') outcomes.fail(rowOf(rows, delivery._id).delivery, outcome.error);
    else send.done = true;
  }
  return [];
}

function eventOf(row: Planned, target: string): PlannedEvent {
  const who = { contactId: row.contactId, name: row.contactName };
  if (target === 'contact') return contactEvent(row.delivery, who);
  return dealEvent(row.delivery, who, target.slice('deal:'.length));
}

function failGroup({
  group,
  rows,
  outcomes,
  error,
}: Pick<GroupToSend, 'group' | 'rows' | 'outcomes'> & { error: CodedError }): void {
  for (const { delivery } of group.members) outcomes.fail(rowOf(rows, delivery._id).delivery, error);
}

function rowOf(rows: ReadonlyMap<string, Planned>, id: string): Planned {
  const row = rows.get(id);
  if (!row) throw new Error(`Delivery ${id} is not part of the batch.`);
  return row;
}
