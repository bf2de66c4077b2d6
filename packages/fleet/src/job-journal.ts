import type { Store } from '@pabal/fate';
import { JOURNAL_MS, Journal } from '@pabal/fate';
import type { Log } from '@pabal/session';

/**
 * Jobs that this process put into queues in the last seconds. A Redis that comes back without its last second gets
 * them again: else a message that was moved, and whose old job was finished after the restart, would stand nowhere.
 * Every operation must fold when it is repeated; job ids see to that.
 */
export class JobJournal {
  readonly #store: Store;
  readonly #log: Log;
  readonly #journal = new Journal(JOURNAL_MS);

  constructor(store: Store, log: Log) {
    this.#store = store;
    this.#log = log;
    store.onRestarted((lastContact) => void this.#again(lastContact));
  }

  /** Runs an operation until Redis has taken it, and remembers it. Waits for Redis. */
  async put<T>(key: string, operation: () => Promise<T>): Promise<T> {
    const result = await this.#store.keepTrying(operation);
    this.#journal.note(key, performance.now(), async () => {
      await operation();
    });
    return result;
  }

  async #again(lastContact: number): Promise<void> {
    const recent = this.#journal.recent(lastContact);
    const ends = await Promise.allSettled(recent.map((operation) => this.#store.keepTrying(operation)));
    const failed = ends.filter((end) => end.status === 'rejected').length;
    this.#log.info({ jobs: recent.length, failed }, 'jobs.putAgain');
  }
}
