import { faultNumber, type LedgerEntry, lagOfSecond, UNDISTURBED_BELOW_MS } from '../common/index.js';
import { digestOf } from './duplicates.js';
import { encodeFrame } from './frames.js';
import type { AccountState, Gateway, SessionLink } from './gateway.js';
import { isWithinHours } from './hours.js';
import { outcomeOf } from './outcomes.js';
import { arrangeReport } from './reports.js';
import type { SmtntRuleId } from './rules.js';
import { drawDelay } from './settings.js';
import { judgeContent, type Submit } from './submit-content.js';

const BURST_MS = 5000;
/** Reported where a recipient got too many: the number of messages is exceeded. */
const BURST_CODE = 10;
const SLOW_ACK_MS = 1000;
const GARBAGE_BYTES = 64;
const DUPLICATE = 320;

/** MsgSendRes (SMTNT 3.3.7). */
export function msgSendRes(submit: Submit, result: number): Buffer {
  return encodeFrame({
    Header: { Method: 'MsgSendRes' },
    Body: {
      UserMsgId: submit.userMsgId,
      UserMsgSubId: submit.userMsgSubId,
      PhoneNo: submit.phoneNo,
      MsgType: submit.msgType,
      Result: result,
      UserData: submit.userData,
    },
  });
}

/** Judges one MsgSendReq of a logged-in session, records it, answers it and arranges its report. */
export function takeSubmit(
  gateway: Gateway,
  session: SessionLink,
  account: AccountState,
  body: unknown,
): void {
  const { judge } = gateway;
  const now = judge.clock.now();
  const { bindId } = account.config;
  const entry = judge.ledger.open(now, session.number, 'smtnt', bindId, bindId);
  account.arrivals.push(now);
  const content = judgeContent(body, account.config);
  const { submit } = content;
  record(entry, submit);
  const note: Note = (rule, detail) => judge.violations.add(rule, detail, session.number);
  for (const { rule, detail } of content.breaches) note(rule, detail);

  if (judge.faults.strike('dropConnection')) {
    session.cut();

    return;
  }
  const code =
    judgePace(gateway, account, now, note) ||
    content.code ||
    judgeAccount(gateway, account, submit, now, note);
  judge.ledger.judge(entry, code === 0 ? 'accepted' : 'refused', String(code), code === DUPLICATE);
  if (code === 0) accept(gateway, account, submit, now);
  entry.credit = account.credit;
  answer(gateway, session, account, submit, entry, code);
}

type Note = (rule: SmtntRuleId, detail: string) => void;

function record(entry: LedgerEntry, submit: Submit): void {
  entry.type = String(submit.msgType);
  entry.wireId = submit.userMsgId;
  entry.to = submit.phoneNo;
  entry.from = submit.callbackNo;
  entry.subject = submit.subject;
  entry.text = submit.message;
}

/** Rate (903) and hours (901). */
function judgePace(gateway: Gateway, account: AccountState, now: number, note: Note): number {
  const { granted } = account;
  const waitMs = account.pace.take(now);
  if (waitMs > 0) {
    if (gateway.settings.overRate === 'always' || isCertain(gateway, now, waitMs)) {
      note('over-rate', `${granted.speed + 1} within ${(1000 - waitMs).toFixed(3)} ms`);
      return 903;
    }
    account.pace.force(now);
    gateway.judge.note('over-rate-not-judged');
  }
  if (isWithinHours(granted.begin, granted.end, now)) return 0;
  note('outside-hours', `allowed from ${granted.begin} to ${granted.end} o'clock`);
  return 901;
}

/** A stall of ours moves arrivals by no more than it lasted, and the backlog behind it by as much again. */
function isCertain(gateway: Gateway, now: number, waitMs: number): boolean {
  const lag = lagOfSecond(gateway.judge.lag, now);
  return lag < UNDISTURBED_BELOW_MS || waitMs > 2 * lag;
}

function judgeAccount(
  gateway: Gateway,
  account: AccountState,
  submit: Submit,
  now: number,
  note: Note,
): number {
  const { senders } = account.config;
  if (senders && !senders.includes(submit.callbackNo)) return 316;
  const credit = account.credit === 0 ? 906 : 0;
  const duplicate = judgeDuplicate(account, submit, now, note);
  const isDuplicateFirst = gateway.settings.checkOrder === 'duplicate-first';
  return (
    (isDuplicateFirst ? duplicate || credit : credit || duplicate) || chosenRefusal(gateway, account, submit)
  );
}

/** The refusal that the recipient's number asks for; 0 where it asks for none, or had it often enough. */
function chosenRefusal(gateway: Gateway, account: AccountState, submit: Submit): number {
  const outcome = outcomeOf(gateway.settings.recipients, submit.phoneNo);
  if (outcome?.ack === undefined) return 0;
  if (outcome.times === undefined) return outcome.ack;
  const met = account.met.get(submit.userMsgId) ?? 0;
  if (met >= outcome.times) {
    account.met.delete(submit.userMsgId);
    return 0;
  }
  account.met.set(submit.userMsgId, met + 1);
  return outcome.ack;
}

function judgeDuplicate(account: AccountState, submit: Submit, now: number, note: Note): number {
  const known = account.duplicates.digestOf(submit.userMsgId, now);
  if (known === undefined) return 0;
  if (known !== contentDigest(submit)) note('message-id-reused', 'UserMsgId stands for another message');
  return DUPLICATE;
}

function contentDigest(submit: Submit): number {
  return digestOf(
    String(submit.msgType),
    submit.phoneNo,
    submit.callbackNo,
    submit.subject,
    submit.message,
    submit.userMsgSubId,
  );
}

function accept(gateway: Gateway, account: AccountState, submit: Submit, now: number): void {
  account.duplicates.remember(submit.userMsgId, contentDigest(submit), now);
  if (account.credit > 0) account.credit -= 1;
  if (gateway.settings.recipientBurst !== null) noteArrival(account, submit.phoneNo, now);
}

function noteArrival(account: AccountState, phoneNo: string, now: number): void {
  const times = (account.recent.get(phoneNo) ?? []).filter((at) => now - at < BURST_MS);
  times.push(now);
  // Moved to the end, so that those who got nothing for long stand in front and go first.
  account.recent.delete(phoneNo);
  account.recent.set(phoneNo, times);
  for (const [number, arrivals] of account.recent) {
    if (now - (arrivals.at(-1) ?? 0) < BURST_MS) return;
    account.recent.delete(number);
  }
}

/** The report's code for an accepted message; undefined where none is to come. */
function reportCodeOf(
  gateway: Gateway,
  session: SessionLink,
  account: AccountState,
  submit: Submit,
): number | undefined {
  const most = gateway.settings.recipientBurst;
  const arrivals = account.recent.get(submit.phoneNo)?.length ?? 0;
  if (most !== null && arrivals > most) {
    gateway.judge.violations.add('recipient-burst', `${arrivals} in 5 s, limit ${most}`, session.number);
    return BURST_CODE;
  }
  const outcome = outcomeOf(gateway.settings.recipients, submit.phoneNo);
  return outcome?.report === null ? undefined : (outcome?.report ?? 0);
}

/** Sends the acknowledgement and the report, each as the faults allow. */
function answer(
  gateway: Gateway,
  session: SessionLink,
  account: AccountState,
  submit: Submit,
  entry: LedgerEntry,
  code: number,
): void {
  const { judge, settings } = gateway;
  const { faults } = judge;
  const isAccepted = code === 0;
  const reportCode = isAccepted ? reportCodeOf(gateway, session, account, submit) : undefined;
  if (reportCode !== undefined) {
    const immediately = faults.strike('reportBeforeAck') !== undefined;
    arrangeReport(gateway, account, submit, entry, reportCode, { immediately });
  }
  // What happens instead of an acknowledgement of acceptance leaves refusals alone.
  if (isAccepted && faults.strike('dropBeforeAck')) {
    session.cut();
    return;
  }
  if (isAccepted && faults.strike('neverAck')) return;
  const slow = faults.strike('slowAck');
  const delay = drawDelay(settings.ackDelayMs, judge.random) + (slow ? faultNumber(slow, SLOW_ACK_MS) : 0);
  const garbage = faults.strike('garbage');
  const dropAfter = isAccepted && faults.strike('ackThenDrop') !== undefined;
  judge.delays.after(delay, () => {
    if (session.closed) return;
    if (garbage) session.send(randomBytes(faultNumber(garbage, GARBAGE_BYTES), judge.random));
    session.send(msgSendRes(submit, code));
    judge.ledger.acked(entry, judge.clock.now());
    if (dropAfter) session.end();
  });
}

function randomBytes(count: number, random: () => number): Uint8Array {
  return Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
}
