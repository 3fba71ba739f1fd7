// Ends the waits of workflows whose contact clicked. HubSpot is told in the next step of the worker, within the budget.
import type { ActionWait } from '../../store/action-waits.ts';
import type { Context } from '../context.ts';
import type { Planned } from '../delivery/batch.ts';
import type { PortalSession } from '../delivery/session.ts';

/** Clicks of machines never come this far. Where no workflow is known to wait nobody is asked; see `endMissedWaits`. */
export async function endWaits(
  context: Context,
  { portalId, outlook, unasked }: PortalSession,
  planned: readonly Planned[],
): Promise<void> {
  const clicks = planned.filter(({ delivery }) => delivery.kind === 'click');
  if (clicks.length === 0) return;
  if (!outlook.mayHave('waits')) unasked.push(...clicks);
  else if ((await endFor(context, portalId, clicks)) > 0) outlook.expect('waits', context.now());
}

/** A hint came after the portal was read: a workflow may have begun to wait just before one of these clicks was taken. */
export async function endMissedWaits(
  context: Context,
  { portalId, unasked }: { portalId: number; unasked: Planned[] },
): Promise<void> {
  const clicks = unasked.splice(0);
  if (clicks.length > 0) await endFor(context, portalId, clicks);
}

/** How many waits a click ended. */
async function endFor({ store, now }: Context, portalId: number, clicks: readonly Planned[]): Promise<number> {
  let ended = 0;
  const contactIds = [...new Set(clicks.map(({ contactId }) => contactId))];
  for (const wait of await store.actionWaits.listOfContacts({ portalId, contactIds })) {
    const first = firstMatch(wait, clicks);
    if (!first) continue;
    await store.actionWaits.end({ ids: [wait._id], click: first, now: now() });
    ended += 1;
  }
  return ended;
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
