// The shape of one HTTP exchange with HubSpot: what goes out and what comes back.
import type { Lane } from './governor.ts';
import type { Endpoint } from './versions.ts';

export interface Exchange extends Endpoint {
  query?: Record<string, string>;
  body?: unknown;
  /** Sent form-encoded instead of a JSON body. */
  form?: Record<string, string>;
  accessToken?: string;
  signal?: AbortSignal | undefined;
  /** Statuses of 400 and above that are answers here, not failures. */
  allow?: readonly number[];
  /** For the call record. */
  account?: { portalId: number; lane: Lane; waitedMs: number };
}

export interface Answer {
  status: number;
  headers: { get(name: string): string | null };
  body: unknown;
}
