import { faultNumber, type LedgerEntry } from '../common/index.js';
import type { AccountState, Gateway, SessionLink } from './gateway.js';
import { outcomeOf } from './outcomes.js';
import { arrangeReport } from './reports.js';
import type { ServerPacket } from './server-packets.js';
import { drawDelay } from './settings.js';
import type { Submit } from './submit-content.js';

/** Reported where a recipient got too many: the number of messages is exceeded. */
const BURST_CODE = 10;
const SLOW_ACK_MS = 1000;
const GARBAGE_BYTES = 64;

/** MsgSendRes (SMTNT 3.3.7). */
export function msgSendRes(submit: Submit, result: number): ServerPacket {
  return {
    method: 'MsgSendRes',
    body: {
      UserMsgId: submit.userMsgId,
      UserMsgSubId: submit.userMsgSubId,
      PhoneNo: submit.phoneNo,
      MsgType: submit.msgType,
      Result: result,
      UserData: submit.userData,
    },
  };
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
export function answer(
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
    if (garbage) session.sendRaw(randomBytes(faultNumber(garbage, GARBAGE_BYTES), judge.random));
    session.send(msgSendRes(submit, code));
    if (faults.strike('duplicateAck')) session.send(msgSendRes(submit, code));
    judge.ledger.acked(entry, judge.clock.now());
    if (dropAfter) session.end();
  });
}

function randomBytes(count: number, random: () => number): Uint8Array {
  return Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
}
