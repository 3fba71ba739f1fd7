// What our own records say about who is behind the events of a batch: linked ids, form submissions, and who made a click.
// Three questions to the store for the whole batch.
import { deliveryId, type Delivery } from '../../domain/delivery.ts';
import { matchKeysOf, parseEid } from '../../domain/identity.ts';
import type { MatchKnowledge } from '../../domain/matching.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { AliasKey } from '../../store/contact-aliases.ts';
import type { FormSubmission } from '../../store/form-submissions.ts';
import type { Context } from '../context.ts';

type Known = Pick<MatchKnowledge, 'aliasedTo' | 'submissions' | 'clickedBy'>;

/** Answers for each delivery of the batch. */
export async function knownIdentities(
  context: Context,
  deliveries: readonly Delivery[],
): Promise<(delivery: Delivery) => Known> {
  const { contactAliases } = context.store;
  const aliases = await contactAliases.resolve(deliveries.flatMap((delivery) => aliasKeyOf(delivery) ?? []));
  const submissions = await submissionsFor(context, deliveries);
  const clickers = await clickersOf(context, deliveries);
  return (delivery) => {
    const key = aliasKeyOf(delivery);
    return {
      aliasedTo: key ? aliases.get(contactAliases.aliasKey(key)) : undefined,
      submissions: submissions.get(delivery.workspaceId) ?? [],
      clickedBy: clickers.get(clickDeliveryIdOf(delivery) ?? ''),
    };
  };
}

/** What a form submission could wake the delivery by. */
export function keysOf(delivery: Delivery): string[] {
  return delivery.kind === 'click' ? matchKeysOf(delivery.click) : [];
}

function aliasKeyOf(delivery: Delivery): AliasKey | null {
  if (delivery.kind !== 'click' || delivery.portalId === null) return null;
  const { eid } = delivery.click;
  if (eid === null || parseEid(eid).kind !== 'elido') return null;
  return { workspaceId: delivery.workspaceId, elidoContactId: eid, portalId: delivery.portalId };
}

/** The submissions that share a key with a click of the batch, by workspace, newest first. */
async function submissionsFor(
  { store }: Context,
  deliveries: readonly Delivery[],
): Promise<Map<string, FormSubmission[]>> {
  const found = new Map<string, FormSubmission[]>();
  for (const [workspaceId, rows] of groupBy(deliveries, (delivery) => delivery.workspaceId)) {
    const keys = [...new Set(rows.flatMap(keysOf))];
    if (keys.length > 0) found.set(workspaceId, await store.formSubmissions.listByKeys({ workspaceId, keys }));
  }
  return found;
}

/** The contacts that the clicks of these conversions were matched to, by the delivery of the click. */
async function clickersOf({ store }: Context, deliveries: readonly Delivery[]): Promise<Map<string, string>> {
  const ids = [...new Set(deliveries.flatMap((delivery) => clickDeliveryIdOf(delivery) ?? []))];
  if (ids.length === 0) return new Map();
  const clicks = await store.deliveries.findMany(ids);
  return new Map(clicks.flatMap(({ _id, contactId }) => (contactId === null ? [] : [[_id, contactId]])));
}

/** The delivery of a conversion's click to the same connection: its id names the workspace's own connection. */
function clickDeliveryIdOf(delivery: Delivery): string | null {
  if (delivery.kind !== 'conversion' || delivery.connectionId === null) return null;
  const { clickId, email, hsContactId } = delivery.conversion;
  return clickId && !email && !hsContactId ? deliveryId(clickId, delivery.connectionId) : null;
}
