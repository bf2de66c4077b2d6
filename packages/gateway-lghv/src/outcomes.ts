import {
  type BindAck,
  type DeliverAck,
  deliverAckCode,
  deliverTimeMs,
  type Report,
  type ReportAll,
  reportCode,
} from '@pabal/protocol-lghv';
import type { AckOutcome, DeliveryReport, Grants } from '@pabal/session';

/** E_DUP_KEY and E_DUP_PHONE: this MSG_ID is known, or this recipient gets too many. */
const DUPLICATE_KEY_OR_PHONE = '17';
const MICROSECONDS = 1000;
/** A throttle answer without a wait: the gateway measures the rate by the second. */
const DEFAULT_PAUSE_MS = 1000;

/** The rates that BIND_ACK grants, by rate domain (LGHV 2.2.2). */
export function grantsOf(ack: BindAck): Grants {
  return { sms: ack.tpsSms, lms: ack.tpsLms, mms: ack.tpsMms, kko: ack.tpsKko, kkf: ack.tpsKkf };
}

/** What a DELIVER_ACK makes of its submit (LGHV 2.2.8, appendix 1). */
export function ackOutcome(ack: DeliverAck): AckOutcome {
  const { verdict, certainty, reason, advice, code } = deliverAckCode(ack.result, ack.deliverType);
  switch (verdict) {
    case 'accepted':
      // Other than 0 means over the rate, whatever the result says (LGHV 2.2.8).
      return ack.msgMsec === 0
        ? { kind: 'accepted', code }
        : { kind: 'accepted', code, pauseMs: pauseOf(ack) };
    case 'duplicate':
      // Kakao's own duplicate (120) is always the MSG_ID's.
      return { kind: 'duplicate', code, mayMeanTooOften: code === DUPLICATE_KEY_OR_PHONE };
    case 'throttled':
      return { kind: 'throttled', code, pauseMs: pauseOf(ack) };
    case 'refused':
      return { kind: 'refused', code, certainty, reason, advice };
    default:
      return verdict satisfies never;
  }
}

function pauseOf(ack: DeliverAck): number {
  return ack.msgMsec === 0 ? DEFAULT_PAUSE_MS : Math.ceil(ack.msgMsec / MICROSECONDS);
}

/** A REPORT, with the necessary fields or with all, in the fleet's words (LGHV 2.2.9). */
export function deliveryReport(report: Report | ReportAll): DeliveryReport {
  const { code, certainty, reason } = reportCode(report.result, report.deliverType);
  const recipient = 'destAddr' in report ? report.destAddr : '';
  const deliveredAt = certainty === 'delivered' ? deliverTimeMs(report.deliverTime) : undefined;
  return {
    wireId: report.msgId,
    ...(recipient === '' ? {} : { recipient }),
    code,
    certainty,
    reason,
    ...(report.netId === '' ? {} : { carrier: report.netId }),
    ...(deliveredAt === undefined ? {} : { deliveredAt }),
  };
}
