// Changes or archives a short link. Clicks that are stored keep the link as it was when they happened.
import type { LinkChangeRequest } from '../contract/link.ts';
import { searchTermsOf } from '../domain/link-search.ts';
import { cleanUtm } from '../domain/utm.ts';
import { CodedError } from '../errors.ts';
import type { Link, LinkChange } from '../store/links.ts';
import type { Context } from './context.ts';
import { checkDestination } from './create-link.ts';

interface ChangeLink {
  workspaceId: string;
  linkId: string;
  change: LinkChangeRequest;
}

export async function changeLink(context: Context, { workspaceId, linkId, change }: ChangeLink): Promise<Link> {
  const set = await withSearch(context, { workspaceId, linkId }, storedForm(context, change));
  const link = await context.store.links.change({ workspaceId, linkId, set, now: context.now() });
  if (!link) throw noSuchLink(linkId);
  context.caches.links.delete(link.slug);
  return link;
}

/** What a link is found by changes with its words. */
async function withSearch(
  { store }: Context,
  key: { workspaceId: string; linkId: string },
  set: LinkChange,
): Promise<LinkChange> {
  if (set.title === undefined && set.destination === undefined && set.tags === undefined) return set;
  const known = await store.links.find(key);
  return known ? { ...set, search: searchTermsOf({ ...known, ...set }) } : set;
}

/** The same words for a link that never was and for one of another workspace. */
export function noSuchLink(linkId: string): CodedError {
  return new CodedError('not_found', `This workspace has no link ${linkId}.`, { field: 'link_id' });
}

function storedForm(
  context: Context,
  { title, destination, tags, utm, track, archived }: LinkChangeRequest,
): LinkChange {
  return {
    ...(title === undefined ? {} : { title }),
    ...(destination === undefined ? {} : { destination: checkDestination(context, destination) }),
    ...(tags === undefined ? {} : { tags: [...new Set(tags)] }),
    ...(utm === undefined ? {} : { utm: cleanUtm(utm) }),
    ...(track === undefined ? {} : { track }),
    ...(archived === undefined ? {} : { archivedAt: archived ? new Date(context.now()) : null }),
  };
}
