// How often one address may follow links in a minute. Counted in memory: per process, and gone with it.
// One of these is shared by the fast lane and the route behind it.
import { ipKeyGenerator } from 'express-rate-limit';

export interface VisitLimit {
  /** Counts a visit; false when it is one too many. */
  take(address: string): boolean;
}

const minuteMs = 60_000;
/** A flood from this many addresses in one minute starts the counting anew instead of filling the memory. */
const mostAddresses = 200_000;

/** `now` is a clock that never jumps. */
export function makeVisitLimit({ perMinute, now }: { perMinute: number; now: () => number }): VisitLimit {
  let counts = new Map<string, { visits: number; until: number }>();
  return {
    take(address) {
      const at = now();
      const key = keyOf(address);
      const counted = counts.get(key);
      if (counted && at < counted.until) return (counted.visits += 1) <= perMinute;
      if (counts.size >= mostAddresses) counts = new Map();
      counts.set(key, { visits: 1, until: at + minuteMs });
      return perMinute >= 1;
    },
  };
}

/** Somebody with an IPv6 address has a whole network of them. */
function keyOf(address: string): string {
  return address.includes(':') && !address.includes('.') ? ipKeyGenerator(address) : address;
}
