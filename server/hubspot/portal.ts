// Calls in the name of one portal: within its budget, with its token, in a lane. Knows no endpoint and no delivery.
import { isCoded, type CodedError } from '../errors.ts';
import type { AnswerWatch } from '../lib/answer-watch.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import type { Answer, Exchange } from './exchange.ts';
import { stoppedBy } from './call-window.ts';
import type { CallBudget, Lane } from './governor.ts';
import { isSearch, type Endpoint, type EndpointOf } from './versions.ts';

export interface PortalOptions {
  portalId: number;
  /** Asked before each call; it keeps the token, refreshes it in time, and never hands out `rejected` again. */
  accessToken: (rejected?: string) => Promise<string>;
  governor: CallBudget;
  lane: Lane;
  /** Asked last before a call leaves: throws when it must not any more. */
  beforeSend?: () => void;
  signal?: AbortSignal | undefined;
  /** Sees how long tokens and answers take; waiting for the budget is not counted. */
  answers?: AnswerWatch;
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

  /** A refused token means that nothing was done, so the same call may go out again with another one. */
  const call = async (request: HubSpotRequest): Promise<Answer> => {
    const accessToken = await tokenOf();
    try {
      return await send(request, accessToken);
    } catch (error) {
      if (!isCoded(error, 'hubspot_token_rejected')) throw error;
      return send(request, await tokenOf(accessToken));
    }
  };

  const tokenOf = async (rejected?: string): Promise<string> => {
    const answered = options.answers?.open();
    try {
      return await untilAborted(options.accessToken(rejected), signal, stoppedBy);
    } finally {
      answered?.();
    }
  };

  const send = async (request: HubSpotRequest, accessToken: string): Promise<Answer> => {
    const search = isSearch(request);
    const slot = await governor.take({ lane, search, signal });
    const answered = options.answers?.open();
    try {
      options.beforeSend?.();
      const answer = await wire.send({
        ...request,
        accessToken,
        signal,
        account: { portalId, lane, waitedMs: slot.waitedMs },
      });
      if (!search) governor.observe(answer.headers);
      return answer;
    } catch (error) {
      if (isCoded(error, 'hubspot_rate_limited', 'hubspot_migrating')) governor.pauseFor(pauseOf(error), { search });
      throw error;
    } finally {
      answered?.();
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
