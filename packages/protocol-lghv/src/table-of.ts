import type { FieldTable } from '@pabal/wire';
import { bind, bindAck } from './bind.js';
import { deliverAck } from './deliver-ack.js';
import { deliverKakao, deliverKko } from './deliver-kakao.js';
import { deliverLms } from './deliver-lms.js';
import { deliverKakaoImage, deliverMms } from './deliver-mms.js';
import { abroadTableOf, deliverSms, goesAbroad } from './deliver-sms.js';
import { linkAck, linkCheck } from './link.js';
import { report, reportAck, reportAll } from './report.js';

const DELIVERS: Readonly<Record<string, FieldTable>> = {
  LMS: deliverLms,
  MMS: deliverMms,
  KFI: deliverKakaoImage,
  KFW: deliverKakaoImage,
  KKO: deliverKko,
  KKT: deliverKakao,
  KKM: deliverKakao,
  KFT: deliverKakao,
};
const OTHERS: Readonly<Record<string, FieldTable>> = {
  b: bind,
  B: bindAck,
  D: deliverAck,
  R: reportAck,
  l: linkCheck,
  L: linkAck,
};

/**
 * The table of the packet whose body is `bytes[body, end)`, as far as it is there; undefined for an unknown one.
 * @param deliverType as it stands in a DELIVER; undefined where the bytes end before.
 */
export function tableOf(
  msgType: string,
  deliverType: string | undefined,
  bytes: Uint8Array,
  body: number,
  end: number,
): FieldTable | undefined {
  if (msgType === 'r') return end - body <= report.fixedSize ? report : reportAll;
  if (msgType !== 'd') return Object.hasOwn(OTHERS, msgType) ? OTHERS[msgType] : undefined;
  if (deliverType === undefined) return deliverSms;
  if (deliverType === 'SMS') return goesAbroad(bytes, body) ? abroadTableOf(bytes, body) : deliverSms;
  return Object.hasOwn(DELIVERS, deliverType) ? DELIVERS[deliverType] : undefined;
}
