export { decodeBase64, encodeBase64 } from './base64.js';
export {
  type BodyCipher,
  Codec,
  type CodecMode,
  type CodecOptions,
  type Envelope,
  type KnownPacket,
  type Packet,
} from './codec.js';
export { type Compression, portableCompression, tooLong } from './compression.js';
export { describePacket } from './describe.js';
export { type ExplainOptions, explainCapture } from './explain.js';
export type { PrivateKeyOptions } from './explain-envelope.js';
export { createFrameReader, frame, MAX_PACKET_BYTES, readHeader } from './frame.js';
export { DOUBLE_LOGIN, type LoginCode, loginCode, loginCodes } from './login-codes.js';
export {
  type BodyOf,
  IMAGE_FILE_TYPE,
  isMethodName,
  JPEG_EXTENSION,
  MAX_CHUNK_CHARACTERS,
  MAX_CHUNK_PACKET_BYTES,
  type MethodName,
  type MethodTable,
  methods,
  msgTypes,
} from './methods.js';
export { readPrivateKey } from './private-key.js';
export type { Guard, Row, RowType } from './rows.js';
export {
  type AckMeaning,
  type Advice,
  ackMeaning,
  type Certainty,
  type SendCode,
  sendCode,
  sendCodes,
  unrecognisedCode,
} from './send-codes.js';
