// Many links at once: a dry run says what a file would make; an import makes it in portions, also after a crash, and says how far
// it is. A row whose link is there with the same content changes nothing, so that a file can be imported again; an archived one comes back.
import type { LinkImport as LinkImportReply } from '../../contract/import.ts';
import { searchTermsOf } from '../../domain/link-search.ts';
import { CodedError } from '../../errors.ts';
import { chunk } from '../../lib/chunk.ts';
import type { ImportError, ImportProgress, ImportRow, LinkImport } from '../../store/imports.ts';
import type { Link } from '../../store/links.ts';
import type { Context } from '../context.ts';
import { readImportFile } from './read-import-file.ts';

const portion = 200;
const claimMs = 30_000;
const keptMs = 30 * 24 * 3600_000;
const shownErrors = 200;
const runningAtOnce = 3;

interface ImportRequest {
  workspaceId: string;
  text: string;
}

/** What the file would make. Nothing is kept. */
export async function checkImport(context: Context, { workspaceId, text }: ImportRequest): Promise<LinkImportReply> {
  const { total, rows, errors } = readImportFile(context, workspaceId, text);
  const progress = startOf(errors);
  for (const part of chunk(rows, 1_000)) {
    const known = await knownLinks(context, part);
    for (const row of part) note(progress, row, judge(row, known.get(row.slug), { workspaceId, importId: null }));
  }
  const at = new Date(context.now()).toISOString();
  const facts = { created: progress.created, unchanged: progress.unchanged, failed: progress.failed };
  return {
    id: null,
    dry_run: true,
    state: 'checked',
    rows: total,
    done: total,
    ...facts,
    errors: inOrder(progress.errors),
    created_at: at,
    ended_at: at,
  };
}

/** Throws `rate_limited` while three others run. */
export async function startImport(context: Context, { workspaceId, text }: ImportRequest): Promise<LinkImport> {
  const { store, now, newId, nudgeSweeps } = context;
  const { total, rows, errors } = readImportFile(context, workspaceId, text);
  if ((await store.imports.running({ workspaceId })) >= runningAtOnce) {
    throw new CodedError('rate_limited', 'Three imports are running. Wait until one of them is done.', {
      retryAfterMs: 10_000,
    });
  }
  const at = new Date(now());
  const isDone = rows.length === 0;
  const made: LinkImport = {
    ...startOf(errors),
    _id: newId('linkImport'),
    workspaceId,
    state: isDone ? 'done' : 'running',
    total,
    rows,
    position: 0,
    createdAt: at,
    endedAt: isDone ? at : null,
    dueAt: at,
    expiresAt: new Date(now() + keptMs),
  };
  await store.imports.create(made);
  nudgeSweeps();
  return made;
}

export async function readImport(
  { store }: Context,
  key: { workspaceId: string; importId: string },
): Promise<LinkImport> {
  const found = await store.imports.find(key);
  if (found) return found;
  throw new CodedError('not_found', `This workspace has no import ${key.importId}.`, { field: 'import_id' });
}

/** Works one portion of the import that waits longest; false when none is due. */
export async function workImport(context: Context): Promise<boolean> {
  const { store, now } = context;
  const claimed = await store.imports.claim({ now: now(), until: now() + claimMs });
  if (!claimed) return false;
  const part = claimed.rows.slice(claimed.position, claimed.position + portion);
  const progress: ImportProgress = {
    done: claimed.done,
    created: claimed.created,
    unchanged: claimed.unchanged,
    failed: claimed.failed,
    errors: [...claimed.errors],
  };
  const known = await knownLinks(context, part);
  const whose = { workspaceId: claimed.workspaceId, importId: claimed._id };
  for (const row of part) {
    let outcome = judge(row, known.get(row.slug), whose);
    if (outcome === 'create' && !(await store.links.insert(linkOf(context, claimed, row)))) outcome = taken;
    if (outcome === 'restore') await restore(context, claimed, known.get(row.slug));
    if (outcome === 'create' || outcome === 'restore') context.caches.links.delete(row.slug);
    note(progress, row, outcome);
    progress.done += 1;
  }
  progress.errors = inOrder(progress.errors);
  await store.imports.saveProgress({ claimed, progress, position: claimed.position + part.length, now: now() });
  return true;
}

/** Rows that cannot be read are through already. */
function startOf(errors: readonly ImportError[]): ImportProgress {
  return { done: errors.length, created: 0, unchanged: 0, failed: errors.length, errors: inOrder(errors) };
}

function inOrder(errors: readonly ImportError[]): ImportError[] {
  return [...errors].sort((a, b) => a.line - b.line).slice(0, shownErrors);
}

type Outcome = 'create' | 'restore' | 'made' | 'unchanged' | Omit<ImportError, 'line'>;

const taken: Outcome = { field: 'slug', message: 'This slug is taken. Choose another one.' };

/** `made`: by this import, before a crash. */
function judge(
  row: ImportRow,
  known: Link | undefined,
  { workspaceId, importId }: { workspaceId: string; importId: string | null },
): Outcome {
  if (!known) return 'create';
  // The same answer for a slug of another workspace: who has it is nobody's business.
  if (known.workspaceId !== workspaceId) return taken;
  if (importId !== null && known.importId === importId && known.archivedAt === null) return 'made';
  if (contentOf(known) === contentOf(row)) return known.archivedAt === null ? 'unchanged' : 'restore';
  return { field: 'slug', message: 'You have a link of this slug with other content. Change it there.' };
}

/** The link belongs to this import from now on: taking that back archives it again. */
async function restore({ store, now }: Context, { _id: importId, workspaceId }: LinkImport, known: Link | undefined) {
  if (!known) return;
  await store.links.change({ workspaceId, linkId: known._id, set: { archivedAt: null, importId }, now: now() });
}

function contentOf({ title, destination, tags, utm, track }: Omit<ImportRow, 'line' | 'slug'> | Link): string {
  const values = Object.entries(utm).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([title, destination, tags, values, track ?? false]);
}

function note(progress: ImportProgress, { line }: ImportRow, outcome: Outcome): void {
  if (outcome === 'create' || outcome === 'restore' || outcome === 'made') progress.created += 1;
  else if (outcome === 'unchanged') progress.unchanged += 1;
  else {
    progress.failed += 1;
    progress.errors.push({ line, ...outcome });
  }
}

async function knownLinks({ store }: Context, rows: readonly ImportRow[]): Promise<Map<string, Link>> {
  const links = await store.links.findBySlugs(rows.map(({ slug }) => slug));
  return new Map(links.map((link) => [link.slug, link]));
}

function linkOf({ newId, now }: Context, { _id: importId, workspaceId }: LinkImport, row: ImportRow): Link {
  const { line: _line, ...link } = row;
  const at = new Date(now());
  const search = searchTermsOf(link);
  return {
    _id: newId('link'),
    workspaceId,
    ...link,
    search,
    importId,
    createdAt: at,
    updatedAt: at,
    archivedAt: null,
  };
}
