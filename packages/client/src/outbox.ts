/** Messages that are sent if, and only if, the transaction commits that they belong to. */
export type { OutboxEvent, OutboxRelayOptions } from './outbox-relay.js';
export { OutboxRelay } from './outbox-relay.js';
export type { OutboxTarget } from './outbox-settlement.js';
export type { OutboxClaim, OutboxFailure, OutboxRetry, OutboxRow, OutboxStore } from './outbox-store.js';
export type {
  FailedOutboxRow,
  OutboxCounts,
  PostgresListener,
  PostgresOutboxOptions,
  PostgresQueryable,
} from './postgres-outbox.js';
export { PostgresOutbox } from './postgres-outbox.js';
export { OUTBOX_TABLE, outboxSchema } from './postgres-schema.js';
