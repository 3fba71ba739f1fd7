// `npm run deliveries`: the delivery log from the command line: list it, export it, ask why an event is not on the timeline.
import { Command } from 'commander';
import type { Delivery } from '../server/domain/delivery.ts';
import { redacted } from '../server/domain/log-redaction.ts';
import { explain } from '../server/domain/reasons.ts';
import { explainEvent } from '../server/flows/log/explain-event.ts';
import { readLog } from '../server/flows/log/read-log.ts';
import { filterOf, withLogOptions, type LogOptions } from './log-options.ts';
import { orFail, withContext, workspaceOf } from './open-context.ts';

const marks = { done: '✓', waiting: '…', stopped: '✗' } as const;

const program = new Command('deliveries')
  .description('The delivery log. Uses the store that the server uses: MONGODB_URI, or the one in DATA_DIR.')
  .option('--json', 'print JSON instead of text')
  .showHelpAfterError();

const json = () => program.opts<{ json?: boolean }>().json;

program
  .command('why')
  .description('tell the story of one event, per connection')
  .argument('<event-id>', 'click_id or conversion_id')
  .option('--workspace <id>', 'needed when there are several')
  .action((eventId: string, { workspace }: { workspace?: string }) => orFail(json(), () => why(eventId, workspace)));

withLogOptions(program.command('list'))
  .description('list deliveries, newest first')
  .option('--limit <n>', 'at most so many', '50')
  .action((options: LogOptions & { limit: string }) => orFail(json(), () => list(options)));

await program.parseAsync();

async function why(eventId: string, workspace: string | undefined): Promise<void> {
  await withContext(async (context) => {
    const workspaceId = await workspaceOf(context, workspace);
    const { found, answer, check, stories } = await explainEvent(context, { workspaceId, eventId });
    if (json()) {
      const connections = stories.map(({ delivery, ...story }) => ({ ...factsOf(delivery), ...story }));
      console.log(JSON.stringify({ event_id: eventId, found, answer, check, connections }));
    } else {
      console.log(answer);
      for (const line of check) console.log(`  - ${line}`);
      for (const { delivery, steps } of stories) {
        console.log(`\nPortal ${delivery.portalId ?? 'none'} (${delivery.state})`);
        for (const { state, words } of steps) console.log(`  ${marks[state]} ${words}`);
      }
    }
    if (!found) process.exitCode = 1;
  });
}

async function list({ limit, ...options }: LogOptions & { limit: string }): Promise<void> {
  const most = Number(limit);
  if (!Number.isInteger(most) || most < 1) throw new Error('--limit: a whole number from 1 on.');
  await withContext(async (context) => {
    const workspaceId = await workspaceOf(context, options.workspace);
    const filter = await filterOf(context, workspaceId, options);
    let left = most;
    let after = null;
    do {
      const page = await readLog(context, { workspaceId, filter, after, limit: Math.min(200, left) });
      for (const delivery of page.deliveries)
        console.log(json() ? JSON.stringify(factsOf(delivery)) : lineOf(delivery));
      left -= page.deliveries.length;
      after = page.next;
    } while (after !== null && left > 0);
  });
}

function lineOf({ eventId, receivedAt, state, portalId, contactId, reason }: Delivery): string {
  const who = contactId === null ? '' : `contact ${contactId}`;
  const why = reason === null ? '' : `${explain(reason).words} ${explain(reason).next}`;
  return [receivedAt.toISOString(), state.padEnd(15), eventId, portalId ?? '-', who, why].filter(Boolean).join('  ');
}

function factsOf(delivery: Delivery) {
  const { _id: id, eventId, kind, portalId, state, reason, detail, attempts, contactId, dealIds, dueAt } = delivery;
  const { occurredAt, receivedAt, deliveredAt, verdict } = delivery;
  return {
    id,
    event_id: eventId,
    kind,
    portal_id: portalId,
    state,
    reason: reason && { code: reason, ...explain(reason) },
    detail: detail && redacted(detail),
    verdict,
    attempts,
    contact_id: contactId,
    deal_ids: dealIds,
    occurred_at: occurredAt,
    received_at: receivedAt,
    due_at: dueAt,
    delivered_at: deliveredAt,
  };
}
