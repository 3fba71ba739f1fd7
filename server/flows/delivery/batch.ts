// One batch of deliveries on its way through the steps: those still going, and those whose outcome is decided.
import { outcomeOfFailure, type Outcome } from '../../domain/outcome.ts';
import type { DealFacts } from '../../domain/deals.ts';
import type { Delivery, Send } from '../../domain/delivery.ts';
import type { StoredVerdict } from '../../domain/human-verdict/stored.ts';
import type { CodedError } from '../../errors.ts';
import type { Connection } from '../../store/connections.ts';
import type { Settlement } from '../../store/deliveries.ts';

export interface Matched {
  delivery: Delivery;
  connection: Connection;
  contactId: string;
  contactName: string;
  /** False: it has no name of its own, and `contactName` is made from its id. */
  contactNamed: boolean;
  contactCreatedAt: number | null;
}

export interface Planned extends Matched {
  /** The open deals of the contact, as they are now. */
  deals: readonly DealFacts[];
  /** The deals the events are written to. */
  dealIds: string[];
  sends: Send[];
}

export interface Outcomes {
  decide(delivery: Delivery, outcome: Outcome & { matchKeys?: string[]; verdict?: StoredVerdict }): void;
  /** A failure is the outcome unless a worse one was decided before. */
  fail(delivery: Delivery, error: CodedError): void;
  /** Something worth knowing about a delivery that goes on; shown when no failure says more. */
  note(delivery: Delivery, words: string): void;
  isOpen(delivery: Delivery): boolean;
  /** From here on the sends of these deliveries are settled too: what is done is not sent again. */
  follow(planned: readonly Planned[]): void;
  /** The scopes that HubSpot named when it denied something. */
  deniedScopes(): string[];
  list(): Settlement[];
}

/** `random` is drawn once for the batch, so that what was sent together is tried again together. */
export function makeOutcomes({ now, random }: { now: () => number; random: number }): Outcomes {
  const settlements = new Map<string, Settlement>();
  const notes = new Map<string, string[]>();
  const sends = new Map<string, Send[]>();
  const denied = new Set<string>();
  return {
    decide(delivery, outcome) {
      if (settlements.has(delivery._id)) return;
      const detail = outcome.detail ?? notes.get(delivery._id)?.join(' ').slice(0, 500) ?? null;
      settlements.set(delivery._id, { id: delivery._id, ...outcome, detail });
    },
    fail(delivery, error) {
      for (const scope of scopesOf(error)) denied.add(scope);
      if (settlements.has(delivery._id)) return;
      settlements.set(delivery._id, {
        id: delivery._id,
        ...outcomeOfFailure({ delivery, error, now: now(), random }),
      });
    },
    note(delivery, words) {
      notes.set(delivery._id, [...(notes.get(delivery._id) ?? []), words]);
    },
    isOpen: (delivery) => !settlements.has(delivery._id),
    follow(planned) {
      for (const row of planned) sends.set(row.delivery._id, row.sends);
    },
    deniedScopes: () => [...denied].sort(),
    list: () =>
      [...settlements.values()].map((settlement) => {
        const own = sends.get(settlement.id);
        // A delivered one needs no memory of its sends; that keeps its update alike with the others.
        return own && settlement.state !== 'delivered' ? { ...settlement, sends: own } : settlement;
      }),
  };
}

function scopesOf({ details }: CodedError): string[] {
  const { scopes } = details;
  return Array.isArray(scopes) ? scopes.map(String) : [];
}
