// Where a page of clicks ended: a moment, and how many clicks of that moment were shown. Pure.

export interface ClickCursor {
  at: number;
  skip: number;
}

/** Null for a cursor that none of ours can be. */
export function readCursor(text: string): ClickCursor | null {
  const [, at, skip] = /^(\d{1,16})-(\d{1,6})$/.exec(text) ?? [];
  return at === undefined || skip === undefined ? null : { at: Number(at), skip: Number(skip) };
}

/** For the page behind this one; null when this one was not full. */
export function nextCursor(
  shown: readonly { at: number }[],
  { limit, after }: { limit: number; after: ClickCursor | null },
): string | null {
  const last = shown.at(-1);
  if (!last || shown.length < limit) return null;
  const together = shown.filter(({ at }) => at === last.at).length;
  const before = after?.at === last.at ? after.skip : 0;
  return `${last.at}-${before + together}`;
}
