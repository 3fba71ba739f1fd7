// What the log is narrowed to: how it stands in the address, and how the server is asked. Pure.
import type { Query } from '../../api/api.ts';

export const spans = [
  { value: 'any', label: 'Any time' },
  { value: '24h', label: '24 hours' },
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
] as const;
export type Span = (typeof spans)[number]['value'];

const spanMs: Record<Exclude<Span, 'any'>, number> = { '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 };

export interface LogFilter {
  state?: string | undefined;
  verdict?: string | undefined;
  kind?: string | undefined;
  reason?: string | undefined;
  link?: string | undefined;
  contact_id?: string | undefined;
  connection_id?: string | undefined;
  span?: Span | undefined;
}

const names = ['state', 'verdict', 'kind', 'reason', 'link', 'contact_id', 'connection_id'] as const;

export function readFilter(search: URLSearchParams): LogFilter {
  const span = spans.find(({ value }) => value === search.get('span'))?.value;
  return { ...Object.fromEntries(names.map((name) => [name, search.get(name) ?? undefined])), span };
}

/** Only what is narrowed stands in the address. */
export function writeFilter(search: URLSearchParams, change: LogFilter): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change) as [string, string | undefined][]) {
    if (value === undefined || value === '' || value === 'any') next.delete(name);
    else next.set(name, value);
  }
  return next;
}

export function isNarrowed(filter: LogFilter): boolean {
  return names.some((name) => filter[name] !== undefined) || (filter.span ?? 'any') !== 'any';
}

/** The question to the server. The span begins at a full minute, so that the same view is the same question. */
export function toQuery({ span = 'any', ...rest }: LogFilter, now: number): Query {
  if (span === 'any') return rest;
  const from = Math.floor((now - spanMs[span]) / 60_000) * 60_000;
  return { ...rest, from: new Date(from).toISOString() };
}

/** True when a delivery that just moved belongs into the list as it is narrowed. */
export function belongs(
  filter: LogFilter,
  row: {
    state: string;
    kind: string;
    contact_id: string | null;
    connection_id: string | null;
    link: { slug: string } | null;
    verdict: { verdict: string } | null;
    reason: { code: string } | null;
  },
): boolean {
  const is = (asked: string | undefined, found: string | null | undefined) => asked === undefined || asked === found;
  return (
    is(filter.state, row.state) &&
    is(filter.kind, row.kind) &&
    is(filter.contact_id, row.contact_id) &&
    is(filter.connection_id, row.connection_id) &&
    is(filter.link, row.link?.slug) &&
    is(filter.verdict, row.verdict?.verdict) &&
    is(filter.reason, row.reason?.code)
  );
}
