// Reading the links of a workspace: one, or a page of them, newest first.
import type { Link } from '../store/links.ts';
import { noSuchLink } from './change-link.ts';
import type { Context } from './context.ts';

export async function readLink(context: Context, key: { workspaceId: string; linkId: string }): Promise<Link> {
  const link = await context.store.links.find(key);
  if (!link) throw noSuchLink(key.linkId);
  return link;
}

interface PageRequest {
  workspaceId: string;
  cursor: string | null;
  limit: number;
  archived: boolean;
}

/** `nextCursor` is null on the last page. Links made while somebody pages do not shift the pages. */
export async function listLinks(
  context: Context,
  { workspaceId, cursor, limit, archived }: PageRequest,
): Promise<{ links: Link[]; nextCursor: string | null }> {
  const found = await context.store.links.page({ workspaceId, before: cursor, limit: limit + 1, archived });
  const links = found.slice(0, limit);
  return { links, nextCursor: found.length > limit ? (links.at(-1)?._id ?? null) : null };
}
