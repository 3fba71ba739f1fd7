// Reading the links of a workspace: one, or a page of them, newest first.
import { questionTermsOf } from '../domain/link-search.ts';
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
  /** Words, or how they begin. */
  question?: string | undefined;
  tag?: string | undefined;
}

/** `nextCursor` is null on the last page. Links made while somebody pages do not shift the pages. */
export async function listLinks(
  context: Context,
  { workspaceId, cursor, limit, archived, question, tag }: PageRequest,
): Promise<{ links: Link[]; nextCursor: string | null }> {
  const terms = question === undefined ? [] : questionTermsOf(question).sort((a, b) => b.length - a.length);
  // Nothing but punctuation finds nothing.
  if (question !== undefined && terms.length === 0) return { links: [], nextCursor: null };
  const found = await context.store.links.page({ workspaceId, before: cursor, limit: limit + 1, archived, terms, tag });
  const links = found.slice(0, limit);
  return { links, nextCursor: found.length > limit ? (links.at(-1)?._id ?? null) : null };
}
