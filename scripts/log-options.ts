// The filters of the delivery log as command-line options, read by the same schema that reads them over HTTP.
import type { Command } from 'commander';
import { logFilterSchema } from '../server/contract/delivery-log.ts';
import { firstProblem } from '../server/contract/problem.ts';
import type { LogFilter } from '../server/domain/log-filter.ts';
import type { Context } from '../server/flows/context.ts';
import { makeFilter } from '../server/flows/log/make-filter.ts';

export interface LogOptions {
  workspace?: string;
  state?: string;
  reason?: string;
  kind?: string;
  verdict?: string;
  contact?: string;
  portal?: string;
  connection?: string;
  link?: string;
  from?: string;
  to?: string;
}

export function withLogOptions(command: Command): Command {
  return command
    .option('--workspace <id>', 'needed when there are several')
    .option('--state <state>', 'for example dead, skipped, waiting_contact')
    .option('--reason <code>', 'a code of docs/failures.md, for example no_matching_contact')
    .option('--kind <kind>', 'click or conversion')
    .option('--verdict <verdict>', 'human, machine or unsure')
    .option('--contact <id>', 'a HubSpot contact id')
    .option('--portal <id>', 'a HubSpot account')
    .option('--connection <id>', 'a connection: con_...')
    .option('--link <slug>', 'clicks on this link, by slug or id')
    .option('--from <time>', 'arrived from then on: 2026-11-21T00:00:00Z')
    .option('--to <time>', 'arrived before then');
}

export async function filterOf(context: Context, workspaceId: string, options: LogOptions): Promise<LogFilter> {
  const { state, reason, kind, verdict, contact, portal, connection, link, from, to } = options;
  const named = { contact_id: contact, portal_id: portal, connection_id: connection };
  const asked = { state, reason, kind, verdict, link, from, to, ...named };
  const parsed = logFilterSchema.safeParse(Object.fromEntries(Object.entries(asked).filter(([, value]) => value)));
  if (parsed.success) return makeFilter(context, workspaceId, parsed.data);
  const { field, message } = firstProblem(parsed.error);
  throw new Error(`--${field.replace(/_id$/, '')}: ${message}`);
}
