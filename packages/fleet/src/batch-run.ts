import { closeBatch, openBatch } from '@pabal/fate';
import type { JobEnd, PulledJob } from '@pabal/queues';
import type { Cancel } from '@pabal/session';
import { BATCH_TURN_MS, idsOf, membersLeft, shareOfBatch } from './batch.js';
import { looseExpiry } from './loose-expiry.js';
import type { Member } from './member.js';
import { LOOK_AGAIN_MS } from './rest.js';
import type { MemberSource, Source } from './source.js';

export interface BatchRunOptions {
  readonly member: Pick<Member, 'store' | 'clock' | 'log'>;
  readonly source: Source;
  /** Has one member taken through the door; resolves with what became of it. `known`: it has a record. */
  readonly take: (job: PulledJob, source: MemberSource, known: boolean) => Promise<JobEnd>;
  /** Hands back what waits of this batch. */
  readonly withdraw: (job: PulledJob) => void;
}

interface Waiting {
  readonly job: PulledJob;
  readonly known: boolean;
  /** Not before this time, monotonic clock. */
  readonly at: number;
  /** Fleet time from which it is not to be written any more, as far as its data tells. */
  readonly expiresAt: number;
}

/**
 * One turn of a batch: feeds its members to the lanes, as many at once as are soon to be written, until all are over, or
 * others want their turn. What each member is at is told by its record alone, so a batch can go back into its queue, or be
 * lost with its process, at any moment.
 */
export class BatchRun implements MemberSource {
  readonly #options: BatchRunOptions;
  readonly #job: PulledJob;
  readonly #members: readonly PulledJob[];
  #left: Waiting[] = [];
  #inHand = 0;
  /** Fleet time of the first expiry among those that are left, at the latest that of any. */
  #firstExpiry = Number.POSITIVE_INFINITY;
  /** Why it goes back before all members are over. */
  #stopped: JobEnd | undefined;
  #wake: () => void = () => {};

  constructor(job: PulledJob, members: readonly PulledJob[], options: BatchRunOptions) {
    this.#job = job;
    this.#members = members;
    this.#options = options;
  }

  get queue(): Source['queue'] {
    return this.#options.source.queue;
  }

  /** No further member is taken into hand. */
  get closing(): boolean {
    return this.#stopped !== undefined || this.#options.source.closing;
  }

  /** Works on the batch; resolves with the end of its job, once nothing of it is in hand any more. */
  async run(): Promise<JobEnd> {
    const { store, clock } = this.#options.member;
    const job = `${this.#job.queue}:${this.#job.id}`;
    const ids = idsOf(this.#members);
    const left = membersLeft(this.#members, await openBatch(store, job, ids));
    this.#left = left.map((each) => ({ ...each, at: 0, expiresAt: looseExpiry(each.job) ?? NEVER }));
    this.#firstExpiry = firstExpiryOf(this.#left);
    const until = clock.now() + BATCH_TURN_MS;
    while (this.#left.length + this.#inHand > 0) {
      if (this.closing) this.#stop({ kind: 'handBack' });
      else if (clock.now() >= until && this.#options.source.batches > 1) this.#stop(toTheEnd());
      if (this.#stopped && this.#inHand === 0) return this.#stopped;
      this.#feed();
      await this.#somethingHappens();
    }
    await closeBatch(store, job, ids);
    return { kind: 'done' };
  }

  #feed(): void {
    const { source, member } = this.#options;
    const share = shareOfBatch(source.wanted, source.batches);
    const now = member.clock.now();
    this.#endExpired();
    while (!this.closing && this.#inHand < share) {
      const next = this.#left.findIndex(({ at }) => at <= now);
      const [taken] = next < 0 ? [] : this.#left.splice(next, 1);
      if (!taken) return;
      this.#inHand++;
      void this.#carry(taken);
    }
  }

  /** What has expired takes no place from the others: it is over as soon as it is looked at. */
  #endExpired(): void {
    const now = this.#options.member.store.fleetNow();
    if (now < this.#firstExpiry) return;
    const expired = this.#left.filter(({ expiresAt }) => expiresAt <= now);
    if (expired.length === 0 || this.closing) return;
    this.#left = this.#left.filter(({ expiresAt }) => expiresAt > now);
    for (const taken of expired.splice(0, EXPIRING)) {
      this.#inHand++;
      void this.#carry(taken);
    }
    this.#left.unshift(...expired);
    this.#firstExpiry = firstExpiryOf(this.#left);
  }

  async #carry(taken: Waiting): Promise<void> {
    const { take, member } = this.#options;
    const end = await take(taken.job, this, taken.known).catch((error: unknown): JobEnd => {
      member.log.error({ batch: this.#job.id, error: String(error) }, 'batch.memberFailed');
      return { kind: 'lost' };
    });
    // Still counted while its lock is asked for: the batch must not end meanwhile.
    await this.#ended(taken, end);
    this.#inHand--;
    this.#wake();
  }

  async #ended(taken: Waiting, end: JobEnd): Promise<void> {
    switch (end.kind) {
      case 'done':
      case 'moved':
      case 'failed': // it has its result
        return;
      case 'delayed':
        this.#later(taken, end.until - Date.now());
        return;
      case 'handBack':
        this.#later(taken, LOOK_AGAIN_MS);
        if (this.#options.source.closing) return;
        // No line here could carry it any more: neither the others, perhaps. Somebody else may have one.
        this.#stop({ kind: 'delayed', until: Date.now() + LOOK_AGAIN_MS });
        return;
      case 'lost':
        this.#later(taken, LOOK_AGAIN_MS);
        if (!(await this.#isOurs())) this.#stop({ kind: 'lost' });
        return;
      default:
        end satisfies never;
    }
  }

  #later({ job }: Waiting, ms: number): void {
    const at = this.#options.member.clock.now() + Math.max(0, ms);
    // Its record tells what becomes of it from now on.
    this.#left.push({ job, known: true, at, expiresAt: NEVER });
  }

  async #isOurs(): Promise<boolean> {
    const { store } = this.#options.member;
    const lock = store.keys.jobLock(this.#job.queue, this.#job.id);
    return (await store.keepTrying(() => store.redis.get(lock))) === this.#job.token;
  }

  /** Goes back as soon as nothing of it is in flight; a lost lock is stronger than every other reason. */
  #stop(end: JobEnd): void {
    if (this.#stopped && end.kind !== 'lost') return;
    this.#stopped = end;
    this.#options.withdraw(this.#job);
  }

  /** A member ended, or there may be room for one, or the turn may be over. */
  async #somethingHappens(): Promise<void> {
    let cancel: Cancel = () => {};
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      cancel = this.#options.member.clock.after(LOOK_MS, resolve);
    });
    cancel();
  }
}

const NEVER = Number.POSITIVE_INFINITY;
/** Expired members that end at once. */
const EXPIRING = 100;
/** How often a batch looks whether there is room for more of its members, ms. */
const LOOK_MS = 50;

function firstExpiryOf(waiting: readonly Waiting[]): number {
  return waiting.reduce((first, { expiresAt }) => Math.min(first, expiresAt), NEVER);
}

/** A job that was delayed comes behind all that wait in its class. */
function toTheEnd(): JobEnd {
  return { kind: 'delayed', until: Date.now() + 1 };
}
