/** Counts calls in a rolling window of time. A ring that forgets what has left the window; cost per call is constant. */

export class RollingWindow {
  readonly #lengthMs: number;
  #times: number[] = [];
  #head = 0;
  #max = 0;

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  count(now: number): number {
    while (this.#head < this.#times.length && (this.#times[this.#head] ?? 0) <= now - this.#lengthMs) this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#times.length) {
      this.#times = this.#times.slice(this.#head);
      this.#head = 0;
    }
    return this.#times.length - this.#head;
  }

  /** Records one call and returns how many are in the window now. */
  add(now: number): number {
    this.#times.push(now);
    const count = this.count(now);
    this.#max = Math.max(this.#max, count);
    return count;
  }

  /** The most calls ever seen inside one window. */
  get max(): number {
    return this.#max;
  }
}
