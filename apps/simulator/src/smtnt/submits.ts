import { faultNumber, type LedgerEntry, lagOfSecond, movedBy } from '../common/index.js';
import { digestOf } from './duplicates.js';
import type { AccountState, Gateway, SessionLink } from './gateway.js';
import { isWithinHours } from './hours.js';
import { outcomeOf } from './outcomes.js';
import type { SmtntRuleId } from './rules.js';
import { answer } from './submit-answers.js';
import { judgeContent, type Submit } from './submit-content.js';
import { MOST_FILE_BYTES } from './uploads.js';

const BURST_MS = 5000;
const DUPLICATE = 320;
const NO_FILE = 16;
const FILE_SIZE = 910;
const OTHER_ERROR = 999;

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
  record(entry, account, submit);
  const note: Note = (rule, detail) => judge.violations.add(rule, detail, session.number);
  for (const { rule, detail } of content.breaches) note(rule, detail);

  if (judge.faults.strike('dropConnection')) {
    session.cut();
    return;
  }
  const code =
    judgePace(gateway, account, now, note) ||
    content.code ||
    judgeAccount(gateway, account, submit, now, note) ||
    struckCode(gateway);
  judge.ledger.judge(entry, code === 0 ? 'accepted' : 'refused', String(code), code === DUPLICATE);
  if (code === 0) accept(gateway, account, submit, now);
  entry.credit = account.credit;
  answer(gateway, session, account, submit, entry, code);
}

type Note = (rule: SmtntRuleId, detail: string) => void;

function record(entry: LedgerEntry, account: AccountState, submit: Submit): void {
  entry.type = String(submit.msgType);
  entry.wireId = submit.userMsgId;
  entry.to = submit.phoneNo;
  entry.from = submit.callbackNo;
  entry.subject = submit.subject;
  entry.text = submit.message;
  if (submit.fileNames.length > 0) entry.files = digestsOf(account, submit);
  if (submit.rich) entry.extra = submit.rich;
}

/** The digests of the files that a message names; the name itself for one that nobody uploaded. */
function digestsOf(account: AccountState, submit: Submit): readonly string[] {
  return submit.fileNames.map((name) => account.files.find(name)?.sha256 ?? name);
}

/** The code that the fault `refuseSubmit` answers with; 0 where it does not strike. */
function struckCode({ judge }: Gateway): number {
  const refusal = judge.faults.strike('refuseSubmit');
  return refusal ? faultNumber(refusal, OTHER_ERROR) : 0;
}

/** Rate (903 or 11) and hours (901). */
function judgePace(gateway: Gateway, account: AccountState, now: number, note: Note): number {
  const { granted } = account;
  const waitMs = account.pace.take(now);
  if (waitMs > 0) {
    if (gateway.settings.overRate === 'always' || isCertain(gateway, now, waitMs)) {
      note('over-rate', `${granted.speed + 1} within ${(1000 - waitMs).toFixed(3)} ms`);
      return gateway.settings.overRateCode;
    }
    account.pace.force(now);
    gateway.judge.note('over-rate-not-judged');
  }
  if (isWithinHours(granted.begin, granted.end, now)) return 0;
  note('outside-hours', `allowed from ${granted.begin} to ${granted.end} o'clock`);
  return 901;
}

/** No stall of ours can have moved so many together. */
function isCertain(gateway: Gateway, now: number, waitMs: number): boolean {
  return waitMs > movedBy(lagOfSecond(gateway.judge.lag, now));
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
    (isDuplicateFirst ? duplicate || credit : credit || duplicate) ||
    judgeFiles(gateway, account, submit, note) ||
    chosenRefusal(gateway, account, submit)
  );
}

/** Whether the files that a message names are there (16) and together small enough (910). */
function judgeFiles(gateway: Gateway, account: AccountState, submit: Submit, note: Note): number {
  let bytes = 0;
  for (const [index, name] of submit.fileNames.entries()) {
    const file = account.files.find(name);
    if (!file) {
      note('submit-file-name', `FileName${index + 1} was never uploaded`);
      return NO_FILE;
    }
    if (gateway.judge.faults.strike('imageForgotten')) file.lost = true;
    if (!account.files.serves(file, gateway.settings)) {
      // The client can't know how long a name serves: it has to upload again, and has done nothing wrong.
      gateway.judge.note('file-forgotten');
      return NO_FILE;
    }
    bytes += file.bytes;
  }
  if (bytes <= MOST_FILE_BYTES) return 0;
  note('submit-files-size', `${bytes} bytes in ${submit.fileNames.length} files, limit ${MOST_FILE_BYTES}`);
  return FILE_SIZE;
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
  if (known !== contentDigest(account, submit))
    note('message-id-reused', 'UserMsgId stands for another message');
  return DUPLICATE;
}

function contentDigest(account: AccountState, submit: Submit): number {
  return digestOf(
    String(submit.msgType),
    submit.phoneNo,
    submit.callbackNo,
    submit.subject,
    submit.message,
    submit.userMsgSubId,
    digestsOf(account, submit).join(),
    submit.rich ? JSON.stringify(submit.rich) : '',
  );
}

function accept(gateway: Gateway, account: AccountState, submit: Submit, now: number): void {
  account.duplicates.remember(submit.userMsgId, contentDigest(account, submit), now);
  for (const name of submit.fileNames) {
    const file = account.files.find(name);
    if (file) file.used = true;
  }
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
