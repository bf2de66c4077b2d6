import { pause, type World } from '../support/index.js';

/** Keys looked at in one step of a scan. */
const PAGE = 500;
const CUT_AWAY_MS = 500;
/** How often something is stored to see what is lost, ms; and how many of those are looked for. */
const BEAT_MS = 50;
const BEATS = 200;

/** Something that Redis had answered was not there any more when it came back. Epoch ms. */
export interface Loss {
  /** What it answered up to here is there. */
  readonly from: number;
  /** When it ended. */
  readonly until: number;
  /** When it was there again. */
  readonly backAt: number;
}

/** What happens to the Redis of a storm: one thing at a time. */
export class RedisTrouble {
  readonly #world: World;
  readonly #fsync: 'always' | 'everysec';
  readonly #onLoss: (loss: Loss) => Promise<void>;
  readonly #beats: string;
  #under: Promise<void> = Promise.resolve();
  #stored: number[] = [];
  #beating: NodeJS.Timeout;
  /** A cut loses its last second. So may a kill without `appendfsync always`: while the disk is slow it writes nothing for up to two. */
  readonly losses: Loss[] = [];

  /** @param onLoss a producer hears of it */
  constructor(world: World, fsync: 'always' | 'everysec', onLoss: (loss: Loss) => Promise<void>) {
    this.#world = world;
    this.#fsync = fsync;
    this.#onLoss = onLoss;
    this.#beats = `${world.prefix}:storm-beats`;
    this.#beating = this.#beat();
  }

  /** Ends it as a crash would, and starts it again after that time. */
  kill(awayMs: number): string {
    this.#next(() => this.#restart(awayMs));
    return `kill -9 Redis for ${awayMs} ms`;
  }

  /** Freezes it: its connections stay open, and nothing answers. */
  freeze(forMs: number): string {
    this.#next(async () => {
      this.#world.redis.pause();
      await pause(forMs);
      this.#world.redis.resume();
    });
    return `SIGSTOP Redis for ${forMs} ms`;
  }

  /** Ends it, cuts the last second off its append-only file, and starts it again. Resolves when it is back. */
  async cut(): Promise<string> {
    this.#next(() => this.#restart(CUT_AWAY_MS, 1));
    await this.#under;
    return 'kill -9 Redis, and its last second is cut off';
  }

  /** Takes the locks of a share of all active jobs, as a process that stood still for too long would find them. */
  async loseLocks(share: number): Promise<number> {
    await this.#under;
    const { connection, prefix } = this.#world;
    let cursor = '0';
    let lost = 0;
    do {
      const [next, keys] = await connection.scan(cursor, 'MATCH', `${prefix}:*:lock`, 'COUNT', PAGE);
      cursor = next;
      const some = keys.filter((_, i) => i < Math.ceil(keys.length * share));
      if (some.length > 0) lost += await connection.del(...some);
    } while (cursor !== '0');
    return lost;
  }

  /** Resolves when it is there again. Nothing is stored from then on to see what is lost. */
  async calm(): Promise<void> {
    await this.#under;
    this.#world.redis.resume();
    await this.#world.redis.start();
    clearInterval(this.#beating);
  }

  /** @param cutSeconds so many full seconds before its end are taken from it besides */
  async #restart(awayMs: number, cutSeconds = 0): Promise<void> {
    const { redis } = this.#world;
    clearInterval(this.#beating);
    const until = Date.now();
    await redis.kill();
    const kept = cutSeconds === 0 ? until : (Math.floor(until / 1_000) - cutSeconds) * 1_000;
    if (cutSeconds > 0) await redis.cutBack(kept / 1_000);
    await pause(awayMs);
    await redis.start();
    // Marks tell of a loss that is longer than what is between two of them.
    const unseen = this.#fsync === 'everysec' ? 2 * BEAT_MS : 0;
    const from = Math.min(kept, until - unseen, await this.#lastKept(until));
    this.#stored = [];
    this.#beating = this.#beat();
    if (from === until) return;
    const loss = { from, until, backAt: Date.now() };
    this.losses.push(loss);
    await this.#onLoss(loss);
  }

  /** The last moment up to which everything that was answered is there: that of the end, if all of it is. */
  async #lastKept(until: number): Promise<number> {
    const kept = new Set(await this.#world.connection.zrange(this.#beats, `-${2 * BEATS}`, '-1'));
    const lost = this.#stored.find((beat) => !kept.has(String(beat)));
    return lost === undefined ? until : lost - BEAT_MS;
  }

  #beat(): NodeJS.Timeout {
    const { connection } = this.#world;
    return setInterval(() => {
      if (connection.status !== 'ready') return;
      const now = Date.now();
      void connection.zadd(this.#beats, now, String(now)).then(
        () => {
          this.#stored = [...this.#stored.slice(1 - BEATS), now];
        },
        () => undefined, // not answered: nobody was told that it is stored
      );
    }, BEAT_MS);
  }

  #next(run: () => Promise<void>): void {
    this.#under = this.#under.then(run);
  }
}
