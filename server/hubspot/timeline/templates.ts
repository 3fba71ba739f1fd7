// Event templates of the timeline v3 dialect: the app's, not the portal's. Found by name, created when missing, never changed.
import { z } from 'zod';
import { CodedError, isCoded } from '../../errors.ts';
import { readReply } from '../ask.ts';
import type { HubSpot } from '../client.ts';
import { idSchema } from '../records.ts';
import type { EventType } from './dialect.ts';
import { eventTypeNames, eventTypes } from './event-types.ts';

export interface DeveloperAccess {
  appId: string | number;
  developerApiKey: string;
}

const templateSchema = z.looseObject({ id: idSchema, name: z.string(), objectType: z.string().nullish() });
const listSchema = z.looseObject({ results: z.array(templateSchema) });

/** The template id of each event type. */
export async function ensureTemplates(hubspot: HubSpot, access: DeveloperAccess): Promise<Record<EventType, string>> {
  const existing = await listTemplates(hubspot, access);
  const ids: Partial<Record<EventType, string>> = {};
  for (const type of eventTypeNames) {
    ids[type] = templateOf(type, existing)?.id ?? (await createTemplate(hubspot, access, type));
  }
  return ids as Record<EventType, string>;
}

/** The event types that HubSpot has no template of; creates none. */
export async function missingTemplates(hubspot: HubSpot, access: DeveloperAccess): Promise<EventType[]> {
  const existing = await listTemplates(hubspot, access);
  return eventTypeNames.filter((type) => !templateOf(type, existing));
}

type Template = z.infer<typeof templateSchema>;

function templateOf(type: EventType, existing: readonly Template[]): Template | undefined {
  const { name, objectType } = eventTypes[type];
  return existing.find(
    (template) => template.name === name && (template.objectType ?? 'contacts').toLowerCase() === objectType,
  );
}

async function listTemplates(hubspot: HubSpot, { appId, developerApiKey }: DeveloperAccess): Promise<Template[]> {
  const endpoint = hubspot.endpoint('eventTemplates', { appId: String(appId) });
  const { status, body } = await hubspot.send({ ...endpoint, query: { hapikey: developerApiKey } }).catch(explainKey);
  return readReply({ schema: listSchema, body, status, route: endpoint.route }).results;
}

async function createTemplate(
  hubspot: HubSpot,
  { appId, developerApiKey }: DeveloperAccess,
  type: EventType,
): Promise<string> {
  const { name, objectType, headerTemplate, detailTemplate, tokens } = eventTypes[type];
  const endpoint = hubspot.endpoint('eventTemplateCreate', { appId: String(appId) });
  const { status, body } = await hubspot
    .send({
      ...endpoint,
      query: { hapikey: developerApiKey },
      body: {
        name,
        objectType,
        headerTemplate,
        detailTemplate,
        tokens: tokens.map((token) => ({ ...token, options: [] })),
      },
    })
    .catch(explainClosed);
  return readReply({ schema: templateSchema, body, status, route: endpoint.route }).id;
}

function explainKey(error: unknown): never {
  if (!isCoded(error, 'hubspot_token_rejected', 'hubspot_insufficient_permissions')) throw error;
  throw new CodedError(
    'internal',
    'HubSpot does not accept the developer key. Check HUBSPOT_DEVELOPER_API_KEY and HUBSPOT_APP_ID.',
    {
      details: error.details,
      cause: error,
    },
  );
}

/** HubSpot closed templates to apps that own none; which 4xx it answers is not documented. */
function explainClosed(error: unknown): never {
  if (!isCoded(error, 'hubspot_insufficient_permissions', 'hubspot_validation', 'hubspot_not_found')) throw error;
  throw new CodedError(
    'hubspot_insufficient_permissions',
    'HubSpot does not let this app create timeline event templates: they are closed to apps that own none. Choose app events or notes for this connection.',
    { details: error.details, cause: error },
  );
}
