// What a redirect reads of a request, however the request came in: through Express, or in the fast lane in front of it.
import type { IncomingHttpHeaders } from 'node:http';

export interface Visit {
  isHead: boolean;
  headers: IncomingHttpHeaders;
  /** As they stand in the address: text, a list of texts, or nothing. */
  query: { eid?: unknown; gclid?: unknown; fbclid?: unknown };
  /** Of the visitor, or of the last proxy that is not trusted. */
  address: string | undefined;
}

/** One value of a header; of one that was sent twice the first. */
export function headerOf({ headers }: Pick<Visit, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
