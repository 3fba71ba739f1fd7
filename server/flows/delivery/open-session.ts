// Opens the session of a portal for the holder of its lease: one way to HubSpot, one budget, and what is learned once.
import type { Board } from '../../domain/deals.ts';
import type { Governor } from '../../hubspot/governor.ts';
import { listDealPipelines } from '../../hubspot/pipelines.ts';
import type { TimelineDialect } from '../../hubspot/timeline/dialect.ts';
import type { Connection, DialectName } from '../../store/connections.ts';
import type { Context } from '../context.ts';
import { makeDialect } from './make-dialect.ts';
import type { PortalSession } from './session.ts';

export interface SessionParts {
  portalId: number;
  governor: Governor;
  signal: AbortSignal;
  /** Throws when the lease may have been lost: no call may begin after that. */
  assertHeld: () => void;
}

export interface OpenSession {
  /** The session with the connections as they are now: one per batch. */
  refresh(): Promise<PortalSession>;
}

const boardsTtlMs = 10 * 60_000;

export async function openSession(
  context: Context,
  { portalId, governor, signal, assertHeld }: SessionParts,
): Promise<OpenSession> {
  const api = context.hubspot.portal({
    portalId,
    governor,
    signal,
    lane: 'live',
    accessToken: (rejected) => {
      assertHeld();
      return context.tokens.fresh(portalId, rejected);
    },
  });
  const dialects = new Map<DialectName, Promise<TimelineDialect>>();
  let known: { boards: readonly Board[]; until: number } | null = null;

  async function boards(): Promise<readonly Board[]> {
    if (known && context.now() < known.until) return known.boards;
    known = { boards: await listDealPipelines(api), until: context.now() + boardsTtlMs };
    return known.boards;
  }

  function dialectOf({ dialect }: Connection): Promise<TimelineDialect> {
    const ready = dialects.get(dialect);
    if (ready) return ready;
    const made = makeDialect(context, dialect);
    dialects.set(dialect, made);
    made.catch(() => dialects.delete(dialect));
    return made;
  }

  return {
    async refresh() {
      const connections = await context.store.connections.listOfPortal(portalId);
      return {
        portalId,
        api,
        signal,
        boards,
        dialectOf,
        connections: new Map(connections.map((one) => [one._id, one])),
      };
    },
  };
}
