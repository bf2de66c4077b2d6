import { createHash, randomBytes } from 'node:crypto';
import {
  canonicalMessage,
  type MessageInput,
  type MessageV1,
  type Problem,
  parseMessage,
} from '@pabal/message';
import { MessageConflict, MessageRefused } from './errors.js';
import { DEFAULT_ROUTE } from './fleet-rules.js';
import { makeMessageId } from './message-id.js';
import type { OutboxClaim, OutboxFailure, OutboxRetry, OutboxRow, OutboxStore } from './outbox-store.js';
import { OUTBOX_TABLE, outboxSchema, outboxTableName, quoted } from './postgres-schema.js';

/** What is needed of a connection to PostgreSQL: a `Pool`, a `Client` or a `PoolClient` of `pg`, or anything with its `query`. */
export interface PostgresQueryable {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** A connection of its own that hears notifications: a connected `Client` of `pg`. */
export interface PostgresListener extends PostgresQueryable {
  on(event: 'notification' | 'error' | 'end', listener: () => void): unknown;
  end(): Promise<void>;
}

export interface PostgresOutboxOptions {
  /** For what the relay does; in `put` your own transaction is used. */
  readonly db: PostgresQueryable;
  /** Default `pabal_outbox`. */
  readonly table?: string;
  /**
   * Wakes the relays at the commit of every `put`, beside their polling. PostgreSQL commits transactions that notify one
   * at a time. Default: with a `listener`.
   */
  readonly notify?: boolean;
  /** Opens the connection over which a relay is woken, and which it holds. */
  readonly listener?: () => Promise<PostgresListener>;
}

/** How many rows stand where. */
export interface OutboxCounts {
  readonly waiting: number;
  /** Age of the oldest one that waits, ms; 0 without any. */
  readonly oldestMs: number;
  readonly done: number;
  readonly failed: number;
}

/** A row that was set aside. */
export interface FailedOutboxRow extends OutboxFailure {
  readonly id: string;
  readonly route: string;
  readonly attempts: number;
  /** ISO 8601. */
  readonly failedAt: string;
}

/**
 * An outbox in PostgreSQL (12 or later): messages are put in the transaction that they belong to, and are sent if, and
 * only if, it commits. Relays claim rows with `FOR UPDATE SKIP LOCKED`, so that they never wait for each other.
 */
export class PostgresOutbox implements OutboxStore {
  readonly #db: PostgresQueryable;
  readonly #name: string;
  readonly #table: string;
  readonly #notify: boolean;
  readonly #listener: (() => Promise<PostgresListener>) | undefined;

  /** @throws RangeError a name that is none for a table */
  constructor({
    db,
    table = OUTBOX_TABLE,
    listener,
    notify = listener !== undefined,
  }: PostgresOutboxOptions) {
    this.#db = db;
    this.#name = outboxTableName(table);
    this.#table = quoted(this.#name);
    this.#notify = notify;
    this.#listener = listener;
  }

  /** Makes the table where it is missing. In production rather have {@link outboxSchema} in your migrations. */
  async createTable(): Promise<void> {
    await this.#db.query(outboxSchema(this.#name));
  }

  /**
   * Puts a message into the transaction of `tx`. The same id again is the same message, as it is everywhere else. A time to
   * live counts from here, not from when the relay gets to it.
   * @throws MessageRefused with every rule that it breaks; the transaction may go on
   * @throws MessageConflict another message has this id
   */
  async put(
    tx: PostgresQueryable,
    input: MessageInput,
    options: { readonly route?: string } = {},
  ): Promise<{ id: string }> {
    const [id] = (await this.putMany(tx, [input], options)).ids;
    if (id === undefined) throw new Error('a message was put without an id');
    return { id };
  }

  /**
   * Puts messages in one statement, all or none; the ids are in their order.
   * @throws MessageRefused with the rules that they break, `2.text` for the third one's text
   * @throws MessageConflict other messages have some of these ids
   */
  async putMany(
    tx: PostgresQueryable,
    inputs: readonly MessageInput[],
    { route = DEFAULT_ROUTE }: { readonly route?: string } = {},
  ): Promise<{ ids: string[] }> {
    const messages = parseAll(inputs, Date.now());
    if (messages.length === 0) return { ids: [] };
    const ids = messages.map(({ id }) => id);
    const hashes = messages.map(hashOf);
    const bodies = messages.map((message) => JSON.stringify(withDeadline(message, Date.now())));
    const inserted = await tx.query(
      `INSERT INTO ${this.#table} (id, route, message, hash)
       SELECT id, $2, body::jsonb, hash FROM unnest($1::text[], $3::text[], $4::text[]) AS put (id, body, hash)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [ids, route, bodies, hashes],
    );
    const { rows: others } = await tx.query(
      `SELECT put.id FROM unnest($1::text[], $2::text[]) AS put (id, hash)
       JOIN ${this.#table} AS held USING (id) WHERE held.hash <> put.hash`,
      [ids, hashes],
    );
    if (others.length > 0) {
      const put = idsOf(inserted.rows);
      await tx.query(`DELETE FROM ${this.#table} WHERE id = ANY($1::text[])`, [put]);
      throw new MessageConflict(idsOf(others));
    }
    if (this.#notify) await tx.query('SELECT pg_notify($1, $2)', [this.#name, '']);
    return { ids };
  }

  async claim(limit: number, leaseMs: number): Promise<OutboxClaim> {
    const lease = randomBytes(12).toString('base64url');
    const { rows } = await this.#db.query(
      `WITH due AS (
         SELECT id FROM ${this.#table} WHERE state = 'waiting' AND due_at <= clock_timestamp()
         ORDER BY due_at, place LIMIT $1 FOR UPDATE SKIP LOCKED
       )
       UPDATE ${this.#table} AS held
       SET lease = $2, attempts = attempts + 1, due_at = clock_timestamp() + $3 * interval '1 millisecond',
           first_claimed_at = coalesce(first_claimed_at, clock_timestamp())
       FROM due WHERE held.id = due.id
       RETURNING held.id, route, message, attempts, place::text,
         (extract(epoch FROM clock_timestamp() - first_claimed_at) * 1000)::float8 AS claimed_for_ms`,
      [limit, lease, leaseMs],
    );
    const claimed = rows as (Omit<OutboxRow, 'claimedForMs'> & { place: string; claimed_for_ms: number })[];
    return {
      lease,
      rows: claimed
        .toSorted((a, b) => Number(a.place) - Number(b.place))
        .map(({ id, route, message, attempts, claimed_for_ms }) => {
          return { id, route, message, attempts, claimedForMs: claimed_for_ms };
        }),
    };
  }

  async done(ids: readonly string[]): Promise<void> {
    await this.#db.query(
      `UPDATE ${this.#table}
       SET state = 'done', ended_at = clock_timestamp(), message = NULL, lease = NULL, error = NULL
       WHERE id = ANY($1::text[]) AND state <> 'done'`,
      [ids],
    );
  }

  async retry(lease: string, rows: readonly OutboxRetry[]): Promise<void> {
    await this.#db.query(
      `UPDATE ${this.#table} AS held
       SET lease = NULL, due_at = clock_timestamp() + again.delay * interval '1 millisecond',
           error = jsonb_build_object('code', again.why)
       FROM unnest($1::text[], $2::float8[], $3::text[]) AS again (id, delay, why)
       WHERE held.id = again.id AND held.lease = $4 AND held.state = 'waiting'`,
      [rows.map(({ id }) => id), rows.map(({ delayMs }) => delayMs), rows.map(({ why }) => why), lease],
    );
  }

  async fail(lease: string, rows: readonly (OutboxFailure & { readonly id: string })[]): Promise<void> {
    await this.#db.query(
      `UPDATE ${this.#table} AS held
       SET state = 'failed', ended_at = clock_timestamp(), lease = NULL, error = bad.error::jsonb
       FROM unnest($1::text[], $2::text[]) AS bad (id, error)
       WHERE held.id = bad.id AND held.lease = $3 AND held.state = 'waiting'`,
      [rows.map(({ id }) => id), rows.map(({ id: _, ...failure }) => JSON.stringify(failure)), lease],
    );
  }

  async prune(olderThanMs: number, limit: number): Promise<number> {
    const { rows } = await this.#db.query(
      `WITH old AS (
         SELECT id FROM ${this.#table}
         WHERE state = 'done' AND ended_at < clock_timestamp() - $1 * interval '1 millisecond'
         LIMIT $2 FOR UPDATE SKIP LOCKED
       )
       DELETE FROM ${this.#table} AS held USING old WHERE held.id = old.id RETURNING 1`,
      [olderThanMs, limit],
    );
    return rows.length;
  }

  /** Rows that were set aside, the oldest first. */
  async failed(limit = 100): Promise<readonly FailedOutboxRow[]> {
    const { rows } = await this.#db.query(
      `SELECT id, route, attempts, error, to_json(ended_at AT TIME ZONE 'UTC') #>> '{}' || 'Z' AS "failedAt"
       FROM ${this.#table} WHERE state = 'failed' ORDER BY ended_at LIMIT $1`,
      [limit],
    );
    const failed = rows as (Omit<FailedOutboxRow, keyof OutboxFailure> & { error: OutboxFailure })[];
    return failed.map(({ error, ...row }) => ({ ...row, ...error }));
  }

  /** Lets rows that were set aside be sent after all; returns how many. One that is `too-old-to-repeat` may arrive twice. */
  async requeue(ids: readonly string[]): Promise<number> {
    const { rows } = await this.#db.query(
      `UPDATE ${this.#table}
       SET state = 'waiting', due_at = clock_timestamp(), attempts = 0, first_claimed_at = NULL, ended_at = NULL, error = NULL
       WHERE id = ANY($1::text[]) AND state = 'failed' RETURNING 1`,
      [ids],
    );
    return rows.length;
  }

  /** How many rows stand where: what to watch is `oldestMs` and `failed`. */
  async counts(): Promise<OutboxCounts> {
    const { rows } = await this.#db.query(
      `SELECT count(*) FILTER (WHERE state = 'waiting')::float8 AS waiting,
         coalesce(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE state = 'waiting')) * 1000, 0)::float8
           AS "oldestMs",
         count(*) FILTER (WHERE state = 'done')::float8 AS done,
         count(*) FILTER (WHERE state = 'failed')::float8 AS failed
       FROM ${this.#table}`,
    );
    return (rows as OutboxCounts[])[0] ?? { waiting: 0, oldestMs: 0, done: 0, failed: 0 };
  }

  /** Present with a `listener`. */
  get listen(): OutboxStore['listen'] {
    const open = this.#listener;
    if (open === undefined) return undefined;
    return async (wake, lost) => {
      const connection = await open();
      let ending = false;
      const gone = () => {
        if (!ending) lost();
        ending = true;
      };
      connection.on('notification', wake);
      connection.on('error', gone);
      connection.on('end', gone);
      await connection.query(`LISTEN "${this.#name}"`);
      return async () => {
        ending = true;
        await connection.end();
      };
    };
  }
}

function idsOf(rows: readonly unknown[]): string[] {
  return (rows as readonly { readonly id: string }[]).map(({ id }) => id);
}

function parseAll(inputs: readonly MessageInput[], now: number): MessageV1[] {
  const makeId = () => makeMessageId(now, randomBytes(16));
  const problems: Problem[] = [];
  const messages: MessageV1[] = [];
  for (const [index, input] of inputs.entries()) {
    const parsed = parseMessage(input, { makeId, now });
    if (parsed.ok) messages.push(parsed.message);
    else if (inputs.length === 1) problems.push(...parsed.problems);
    else problems.push(...parsed.problems.map((each) => ({ ...each, field: `${index}.${each.field}` })));
  }
  if (problems.length > 0) throw new MessageRefused(problems);
  return messages;
}

/** What was put, before its time to live became a moment. */
function hashOf(message: MessageV1): string {
  return createHash('sha256').update(canonicalMessage(message)).digest('base64url');
}

/** A time to live counts from the put: by the time that a relay comes, a one-time password may be worth nothing. */
function withDeadline(message: MessageV1, now: number): MessageV1 {
  const { ttlSeconds, ...rest } = message;
  if (ttlSeconds === undefined || (rest.sendAt !== undefined && Date.parse(rest.sendAt) > now))
    return message;
  return { ...rest, expiresAt: new Date(now + ttlSeconds * 1_000).toISOString() };
}
