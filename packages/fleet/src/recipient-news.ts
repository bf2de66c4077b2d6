import { createHash } from 'node:crypto';
import type { CommercialMark, Store } from '@pabal/fate';
import { ANY_NUMBER, addOptOut, readMessage } from '@pabal/fate';
import { normaliseNumber } from '@pabal/message';
import type { Producer } from '@pabal/queues';
import type { DeliveryReport, Notice } from '@pabal/session';
import type { JobJournal } from './job-journal.js';

export interface RecipientNewsDeps {
  readonly store: Store;
  readonly producer: Producer;
  readonly jobs: JobJournal;
}

/** What a report says of its recipient beside what became of the message. Phone numbers are whole. */
export type ReportNews =
  | { readonly kind: 'optOut'; readonly recipient?: string; readonly optOutNumber: string }
  | { readonly kind: 'ported'; readonly recipient?: string };

/**
 * What a report tells of its recipient, if anything: opted out (LGHV 32), or moved to another carrier (LGHV 13, SMTNT 12).
 * Whose message it was, and which opt-out number it named, is known of commercial messages alone. Pure.
 */
export function newsOf(
  { reason, recipient }: Pick<DeliveryReport, 'reason' | 'recipient'>,
  mark: CommercialMark | undefined,
): ReportNews | undefined {
  const known = recipient ?? mark?.recipient;
  const whose = known === undefined ? {} : { recipient: digitsOf(known) };
  switch (reason) {
    case 'recipient-opted-out':
      return { kind: 'optOut', ...whose, optOutNumber: mark?.optOutNumber ?? ANY_NUMBER };
    case 'ported-out':
      return { kind: 'ported', ...whose };
    default:
      return undefined;
  }
}

/** Does a report tell anything of its recipient? Pure. */
export function tellsNews(report: Pick<DeliveryReport, 'reason' | 'recipient'>): boolean {
  return newsOf(report, undefined) !== undefined;
}

/** A number as messages have it, so that an opt-out meets them: whatever a gateway puts before or between its digits. */
export function digitsOf(number: string): string {
  const plain = number.replace(/[^0-9+]/g, '');
  const checked = normaliseNumber(plain);
  return checked.ok ? checked.digits : plain;
}

/**
 * Names what a gateway told, so that its repeats fold and nothing else does: ids of its own may be empty, or count anew
 * for each account. A hash, since numbers are in it.
 */
export function newsKey(...told: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 32);
}

/** A notice that a recipient opted out: first it counts, then it is told. Resolves when Redis holds both. */
export async function takeOptOut(
  deps: RecipientNewsDeps,
  gateway: string,
  { id, recipient, optOutNumber }: Extract<Notice, { kind: 'optOut' }>,
): Promise<void> {
  const optOut = { recipient: digitsOf(recipient), optOutNumber: digitsOf(optOutNumber) || ANY_NUMBER };
  const key = `opt-out-${gateway}-${newsKey(id, optOut.recipient, optOut.optOutNumber)}`;
  await remember(deps, key, optOut);
  await deps.jobs.put(key, () => deps.producer.event('opt-out', key, { gateway, ...optOut }));
}

/**
 * What a report tells of its recipient, remembered and told before the report settles anything: a repeat after a crash
 * finds the message settled and does the rest again, by the same names.
 * @param id the message, where it is known
 */
export async function takeNews(
  deps: RecipientNewsDeps,
  gateway: string,
  id: string | undefined,
  report: DeliveryReport,
): Promise<void> {
  if (!tellsNews(report)) return;
  const { store, jobs, producer } = deps;
  const record = id === undefined ? undefined : await store.keepTrying(() => readMessage(store, id));
  const news = newsOf(report, record?.commercial);
  if (!news) return;
  const about = { gateway, ...(id === undefined ? {} : { id }), code: report.code };
  const { recipient } = news;
  if (news.kind === 'ported') {
    const key = `number-changed-${gateway}-report-${report.wireId}`;
    const from = recipient === undefined ? {} : { from: recipient };
    await jobs.put(key, () => producer.event('number-changed', key, { ...about, ...from }));
    return;
  }
  const key = `opt-out-${gateway}-report-${report.wireId}`;
  const { optOutNumber } = news;
  if (recipient !== undefined) await remember(deps, key, { recipient, optOutNumber });
  const whose = recipient === undefined ? {} : { recipient };
  await jobs.put(key, () => producer.event('opt-out', key, { ...about, ...whose, optOutNumber }));
}

function remember(
  { store, jobs }: RecipientNewsDeps,
  key: string,
  { recipient, optOutNumber }: { readonly recipient: string; readonly optOutNumber: string },
): Promise<void> {
  return jobs.put(`remember-${key}`, () => addOptOut(store, recipient, optOutNumber));
}
