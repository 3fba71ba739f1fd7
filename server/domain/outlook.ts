// What is known to come for a portal, so that the store is asked only for what there is. The holder of the portal's lease keeps it in
// the portal's own document; whoever else makes work leaves a hint there. Moments may be earlier than the truth, never later. Pure.

export const comingKinds = ['deliveries', 'recounts', 'waits', 'moves', 'receipts'] as const;
export type Coming = (typeof comingKinds)[number];

/** As stored: a kind that is absent has nothing to come, if `lookedAt` is there; without it nothing is known. */
export type Agenda = { lookedAt?: Date } & Partial<Record<Coming, Date>>;

export interface Outlook {
  /** Whether there may be any, due or not. */
  mayHave(kind: Coming): boolean;
  isDue(kind: Coming, now: number): boolean;
  /** Something of the kind was seen that is due at `at`. */
  expect(kind: Coming, at: number): void;
  /** The store was asked: what comes next, or null. */
  learn(kind: Coming, next: number | null): void;
  /** Something happened that makes what is known of the kind worth nothing. */
  doubt(kind: Coming): void;
  /** The earliest of these, or null. */
  next(kinds: readonly Coming[]): number | null;
  toAgenda(now: number): Agenda;
}

/** What is known is believed this long: then everything is asked once, whatever hint was lost. */
export const believedMs = 3600_000;

export interface Evidence {
  agenda?: Agenda | null | undefined;
  /** The latest moment for which a hint said that deliveries are due. */
  hintedUntil?: Date | undefined;
}

/** With null nothing is known, and everything is to be asked. */
export function makeOutlook(evidence: Evidence | null, now: number): Outlook {
  const agenda = evidence?.agenda ?? {};
  const lookedAt = agenda.lookedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  const isKnown = evidence !== null && lookedAt <= now && now - lookedAt < believedMs;
  // Undefined: not known.
  const coming = new Map<Coming, number | null | undefined>(
    comingKinds.map((kind) => [kind, isKnown ? (agenda[kind]?.getTime() ?? null) : undefined]),
  );
  // Hints tell of deliveries that are due until then, not of each of them.
  if ((evidence?.hintedUntil?.getTime() ?? 0) > now) coming.set('deliveries', undefined);

  return {
    mayHave: (kind) => coming.get(kind) !== null,
    isDue(kind, at) {
      const next = coming.get(kind);
      return next === undefined || (next !== null && next <= at);
    },
    expect(kind, at) {
      const known = coming.get(kind);
      if (known !== undefined) coming.set(kind, known === null ? at : Math.min(known, at));
    },
    learn: (kind, next) => void coming.set(kind, next),
    doubt: (kind) => void coming.set(kind, undefined),
    next(kinds) {
      const moments = kinds.flatMap((kind) => coming.get(kind) ?? []);
      return moments.length === 0 ? null : Math.min(...moments);
    },
    toAgenda(at) {
      const moments = [...coming].flatMap(([kind, moment]) => (moment == null ? [] : [[kind, new Date(moment)]]));
      const rest = Object.fromEntries(moments) as Partial<Record<Coming, Date>>;
      return { ...rest, lookedAt: new Date(isKnown ? lookedAt : at) };
    },
  };
}
