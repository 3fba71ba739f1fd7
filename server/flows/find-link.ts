// A short link by its slug, from memory while it is fresh. When the store cannot be asked, what is remembered still answers.
import { CodedError } from '../errors.ts';
import type { Link } from '../store/links.ts';
import { isStoreUnavailable } from '../store/unavailable.ts';
import { unknownSlugTtlMs } from './caches.ts';
import type { Context } from './context.ts';

/** While one request asks the store again, and after it failed, the others get what is remembered. */
const graceMs = 5_000;

/** Null: there is none. Throws `store_unavailable` when nobody can tell. */
export async function findLink(context: Context, slug: string): Promise<Link | null> {
  const { links } = context.caches;
  const remembered = links.get(slug);
  if (remembered?.fresh) return remembered.value;
  if (remembered?.value) links.set(slug, remembered.value, graceMs);
  try {
    const link = await context.store.links.findBySlug(slug);
    links.set(slug, link, link ? undefined : unknownSlugTtlMs);
    return link;
  } catch (error) {
    if (!isStoreUnavailable(error)) throw error;
    if (remembered?.value) return remembered.value;
    throw new CodedError('store_unavailable', 'The link cannot be looked up just now. Try again in a moment.', {
      retryAfterMs: 2_000,
      cause: error,
    });
  }
}
