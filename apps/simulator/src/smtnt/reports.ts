import { type FaultSpec, faultNumber, type LedgerEntry } from '../common/index.js';
import type { AccountState, Gateway } from './gateway.js';
import { koreanTimestamp } from './hours.js';
import type { Push } from './pushes.js';
import { drawDelay } from './settings.js';
import type { Submit } from './submit-content.js';

/** Carriers as Telecom names them (SMTNT 3.3.8). */
const CARRIERS = ['SKT', 'KTF', 'LGT'] as const;

/** What `reportCode` reports unless told otherwise. */
const OTHER_ERROR = 999;
const ID_DIGITS = 20;

/** Sends the report of an accepted message at once instead of after its delay. */
export interface ReportTiming {
  readonly immediately: boolean;
}

/**
 * Arranges the report of an accepted message: after its delay, repeated until ReportRes, kept while nobody is logged
 * in. The fault `withholdReport` loses it, `duplicateReport` asks for several answers, `reportCode` tells another end.
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
  const other = judge.faults.strike('reportCode');
  const result = other ? faultNumber(other, OTHER_ERROR) : code;
  entry.reportCode = String(result);
  const delay = drawDelay(settings.reportDelayMs, judge.random);
  const carrier = CARRIERS[Math.floor(judge.random() * CARRIERS.length)] ?? CARRIERS[0];
  const send = () => {
    account.pushes.add(makeReport({ gateway, account, submit, entry }, result, carrier, copies));
    if (judge.faults.strike('unknownReport')) account.pushes.add(unknownReport(gateway, submit, carrier));
  };
  if (timing.immediately) send();
  else judge.delays.after(delay, send);
}

interface Reported {
  readonly gateway: Gateway;
  readonly account: AccountState;
  readonly submit: Submit;
  readonly entry: LedgerEntry;
}

function makeReport(
  { gateway, account, submit, entry }: Reported,
  code: number,
  carrier: string,
  copies: number,
): Push {
  const { judge } = gateway;
  const serverMsgId = gateway.nextServerId();
  const body = {
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
  };
  return {
    key: `ReportRes:${serverMsgId}`,
    packet: () => {
      const broken = judge.faults.strike('brokenReport');
      if (broken) account.pushes.sendsNonsense();
      return { method: 'ReportReq', body: broken ? withoutSense(broken, body) : body };
    },
    echo: { UserMsgId: submit.userMsgId, UserMsgSubId: submit.userMsgSubId, ServerMsgId: serverMsgId },
    copies,
    onSent: () => judge.ledger.reported(entry, judge.clock.now()),
    onAnswered: () => judge.ledger.reportAcked(entry, judge.clock.now()),
  };
}

/** A Body that no reader of SMTNT 3.3.8 can take for a report, in the shape that the fault names. */
function withoutSense({ value }: FaultSpec, body: Readonly<Record<string, unknown>>): unknown {
  switch (value) {
    case 'text':
      return 'no report';
    case 'list':
      return [body];
    case 'empty':
      return {};
    default:
      return { ...body, UserMsgId: { of: 'no message' }, Result: 'none' };
  }
}

/** A report, right in itself, about a message that nobody sent. */
function unknownReport(gateway: Gateway, submit: Submit, carrier: string): Push {
  const { random, clock } = gateway.judge;
  const digits = Array.from({ length: ID_DIGITS }, () => Math.floor(random() * 10));
  const ids = { UserMsgId: digits.join(''), UserMsgSubId: '', ServerMsgId: gateway.nextServerId() };
  const body = {
    ...ids,
    MsgType: submit.msgType,
    PhoneNo: submit.phoneNo,
    Result: 0,
    Telecom: carrier,
    DeliveryTime: koreanTimestamp(clock.now()),
    UserData: '',
  };
  const nothing = (): void => undefined;
  return {
    key: `ReportRes:${ids.ServerMsgId}`,
    packet: () => ({ method: 'ReportReq', body }),
    echo: ids,
    copies: 1,
    onSent: nothing,
    onAnswered: nothing,
  };
}
