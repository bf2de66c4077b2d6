import type { Child, World } from '../support/index.js';
import type { History } from './unheard.js';

export type Role = 'sender' | 'receiver';

/** From when until when a process could not put again what Redis lost, epoch ms: one that was ended, from then on. */
export interface Absence {
  readonly from: number;
  readonly until: number;
}

interface Hand {
  readonly role: Role;
  readonly child: Child;
  frozen: boolean;
  /** Something was done to it from which it does not come back. */
  ending: boolean;
}

/** Of each role, so many are there at least, or are on their way. */
const FEWEST = 2;
const MOST = 4;
/** What a supervisor takes to notice that one has ended, ms. */
const NOTICE_MS = 500;

/** The processes of a fleet, and a supervisor that replaces whatever ends. */
export class Crew {
  readonly #world: World;
  readonly #hands: Hand[] = [];
  #watch: NodeJS.Timeout | undefined;
  /** Processes that ended although nobody ended them. */
  readonly deserted: string[] = [];
  /** Stops by SIGTERM that did not end with 0: right only while Redis or a gateway was away. */
  readonly brokenStops: string[] = [];
  readonly absences: Absence[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Starts two of each role, waits until each role has a session, and begins to replace what ends. */
  async muster(): Promise<void> {
    for (const role of ['receiver', 'sender'] as const) {
      const hands = Array.from({ length: FEWEST }, () => this.#start(role));
      await Promise.any(hands.map(({ child }) => child.line(/"to":"ready"/, 60_000)));
    }
    this.#watch = setInterval(() => this.#supervise(), NOTICE_MS);
  }

  get names(): string {
    return this.#hands
      .filter(isAlive)
      .map(({ child }) => child.name)
      .join(' ');
  }

  /** Ends one as a crash would. */
  kill(role: Role, roll: number): string | undefined {
    const hand = this.#one(role, roll);
    if (!hand) return undefined;
    this.#end(hand);
    hand.child.signal('SIGKILL');
    return hand.child.name;
  }

  /** Asks one to end. */
  stop(role: Role, roll: number): string | undefined {
    const hand = this.#one(role, roll);
    if (!hand) return undefined;
    this.#end(hand);
    hand.child.signal('SIGTERM');
    void hand.child.exited.then((how) => {
      if (how !== 0) this.brokenStops.push(`${hand.child.name} (${how})`);
    });
    return hand.child.name;
  }

  /** Freezes one for a while. */
  freeze(role: Role, roll: number, forMs: number): string | undefined {
    const hand = this.#one(role, roll);
    if (!hand) return undefined;
    hand.frozen = true;
    this.absences.push({ from: Date.now(), until: Date.now() + forMs });
    hand.child.signal('SIGSTOP');
    setTimeout(() => {
      hand.child.signal('SIGCONT');
      hand.frozen = false;
    }, forMs);
    return hand.child.name;
  }

  /** One more joins, unless there are many. */
  join(role: Role): string | undefined {
    if (this.#of(role).length >= MOST) return undefined;
    return this.#start(role).child.name;
  }

  /** Nothing stays frozen. What ended is still replaced. */
  thaw(): void {
    for (const hand of this.#hands) {
      hand.child.signal('SIGCONT');
      hand.frozen = false;
    }
  }

  /** From here on nothing is replaced. */
  dismiss(): void {
    clearInterval(this.#watch);
    this.thaw();
    for (const hand of this.#hands) hand.ending = true;
  }

  /** Everything that they logged, by process. */
  get logs(): ReadonlyMap<string, readonly string[]> {
    return new Map(this.#hands.map(({ child }) => [child.name, child.lines]));
  }

  get histories(): readonly History[] {
    return this.#hands.map(({ child }) => ({ lines: child.lines, hasEnded: !child.running }));
  }

  #end(hand: Hand): void {
    hand.ending = true;
    this.absences.push({ from: Date.now(), until: Date.now() });
  }

  #start(role: Role): Hand {
    const hand: Hand = { role, child: this.#world.start(role), frozen: false, ending: false };
    this.#hands.push(hand);
    void hand.child.exited.then((how) => {
      // One that finds no Redis at its start says so and ends: its supervisor starts it again.
      const began = hand.child.lines.some((line) => line.includes('"process.started"'));
      if (!hand.ending && began) this.deserted.push(`${hand.child.name} (${how})`);
    });
    return hand;
  }

  /** Those that nobody ends, frozen ones too. */
  #of(role: Role): Hand[] {
    return this.#hands.filter((hand) => hand.role === role && isAlive(hand));
  }

  #one(role: Role, roll: number): Hand | undefined {
    const awake = this.#of(role).filter(({ frozen }) => !frozen);
    return awake[Math.floor(roll * awake.length)];
  }

  #supervise(): void {
    for (const role of ['sender', 'receiver'] as const) {
      for (let missing = FEWEST - this.#of(role).length; missing > 0; missing--) this.#start(role);
    }
  }
}

function isAlive({ child, ending }: Hand): boolean {
  return child.running && !ending;
}
