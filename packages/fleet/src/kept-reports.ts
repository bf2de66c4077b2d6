import { type ParkedEntry, parkedReports, payloadHash, type Store } from '@pabal/fate';
import { maskNumber } from '@pabal/message';
import { EVENTS_QUEUE, type Producer } from '@pabal/queues';
import type { DeliveryReport, Log, Notice } from '@pabal/session';
import { type FleetConfig, queuesOf } from './fleet-config.js';
import { Intake, type ReportEnd } from './intake.js';
import { JobJournal } from './job-journal.js';
import { NextSteps } from './next-steps.js';
import { Publisher } from './publisher.js';

/** Why a report is kept: nobody knows its wire id yet, or for good; its message had another end; it does not parse. */
export const KEPT_KINDS = ['parked', 'late', 'unknown', 'unparsed'] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

/** A report that changed nothing when it came, as it may be shown: its recipient is masked, its raw bytes are left out. */
export interface KeptReport {
  readonly id: string;
  readonly kind: KeptKind;
  readonly gateway: string;
  /** Epoch ms at which it was kept. */
  readonly since: number;
  readonly account?: string;
  readonly messageId?: string;
  readonly wireId?: string;
  readonly code?: string;
  readonly recipient?: string;
  /** Of a late one: the end that its message has. */
  readonly settledAs?: string;
  /** Of an unparsed one: what is wrong with it. */
  readonly problem?: string;
  /** Of an unparsed one: its size. */
  readonly bytes?: number;
}

/** What came of a report that was offered again. `told`: it was no report but told of a recipient. */
export type ReplayEnd = ReportEnd | 'unknown' | 'unparsable' | 'told';

/** After these there is nothing left to keep it for. */
const OVER: ReadonlySet<ReplayEnd> = new Set(['settled', 'repeated', 'told']);

const PAGE = 500;
const EVENT_KINDS: Readonly<Record<string, KeptKind>> = {
  'late-report': 'late',
  'unknown-report': 'unknown',
  'unparsed-report': 'unparsed',
};
const STANDING = ['waiting', 'prioritized', 'delayed', 'failed'] as const;

/** What an event of a kept report holds; `v` and the like are left out. */
interface EventData {
  readonly gateway: string;
  readonly account?: string;
  readonly id?: string;
  readonly report?: DeliveryReport;
  readonly settledAs?: string;
  readonly raw?: string;
  readonly problem?: string;
}

/** A report with what is needed to offer it again. */
interface Kept {
  readonly shown: KeptReport;
  readonly data: EventData;
  readonly remove: () => Promise<void>;
}

export interface KeptReportsOptions {
  readonly store: Store;
  readonly producer: Producer;
  readonly config: Pick<FleetConfig, 'gateways' | 'routes' | 'idempotencyWindowMs'>;
  readonly log: Log;
}

/** The reports that stand in the park and in the `events` queue: to be looked at, and to be offered again. */
export class KeptReports {
  readonly #options: KeptReportsOptions;
  readonly #intake: Intake;
  readonly #publisher: Publisher;
  readonly #nextSteps: NextSteps;

  constructor(options: KeptReportsOptions) {
    const { store, producer, log, config } = options;
    this.#options = options;
    const jobs = new JobJournal(store, log);
    this.#publisher = new Publisher({
      store,
      producer,
      log,
      idempotencyWindowMs: config.idempotencyWindowMs,
      queues: queuesOf(config),
    });
    this.#nextSteps = new NextSteps({ store, producer, jobs, log });
    this.#intake = new Intake({
      store,
      producer,
      jobs,
      log,
      publisher: this.#publisher,
      nextSteps: this.#nextSteps,
    });
  }

  /** Resolves when every result that a replay led to stands in its queue. */
  async flush(): Promise<void> {
    await Promise.all([this.#publisher.flush(), this.#nextSteps.flush()]);
  }

  /** Lists them, the oldest first within each place, a page at a time. */
  async *list(
    kinds: ReadonlySet<KeptKind> = new Set(KEPT_KINDS),
  ): AsyncGenerator<KeptReport, void, undefined> {
    for await (const { shown } of this.#all(kinds)) yield shown;
  }

  /**
   * Offers one again; it is kept no longer once that settled something, or turned out to be a repeat. May be called as
   * often as one likes. Undefined when nothing is kept under this id.
   */
  async replay(id: string): Promise<ReplayEnd | undefined> {
    const kept = await this.#find(id);
    if (!kept) return undefined;
    const end = await this.#offer(kept);
    if (OVER.has(end)) await kept.remove();
    return end;
  }

  async #offer({ data, shown }: Kept): Promise<ReplayEnd> {
    const { gateway, account = '', report, raw = '' } = data;
    if (report) return this.#intake.offerAgain(gateway, account, report, data.id);
    const bound = this.#options.config.gateways.get(gateway);
    const notice = bound?.kind.reread(new Uint8Array(Buffer.from(raw, 'base64')), bound.config);
    if (!notice || shown.kind !== 'unparsed') return 'unparsable';
    return this.#offerNotice(gateway, account, notice);
  }

  async #offerNotice(gateway: string, account: string, notice: Notice): Promise<ReplayEnd> {
    if (notice.kind === 'report') return this.#intake.offerAgain(gateway, account, notice.report);
    await this.#intake.take(gateway, account, notice);
    return 'told';
  }

  async #find(id: string): Promise<Kept | undefined> {
    if (id.startsWith('parked-')) {
      for await (const kept of this.#parked()) if (kept.shown.id === id) return kept;
      return undefined;
    }
    const job = await this.#options.producer.queue(EVENTS_QUEUE).getJob(id);
    return job ? keptEvent(job) : undefined;
  }

  async *#all(kinds: ReadonlySet<KeptKind>): AsyncGenerator<Kept, void, undefined> {
    if (kinds.has('parked')) yield* this.#parked();
    for await (const kept of this.#events()) if (kinds.has(kept.shown.kind)) yield kept;
  }

  async *#parked(): AsyncGenerator<Kept, void, undefined> {
    for (let from = 0; ; from += PAGE) {
      const page = await parkedReports(this.#options.store, PAGE, from);
      for (const entry of page) yield keptParked(entry);
      if (page.length < PAGE) return;
    }
  }

  async *#events(): AsyncGenerator<Kept, void, undefined> {
    const queue = this.#options.producer.queue(EVENTS_QUEUE);
    for (const state of STANDING) {
      for (let from = 0; ; from += PAGE) {
        const page = await queue.getJobs([state], from, from + PAGE - 1, true);
        for (const job of page) {
          const kept = job && keptEvent(job); // a consumer may have taken it meanwhile
          if (kept) yield kept;
        }
        if (page.length < PAGE) break;
      }
    }
  }
}

function keptParked({ text, parked, since, remove }: ParkedEntry): Kept {
  const { gateway, account } = parked;
  const report = parked.report as unknown as DeliveryReport;
  const shown: KeptReport = {
    id: `parked-${payloadHash(text)}`,
    kind: 'parked',
    gateway,
    since,
    account,
    ...shownReport(report),
  };
  return { shown, data: { gateway, account, report }, remove };
}

/** As much of a BullMQ job as is looked at. */
interface EventJob {
  readonly id?: string | undefined;
  readonly name: string;
  readonly timestamp: number;
  readonly data: unknown;
  remove(): Promise<unknown>;
}

function keptEvent(job: EventJob): Kept | undefined {
  const kind = EVENT_KINDS[job.name];
  if (kind === undefined || job.id === undefined) return undefined;
  const data = job.data as EventData;
  const { gateway, account, id, report, settledAs, raw, problem } = data;
  const shown: KeptReport = {
    id: job.id,
    kind,
    gateway,
    since: job.timestamp,
    ...(account === undefined ? {} : { account }),
    ...(id === undefined ? {} : { messageId: id }),
    ...(report === undefined ? {} : shownReport(report)),
    ...(settledAs === undefined ? {} : { settledAs }),
    ...(problem === undefined ? {} : { problem }),
    ...(raw === undefined ? {} : { bytes: Buffer.byteLength(raw, 'base64') }),
  };
  return { shown, data, remove: async () => void (await job.remove()) };
}

function shownReport({
  wireId,
  code,
  recipient,
}: DeliveryReport): Pick<KeptReport, 'wireId' | 'code' | 'recipient'> {
  return { wireId, code, ...(recipient === undefined ? {} : { recipient: maskNumber(recipient) }) };
}
