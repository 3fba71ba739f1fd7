// A CSV file as the import wants it: read in the browser for a first look, with columns under other usual names renamed. The server checks every row.
import { parse, unparse } from 'papaparse';

/** The columns of the import; the server names the same ones. */
const columns = [
  'slug',
  'title',
  'destination',
  'tags',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'track',
];
const needed = ['title', 'destination'];
const maxRows = 10_000;
const shownRows = 5;

/** How other tools name the same things. */
const otherNames: Record<string, string> = {
  url: 'destination',
  long_url: 'destination',
  target: 'destination',
  target_url: 'destination',
  destination_url: 'destination',
  name: 'title',
  link_title: 'title',
  short_code: 'slug',
  back_half: 'slug',
  alias: 'slug',
  tag: 'tags',
  source: 'utm_source',
  medium: 'utm_medium',
  campaign: 'utm_campaign',
  term: 'utm_term',
  content: 'utm_content',
};

export interface LinksFile {
  name: string;
  /** What is sent. */
  csv: string;
  rows: number;
  columns: string[];
  /** Columns that are left out. */
  ignored: string[];
  /** `url` was read as `destination`. */
  renamed: { from: string; to: string }[];
  /** The first rows. */
  sample: string[][];
  problem: string | null;
}

export async function readLinksFile(file: File): Promise<LinksFile> {
  return readLinks(file.name, await file.text());
}

export function readLinks(name: string, text: string): LinksFile {
  const { data } = parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: false });
  const [heading = [], ...body] = data;
  const names = heading.map((cell) => nameOf(cell));
  const kept = names.flatMap((column, index) =>
    columns.includes(column) && names.indexOf(column) === index ? [index] : [],
  );
  // Empty lines stay, so that the line numbers of the server are those of the file.
  const rows = body.map((row) => kept.map((index) => row[index]?.trim() ?? ''));
  while (rows.length > 0 && isBlank(rows.at(-1))) rows.pop();
  const keptNames = kept.map((index) => names[index] ?? '');
  const found: Omit<LinksFile, 'problem'> = {
    name,
    csv: unparse([keptNames, ...rows], { newline: '\n' }),
    rows: rows.filter((row) => !isBlank(row)).length,
    columns: keptNames,
    ignored: heading.filter((cell, index) => cell.trim() !== '' && !kept.includes(index)),
    renamed: kept.flatMap((index) => {
      const [from, to] = [heading[index]?.trim() ?? '', names[index] ?? ''];
      return from === to ? [] : [{ from, to }];
    }),
    sample: rows.filter((row) => !isBlank(row)).slice(0, shownRows),
  };
  return { ...found, problem: problemOf(found) };
}

function problemOf({ columns: present, rows }: Omit<LinksFile, 'problem'>): string | null {
  const missing = needed.filter((column) => !present.includes(column));
  if (missing.length > 0) {
    return `The first row must name the columns. Missing: ${missing.join(' and ')}. Known are ${columns.join(', ')}.`;
  }
  if (rows === 0) return 'The file has a heading and no rows.';
  if (rows > maxRows) return `The file has ${rows} rows; an import takes up to ${maxRows}. Split it.`;
  return null;
}

function nameOf(cell: string): string {
  const plain = cell
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return columns.includes(plain) ? plain : (otherNames[plain] ?? plain);
}

function isBlank(row: readonly string[] | undefined): boolean {
  return row?.every((cell) => cell === '') ?? true;
}

/** A file to begin with. */
export const template = unparse(
  [
    columns,
    [
      'q2-pricing',
      'Q2 pricing PDF',
      'https://www.example.com/pricing.pdf',
      'sales-collateral|pdf',
      'newsletter',
      'email',
      'q2-pricing',
      '',
      '',
      'false',
    ],
  ],
  { newline: '\n' },
);
