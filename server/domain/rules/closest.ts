// The word somebody may have meant: the nearest of a few allowed ones by letters to change.

/** Null when nothing is near enough to be a slip of the hand. */
export function closest(word: string, allowed: readonly string[]): string | null {
  const wanted = simple(word);
  let best: { word: string; distance: number } | null = null;
  for (const candidate of allowed) {
    const distance = wanted.length > 60 ? Number.POSITIVE_INFINITY : distanceOf(wanted, simple(candidate));
    if (distance <= Math.max(1, candidate.length / 3) && (!best || distance < best.distance))
      best = { word: candidate, distance };
  }
  return best?.word ?? null;
}

/** `Click-Threshold` and `clickThreshold` are both near to click_threshold. */
function simple(word: string): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Levenshtein's distance, one row at a time. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const changed = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? a.length;
}
