// Contact properties whose name or label holds a text: what a picker shows while somebody types. From our own store.
import type { Context } from '../context.ts';
import { knownMetadata } from '../reading/portal-metadata.ts';
import { propertyReply } from '../reading/property-reply.ts';
import type { MappingSource } from '../../domain/field-mapping.ts';
import { openCardPortal } from './card-portal.ts';

interface Sought {
  portalId: number;
  search: string;
  source?: MappingSource | undefined;
  limit: number;
}

export async function findProperties(context: Context, { portalId, search, source, limit }: Sought) {
  const card = await openCardPortal(context, portalId);
  const known = card.state === 'not_connected' ? null : await knownMetadata(context, { portalId, kind: 'contacts' });
  const wanted = search.toLowerCase();
  const matching = (known ?? [])
    .filter(({ hidden }) => !hidden)
    .filter(({ name, label }) => name.includes(wanted) || label.toLowerCase().includes(wanted))
    .map((property) => propertyReply(property, 'contacts'))
    .filter(({ sources }) => source === undefined || sources.includes(source));
  // What can be chosen stands first.
  const sorted = matching.toSorted(
    (a, b) => Number(b.mappable) - Number(a.mappable) || a.label.localeCompare(b.label, 'en'),
  );
  return { properties: sorted.slice(0, limit), more: sorted.length > limit, known: known !== null };
}
