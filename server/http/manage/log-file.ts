// The delivery log as a file: CSV for spreadsheets, NDJSON for programs. Only text, no I/O.
import type { DeliveryReply } from './delivery-reply.ts';

export interface LogFileFormat {
  contentType: string;
  head: string;
  row(delivery: DeliveryReply): string;
  /** The last line of a file that does not hold everything. */
  notice(rows: number): string;
}

const columns: readonly (readonly [string, (delivery: DeliveryReply) => string | number | null])[] = [
  ['event_id', (row) => row.event_id],
  ['kind', (row) => row.kind],
  ['portal_id', (row) => row.portal_id],
  ['connection_id', (row) => row.connection_id],
  ['link', (row) => row.link?.slug ?? null],
  ['state', (row) => row.state],
  ['reason', (row) => row.reason?.code ?? null],
  ['reason_words', (row) => row.reason?.words ?? null],
  ['next_step', (row) => row.reason?.next ?? null],
  ['hubspot_answer', (row) => row.detail],
  ['verdict', (row) => row.verdict?.verdict ?? null],
  ['verdict_words', (row) => row.verdict?.words ?? null],
  ['contact_id', (row) => row.contact_id],
  ['deal_ids', (row) => row.deal_ids.join(' ')],
  ['attempts', (row) => row.attempts],
  ['occurred_at', (row) => row.occurred_at],
  ['received_at', (row) => row.received_at],
  ['due_at', (row) => row.due_at],
  ['delivered_at', (row) => row.delivered_at],
];

const noticeOf = (rows: number) => `The export ends after ${rows} rows; there are more. Narrow it with from and to.`;

export const logFileFormats: Record<'csv' | 'ndjson', LogFileFormat> = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    head: csvLine(columns.map(([name]) => name)),
    row: (delivery) => csvLine(columns.map(([, valueOf]) => valueOf(delivery))),
    notice: (rows) => csvLine([noticeOf(rows)]),
  },
  ndjson: {
    contentType: 'application/x-ndjson',
    head: '',
    row: (delivery) => `${JSON.stringify(delivery)}\n`,
    notice: (rows) => `${JSON.stringify({ notice: noticeOf(rows) })}\n`,
  },
};

/** RFC 4180. A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[\s]*[=+\-@]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
