// How long somebody has been waited for: of several questions under way the oldest counts. It stops nothing and decides nothing.

export interface AnswerWatch {
  /** A question leaves; call what is returned when it was answered or given up. */
  open(): () => void;
  /** How long the oldest question under way is under way; 0 when there is none. */
  openForMs(): number;
  /** The longest wait since the last time this was asked, one under way included. */
  takeLongestMs(): number;
}

export function makeAnswerWatch(monotonicNow: () => number = () => performance.now()): AnswerWatch {
  const underWay = new Map<symbol, number>();
  let longestMs = 0;
  const openForMs = (): number => {
    // Questions are kept in the order in which they left.
    const [oldest] = underWay.values();
    return oldest === undefined ? 0 : monotonicNow() - oldest;
  };
  return {
    open() {
      const question = Symbol('question');
      const since = monotonicNow();
      underWay.set(question, since);
      return () => {
        if (underWay.delete(question)) longestMs = Math.max(longestMs, monotonicNow() - since);
      };
    },
    openForMs,
    takeLongestMs() {
      const longest = Math.max(longestMs, openForMs());
      longestMs = 0;
      return longest;
    },
  };
}
