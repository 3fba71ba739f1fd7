// Calls in the name of one portal: within its budget, with its token, in a lane. Knows no endpoint and no delivery.
import { isCoded, type CodedError } from '../errors.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Governor, Lane } from './governor.ts';
import { isSearch, type Endpoint, type EndpointOf } from './versions.ts';

export interface PortalOptions {
  portalId: number;
  /** Asked before each call; it keeps the token and refreshes it in time. */
  accessToken: () => Promise<string>;
  governor: Governor;
  lane: Lane;
  signal?: AbortSignal | undefined;
}

export interface HubSpotRequest extends Endpoint {
  query?: Record<string, string>;
  body?: unknown;
  /** Statuses of 400 and above that the caller reads itself. Everything else of 300 and above is thrown. */
  allow?: readonly number[];
}

export interface PortalApi {
  readonly portalId: number;
  readonly lane: Lane;
  readonly endpoint: EndpointOf;
  withLane(lane: Lane): PortalApi;
  call(request: HubSpotRequest): Promise<{ status: number; body: unknown }>;
}

const slowDown = { minimumPauseMs: 1_000 };

export interface Wire {
  send(exchange: Exchange): Promise<Answer>;
  endpoint: EndpointOf;
}

export function makePortalApi(wire: Wire, options: PortalOptions): PortalApi {
  const { portalId, lane, governor, signal } = options;

  const call = async (request: HubSpotRequest): Promise<Answer> => {
    // A refresh can take a while: do it before the slot, so that the slot is used at once. Afterwards the token is at hand.
    await options.accessToken();
    const search = isSearch(request);
    const slot = await governor.take({ lane, search, signal });
    try {
      const accessToken = await options.accessToken();
      const answer = await wire.send({
        ...request,
        accessToken,
        signal,
        account: { portalId, lane, waitedMs: slot.waitedMs },
      });
      if (!search) governor.observe(answer.headers);
      return answer;
    } catch (error) {
      if (isCoded(error, 'hubspot_rate_limited')) governor.pauseFor(pauseOf(error), { search });
      throw error;
    } finally {
      slot.done();
    }
  };

  return {
    portalId,
    lane,
    endpoint: wire.endpoint,
    withLane: (next) => makePortalApi(wire, { ...options, lane: next }),
    call,
  };
}

function pauseOf(error: CodedError): number {
  return Math.max(error.retryAfterMs ?? 0, slowDown.minimumPauseMs);
}
