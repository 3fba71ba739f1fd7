// Asks HubSpot for the account and keeps what only the headers say: its clock and the budget of calls. Changes nothing.
import { isCoded, type CodedError } from '../errors.ts';
import type { HubSpot } from './client.ts';
import type { Lane } from './governor.ts';

export interface Probe {
  status: number;
  /** HubSpot's clock in milliseconds, to the second; null when it said none. */
  date: number | null;
  /** Calls of the window: allowed, and left; null when it said none. */
  budget: { max: number; left: number } | null;
  /** Calls of the day, where HubSpot counts days (private apps). */
  day: { max: number; left: number } | null;
}

export interface ProbeRequest {
  portalId: number;
  lane: Lane;
  /** Without one HubSpot refuses, and that answer tells that it is there. */
  accessToken?: string;
}

const refusals = [400, 401, 403, 404, 429];

/** Throws what kept HubSpot from answering; a refusal is an answer. */
export async function probeAccount(hubspot: HubSpot, { portalId, lane, accessToken }: ProbeRequest): Promise<Probe> {
  const { status, headers } = await hubspot.send({
    ...hubspot.endpoint('accountDetails'),
    account: { portalId, lane, waitedMs: 0 },
    allow: refusals,
    ...(accessToken === undefined ? {} : { accessToken }),
  });
  const date = Date.parse(headers.get('date') ?? '');
  const pair = (allowed: string, remaining: string) => {
    const max = Number(headers.get(allowed) ?? Number.NaN);
    const left = Number(headers.get(remaining) ?? Number.NaN);
    return Number.isFinite(max) && Number.isFinite(left) ? { max, left } : null;
  };
  return {
    status,
    date: Number.isNaN(date) ? null : date,
    budget: pair('x-hubspot-ratelimit-max', 'x-hubspot-ratelimit-remaining'),
    day: pair('x-hubspot-ratelimit-daily', 'x-hubspot-ratelimit-daily-remaining'),
  };
}

/** True when nothing came back that HubSpot could have said. */
export function isSilence(error: unknown): error is CodedError {
  return isCoded(error, 'hubspot_unreachable', 'hubspot_outcome_unknown', 'hubspot_unavailable');
}
