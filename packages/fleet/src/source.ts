import type { MessageQueue } from '@pabal/queues';

/** A queue that jobs come from. */
export interface Source {
  readonly queue: MessageQueue;
  /** It takes no more: a job that comes through its door now goes back. */
  readonly closing: boolean;
  /** Messages that this process wants of it at once: those in flight, and those soon to be written. */
  readonly wanted: number;
  /** Batches that it has in hand. */
  readonly batches: number;
}

/** What one message needs to know of where it came from. */
export type MemberSource = Pick<Source, 'queue' | 'closing'>;
