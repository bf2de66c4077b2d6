export { type Bind, type BindAck, type BindInput, bind, bindAck, encodeBind } from './bind.js';
export { BIND_ALREADY_CONNECTED, type BindAckCode, bindAckCode, bindAckCodes } from './bind-ack-codes.js';
export { type Cipher, seal, unseal } from './cipher.js';
export { CONTENTS_TYPES, type ContentsType, contentsTypeOf } from './contents-type.js';
export { decodeFrame, type LghvPacket } from './decode.js';
export { type DeliverAck, deliverAck } from './deliver-ack.js';
export { deliverAckCode, deliverAckCodes } from './deliver-ack-codes.js';
export { deliverHeaderReader, MAX_DELIVER_FRAME_BYTES } from './deliver-header-reader.js';
export {
  type DeliverKakao,
  type DeliverKko,
  deliverKakao,
  deliverKko,
  type KakaoInput,
  type KkoInput,
} from './deliver-kakao.js';
export { type DeliverLms, deliverLms, type LmsInput } from './deliver-lms.js';
export {
  type DeliverKakaoImage,
  type DeliverMms,
  deliverKakaoImage,
  deliverMms,
  type KakaoImageInput,
  type MmsInput,
} from './deliver-mms.js';
export { type DeliverPart, deliverPart, MAX_PARTS, partInput } from './deliver-parts.js';
export {
  type DeliverInternationalSms,
  type DeliverSms,
  deliverInternationalSms,
  deliverSms,
  type SmsInput,
  sealedInternationalSms,
} from './deliver-sms.js';
export { type DeliverInput, type DeliverType, encodeDeliver } from './encode-deliver.js';
export { type ExplainOptions, explainCapture } from './explain.js';
export { type GrantAnswer, type GrantServer, grantRequestBody, parseGrantAnswer } from './grant.js';
export {
  encodeFrame,
  HEADER_SIZE,
  hasIntactTail,
  header,
  headerReader,
  MAX_BODY_BYTES,
  MAX_FRAME_BYTES,
  MSG_TYPES,
  type MsgTypeName,
} from './header.js';
export { kakaoCode, kakaoCodes } from './kakao-codes.js';
export { encodeLinkCheck, type LinkAck, type LinkCheck, linkAck, linkCheck } from './link.js';
export { type AnyDeliver, openDeliver } from './open-deliver.js';
export type { ButtonPart, FilePart, KeptImagePart, PartInput, TextPart } from './part-input.js';
export {
  deliverTimeMs,
  encodeRawReportAck,
  encodeReportAck,
  type Report,
  type ReportAck,
  type ReportAll,
  report,
  reportAck,
  reportAll,
} from './report.js';
export { reportCode, reportCodes } from './report-codes.js';
export type { Advice, Certainty, DeliverAckCode, ResultCode } from './result-code.js';
export { type DeliverOptions, type Encode, PLAIN_LIMITS } from './sealing.js';
export { specName } from './spec-name.js';
