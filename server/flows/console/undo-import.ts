// Takes an import back, a portion per call: links it made that nobody has clicked are archived. A link that was clicked stays: people have
// it. Calling again does no harm, and archived links can be brought back one by one, or by importing the file again.
import type { ImportUndone } from '../../contract/import.ts';
import { CodedError } from '../../errors.ts';
import { eachLimit } from '../../lib/each-limit.ts';
import type { Link } from '../../store/links.ts';
import type { Context } from '../context.ts';
import { readImport } from './link-import.ts';

const portion = 200;
const atOnce = 8;

interface Undo {
  workspaceId: string;
  importId: string;
  /** The last link of the portion before; null for the first. */
  after: string | null;
}

export async function undoImport(context: Context, { workspaceId, importId, after }: Undo): Promise<ImportUndone> {
  const { store, now, caches } = context;
  if ((await readImport(context, { workspaceId, importId })).state !== 'done') {
    throw new CodedError('conflict', 'The import still runs. Take it back when it is done.');
  }
  const made = await store.links.ofImport({ workspaceId, importId, after, limit: portion });
  const untouched: Link[] = [];
  await eachLimit(made, atOnce, async (link) => {
    const { clicks } = await store.deliveries.countLinkClicks({ workspaceId, slug: link.slug, from: 0, limit: 1 });
    if (clicks === 0) untouched.push(link);
  });
  const archived = await store.links.archiveMany({
    workspaceId,
    linkIds: untouched.map(({ _id }) => _id),
    now: now(),
  });
  for (const { slug } of untouched) caches.links.delete(slug);
  return {
    archived,
    kept: made.length - untouched.length,
    next: made.length === portion ? (made.at(-1)?._id ?? null) : null,
  };
}
