// Does HubSpot know our event types? Templates can be listed. App events cannot, and a test event could never be taken back:
// there the last answer to a real event tells, and without one nothing does.
import { failed, ok, unknown, worstOf, type Check } from '../../domain/checkup.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { redacted } from '../../domain/log-redaction.ts';
import type { LogFilter } from '../../domain/log-filter.ts';
import { toCoded } from '../../errors.ts';
import { missingTemplates } from '../../hubspot/timeline/templates.ts';
import type { Connection } from '../../store/connections.ts';
import type { Context } from '../context.ts';
import { readLog } from '../log/read-log.ts';
import type { RecordChecks } from './check-records.ts';

export async function checkEventTypes(context: Context, { connections }: RecordChecks): Promise<Check> {
  const findings: Check[] = [];
  for (const connection of connections) findings.push(await checkDialect(context, connection));
  return worstOf('event_types', findings);
}

async function checkDialect(context: Context, connection: Connection): Promise<Check> {
  if (connection.dialect === 'timeline_v3') {
    const templates = await checkTemplates(context);
    if (templates.state !== 'ok') return templates;
  }
  return lastAnswer(context, connection);
}

async function checkTemplates({ config, hubspot }: Context): Promise<Check> {
  const { appId, developerApiKey } = config.hubspot;
  if (!appId || !developerApiKey) {
    const words = 'Timeline templates need HUBSPOT_APP_ID and HUBSPOT_DEVELOPER_API_KEY.';
    return failed('event_types', words, 'Set both, or choose another event dialect for the connection.');
  }
  try {
    const missing = await missingTemplates(hubspot, { appId, developerApiKey });
    if (missing.length === 0) return ok('event_types', 'All templates are there.');
    const words = `HubSpot has no template of: ${missing.join(', ')}.`;
    return failed('event_types', words, 'Reconnect: templates are created while a portal is provisioned.');
  } catch (error) {
    return unknown('event_types', `The templates could not be asked. ${toCoded(error).message}`);
  }
}

async function lastAnswer(context: Context, { _id, workspaceId, dialect }: Connection): Promise<Check> {
  const newest = async (filter: LogFilter): Promise<Delivery | null> => {
    const page = await readLog(context, {
      workspaceId,
      filter: { ...filter, connectionId: _id },
      after: null,
      limit: 1,
    });
    return page.deliveries[0] ?? null;
  };
  const accepted = await newest({ states: ['delivered'] });
  const refusals = [
    await newest({ reason: 'hubspot_insufficient_permissions' }),
    await newest({ reason: 'hubspot_validation' }),
  ];
  const refused = refusals.find((one) => one !== null && one.receivedAt >= (accepted?.receivedAt ?? new Date(0)));
  if (refused) {
    const words = `HubSpot refused the last event (${dialect}). ${redacted(refused.detail ?? '')}`;
    return failed(
      'event_types',
      words,
      'Upload the event types of src/app and have the app approved, or choose the notes dialect.',
    );
  }
  if (accepted)
    return ok(
      'event_types',
      `HubSpot accepted the last event (${dialect}) at ${accepted.deliveredAt?.toISOString() ?? ''}.`,
    );
  const words = `No event was written yet (${dialect}), and HubSpot does not let event types be listed.`;
  return unknown('event_types', words, 'Click one of your links with ?eid= and a test contact, then ask again.');
}
