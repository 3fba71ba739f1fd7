// Opens the session of a portal for the holder of its lease: one way to HubSpot, one budget, and what is learned once.
import type { Governor } from '../../hubspot/governor.ts';
import type { TimelineDialect } from '../../hubspot/timeline/dialect.ts';
import type { Outlook } from '../../domain/outlook.ts';
import type { AnswerWatch } from '../../lib/answer-watch.ts';
import type { Connection, DialectName } from '../../store/connections.ts';
import type { Portal } from '../../store/portals.ts';
import type { Context } from '../context.ts';
import { askMetadata } from '../reading/portal-metadata.ts';
import type { Planned } from './batch.ts';
import { makeDialect } from './make-dialect.ts';
import { readSettings } from './portal-settings.ts';
import type { PortalSession } from './session.ts';

export interface SessionParts {
  portalId: number;
  fence: number;
  governor: Governor;
  signal: AbortSignal;
  answers: AnswerWatch;
  /** Throws when the lease may have been lost: no call may begin after that. */
  assertHeld: () => void;
}

export interface OpenSession {
  /** The session with the connections as they are now: one per batch. */
  refresh(portal: Portal, outlook: Outlook): Promise<PortalSession>;
  unasked: Planned[];
}

/** Properties change rarely, and one call for each batch would be most of the budget. */
const definitionsTtlMs = 10 * 60_000;

export async function openSession(
  context: Context,
  { portalId, fence, governor, signal, answers, assertHeld }: SessionParts,
): Promise<OpenSession> {
  let tokenVersion = 0;
  const unasked: Planned[] = [];
  const api = context.hubspot.portal({
    portalId,
    governor,
    signal,
    answers,
    lane: 'live',
    beforeSend: assertHeld,
    accessToken: (rejected) => {
      assertHeld();
      return context.tokens.fresh(portalId, rejected, tokenVersion);
    },
  });
  const dialects = new Map<DialectName, Promise<TimelineDialect>>();
  const askBoards = async () => (await askMetadata(context, api, { portalId, kind: 'pipelines' })).value;
  const contactProperties = remembered(context, async () => {
    const { value } = await askMetadata(context, api, { portalId, kind: 'contacts' });
    return new Map(value.map((property) => [property.name, property]));
  });

  function dialectOf({ dialect }: Connection): Promise<TimelineDialect> {
    const ready = dialects.get(dialect);
    if (ready) return ready;
    const made = makeDialect(context, dialect);
    dialects.set(dialect, made);
    made.catch(() => dialects.delete(dialect));
    return made;
  }

  return {
    unasked,
    async refresh(portal, outlook) {
      const { limited, breaker } = portal;
      tokenVersion = portal.tokenVersion;
      const settings = await readSettings(context, portal);
      return {
        portalId,
        fence,
        api,
        signal,
        answers,
        limited,
        breaker,
        outlook,
        unasked,
        async boards({ anew } = { anew: false }) {
          if (anew || settings.boards === null) settings.boards = await askBoards();
          return settings.boards;
        },
        contactProperties,
        dialectOf,
        connections: settings.connections,
        settings,
      };
    },
  };
}

/** Asks once, and again when the answer has grown old. A failure is not remembered. */
function remembered<T>({ now }: Pick<Context, 'now'>, ask: () => Promise<T>): () => Promise<T> {
  let known: { answer: T; until: number } | null = null;
  return async () => {
    if (known && now() < known.until) return known.answer;
    known = { answer: await ask(), until: now() + definitionsTtlMs };
    return known.answer;
  };
}
