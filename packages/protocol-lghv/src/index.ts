export { type Bind, type BindAck, type BindInput, bind, bindAck, encodeBind } from './bind.js';
export { type Cipher, seal, unseal } from './cipher.js';
export { decodeFrame, type LghvPacket } from './decode.js';
export {
  type AnyDeliver,
  type DeliverAck,
  type DeliverInput,
  type DeliverInternationalSms,
  type DeliverLms,
  type DeliverOptions,
  type DeliverSms,
  deliverAck,
  deliverInternationalSms,
  deliverLms,
  deliverSms,
  type Encode,
  encodeDeliver,
  openDeliver,
  PLAIN_LIMITS,
} from './deliver.js';
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
export { encodeLinkCheck, type LinkAck, type LinkCheck, linkAck, linkCheck } from './link.js';
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
export {
  type Advice,
  BIND_ALREADY_CONNECTED,
  type BindAckCode,
  bindAckCodes,
  type Certainty,
  type DeliverAckCode,
  deliverAckCode,
  deliverAckCodes,
  type ResultCode,
  reportCode,
  reportCodes,
} from './result-codes.js';
