import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '@pabal/session';

/** How long somebody stays logged in: a working day, if the board is looked at now and then. */
export const SESSION_MS = 12 * 3_600_000;
export const IDLE_MS = 2 * 3_600_000;
const MAX_SESSIONS = 1_000;
const TOKEN_BYTES = 32;

interface Session {
  readonly openedAt: number;
  readonly seenAt: number;
}

/** Who is logged in. Kept in memory, and only as digests: a restart logs everybody out. */
export class Sessions {
  readonly #clock: Clock;
  readonly #sessions = new Map<string, Session>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Opens a session; the token is what the cookie carries. The one unused for the longest time makes room if need be. */
  open(): string {
    const value = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.#clock.now();
    this.#sessions.set(digest(value), { openedAt: now, seenAt: now });
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    return value;
  }

  /** True for the token of a session that is neither over nor idle for too long; it counts as seen. */
  use(value: string): boolean {
    const key = digest(value);
    const session = this.#sessions.get(key);
    if (!session) return false;
    this.#sessions.delete(key);
    const now = this.#clock.now();
    if (now - session.openedAt >= SESSION_MS || now - session.seenAt >= IDLE_MS) return false;
    this.#sessions.set(key, { ...session, seenAt: now });
    return true;
  }

  close(value: string): void {
    this.#sessions.delete(digest(value));
  }
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
