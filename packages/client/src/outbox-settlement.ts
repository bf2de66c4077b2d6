import type { PabalClient } from './client.js';
import { isPabalError, MemoryGuardClosed, RedisUnavailable } from './errors.js';
import type { OutboxFailure, OutboxRetry, OutboxRow } from './outbox-store.js';

/** What a relay sends with: a client, or something like it. */
export type OutboxTarget = Pick<PabalClient, 'health' | 'sendMany'>;

/** What is to be written down of the rows of one claim: each is in exactly one of the three. */
export interface OutboxSettlement {
  readonly done: readonly string[];
  readonly retries: readonly OutboxRetry[];
  readonly failures: readonly (OutboxFailure & { readonly id: string })[];
  /** Why nothing can be sent at present. */
  readonly trouble?: Error;
}

/** How a relay deals with rows that cannot be sent. */
export interface OutboxPolicy {
  readonly maxAttempts: number;
  readonly idempotencyWindowMs: number;
  readonly random: () => number;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 300_000;

/** How long a row waits before it is tried again, ms: 1 s, doubled each time, at most 5 min, half of it by chance. Pure. */
export function outboxRetryMs(attempts: number, random: number): number {
  const full = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(Math.max(0, attempts - 1), 20));
  return Math.round(full / 2 + (full / 2) * random);
}

/** Sends the rows of a claim, route by route, and says what became of each. Never rejects. */
export async function settlementOf(
  rows: readonly OutboxRow[],
  target: OutboxTarget,
  policy: OutboxPolicy,
): Promise<OutboxSettlement> {
  const tally = new Tally(policy);
  const fresh = rows.filter((row) => {
    // Its first sending may have happened, and the fleet may have forgotten it since.
    const old = row.attempts > 1 && row.claimedForMs >= policy.idempotencyWindowMs;
    if (old) tally.fail(row, { code: 'too-old-to-repeat' });
    return !old;
  });
  for (const group of byRoute(fresh).values()) await sendGroup(group, target, tally);
  return tally.settlement();
}

function byRoute(rows: readonly OutboxRow[]): Map<string, OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const group = groups.get(row.route);
    if (group) group.push(row);
    else groups.set(row.route, [row]);
  }
  return groups;
}

async function sendGroup(rows: readonly OutboxRow[], target: OutboxTarget, tally: Tally): Promise<void> {
  if (tally.trouble !== undefined) {
    for (const row of rows) tally.retry(row, tally.trouble);
    return;
  }
  try {
    const [first] = rows;
    const report = await target.sendMany(
      rows.map(({ message }) => message),
      { chunk: rows.length, ...(first === undefined ? {} : { route: first.route }) },
    );
    for (const { index } of report.accepted) tally.accept(rows[index]);
    for (const { index, problems } of report.refused) {
      tally.fail(rows[index], { code: 'invalid-message', problems });
    }
  } catch (error) {
    if (error instanceof RedisUnavailable || error instanceof MemoryGuardClosed) {
      tally.trouble = error;
      for (const row of rows) tally.retry(row, error);
    } else if (rows.length > 1) {
      // One of them makes it break: the others must not wait for it.
      for (const row of rows) await sendGroup([row], target, tally);
    } else {
      for (const row of rows) tally.breaks(row, error);
    }
  }
}

class Tally {
  readonly #policy: OutboxPolicy;
  readonly #done: string[] = [];
  readonly #retries: OutboxRetry[] = [];
  readonly #failures: (OutboxFailure & { id: string })[] = [];
  trouble: Error | undefined;

  constructor(policy: OutboxPolicy) {
    this.#policy = policy;
  }

  accept(row: OutboxRow | undefined): void {
    if (row) this.#done.push(row.id);
  }

  fail(row: OutboxRow | undefined, failure: OutboxFailure): void {
    if (row) this.#failures.push({ id: row.id, ...failure });
  }

  retry({ id, attempts }: OutboxRow, error: unknown): void {
    const delayMs = outboxRetryMs(attempts, this.#policy.random());
    this.#retries.push({ id, delayMs, why: nameOf(error) });
  }

  /** A row that fails by itself, for no known reason. */
  breaks(row: OutboxRow, error: unknown): void {
    if (row.attempts >= this.#policy.maxAttempts) this.fail(row, { code: 'too-many-attempts' });
    else this.retry(row, error);
  }

  settlement(): OutboxSettlement {
    const { trouble } = this;
    const settled = { done: this.#done, retries: this.#retries, failures: this.#failures };
    return trouble === undefined ? settled : { ...settled, trouble };
  }
}

function nameOf(error: unknown): string {
  if (isPabalError(error)) return error.code;
  return error instanceof Error ? error.name : 'error';
}
