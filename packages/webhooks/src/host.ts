import { afterFailure, afterSuccess, type Health, WELL } from './health.js';

/** What a delivery is told that asks for a place. */
export type Place =
  /** Deliver now, and say how it went ({@link Host.ended}). */
  | { readonly kind: 'go' }
  /** In line: resolves when its turn comes, or when it must leave. */
  | { readonly kind: 'wait'; readonly turn: Promise<Turn> }
  /** Not now: come again at this time, ms. `resting`: because the host fails. */
  | { readonly kind: 'aside'; readonly until: number; readonly resting: boolean };

export type Turn = 'go' | 'again' | 'stop';

/** The room in the lines of all hosts of a process: what stands there is held, and what is held is out of others' reach. */
export interface Lines {
  /** How many stand in all lines. */
  standing: number;
  /** As long as fewer than this do, a line may be longer than its host's limit … */
  readonly roomFor: number;
  /** … up to this. */
  readonly longest: number;
}

export interface HostOptions {
  /** Deliveries under way at once. */
  readonly limit: number;
  /** What the lines of all hosts share. */
  readonly lines: Lines;
  /** Epoch ms. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Whoever is set aside comes again after so long at least, and at most, ms. */
const ASIDE_MS = { least: 200, most: 60_000 } as const;
/** How much one more delivery counts in the mean duration. */
const SMOOTHING = 0.2;
/**
 * They are told to come in this share of the time that those before them will take: whoever comes too early is set aside once more,
 * which costs little, and whoever comes too late leaves the host idle.
 */
const EAGERNESS = 0.5;
/** As long as no delivery has ended they come after up to this, ms. */
const UNMEASURED_MS = 1_000;

/**
 * The way to one host of one webhook: so many deliveries at once, a line, and whoever finds it full comes again about when
 * its turn would be. So a slow receiver holds up nothing but itself, and one that fails is left alone for a while.
 */
export class Host {
  readonly #options: HostOptions;
  readonly #line: ((turn: Turn) => void)[] = [];
  #underWay = 0;
  #meanMs: number | undefined;
  #asideUntil = Number.NEGATIVE_INFINITY;
  #usedAt: number;
  health: Health = WELL;

  constructor(options: HostOptions) {
    this.#options = options;
    this.#usedAt = options.now();
  }

  /** Asks for a place. */
  ask(): Place {
    const now = this.#options.now();
    this.#usedAt = now;
    const { rests, restsUntil } = this.health;
    if (now < restsUntil) return { kind: 'aside', until: this.#later(restsUntil), resting: true };
    if (rests > 0 && this.#underWay > 0) return { kind: 'aside', until: this.#later(now), resting: true };
    if (this.#underWay < this.#options.limit) {
      this.#underWay++;
      return { kind: 'go' };
    }
    if (!this.#hasRoom()) return { kind: 'aside', until: this.#later(now), resting: false };
    this.#options.lines.standing++;
    return { kind: 'wait', turn: new Promise((resolve) => this.#line.push(resolve)) };
  }

  /** A delivery arrived after so long, or said nothing about the host. */
  arrived(ms: number): void {
    this.#took(ms);
    this.health = afterSuccess(this.health);
    this.#leave();
  }

  /** A delivery failed in a way that says something about the host. True: the host rests from now on. */
  failed(ms: number, retryAfterMs?: number): boolean {
    const now = this.#options.now();
    const resting = now < this.health.restsUntil;
    this.#took(ms);
    this.health = afterFailure(this.health, now, retryAfterMs);
    this.#leave();
    return !resting && now < this.health.restsUntil;
  }

  /** A delivery that was begun and came to nothing: broken off, or never sent. */
  dropped(): void {
    this.#leave();
  }

  /** Sends everybody in line away. */
  stop(): void {
    this.#sendAway('stop');
  }

  /** Has nobody used it for so long, and does it hold nothing that would be missed? */
  idleFor(ms: number): boolean {
    const now = this.#options.now();
    return this.#underWay === 0 && now - this.#usedAt >= ms && now >= this.health.restsUntil;
  }

  #leave(): void {
    this.#underWay--;
    if (this.health.rests > 0) {
      this.#sendAway('again');
      return;
    }
    const next = this.#line.shift();
    if (!next) return;
    this.#options.lines.standing--;
    this.#underWay++;
    next('go');
  }

  #sendAway(turn: Turn): void {
    this.#options.lines.standing -= this.#line.length;
    for (const resolve of this.#line.splice(0)) resolve(turn);
  }

  #hasRoom(): boolean {
    const { limit, lines } = this.#options;
    const { length } = this.#line;
    return length < limit || (length < lines.longest && lines.standing < lines.roomFor);
  }

  /** One more duration. A host that became faster needs less time for those who are set aside. */
  #took(ms: number): void {
    const before = this.#meanMs;
    this.#meanMs = before === undefined ? ms : before + (ms - before) * SMOOTHING;
    const now = this.#options.now();
    if (before === undefined || this.#meanMs >= before || this.#asideUntil <= now) return;
    this.#asideUntil = now + (this.#asideUntil - now) * (this.#meanMs / before);
  }

  /** A turn for whoever is set aside: after those that were set aside before, not much later than `from`. */
  #later(from: number): number {
    const { limit, random } = this.#options;
    const soon = from + ASIDE_MS.least;
    if (this.#meanMs === undefined) return Math.round(soon + random() * UNMEASURED_MS);
    const turn = Math.max(soon, this.#asideUntil + (this.#meanMs / limit) * EAGERNESS);
    const latest = from + ASIDE_MS.most;
    this.#asideUntil = Math.min(turn, latest);
    // Beyond what can be told they come spread, not all at once.
    return Math.round(turn <= latest ? turn : latest - (random() * ASIDE_MS.most) / 2);
  }
}
