/** Remembers every API call: the newest in detail, all of them as counts by route and portal. Bodies and tokens are never kept. */

export type LogEntry = {
  seq: number;
  /** Sandbox clock, milliseconds. */
  at: number;
  method: string;
  /** As asked for, without the query (it may hold keys). */
  path: string;
  /** Canonical route, e.g. `POST /crm/objects/contacts/batch/update`. */
  route: string;
  version: string | null;
  portalId: number | null;
  appId: number | null;
  /** Rows in a batch body, when there is one. */
  inputs: number | null;
  /** Null while the call is under way, or when the connection was closed without an answer. */
  status: number | null;
  durationMs: number | null;
  faultId: number | null;
  correlationId: string;
};

export type RouteCount = { route: string; portalId: number | null; calls: number; inputs: number };

export type RequestLog = {
  add: (entry: Omit<LogEntry, 'seq'>) => LogEntry;
  /** Counts the call under its route. Called once, when route and portal are known. */
  count: (entry: LogEntry) => void;
  entries: () => LogEntry[];
  counts: () => RouteCount[];
  total: () => number;
  clear: () => void;
};

const KEPT = 5000;

export function createRequestLog(): RequestLog {
  let ring: LogEntry[] = [];
  let seq = 0;
  let total = 0;
  const counts = new Map<string, RouteCount>();
  return {
    add(fields) {
      const entry = { seq, ...fields };
      ring[seq % KEPT] = entry;
      seq += 1;
      return entry;
    },
    count({ route, portalId, inputs }) {
      total += 1;
      const key = `${portalId ?? ''} ${route}`;
      const row = counts.get(key) ?? { route, portalId, calls: 0, inputs: 0 };
      row.calls += 1;
      row.inputs += inputs ?? 0;
      counts.set(key, row);
    },
    entries: () => ring.toSorted((a, b) => a.seq - b.seq),
    counts: () => [...counts.values()].toSorted((a, b) => b.calls - a.calls || (a.route < b.route ? -1 : 1)),
    total: () => total,
    clear() {
      ring = [];
      seq = 0;
      total = 0;
      counts.clear();
    },
  };
}
