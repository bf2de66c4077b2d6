import { chars, constant, digits, type PacketOf, packet, personal, reserved } from '@pabal/wire';
import { encodeFrame, HEADER_SIZE } from './header.js';

/** What every REPORT has; BIND's REPORT `M` asks for no more (LGHV 2.2.9). */
const necessary = [
  chars('result', 5), //   0   5  see reportCodes
  chars('deliverType', 4), //   5   4  as it was submitted
  chars('rtnType', 4), //   9   4  as it ended: SMS, LMS, MMS, KKO, KKF
  digits('msgId', 20), //  13  20
  chars('deliverTime', 15), //  33  15  20180308010510, Korean time
  chars('netId', 6), //  48   6  SKT, KTF, LGT, ETC
] as const;

/** REPORT with the necessary fields, 54 bytes (LGHV 2.2.9). */
export const report = packet('REPORT', necessary);
export type Report = PacketOf<typeof report>;

/** REPORT with all fields, 108 bytes (LGHV 2.2.9), where BIND asked for `A`. */
export const reportAll = packet('REPORT (all fields)', [
  ...necessary,
  chars('userId', 20), //  54  20
  chars('sid', 6), //  74   6
  personal(chars('destAddr', 20)), //  80  20
  reserved('reserved', 1), // 100   1
  chars('billId', 7), // 101   7
]);
export type ReportAll = PacketOf<typeof reportAll>;

/** REPORT_ACK, 32 bytes (LGHV 2.2.10). */
export const reportAck = packet('REPORT_ACK', [
  constant('result', 5, '0'), //   0   5
  digits('msgId', 20), //   5  20
  reserved('reserved', 7), //  25   7
]);
export type ReportAck = PacketOf<typeof reportAck>;

/** The answer to a report, once its consequence is stored. */
export function encodeReportAck(msgId: string): Uint8Array<ArrayBuffer> {
  return encodeFrame('REPORT_ACK', reportAck, { msgId });
}

/**
 * The answer to a report that could not be read: its MSG_ID field goes back byte for byte as it came, so that the
 * gateway knows it again and moves on to the next.
 */
export function encodeRawReportAck(reportBody: Uint8Array): Uint8Array<ArrayBuffer> {
  const from = report.offsetOf('msgId');
  const to = from + MSG_ID_SIZE;
  const frame = encodeReportAck('0');
  const target = HEADER_SIZE + reportAck.offsetOf('msgId');
  frame.fill(0, target, target + MSG_ID_SIZE);
  frame.set(reportBody.subarray(from, to), target);
  return frame;
}

const MSG_ID_SIZE = 20;
const KOREA_AHEAD_MS = 9 * 3_600_000;
const DELIVER_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/** DELIVER_TIME (yyyyMMddHHmmss, UTC+9) in epoch ms; undefined where it is no time. */
export function deliverTimeMs(deliverTime: string): number | undefined {
  const match = DELIVER_TIME.exec(deliverTime);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  const roundTrip = new Date(utc).toISOString().replaceAll(/[-:T]|\..*$/g, '');
  return roundTrip === deliverTime ? utc - KOREA_AHEAD_MS : undefined;
}
