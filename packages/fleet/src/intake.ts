import type { MessageRecord, Outcome, SettleAnswer, Store } from '@pabal/fate';
import {
  decideEarlierStep,
  findByWireId,
  parkedReports,
  parkReport,
  settleByReport,
  settleByWireId,
} from '@pabal/fate';
import type { Producer } from '@pabal/queues';
import type { DeliveryReport, Log, Notice } from '@pabal/session';
import type { JobJournal } from './job-journal.js';
import type { NextSteps } from './next-steps.js';
import { followUp } from './next-steps.js';
import type { Publisher } from './publisher.js';
import { digitsOf, newsKey, takeNews, takeOptOut, tellsNews } from './recipient-news.js';

/** A report of an unknown wire id is looked up again for this long, then it is an event. */
export const PARK_LIMIT_MS = 10 * 60_000;

/** What a report of a known message came to: its end, a repeat of what is known, or too late to change anything. */
export type ReportEnd = 'settled' | 'repeated' | 'late';

export interface IntakeOptions {
  readonly store: Store;
  readonly producer: Producer;
  readonly publisher: Publisher;
  readonly nextSteps: NextSteps;
  readonly jobs: JobJournal;
  readonly log: Log;
}

/**
 * Takes what gateways tell: each call resolves when Redis holds its consequence, and only then is the gateway
 * answered. Repeats are harmless; late and unknown reports are parked and shown, never dropped.
 */
export class Intake {
  readonly #options: IntakeOptions;
  readonly counts = { settled: 0, repeated: 0, late: 0, parked: 0, unparsed: 0 };
  /** How many of the oldest parked reports the next sweep leaves out, since the last ones looked at them. */
  #sweptTo = 0;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  async take(gateway: string, account: string, notice: Notice): Promise<void> {
    const { jobs, producer } = this.#options;
    switch (notice.kind) {
      case 'report':
        return this.#report(gateway, account, notice.report);
      case 'optOut':
        return takeOptOut(this.#options, gateway, notice);
      case 'numberChanged': {
        const [from, to] = [digitsOf(notice.from), digitsOf(notice.to)];
        const key = `number-changed-${gateway}-${newsKey(notice.id, from, to)}`;
        return jobs.put(key, () => producer.event('number-changed', key, { gateway, from, to }));
      }
      case 'unparsedReport':
        return this.#unparsed(gateway, account, notice);
      default:
        return notice satisfies never;
    }
  }

  /** Kept raw, once however often it is repeated. */
  #unparsed(
    gateway: string,
    account: string,
    { raw, problem }: Extract<Notice, { kind: 'unparsedReport' }>,
  ): Promise<void> {
    const { jobs, log, producer } = this.#options;
    this.counts.unparsed++;
    log.warn({ gateway, problem }, 'report.unparsed');
    const key = `unparsed-${gateway}-${newsKey(raw)}`;
    return jobs.put(key, () => producer.event('unparsed-report', key, { gateway, account, raw, problem }));
  }

  /**
   * Offers a report once more that was kept because it meant nothing then. Nothing is parked for it, and a repeat changes
   * nothing.
   * @param id the message, where it is known; else it is looked up by its wire id
   */
  async offerAgain(
    gateway: string,
    account: string,
    report: DeliveryReport,
    id?: string,
  ): Promise<ReportEnd | 'unknown'> {
    const { store } = this.#options;
    const known = id ?? (await store.keepTrying(() => findByWireId(store, gateway, account, report.wireId)));
    return known === undefined ? 'unknown' : this.#settle(gateway, known, report);
  }

  async #report(gateway: string, account: string, report: DeliveryReport): Promise<void> {
    const { store } = this.#options;
    if (tellsNews(report)) {
      // Whose message it is must be known before anything is settled.
      const id = await store.keepTrying(() => findByWireId(store, gateway, account, report.wireId));
      if (id === undefined) await this.#park(gateway, account, report);
      else await this.#settle(gateway, id, report);
      return;
    }
    const { wireId } = report;
    const found = await settleByWireId(store, { gateway, account, wireId }, outcomeOfReport(report));
    if (found) await this.#settled(gateway, found.id, report, found.answer);
    else await this.#park(gateway, account, report);
  }

  async #park(gateway: string, account: string, report: DeliveryReport): Promise<void> {
    this.counts.parked++;
    await parkReport(this.#options.store, { gateway, account, report: { ...report } });
  }

  async #settle(gateway: string, id: string, report: DeliveryReport): Promise<ReportEnd> {
    const { store } = this.#options;
    await takeNews(this.#options, gateway, id, report);
    const answer = await settleByReport(store, id, report.wireId, outcomeOfReport(report));
    return this.#settled(gateway, id, report, answer);
  }

  /** What a report came to whose step has run. */
  async #settled(
    gateway: string,
    id: string,
    report: DeliveryReport,
    answer: SettleAnswer,
  ): Promise<ReportEnd> {
    const { producer, jobs, log } = this.#options;
    if (followUp(this.#options, answer)) {
      this.counts.settled++;
      return 'settled';
    }
    const record = answer.kind === 'notFound' ? undefined : answer.record;
    if (isRepeat(record, report) || isOver(record, report, outcomeOfReport(report))) {
      this.counts.repeated++;
      return 'repeated';
    }
    this.counts.late++;
    log.warn({ gateway, messageId: id, code: report.code, state: record?.state ?? 'gone' }, 'report.late');
    await jobs.put(`late-${gateway}-${report.wireId}-${report.code}`, () =>
      producer.event('late-report', `late-${gateway}-${report.wireId}-${report.code}`, {
        gateway,
        id,
        report: { ...report },
        // Absent while a later step is under way.
        settledAs: record?.outcome?.status,
      }),
    );
    return 'late';
  }

  /**
   * Looks parked reports up again, going on where the last sweep stopped; those past {@link PARK_LIMIT_MS} become events.
   * Returns how many left the park.
   */
  async sweepParked(limit: number): Promise<number> {
    const { store, producer } = this.#options;
    const page = await parkedReports(store, limit, this.#sweptTo);
    const ids = await Promise.all(
      page.map(({ parked: { gateway, account, report } }) =>
        findByWireId(store, gateway, account, report.wireId),
      ),
    );
    let left = 0;
    for (const [i, { parked, since, remove }] of page.entries()) {
      const { gateway, account } = parked;
      const report = parked.report as unknown as DeliveryReport;
      const id = ids[i];
      if (id !== undefined) {
        await this.#settle(gateway, id, report);
      } else if (store.fleetNow() - since >= PARK_LIMIT_MS) {
        await takeNews(this.#options, gateway, undefined, report);
        await producer.event('unknown-report', `unknown-${gateway}-${report.wireId}-${report.code}`, {
          gateway,
          account,
          report: { ...report },
        });
      } else {
        continue;
      }
      await remove();
      left++;
    }
    this.#sweptTo = page.length < limit ? 0 : this.#sweptTo + page.length - left;
    return left;
  }
}

/** The outcome that a report means. Pure. */
export function outcomeOfReport(report: DeliveryReport): Outcome {
  const status = { delivered: 'delivered', notDelivered: 'failed', uncertain: 'unknown' } as const;
  return {
    status: status[report.certainty],
    reason: report.reason,
    by: 'report',
    code: report.code,
    ...(report.carrier === undefined ? {} : { carrier: report.carrier }),
    ...(report.deliveredAt === undefined ? {} : { deliveredAt: report.deliveredAt }),
  };
}

/** The gateway repeats what it thinks unanswered: the same code for what a report has settled already. */
function isRepeat(record: MessageRecord | undefined, report: DeliveryReport): boolean {
  return (
    record?.outcome?.by === 'report' && record.outcome.code === report.code && record.wireId === report.wireId
  );
}

/** Of an earlier step of the chain, and nothing that could change anything: that step is over as it is. */
function isOver(record: MessageRecord | undefined, { wireId }: DeliveryReport, outcome: Outcome): boolean {
  return record !== undefined && record.wireId !== wireId && decideEarlierStep(outcome) === 'nothing';
}
