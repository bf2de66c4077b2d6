import { pause, type World } from '../support/index.js';

/** Keys looked at in one step of a scan. */
const PAGE = 500;
const CUT_AWAY_MS = 500;

/** What happens to the Redis of a storm: one thing at a time. */
export class RedisTrouble {
  readonly #world: World;
  #under: Promise<void> = Promise.resolve();
  /** When it lost its last second, epoch ms. */
  readonly cuts: number[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Ends it as a crash would, and starts it again after that time. */
  kill(awayMs: number): string {
    this.#next(async () => {
      await this.#world.redis.kill();
      await pause(awayMs);
      await this.#world.redis.start();
    });
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
    this.#next(async () => {
      const at = Date.now();
      await this.#world.redis.kill();
      await this.#world.redis.cutBack(Math.floor(at / 1_000) - 1);
      this.cuts.push(at);
      await pause(CUT_AWAY_MS);
      await this.#world.redis.start();
    });
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

  /** Resolves when it is there again. */
  async calm(): Promise<void> {
    await this.#under;
    this.#world.redis.resume();
    await this.#world.redis.start();
  }

  #next(run: () => Promise<void>): void {
    this.#under = this.#under.then(run);
  }
}
