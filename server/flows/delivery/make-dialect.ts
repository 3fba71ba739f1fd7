// The dialect of a connection, ready to write: what it needs to know of the app is asked for once.
import { CodedError } from '../../errors.ts';
import { makeAppEvents } from '../../hubspot/timeline/app-events.ts';
import type { TimelineDialect } from '../../hubspot/timeline/dialect.ts';
import { makeNotes } from '../../hubspot/timeline/notes.ts';
import { ensureTemplates } from '../../hubspot/timeline/templates.ts';
import { makeTimelineV3 } from '../../hubspot/timeline/timeline-v3.ts';
import type { DialectName } from '../../store/connections.ts';
import type { Context } from '../context.ts';

export async function makeDialect(context: Context, name: DialectName): Promise<TimelineDialect> {
  const groupSize = context.config.eventGroupSize;
  if (name === 'app_events') return makeAppEvents({ groupSize });
  if (name === 'notes') return makeNotes({ groupSize: Math.min(groupSize, 100) });
  const { appId, developerApiKey } = context.config.hubspot;
  if (!appId || !developerApiKey) {
    throw new CodedError('internal', 'Timeline templates need HUBSPOT_APP_ID and HUBSPOT_DEVELOPER_API_KEY.');
  }
  const templateIds = await ensureTemplates(context.hubspot, { appId, developerApiKey });
  return makeTimelineV3({ groupSize, templateIds });
}
