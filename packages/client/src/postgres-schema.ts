/** The table's name where nobody says another. */
export const OUTBOX_TABLE = 'pabal_outbox';

/** PostgreSQL cuts longer names off, and refuses them for the channel of notifications, which has the table's. */
const LONGEST_NAME = 63;
/** Leaves room for what the names of the indexes add. */
const PART = '[a-z_][a-z0-9_]{0,47}';
const TABLE = new RegExp(`^${PART}(\\.${PART})?$`);

/** The table's name, checked. @throws RangeError */
export function outboxTableName(table: string): string {
  if (table.length <= LONGEST_NAME && TABLE.test(table)) return table;
  throw new RangeError(
    `the table of an outbox is called outbox or schema.outbox: a-z, 0-9 and _, at most ${LONGEST_NAME} characters`,
  );
}

/** A name as it stands in a statement. */
export function quoted(table: string): string {
  return table
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
}

/**
 * The statements that make an outbox's table, for your migrations; running them again changes nothing.
 *
 * `state`: `waiting` until it is sent (`done`) or set aside (`failed`, with `error` saying why). `due_at` is when it may be
 * claimed: a claim moves it to the end of its lease. `message` is emptied once it is sent, so that texts and numbers do not
 * stay; `hash` goes on telling a repeat from another message of the same id.
 */
export function outboxSchema(table: string = OUTBOX_TABLE): string {
  const name = quoted(outboxTableName(table));
  const index = (part: string) => `"${table.slice(table.indexOf('.') + 1)}_${part}"`;
  return `
CREATE TABLE IF NOT EXISTS ${name} (
  id text PRIMARY KEY,
  place bigint GENERATED ALWAYS AS IDENTITY,
  route text NOT NULL,
  message jsonb,
  hash text NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  lease text,
  attempts integer NOT NULL DEFAULT 0,
  first_claimed_at timestamptz,
  ended_at timestamptz,
  error jsonb
);
CREATE INDEX IF NOT EXISTS ${index('due')} ON ${name} (due_at, place) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS ${index('ended')} ON ${name} (ended_at) WHERE state <> 'waiting';
`.trim();
}
