// From a CSV file to the links it asks for, with what is wrong in which line and field. Asks nobody and makes nothing.
import { importColumns, maxImportRows } from '../../contract/import.ts';
import { newLinkSchema } from '../../contract/link.ts';
import { firstProblem } from '../../contract/problem.ts';
import { parseCsv, type CsvRow } from '../../domain/csv.ts';
import { judgeDestination } from '../../domain/destination.ts';
import { cleanUtm } from '../../domain/utm.ts';
import { CodedError } from '../../errors.ts';
import { digestOf } from '../../lib/ids.ts';
import type { ImportError, ImportRow } from '../../store/imports.ts';
import type { Context } from '../context.ts';
import { reservedSlugs } from '../create-link.ts';

export interface ImportFile {
  /** Rows below the heading. */
  total: number;
  rows: ImportRow[];
  errors: ImportError[];
}

type Column = (typeof importColumns)[number];

/** Throws `invalid_request` for a file that is no list of links at all. */
export function readImportFile({ config }: Pick<Context, 'config'>, workspaceId: string, text: string): ImportFile {
  const [heading, ...lines] = parseCsv(text);
  if (!heading || lines.length === 0) throw refused('The file has no rows below its heading.');
  if (lines.length > maxImportRows) {
    throw refused(`The file has ${lines.length} rows. Import at most ${maxImportRows} at a time.`);
  }
  const columns = columnsOf(heading);
  const rows: ImportRow[] = [];
  const errors: ImportError[] = [];
  const seen = new Map<string, number>();
  for (const line of lines) {
    const read = readRow(line, { columns, workspaceId, publicUrl: config.publicUrl });
    const before = 'slug' in read ? seen.get(read.slug) : undefined;
    if (!('slug' in read)) errors.push(read);
    else if (before !== undefined)
      errors.push({ line: line.line, field: 'slug', message: `The same as in line ${before}.` });
    else {
      seen.set(read.slug, line.line);
      rows.push(read);
    }
  }
  return { total: lines.length, rows, errors };
}

function columnsOf({ cells }: CsvRow): Column[] {
  const names = cells.map((cell) => cell.trim().toLowerCase().replace(/[ -]+/g, '_'));
  const unknown = names.find((name) => !importColumns.some((column) => column === name));
  if (unknown !== undefined) {
    throw refused(`The heading has a column that is not known. Use: ${importColumns.join(', ')}.`);
  }
  for (const needed of ['title', 'destination']) {
    if (!names.includes(needed)) throw refused(`The heading lacks the column ${needed}.`);
  }
  if (new Set(names).size < names.length) throw refused('The heading names a column twice.');
  return names as Column[];
}

function refused(message: string): CodedError {
  return new CodedError('invalid_request', message, { field: 'file' });
}

interface Reading {
  columns: readonly Column[];
  workspaceId: string;
  publicUrl: string;
}

function readRow({ line, cells }: CsvRow, { columns, workspaceId, publicUrl }: Reading): ImportRow | ImportError {
  const values = new Map(columns.map((column, at) => [column, cells[at]?.trim() ?? '']));
  const valueOf = (column: Column) => values.get(column) || undefined;
  if (cells.length > columns.length) return { line, field: 'row', message: 'It has more cells than the heading.' };
  const track = valueOf('track')?.toLowerCase();
  if (track !== undefined && !trackWords.has(track)) return { line, field: 'track', message: 'Write yes or no.' };
  const parsed = newLinkSchema.safeParse({
    slug: valueOf('slug'),
    title: valueOf('title') ?? '',
    destination: valueOf('destination') ?? '',
    tags: (valueOf('tags') ?? '').split('|').filter((tag) => tag.trim() !== ''),
    utm: {
      source: valueOf('utm_source'),
      medium: valueOf('utm_medium'),
      campaign: valueOf('utm_campaign'),
      term: valueOf('utm_term'),
      content: valueOf('utm_content'),
    },
    track: trackWords.get(track ?? 'no') ?? false,
  });
  if (!parsed.success) {
    const { field, message } = firstProblem(parsed.error);
    return { line, field: field.replace(/^utm\./, 'utm_').replace(/\.\d+$/, ''), message };
  }
  const { title, slug, tags = [], utm = {}, track: isTracked = false } = parsed.data;
  const destination = judgeDestination(parsed.data.destination, publicUrl);
  if (!destination.ok) return { line, field: 'destination', message: destination.reason };
  if (slug !== undefined && reservedSlugs.has(slug.toLowerCase())) {
    return { line, field: 'slug', message: 'This slug is reserved. Choose another one.' };
  }
  const link = { title, destination: destination.url, tags: [...new Set(tags)], utm: cleanUtm(utm), track: isTracked };
  return { line, slug: slug ?? madeSlug(workspaceId, link), ...link };
}

const trackWords = new Map([
  ['yes', true],
  ['true', true],
  ['1', true],
  ['no', false],
  ['false', false],
  ['0', false],
]);

/** The same row gets the same slug, so that a file that is imported twice makes its links once. */
function madeSlug(workspaceId: string, link: Omit<ImportRow, 'line' | 'slug'>): string {
  const digits = digestOf('import', workspaceId, JSON.stringify(link)).slice(0, 12);
  return BigInt(`0x${digits}`).toString(36).padStart(10, '0');
}
