// What our own records say about who is behind the events of a batch: linked ids, form submissions, and who made a click.
// Three questions to the store for the whole batch.
import type { Click } from '../../domain/click.ts';
import { deliveryId, type Delivery } from '../../domain/delivery.ts';
import { matchKeysOf, parseEid } from '../../domain/identity.ts';
import type { MatchKnowledge } from '../../domain/matching.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { AliasKey } from '../../store/contact-aliases.ts';
import type { FormSubmission } from '../../store/form-submissions.ts';
import type { Context } from '../context.ts';

type Known = Pick<MatchKnowledge, 'click' | 'aliasedTo' | 'submissions' | 'clickedBy'>;

/** Answers for each delivery of the batch. */
export async function knownIdentities(
  context: Context,
  deliveries: readonly Delivery[],
): Promise<(delivery: Delivery) => Known> {
  const { contactAliases } = context.store;
  const converted = await clicksOfConversions(context, deliveries);
  const clickOf = (delivery: Delivery): Click | undefined =>
    delivery.kind === 'click' ? delivery.click : converted.get(clickDeliveryIdOf(delivery) ?? '')?.click;
  const behind = deliveries.flatMap((delivery) => {
    const click = clickOf(delivery);
    return click ? [{ delivery, click }] : [];
  });
  const aliases = await contactAliases.resolve(behind.flatMap((one) => aliasKeyOf(one) ?? []));
  const submissions = await submissionsFor(context, behind);
  return (delivery) => {
    const click = clickOf(delivery);
    const key = click ? aliasKeyOf({ delivery, click }) : null;
    return {
      click,
      aliasedTo: key ? aliases.get(contactAliases.aliasKey(key)) : undefined,
      submissions: submissions.get(delivery.workspaceId) ?? [],
      clickedBy: converted.get(clickDeliveryIdOf(delivery) ?? '')?.contactId ?? undefined,
    };
  };
}

/** A delivery with the click that tells who it is about. */
interface Behind {
  delivery: Delivery;
  click: Click;
}

function aliasKeyOf({ delivery: { workspaceId, portalId }, click: { eid } }: Behind): AliasKey | null {
  if (portalId === null || eid === null || parseEid(eid).kind !== 'elido') return null;
  return { workspaceId, elidoContactId: eid, portalId };
}

/** The submissions that share a key with a click of the batch, by workspace, newest first. */
async function submissionsFor({ store }: Context, behind: readonly Behind[]): Promise<Map<string, FormSubmission[]>> {
  const found = new Map<string, FormSubmission[]>();
  for (const [workspaceId, rows] of groupBy(behind, ({ delivery }) => delivery.workspaceId)) {
    const keys = [...new Set(rows.flatMap(({ click }) => matchKeysOf(click)))];
    if (keys.length > 0) found.set(workspaceId, await store.formSubmissions.listByKeys({ workspaceId, keys }));
  }
  return found;
}

type ClickDelivery = Extract<Delivery, { kind: 'click' }>;

/** The clicks that conversions of the batch must ask, by delivery id. */
async function clicksOfConversions(
  { store }: Context,
  deliveries: readonly Delivery[],
): Promise<ReadonlyMap<string, ClickDelivery>> {
  const ids = [...new Set(deliveries.flatMap((delivery) => clickDeliveryIdOf(delivery) ?? []))];
  if (ids.length === 0) return new Map();
  const found = await store.deliveries.findMany(ids);
  return new Map(found.flatMap((one) => (one.kind === 'click' ? [[one._id, one]] : [])));
}

/** The delivery of a conversion's click to the same connection: its id names the workspace's own connection. */
function clickDeliveryIdOf(delivery: Delivery): string | null {
  if (delivery.kind !== 'conversion' || delivery.connectionId === null) return null;
  const { clickId, email, hsContactId } = delivery.conversion;
  return clickId && !email && !hsContactId ? deliveryId(clickId, delivery.connectionId) : null;
}
