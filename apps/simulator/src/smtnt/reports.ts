import { faultNumber, type LedgerEntry } from '../common/index.js';
import { encodeFrame } from './frames.js';
import type { AccountState, Gateway } from './gateway.js';
import { koreanTimestamp } from './hours.js';
import type { Push } from './pushes.js';
import { drawDelay } from './settings.js';
import type { Submit } from './submit-content.js';

/** Carriers as Telecom names them (SMTNT 3.3.8). */
const CARRIERS = ['SKT', 'KTF', 'LGT'] as const;

/** Sends the report of an accepted message at once instead of after its delay. */
export interface ReportTiming {
  readonly immediately: boolean;
}

/**
 * Arranges the report of an accepted message: after its delay, repeated until ReportRes, kept while nobody is logged
 * in. The fault `withholdReport` loses it, `duplicateReport` asks for several answers.
 */
export function arrangeReport(
  gateway: Gateway,
  account: AccountState,
  submit: Submit,
  entry: LedgerEntry,
  code: number,
  timing: ReportTiming,
): void {
  const { judge, settings } = gateway;
  if (judge.faults.strike('withholdReport')) return;
  const duplicate = judge.faults.strike('duplicateReport');
  const copies = duplicate ? Math.max(1, faultNumber(duplicate, 2)) : 1;
  entry.reportCode = String(code);
  const delay = drawDelay(settings.reportDelayMs, judge.random);
  const carrier = CARRIERS[Math.floor(judge.random() * CARRIERS.length)] ?? CARRIERS[0];
  const send = () => account.pushes.add(makeReport(gateway, submit, entry, code, carrier, copies));
  if (timing.immediately) send();
  else judge.delays.after(delay, send);
}

function makeReport(
  gateway: Gateway,
  submit: Submit,
  entry: LedgerEntry,
  code: number,
  carrier: string,
  copies: number,
): Push {
  const { judge } = gateway;
  const serverMsgId = gateway.nextServerId();
  const packet = encodeFrame({
    Header: { Method: 'ReportReq' },
    Body: {
      UserMsgId: submit.userMsgId,
      UserMsgSubId: submit.userMsgSubId,
      ServerMsgId: serverMsgId,
      MsgType: submit.msgType,
      PhoneNo: submit.phoneNo,
      Result: code,
      Telecom: carrier,
      // When the handset got it: a message that never arrived has no such time.
      DeliveryTime: code === 0 ? koreanTimestamp(judge.clock.now()) : '',
      UserData: submit.userData,
    },
  });
  return {
    key: `ReportRes:${serverMsgId}`,
    packet,
    echo: { UserMsgId: submit.userMsgId, UserMsgSubId: submit.userMsgSubId, ServerMsgId: serverMsgId },
    copies,
    onSent: () => judge.ledger.reported(entry, judge.clock.now()),
    onAnswered: () => judge.ledger.reportAcked(entry, judge.clock.now()),
  };
}
