/** How a submit ended at the gateway: `dropped` is one that was read and neither judged nor answered. */
export type Verdict = 'accepted' | 'refused' | 'dropped';

/**
 * One submit as the gateway saw it, in the order of arrival. Times are milliseconds since the epoch with
 * fractions; 0 where the event has not happened.
 */
export interface LedgerEntry {
  /** Counts up from 0. */
  n: number;
  /** When its bytes were read. */
  at: number;
  /** Counts logins and connections up from 1. */
  session: number;
  /** The server that read it. */
  server: string;
  account: string;
  agent: string;
  /** The gateway's own name of the type: `SMS`, `LMS`, `4`, `6`, … */
  type: string;
  /** MSG_ID or UserMsgId. */
  wireId: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  /** The SHA-256 of each attached file in order, in hexadecimal. */
  files: readonly string[];
  /** What else the message carries, under the names it has on the wire: sender key, template, buttons, … */
  extra: Readonly<Record<string, unknown>>;
  verdict: Verdict;
  /** The acknowledgement's code; empty where none was decided. */
  code: string;
  /** Refused because this wire id had been accepted before. */
  duplicate: boolean;
  /** What was left of the credit after it; -1 where credit is unlimited. */
  credit: number;
  ackedAt: number;
  /** The report's code; empty where none is due. */
  reportCode: string;
  /** The type that the report names as the final one, where it is not that of the submit; else empty. */
  reportType: string;
  /** When its report was first sent, and how often since. */
  reportedAt: number;
  reports: number;
  reportAckedAt: number;
}

/** What `entries` narrows by; every given value must be equal. */
export interface LedgerFilter {
  readonly wireId?: string;
  readonly to?: string;
  readonly type?: string;
  readonly account?: string;
  readonly agent?: string;
  readonly verdict?: Verdict;
  readonly code?: string;
  readonly reportCode?: string;
  readonly duplicate?: boolean;
  /** A part of the text. */
  readonly textIncludes?: string;
  /** Only entries from this number on. */
  readonly from?: number;
}

/** Sums that are kept as the entries come, so that asking costs nothing. */
export interface LedgerCounts {
  submits: number;
  accepted: number;
  refused: number;
  dropped: number;
  duplicates: number;
  acks: number;
  /** Report packets sent, repeats included. */
  reports: number;
  /** Submits whose report was acknowledged. */
  reportsAcked: number;
  codes: Record<string, number>;
  reportCodes: Record<string, number>;
}

// Shared by the entries of plain texts, of which there may be millions.
const NO_FILES: readonly string[] = Object.freeze([]);
const NOTHING_ELSE: Readonly<Record<string, unknown>> = Object.freeze({});

/**
 * Every submit, in memory. Entries are of one shape and are filled in as acknowledgement and report follow.
 * Past `limit` entries the oldest tenth is forgotten (and counted), so that a long run stays bounded.
 */
export class Ledger {
  #entries: LedgerEntry[] = [];
  #forgotten = 0;
  #counts = emptyCounts();
  readonly #limit: number;

  constructor(limit = 2_000_000) {
    this.#limit = limit;
  }

  /** Entries that were dropped from memory because of the limit. */
  get forgotten(): number {
    return this.#forgotten;
  }

  get counts(): Readonly<LedgerCounts> {
    return this.#counts;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** Opens the entry of a submit that was just read; the gateway decides its verdict afterwards. */
  open(at: number, session: number, server: string, account: string, agent: string): LedgerEntry {
    if (this.#entries.length >= this.#limit) this.#forget();
    const entry: LedgerEntry = {
      n: this.#counts.submits,
      at,
      session,
      server,
      account,
      agent,
      type: '',
      wireId: '',
      to: '',
      from: '',
      subject: '',
      text: '',
      files: NO_FILES,
      extra: NOTHING_ELSE,
      verdict: 'dropped',
      code: '',
      duplicate: false,
      credit: -1,
      ackedAt: 0,
      reportCode: '',
      reportType: '',
      reportedAt: 0,
      reports: 0,
      reportAckedAt: 0,
    };
    this.#entries.push(entry);
    this.#counts.submits += 1;
    this.#counts.dropped += 1;
    return entry;
  }

  /** Sets the verdict of an open entry, once. */
  judge(entry: LedgerEntry, verdict: 'accepted' | 'refused', code: string, duplicate = false): void {
    entry.verdict = verdict;
    entry.code = code;
    entry.duplicate = duplicate;
    const counts = this.#counts;
    counts.dropped -= 1;
    counts[verdict] += 1;
    counts.codes[code] = (counts.codes[code] ?? 0) + 1;
    if (duplicate) counts.duplicates += 1;
  }

  /** Notes that the acknowledgement was written. */
  acked(entry: LedgerEntry, at: number): void {
    entry.ackedAt = at;
    this.#counts.acks += 1;
  }

  /** Notes that a report packet was written. */
  reported(entry: LedgerEntry, at: number): void {
    if (entry.reports === 0) {
      entry.reportedAt = at;
      this.#counts.reportCodes[entry.reportCode] = (this.#counts.reportCodes[entry.reportCode] ?? 0) + 1;
    }
    entry.reports += 1;
    this.#counts.reports += 1;
  }

  /** Notes that the client acknowledged the report; further acknowledgements change nothing. */
  reportAcked(entry: LedgerEntry, at: number): void {
    if (entry.reportAckedAt !== 0) return;
    entry.reportAckedAt = at;
    this.#counts.reportsAcked += 1;
  }

  /** The entries that match, oldest first. */
  *entries(filter: LedgerFilter = {}): Generator<LedgerEntry> {
    const matches = compile(filter);
    for (const entry of this.#entries) if (matches(entry)) yield entry;
  }

  clear(): void {
    this.#entries = [];
    this.#forgotten = 0;
    this.#counts = emptyCounts();
  }

  #forget(): void {
    const gone = Math.max(1, Math.floor(this.#limit / 10));
    this.#entries = this.#entries.slice(gone);
    this.#forgotten += gone;
  }
}

function compile(filter: LedgerFilter): (entry: LedgerEntry) => boolean {
  const { textIncludes, from, ...equal } = filter;
  const wanted = Object.entries(equal).filter(([, value]) => value !== undefined) as [
    keyof LedgerEntry,
    unknown,
  ][];
  return (entry) =>
    (from === undefined || entry.n >= from) &&
    (textIncludes === undefined || entry.text.includes(textIncludes)) &&
    wanted.every(([key, value]) => entry[key] === value);
}

function emptyCounts(): LedgerCounts {
  return {
    submits: 0,
    accepted: 0,
    refused: 0,
    dropped: 0,
    duplicates: 0,
    acks: 0,
    reports: 0,
    reportsAcked: 0,
    codes: {},
    reportCodes: {},
  };
}
