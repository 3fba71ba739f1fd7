// A copy of src/app/cards/shared/call-card-api.ts, made by `npm run card-types`: change it there.
// Asks Elido's server through `hubspot.fetch`, which signs the request and says who asks. Knows HubSpot's limits: JSON objects only, no
// headers, and a request may be sent twice, so everything that writes says what shall be and not what shall change by how much.
import { hubspot } from '@hubspot/ui-extensions';
import { cardPaths, type CardOperations } from './card-api.ts';

export type OperationId = keyof CardOperations;
export type Reply<Id extends OperationId> = CardOperations[Id]['reply'];

export interface CardRequest<Id extends OperationId> {
  id: Id;
  path?: Exclude<CardOperations[Id]['path'], null>;
  query?: Exclude<CardOperations[Id]['query'], null>;
  body?: Exclude<CardOperations[Id]['body'], null>;
}

export type FaultKind = 'offline' | 'slow_down' | 'not_signed' | 'forbidden' | 'not_found' | 'other';

/** Why there is no reply. The message is the server's, where it answered. */
export interface Fault {
  kind: FaultKind;
  code: string;
  message: string | null;
  /** What is wrong with which part of the request, by its path: `rows.2.property`. */
  fields: Readonly<Record<string, string>>;
}

export type Outcome<Id extends OperationId> = { ok: true; data: Reply<Id> } | { ok: false; fault: Fault };

const timeoutMs = 10_000;

/** Never throws: a request that fails is an outcome. */
export async function callCardApi<Id extends OperationId>(
  origin: string,
  request: CardRequest<Id>,
): Promise<Outcome<Id>> {
  const { method } = cardPaths[request.id];
  try {
    const response = await hubspot.fetch(addressOf(origin, request), {
      method,
      timeout: timeoutMs,
      ...(request.body ? { body: { ...request.body } } : {}),
    });
    const body: unknown = await response.json().catch(() => null);
    const status = statusOf(response.status, body);
    if (status >= 200 && status < 300 && body !== null) return { ok: true, data: body as Reply<Id> };
    return { ok: false, fault: faultOf(status, body) };
  } catch {
    return { ok: false, fault: { kind: 'offline', code: 'offline', message: null, fields: {} } };
  }
}

export function addressOf<Id extends OperationId>(origin: string, { id, path, query }: CardRequest<Id>): string {
  const parts: Record<string, string> = { ...path };
  const filled = cardPaths[id].path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''));
  const asked = Object.entries({ ...query }).filter(([, value]) => value !== undefined && value !== '');
  const search = asked.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
  return `${origin}${filled}${search ? `?${search}` : ''}`;
}

/** The proxy of `hs project dev` answers 200 whatever the server said, and puts the status into the body. */
function statusOf(status: number, body: unknown): number {
  const proxied = (body as { category?: unknown; appServerStatusCode?: unknown } | null) ?? {};
  if (proxied.category !== 'BAD_GATEWAY') return status;
  return typeof proxied.appServerStatusCode === 'number' ? proxied.appServerStatusCode : 502;
}

const kinds: Record<number, FaultKind> = {
  401: 'not_signed',
  403: 'forbidden',
  404: 'not_found',
  429: 'slow_down',
  502: 'offline',
  503: 'offline',
  504: 'offline',
};

interface Refusal {
  code?: unknown;
  message?: unknown;
  field?: unknown;
  details?: { rows?: { row: number; reason: string }[] };
}

function faultOf(status: number, body: unknown): Fault {
  const error = (body as { error?: Refusal } | null)?.error ?? {};
  const code = typeof error.code === 'string' ? error.code : `http_${status}`;
  const message = typeof error.message === 'string' ? error.message : null;
  const rows = (error.details?.rows ?? []).map(({ row, reason }) => [`rows.${row}.property`, reason]);
  const fields = typeof error.field === 'string' && message !== null ? [[error.field, message], ...rows] : rows;
  return { kind: kinds[status] ?? 'other', code, message, fields: Object.fromEntries(fields) };
}
