// Pipelines and property definitions of a portal from our own store. `read...` asks HubSpot when they are unknown, old, or on request;
// `known...` never lets anybody wait for HubSpot: what is old is asked for in the background and is new at the next look.
import type { Board } from '../../domain/deals.ts';
import { listDealPipelines } from '../../hubspot/pipelines.ts';
import { listProperties } from '../../hubspot/properties.ts';
import type { PortalApi } from '../../hubspot/client.ts';
import type { KnownProperty, Metadata, MetadataKind } from '../../store/portal-metadata.ts';
import { toCoded } from '../../errors.ts';
import { askPortal } from '../ask-portal.ts';
import type { Context } from '../context.ts';

const freshForMs = 15 * 60_000;
/** Nobody makes a stage and then names it in less: however many ask to read anew, HubSpot is asked once in this time. */
const justReadMs = 3_000;

interface Wanted<Kind extends MetadataKind> {
  portalId: number;
  kind: Kind;
  /** Ask HubSpot although we know, unless it was asked a moment ago. */
  refresh?: boolean;
}

export async function readMetadata<Kind extends MetadataKind>(
  context: Context,
  { portalId, kind, refresh = false }: Wanted<Kind>,
): Promise<Metadata<Kind>> {
  const notOlderThan = async (ageMs: number) => {
    const known = await context.store.portalMetadata.find(portalId, kind);
    return known && context.now() - known.readAt.getTime() < ageMs ? known : null;
  };
  const ask = async () =>
    (await notOlderThan(justReadMs)) ?? askMetadata(context, askPortal(context, portalId), { portalId, kind });
  return (await notOlderThan(refresh ? justReadMs : freshForMs)) ?? context.caches.asking(`${portalId}:${kind}`, ask);
}

/** Null when nobody has asked HubSpot yet. */
export async function knownMetadata<Kind extends MetadataKind>(
  context: Context,
  { portalId, kind }: Wanted<Kind>,
): Promise<Metadata<Kind>['value'] | null> {
  const known = await context.store.portalMetadata.find(portalId, kind);
  if (!known || !isFresh(context, known)) refreshSoon(context, { portalId, kind });
  return known?.value ?? null;
}

/** Asks and keeps the answer. */
export async function askMetadata<Kind extends MetadataKind>(
  { store, now }: Pick<Context, 'store' | 'now'>,
  api: PortalApi,
  { portalId, kind }: Wanted<Kind>,
): Promise<Metadata<Kind>> {
  const value = await ask[kind](api);
  const at = now();
  await store.portalMetadata.save({ portalId, kind, value, now: at });
  return { value, readAt: new Date(at) };
}

function isFresh({ now }: Context, { readAt }: { readAt: Date }): boolean {
  return now() - readAt.getTime() < freshForMs;
}

/** At most once a minute per portal and kind, however many look. A failure shows at the next explicit question. */
function refreshSoon(context: Context, { portalId, kind }: Wanted<MetadataKind>): void {
  const { refreshing } = context.caches;
  const key = `${portalId}:${kind}`;
  if (refreshing.get(key)?.fresh) return;
  refreshing.set(key, true);
  askMetadata(context, askPortal(context, portalId), { portalId, kind }).catch((error: unknown) => {
    context.log.warn(
      { portalId, kind, code: toCoded(error).code },
      'what HubSpot says about a portal could not be read',
    );
  });
}

const ask: { [Kind in MetadataKind]: (api: PortalApi) => Promise<Metadata<Kind>['value']> } = {
  pipelines: readBoards,
  contacts: (api) => readProperties(api, 'contacts'),
  deals: (api) => readProperties(api, 'deals'),
};

async function readBoards(api: PortalApi): Promise<Board[]> {
  const pipelines = await listDealPipelines(api);
  return pipelines.map(({ id, label, stages }) => ({
    id,
    label,
    stages,
  }));
}

async function readProperties(api: PortalApi, object: 'contacts' | 'deals'): Promise<KnownProperty[]> {
  const definitions = await listProperties(api, object);
  return definitions
    .filter(({ archived }) => !archived)
    .map(({ name, label, type, fieldType, groupName, options, calculated, hidden, modificationMetadata }) => ({
      name,
      label: label || name,
      type,
      fieldType,
      group: groupName,
      hidden,
      readOnly: calculated || modificationMetadata.readOnlyValue,
      options: options.map(({ value, label: shown }) => ({ value, label: shown })),
    }));
}
