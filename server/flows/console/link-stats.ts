// Clicks per link in the last 30 days. Counted from the log up to a number that costs nothing, then it says "at least".
import { eachLimit } from '../../lib/each-limit.ts';
import type { Context } from '../context.ts';

const daysMs = 30 * 24 * 3600_000;
const mostCounted = 1_000;
const atOnce = 4;

export interface LinkStats {
  linkId: string;
  clicks: number;
  atLeast: boolean;
}

/** In the order asked; links of other workspaces are not among them. */
export async function readLinkStats(
  { store, now }: Context,
  { workspaceId, linkIds }: { workspaceId: string; linkIds: readonly string[] },
): Promise<LinkStats[]> {
  const links = await store.links.findMany({ workspaceId, slugs: [], ids: [...new Set(linkIds)] });
  const stats = new Map<string, LinkStats>();
  await eachLimit(links, atOnce, async ({ _id: linkId, slug }) => {
    const from = now() - daysMs;
    const { clicks, more } = await store.deliveries.countLinkClicks({ workspaceId, slug, from, limit: mostCounted });
    stats.set(linkId, { linkId, clicks, atLeast: more });
  });
  return linkIds.flatMap((linkId) => stats.get(linkId) ?? []);
}
