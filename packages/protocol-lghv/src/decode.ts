import { type Frame, ProtocolError, type TextOptions, toLatin1 } from '@pabal/wire';
import { type Bind, type BindAck, bind, bindAck } from './bind.js';
import { type DeliverAck, deliverAck } from './deliver-ack.js';
import { type DeliverKakao, type DeliverKko, deliverKakao, deliverKko } from './deliver-kakao.js';
import { type DeliverLms, deliverLms } from './deliver-lms.js';
import { type DeliverKakaoImage, type DeliverMms, deliverKakaoImage, deliverMms } from './deliver-mms.js';
import {
  abroadTableOf,
  type DeliverInternationalSms,
  type DeliverSms,
  deliverSms,
  goesAbroad,
} from './deliver-sms.js';
import { deliverTypeOf } from './deliver-type.js';
import { type LinkAck, type LinkCheck, linkAck, linkCheck } from './link.js';
import { type Report, type ReportAck, type ReportAll, report, reportAck, reportAll } from './report.js';

/** A decoded packet. `unrecognised` is well framed but of a type that this package does not know. */
export type LghvPacket =
  | { readonly type: 'bind'; readonly values: Bind }
  | { readonly type: 'bindAck'; readonly values: BindAck }
  | { readonly type: 'deliverSms'; readonly values: DeliverSms }
  | { readonly type: 'deliverInternationalSms'; readonly values: DeliverInternationalSms }
  | { readonly type: 'deliverLms'; readonly values: DeliverLms }
  | { readonly type: 'deliverMms'; readonly values: DeliverMms }
  /** KFI and KFW. */
  | { readonly type: 'deliverKakaoImage'; readonly values: DeliverKakaoImage }
  | { readonly type: 'deliverKko'; readonly values: DeliverKko }
  /** KKT, KKM and KFT. */
  | { readonly type: 'deliverKakao'; readonly values: DeliverKakao }
  | { readonly type: 'deliverAck'; readonly values: DeliverAck }
  | { readonly type: 'report'; readonly values: Report }
  | { readonly type: 'reportAll'; readonly values: ReportAll }
  | { readonly type: 'reportAck'; readonly values: ReportAck }
  | { readonly type: 'linkCheck'; readonly values: LinkCheck }
  | { readonly type: 'linkAck'; readonly values: LinkAck }
  | { readonly type: 'unrecognised'; readonly code: string };

/** GUBUN stands in the same place in every DELIVER. */
const GUBUN = deliverSms.offsetOf('gubun');

/**
 * The packet in a frame. Fields that are encrypted stay so (see `openDeliver`).
 * @throws ProtocolError when the body is not what its type promises; the framing is still intact then.
 */
export function decodeFrame(frame: Frame, options: TextOptions): LghvPacket {
  const { body } = frame;
  const msgType = toLatin1(frame.header, 0, 1);
  switch (msgType) {
    case 'b':
      return { type: 'bind', values: bind.decode(body, options) };
    case 'B':
      return { type: 'bindAck', values: bindAck.decode(body, options) };
    case 'd':
      return decodeDeliver(body, options);
    case 'D':
      return { type: 'deliverAck', values: deliverAck.decode(body, options) };
    case 'r':
      if (body.length <= report.fixedSize) return { type: 'report', values: report.decode(body, options) };
      return { type: 'reportAll', values: reportAll.decode(body, options) };
    case 'R':
      return { type: 'reportAck', values: reportAck.decode(body, options) };
    case 'l':
      return { type: 'linkCheck', values: linkCheck.decode(body, options) };
    case 'L':
      return { type: 'linkAck', values: linkAck.decode(body, options) };
    default:
      return { type: 'unrecognised', code: printable(msgType) };
  }
}

function decodeDeliver(body: Uint8Array, options: TextOptions): LghvPacket {
  if (body.length <= GUBUN) throw new ProtocolError('body-too-short', `DELIVER: ${body.length} bytes`);
  const deliverType = deliverTypeOf(body, 0);
  switch (deliverType) {
    case 'SMS':
      if (!goesAbroad(body, 0)) return { type: 'deliverSms', values: deliverSms.decode(body, options) };
      return { type: 'deliverInternationalSms', values: abroadTableOf(body, 0).decode(body, options) };
    case 'LMS':
      return { type: 'deliverLms', values: deliverLms.decode(body, options) };
    case 'MMS':
      return { type: 'deliverMms', values: deliverMms.decode(body, options) };
    case 'KFI':
    case 'KFW':
      return { type: 'deliverKakaoImage', values: deliverKakaoImage.decode(body, options) };
    case 'KKO':
      return { type: 'deliverKko', values: deliverKko.decode(body, options) };
    case 'KKT':
    case 'KKM':
    case 'KFT':
      return { type: 'deliverKakao', values: deliverKakao.decode(body, options) };
    default:
      return { type: 'unrecognised', code: `d ${printable(deliverType)}` };
  }
}

/** A peer's few bytes as a log may hold them. */
function printable(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '?');
}
