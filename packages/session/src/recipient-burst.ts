/** How often one recipient may be written to. */
export interface RecipientBurstLimits {
  /** At most this many messages… */
  readonly limit: number;
  /** …in any window of this length, ms. */
  readonly windowMs: number;
}

/** LGHV reports the fourth message to one recipient within 5 s as failed, after it accepted it (appendix 1, code 17). */
export const defaultRecipientBurst: RecipientBurstLimits = { limit: 3, windowMs: 5000 };

/** Added to the window: two messages may travel to the gateway at different speeds. */
export const TRAVEL_MS = 100;
/** Last writes are remembered at least this long: a probe waits for a recipient's silence of that length. */
const MEMORY_MS = 10_000;

/**
 * When each recipient was last written to, and when it may be again. Memory is bounded by the writes of the last seconds:
 * writes drop, every now and then, the entries that nobody can ask for any more.
 */
export class RecipientBurst {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #memoryMs: number;
  /** Newest stamps per recipient, ascending; recipients in order of their last write. */
  readonly #stamps = new Map<string, number[]>();
  #droppedAt = Number.NEGATIVE_INFINITY;

  constructor(limits: RecipientBurstLimits | undefined) {
    this.#limit = limits?.limit ?? Number.POSITIVE_INFINITY;
    this.#windowMs = limits ? limits.windowMs + TRAVEL_MS : 0;
    this.#memoryMs = Math.max(MEMORY_MS, this.#windowMs);
  }

  /** Recipients remembered. */
  get size(): number {
    return this.#stamps.size;
  }

  /** Earliest time at which this recipient may be written to; `now` when it may be at once. */
  freeAt(recipient: string, now: number): number {
    const stamps = this.#stamps.get(recipient);
    if (!stamps || stamps.length < this.#limit) return now;
    return Math.max(now, (stamps[stamps.length - this.#limit] ?? now) + this.#windowMs);
  }

  /** When this recipient was last written to; undefined when that was more than 10 s before `now`, or never. */
  lastAt(recipient: string, now: number): number | undefined {
    const last = this.#stamps.get(recipient)?.at(-1);
    return last !== undefined && now - last <= this.#memoryMs ? last : undefined;
  }

  /** A write to this recipient; `stamp` is read after it, and never runs backwards. */
  written(recipient: string, stamp: number): void {
    const stamps = this.#stamps.get(recipient) ?? [];
    stamps.push(stamp);
    const keep = this.#limit === Number.POSITIVE_INFINITY ? 1 : this.#limit;
    if (stamps.length > keep) stamps.shift();
    this.#stamps.delete(recipient);
    this.#stamps.set(recipient, stamps);
    // Not each time: to find the oldest entry of a large map costs more than to make one.
    if (stamp - this.#droppedAt >= this.#memoryMs / 20) this.#dropOld(stamp);
  }

  #dropOld(now: number): void {
    this.#droppedAt = now;
    for (const [recipient, stamps] of this.#stamps) {
      if (now - (stamps.at(-1) ?? now) <= this.#memoryMs) return;
      this.#stamps.delete(recipient);
    }
  }
}

/** Has an account more agents than a recipient may get messages? Then no part is left for each, and they must count together. */
export function mustCountTogether({ limit }: RecipientBurstLimits, agents: number): boolean {
  return agents > limit;
}

/**
 * What one agent keeps to by itself: its part of the account's limits, so that the agents need not ask each other; what is left over
 * is for the first of them by name, wherever each is owned. Where they {@link mustCountTogether} it is the whole, which the claims of
 * all of them divide.
 * @param agents all of the account
 */
export function shareOfAgent(
  limits: RecipientBurstLimits,
  agents: readonly string[],
  agent: string,
): RecipientBurstLimits {
  if (mustCountTogether(limits, agents.length)) return limits;
  const before = agents.filter((other) => other < agent).length;
  return { ...limits, limit: Math.floor((limits.limit + agents.length - 1 - before) / agents.length) };
}
