// What a caller asks of the log, in the words of the store: links become slugs, portals become connections of the workspace.
import type { LogQuery } from '../../contract/delivery-log.ts';
import type { DeliveryState } from '../../domain/delivery.ts';
import type { LogFilter } from '../../domain/log-filter.ts';
import { isReasonCode, type ReasonCode } from '../../domain/reasons.ts';
import { CodedError } from '../../errors.ts';
import type { Context } from '../context.ts';

type Asked = Partial<Omit<LogQuery, 'state'>> & { state?: DeliveryState | undefined };

/** Throws `invalid_request` that names the field: a name the workspace does not have would look like "nothing happened". */
export async function makeFilter(context: Context, workspaceId: string, asked: Asked): Promise<LogFilter> {
  const { event_id, contact_id, state, kind, verdict, time = 'received', from, to } = asked;
  if (asked.link !== undefined && kind === 'conversion')
    throw refused('link', 'Conversions have no link of their own. Leave kind out, or find them by contact_id.');
  if (from !== undefined && to !== undefined && from >= to) throw refused('to', 'The span ends before it begins.');
  return {
    eventId: event_id,
    contactId: contact_id,
    connectionId: await connectionOf(context, workspaceId, asked),
    linkSlug: asked.link === undefined ? undefined : await slugOf(context, workspaceId, asked.link),
    states: state === undefined ? undefined : [state],
    reason: reasonOf(asked.reason),
    kind,
    verdict,
    ...(from === undefined && to === undefined ? {} : { [time]: { from, to } }),
  };
}

function reasonOf(reason: string | undefined): ReasonCode | undefined {
  if (reason === undefined || isReasonCode(reason)) return reason;
  throw refused('reason', 'There is no such reason. docs/failures.md lists them.');
}

async function slugOf({ store }: Context, workspaceId: string, link: string): Promise<string> {
  const [found] = await store.links.findMany({ workspaceId, slugs: [link], ids: [link] });
  if (found) return found.slug;
  throw refused('link', 'This workspace has no link of this slug or id.');
}

async function connectionOf(
  { store }: Context,
  workspaceId: string,
  { connection_id: connectionId, portal_id: portalId }: Asked,
): Promise<string | undefined> {
  if (connectionId === undefined && portalId === undefined) return undefined;
  const all = await store.connections.listOfWorkspace(workspaceId);
  const found = all.find(
    (one) =>
      (connectionId === undefined || one._id === connectionId) && (portalId === undefined || one.portalId === portalId),
  );
  if (found) return found._id;
  throw refused(
    connectionId === undefined ? 'portal_id' : 'connection_id',
    'This workspace has no such connection. GET /v1/connections lists them.',
  );
}

function refused(field: string, message: string): CodedError {
  return new CodedError('invalid_request', `${field}: ${message}`, { field });
}
