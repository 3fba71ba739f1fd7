// Makes a short link: a destination that is safe to send people to, clean UTM values, and a slug that nobody has.
import type { NewLink } from '../contract/link.ts';
import { judgeDestination } from '../domain/destination.ts';
import { searchTermsOf } from '../domain/link-search.ts';
import { cleanUtm } from '../domain/utm.ts';
import { CodedError } from '../errors.ts';
import { randomCharacters } from '../lib/ids.ts';
import type { Link } from '../store/links.ts';
import type { Context } from './context.ts';

type Parts = Pick<Context, 'store' | 'caches' | 'config' | 'now' | 'newId'>;

/** Words that a slug may not be: they would read like pages of ours. */
export const reservedSlugs: ReadonlySet<string> = new Set([
  'admin',
  'api',
  'healthz',
  'metrics',
  'oauth',
  'openapi',
  'r',
  'readyz',
  'static',
  'v1',
]);

const generatedLength = 7;
const generatedTries = 5;

export async function createLink(
  context: Parts,
  { workspaceId, link }: { workspaceId: string; link: NewLink },
): Promise<Link> {
  const at = new Date(context.now());
  const draft: Omit<Link, 'slug'> = {
    _id: context.newId('link'),
    workspaceId,
    title: link.title,
    destination: checkDestination(context, link.destination),
    tags: [...new Set(link.tags)],
    utm: cleanUtm(link.utm ?? {}),
    track: link.track ?? false,
    createdAt: at,
    updatedAt: at,
    archivedAt: null,
  };
  return link.slug === undefined
    ? insertGenerated(context, draft)
    : insertChosen(context, { ...draft, slug: link.slug });
}

/** Throws `invalid_request` naming the field. */
export function checkDestination({ config }: Pick<Context, 'config'>, destination: string): string {
  const verdict = judgeDestination(destination, config.publicUrl);
  if (verdict.ok) return verdict.url;
  throw new CodedError('invalid_request', verdict.reason, { field: 'destination' });
}

async function insertChosen(context: Parts, link: Link): Promise<Link> {
  if (reservedSlugs.has(link.slug.toLowerCase())) {
    throw new CodedError('invalid_request', 'This slug is reserved. Choose another one.', { field: 'slug' });
  }
  if (await insert(context, link)) return link;
  // The same answer for a slug of another workspace: who has it is nobody's business.
  throw new CodedError('conflict', 'This slug is taken. Choose another one.', { field: 'slug' });
}

async function insertGenerated(context: Parts, draft: Omit<Link, 'slug'>): Promise<Link> {
  for (let attempt = 0; attempt < generatedTries; attempt++) {
    const link = { ...draft, slug: randomCharacters(generatedLength) };
    if (await insert(context, link)) return link;
  }
  throw new CodedError('conflict', 'No free slug was found. Try again, or choose one.', { field: 'slug' });
}

async function insert({ store, caches }: Parts, link: Link): Promise<boolean> {
  const inserted = await store.links.insert({ ...link, search: searchTermsOf(link) });
  if (inserted) caches.links.delete(link.slug);
  return inserted;
}
