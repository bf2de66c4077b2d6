export { fromBase64, fromHex, fromLatin1, toBase64, toHex, toLatin1 } from './bytes.js';
export {
  type Charset,
  decodeText,
  encodeText,
  encodeUtf8,
  isWellFormed,
  type TextOptions,
  textBytes,
  type Unmappable,
} from './charset.js';
export { FieldError, ProtocolError } from './errors.js';
export type { ExplainedField, ExplainedFrame, ExplainedProblem } from './explain.js';
export { type ExplainPacketOptions, explainPacket, firstBytes, type Remarks } from './explain-packet.js';
export {
  type Field,
  type FieldTable,
  type Masking,
  personal,
  type Surroundings,
  secret,
  type ValueOf,
} from './field.js';
export {
  type Frame,
  FrameReader,
  type FrameReaderOptions,
  type FrameSizes,
  type HeaderReader,
  type SizesBehind,
} from './frame-reader.js';
export {
  countOf,
  type RepeatedOptions,
  repeated,
  type VariableBytesOptions,
  variableBytes,
} from './groups.js';
export {
  chars,
  choice,
  constant,
  decimal,
  digits,
  isDigits,
  reserved,
  sizeOf,
  text,
  type VariableTextOptions,
  variableText,
  type Zero,
} from './kinds.js';
export { type Packet, type PacketOf, packet, type RowLayout, type ValuesOf } from './packet.js';
export { readDecimal } from './read-form.js';
