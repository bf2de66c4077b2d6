import type { Producer } from '@pabal/queues';
import type { Log } from '@pabal/session';
import type { JobJournal } from './job-journal.js';

export interface IdConflict {
  readonly id: string;
  /** Of the message that is not sent. */
  readonly payloadHash: string;
  /** Where it stood. */
  readonly queue: string;
}

/** Another payload stands under this id: an event, never a second result. Told once, however often that message comes. */
export async function tellIdConflict(
  { producer, jobs, log }: { readonly producer: Producer; readonly jobs: JobJournal; readonly log: Log },
  { id, payloadHash, queue }: IdConflict,
): Promise<void> {
  log.warn({ messageId: id }, 'message.idConflict');
  const event = `id-conflict-${id}-${payloadHash}`;
  await jobs.put(`event:${event}`, () => producer.event('id-conflict', event, { id, queue }));
}
