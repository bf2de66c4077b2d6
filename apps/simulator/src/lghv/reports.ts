import { faultNumber, type Judge, type LedgerEntry } from '../common/index.js';
import { brokenReport, msgIdOf, strangeReport } from './broken-report.js';
import type { LghvSettings } from './options.js';
import { koreanTime, report } from './packets.js';
import type { LghvRule } from './rules.js';

const CARRIERS = ['SKT', 'KTF', 'LGT'] as const;
/** An acknowledged report that is to come again under the fault `duplicateReport` waits this long. */
const AGAIN_AFTER_MS = 50;
/** Acknowledged reports that are remembered, so that acknowledging a repeat late is no breach. */
const REMEMBERED = 200_000;

/** Reports under another MSG_ID that are remembered. */
const DISGUISED = 10_000;

/** A bound RECV session as the reports see it. */
export interface ReportLine {
  readonly server: string;
  /** REPORT 'A' was asked for. */
  readonly everything: boolean;
  send(packet: Buffer): void;
}

interface OnItsWay {
  readonly entry: LedgerEntry;
  sentAt: number;
}

/**
 * The reports of one agent: kept while no RECV session is bound, sent in order, at most `reportWindow` at a time
 * without acknowledgement, and sent again every `reportRepeatMs` until REPORT_ACK comes.
 */
export class ReportQueue {
  readonly #judge: Judge<LghvRule>;
  readonly #settings: () => LghvSettings;
  readonly #lines = new Map<string, ReportLine>();
  #waiting: LedgerEntry[] = [];
  #head = 0;
  readonly #onTheirWay = new Map<string, OnItsWay>();
  readonly #acked = new Map<string, number>();
  /** The MSG_ID of each report that was sent under another one, by that other one. */
  readonly #disguised = new Map<string, string>();
  #armed = false;

  constructor(judge: Judge<LghvRule>, settings: () => LghvSettings) {
    this.#judge = judge;
    this.#settings = settings;
  }

  /** Reports that wait for a session, for room in the window or for their acknowledgement. */
  get pending(): number {
    return this.#waiting.length - this.#head + this.#onTheirWay.size;
  }

  /** Sends the report of an accepted submit as soon as it can. */
  offer(entry: LedgerEntry): void {
    this.#waiting.push(entry);
    this.#pump();
  }

  attach(line: ReportLine): void {
    this.#lines.set(line.server, line);
    this.#pump();
  }

  /** Without any session left, what was on its way goes out first on the next one. */
  detach(line: ReportLine): void {
    if (this.#lines.get(line.server) === line) this.#lines.delete(line.server);
    if (this.#lines.size > 0 || this.#onTheirWay.size === 0) return;
    const again = [...this.#onTheirWay.values()].map(({ entry }) => entry);
    this.#onTheirWay.clear();
    this.#waiting = again.concat(this.#waiting.slice(this.#head));
    this.#head = 0;
  }

  /** Takes a REPORT_ACK; false where no such report was ever sent. */
  acknowledge(named: string, now: number): boolean {
    const real = this.#disguised.get(named);
    if (real === '') return true;
    const msgId = real ?? named;
    const flight = this.#onTheirWay.get(msgId);
    if (!flight) return this.#acked.has(msgId) || this.#isWaitingAgain(msgId);
    this.#onTheirWay.delete(msgId);
    this.#judge.ledger.reportAcked(flight.entry, now);
    this.#remember(msgId, flight.entry);
    this.#pump();
    return true;
  }

  /** A report that was sent, then queued anew because its session went away, may still be acknowledged. */
  #isWaitingAgain(msgId: string): boolean {
    for (let i = this.#head; i < this.#waiting.length; i++) {
      const entry = this.#waiting[i] as LedgerEntry;
      if (entry.wireId === msgId && entry.reports > 0) return true;
    }
    return false;
  }

  #remember(msgId: string, entry: LedgerEntry): void {
    let left = this.#acked.get(msgId);
    if (left === undefined) {
      const fault = this.#judge.faults.strike('duplicateReport');
      left = fault ? faultNumber(fault, 2) - 1 : 0;
    }
    this.#acked.set(msgId, left - 1);
    if (left > 0) this.#judge.delays.after(AGAIN_AFTER_MS, () => this.offer(entry));
    if (this.#acked.size <= REMEMBERED) return;
    for (const oldest of this.#acked.keys()) {
      this.#acked.delete(oldest);
      break;
    }
  }

  #pump(): void {
    const window = this.#settings().reportWindow;
    while (this.#head < this.#waiting.length && this.#onTheirWay.size < window && this.#lines.size > 0) {
      const entry = this.#waiting[this.#head++] as LedgerEntry;
      this.#send({ entry, sentAt: 0 });
    }
    if (this.#head > 4096 && this.#head * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    this.#arm();
  }

  #send(flight: OnItsWay): void {
    const { entry } = flight;
    const line = this.#lines.get(entry.server) ?? this.#lines.values().next().value;
    if (!line) return;
    flight.sentAt = this.#judge.clock.now();
    this.#write(line, entry);
    this.#judge.ledger.reported(entry, flight.sentAt);
    // Re-inserted at the end, so that the one sent longest ago is always at the front.
    this.#onTheirWay.delete(entry.wireId);
    this.#onTheirWay.set(entry.wireId, flight);
  }

  #write(line: ReportLine, entry: LedgerEntry): void {
    const packet = packetOf(entry, line.everything);
    const { faults } = this.#judge;
    const broken = faults.strike('brokenReport');
    const bytes = broken ? brokenReport(packet, broken) : packet;
    if (broken) this.#disguise(msgIdOf(bytes), entry.wireId);
    line.send(bytes);
    if (!faults.strike('unknownReport')) return;
    const strange = strangeReport(packet);
    this.#disguise(msgIdOf(strange), '');
    line.send(strange);
  }

  /** Remembers whose acknowledgement one with that MSG_ID is: '' for nobody's. */
  #disguise(msgId: string, of: string): void {
    if (msgId === of) return;
    if (this.#disguised.size >= DISGUISED) this.#disguised.clear();
    this.#disguised.set(msgId, of);
  }

  #arm(): void {
    if (this.#armed || this.#onTheirWay.size === 0) return;
    this.#armed = true;
    const oldest = this.#onTheirWay.values().next().value as OnItsWay;
    const dueIn = oldest.sentAt + this.#settings().reportRepeatMs - this.#judge.clock.now();
    this.#judge.delays.after(dueIn, () => {
      this.#armed = false;
      this.#repeat();
      this.#arm();
    });
  }

  #repeat(): void {
    if (this.#lines.size === 0) return;
    const before = this.#judge.clock.now() - this.#settings().reportRepeatMs;
    const due: OnItsWay[] = [];
    for (const flight of this.#onTheirWay.values()) {
      if (flight.sentAt > before) break;
      due.push(flight);
    }
    for (const flight of due) this.#send(flight);
  }
}

/** Made from the entry alone, so that a repeat tells the same as the first. */
function packetOf(entry: LedgerEntry, everything: boolean): Buffer {
  return report(
    {
      result: entry.reportCode,
      type: entry.type,
      returnType: entry.reportType,
      msgId: entry.wireId,
      time: koreanTime(entry.at),
      carrier: CARRIERS[Number(entry.to.at(-1)) % CARRIERS.length] as string,
      userId: entry.account,
      agentId: entry.agent,
      to: entry.to,
      billId: 'WISE',
    },
    everything,
  );
}
