/** Counts the accepted messages to each recipient of an account within a stretch of time. */
export class RecipientCounter {
  readonly #times = new Map<string, number[]>();

  /** How many were accepted within the `withinMs` before `now`. */
  count(userId: string, to: string, now: number, withinMs: number): number {
    const times = this.#times.get(`${userId} ${to}`);
    if (!times) return 0;
    let count = 0;
    for (let i = times.length - 1; i >= 0 && now - (times[i] as number) < withinMs; i--) count += 1;
    return count;
  }

  /** Notes an accepted message, and forgets what is older than `keepMs`. */
  add(userId: string, to: string, now: number, keepMs: number): void {
    const key = `${userId} ${to}`;
    const times = this.#times.get(key);
    if (times) {
      while (times.length > 0 && now - (times[0] as number) >= keepMs) times.shift();
      times.push(now);
      // Moved to the end: the recipients that were quiet the longest stand at the front.
      this.#times.delete(key);
      this.#times.set(key, times);
    } else {
      this.#times.set(key, [now]);
    }
    for (const [quiet, last] of this.#times) {
      if (now - (last.at(-1) as number) < keepMs) break;
      this.#times.delete(quiet);
    }
  }
}
