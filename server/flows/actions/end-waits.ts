// Ends the waits of workflows whose contact clicked. HubSpot is told in the next step of the worker, within the budget.
import type { ActionWait } from '../../store/action-waits.ts';
import type { Context } from '../context.ts';
import type { Planned } from '../delivery/batch.ts';

/** Clicks of machines never come this far. */
export async function endWaits(
  { store, now }: Context,
  { portalId, planned }: { portalId: number; planned: readonly Planned[] },
): Promise<void> {
  const clicks = planned.filter(({ delivery }) => delivery.kind === 'click');
  if (clicks.length === 0) return;
  const contactIds = [...new Set(clicks.map(({ contactId }) => contactId))];
  for (const wait of await store.actionWaits.listOfContacts({ portalId, contactIds })) {
    const first = firstMatch(wait, clicks);
    if (first) await store.actionWaits.end({ ids: [wait._id], click: first, now: now() });
  }
}

function firstMatch(wait: ActionWait, clicks: readonly Planned[]): { at: Date; link: string } | null {
  const matching = clicks.flatMap(({ delivery, contactId }) => {
    if (delivery.kind !== 'click' || contactId !== wait.contactId) return [];
    const { at, link } = delivery.click;
    const isWanted =
      at >= wait.since.getTime() &&
      at <= wait.until.getTime() &&
      (wait.link === null || wait.link === link.slug) &&
      (wait.tag === null || link.tags.some((tag) => tag.toLowerCase() === wait.tag));
    return isWanted ? [{ at: new Date(at), link: link.slug }] : [];
  });
  return matching.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null;
}
