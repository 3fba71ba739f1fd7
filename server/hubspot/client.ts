// HubSpot over HTTP: one exchange, typed failures, nothing repeated. The only file that knows @hubspot/api-client.
// It decides nothing about deliveries; the portal's budget and token are in portal.ts.
import http from 'node:http';
import https from 'node:https';
import { Client } from '@hubspot/api-client';
import { CodedError } from '../errors.ts';
import { errorOfAnswer } from './answer-errors.ts';
import type { Answer, Exchange } from './exchange.ts';
import { errorOfSilence } from './silence-errors.ts';
import type { Lane } from './governor.ts';
import { makePortalApi, type PortalApi, type PortalOptions } from './portal.ts';
import { isRead, makeEndpoints, type EndpointOf } from './versions.ts';

export type { PortalApi } from './portal.ts';

export interface CallRecord {
  portalId: number | null;
  route: string;
  lane: Lane;
  status: number | 'no_answer';
  ms: number;
  waitedMs: number;
}

export interface HubSpotOptions {
  apiUrl: string;
  appUrl: string;
  /** '2026-03' */
  version: string;
  timeoutMs: number;
  onCall?: (call: CallRecord) => void;
}

export interface HubSpot {
  options: HubSpotOptions;
  endpoint: EndpointOf;
  portal(options: PortalOptions): PortalApi;
  /** A call outside any portal's budget: token endpoints, developer endpoints. */
  send(exchange: Exchange): Promise<Answer>;
  close(): void;
}

type SendData = Record<string, unknown>;
interface SdkRequest {
  opts: { wire?: SendData };
  getUrl(): URL;
  getSendData(): SendData;
}
type SdkSend = (request: Pick<SdkRequest, 'getUrl' | 'getSendData'>) => unknown;

/**
 * `apiRequest()` of 13.5.0 hands only method, headers and body to node-fetch: no agent, no signal, and redirects would turn a POST into a GET.
 * A decorator is its one opening for these. Decorators are process-wide there, so this one keeps nothing: everything travels in the request.
 */
class WireClient extends Client {
  protected override getDecorators(): { decorate(send: SdkSend): (request: SdkRequest) => unknown }[] {
    return [
      {
        decorate: (send) => (request) =>
          send({
            getUrl: () => request.getUrl(),
            getSendData: () => ({ ...request.getSendData(), ...request.opts.wire }),
          }),
      },
    ];
  }
}

export function makeHubSpot(options: HubSpotOptions): HubSpot {
  const client = new WireClient({ basePath: options.apiUrl.replace(/\/$/, ''), numberOfApiCallRetries: 0 });
  const agent = options.apiUrl.startsWith('https:')
    ? new https.Agent({ keepAlive: true, maxFreeSockets: 32 })
    : new http.Agent({ keepAlive: true, maxFreeSockets: 32 });

  const send = async (exchange: Exchange): Promise<Answer> => {
    const startedAt = performance.now();
    const record = (status: number | 'no_answer'): void =>
      options.onCall?.({
        portalId: exchange.account?.portalId ?? null,
        route: exchange.route,
        lane: exchange.account?.lane ?? 'live',
        status,
        ms: performance.now() - startedAt,
        waitedMs: exchange.account?.waitedMs ?? 0,
      });
    const { signal, release } = deadline(options.timeoutMs, exchange.signal);
    try {
      const answer = await fetchAnswer(exchange, signal);
      record(answer.status);
      if (answer.status >= 300 && exchange.allow?.includes(answer.status) !== true) {
        throw errorOfAnswer({ ...answer, route: exchange.route, effect: isRead(exchange) ? 'read' : 'write' });
      }
      return answer;
    } catch (error) {
      if (error instanceof CodedError) throw error;
      record('no_answer');
      throw errorOfSilence({
        error,
        route: exchange.route,
        effect: isRead(exchange) ? 'read' : 'write',
        timeoutMs: options.timeoutMs,
      });
    } finally {
      release();
    }
  };

  const fetchAnswer = async (exchange: Exchange, signal: AbortSignal): Promise<Answer> => {
    const request = {
      method: exchange.method,
      path: exchange.path,
      defaultJson: exchange.form === undefined,
      headers: {
        ...(exchange.accessToken === undefined ? {} : { Authorization: `Bearer ${exchange.accessToken}` }),
        ...(exchange.form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(exchange.query === undefined ? {} : { qs: exchange.query }),
      body: exchange.form === undefined ? exchange.body : new URLSearchParams(exchange.form).toString(),
      wire: { agent, signal, redirect: 'manual' },
    };
    const response = await client.apiRequest(request);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parseBody(text, response.ok) };
  };

  const endpoint = makeEndpoints(options.version);
  return {
    options,
    endpoint,
    portal: (portalOptions) => makePortalApi({ send, endpoint }, portalOptions),
    send,
    close: () => agent.destroy(),
  };
}

/** An empty body is null. A broken body of a success is no answer; of a failure it is a failure all the same. */
function parseBody(text: string, ok: boolean): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!ok) return null;
    throw error;
  }
}

/** One signal for our timeout and the caller's stop; body included. */
function deadline(timeoutMs: number, outer: AbortSignal | undefined): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  const timer = setTimeout(stop, timeoutMs);
  timer.unref();
  if (outer?.aborted === true) stop();
  outer?.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', stop);
    },
  };
}
