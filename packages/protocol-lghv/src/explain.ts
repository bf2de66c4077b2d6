import {
  chars,
  type ExplainedField,
  type ExplainedFrame,
  type ExplainedProblem,
  type ExplainPacketOptions,
  explainPacket,
  type FieldTable,
  ProtocolError,
  packet,
  type TextOptions,
  toLatin1,
} from '@pabal/wire';
import type { Cipher } from './cipher.js';
import { deliverHeaderReader } from './deliver-header-reader.js';
import { deliverMms } from './deliver-mms.js';
import { MAX_PARTS } from './deliver-parts.js';
import { deliverTypeOf } from './deliver-type.js';
import { remarksOf } from './explain-remarks.js';
import { HEADER_SIZE, hasIntactTail, header } from './header.js';
import { specName } from './spec-name.js';
import { tableOf } from './table-of.js';

export interface ExplainOptions {
  /** Charset of texts; an international SMS is UTF-8 whatever it says. */
  readonly text: TextOptions;
  /** Shows encrypted values in plain words. Without it they are said to be encrypted. */
  readonly cipher?: Cipher | undefined;
}

const readHeader = deliverHeaderReader(false);
/** DELIVER_TYPE behind ENCODE in a DELIVER, behind RESULT in its ack and in a report (LGHV 2.2). */
const RESULT_SIZE = 5;
const TYPE_SIZE = 4;
const MSG_LEN_OFFSET = 1;
/** What tells a part from anything else (LGHV 2.2.5). */
const PART_BEGINNING: readonly string[] = ['TEMP1', 'DATATYPE'];
const DATA_CNT = deliverMms.offsetOf('dataCnt');
const ZERO = 0x30;

/** What every DELIVER begins with; all that can be said of one of an unknown type. */
const anyDeliver = packet('DELIVER', [chars('encode', 1), chars('deliverType', 4)]);

/**
 * Explains captured bytes of either direction, frame by frame and field by field, up to where they stop making sense.
 * It never throws, and takes time in proportion to the bytes.
 */
export function explainCapture(bytes: Uint8Array, options: ExplainOptions): ExplainedFrame[] {
  const frames: ExplainedFrame[] = [];
  let at = 0;
  while (at < bytes.length) {
    const { frame, goesOn } = explainFrame(bytes, at, options);
    frames.push(frame);
    if (!goesOn) break;
    at += frame.size;
  }
  return frames;
}

/** One frame, and whether the next one begins behind it. */
interface Explained {
  readonly frame: ExplainedFrame;
  readonly goesOn: boolean;
}

function explainFrame(bytes: Uint8Array, offset: number, options: ExplainOptions): Explained {
  const body = offset + HEADER_SIZE;
  const msgType = toLatin1(bytes, offset, offset + 1);
  const deliverType = typeAhead(bytes, offset, msgType);
  const intactTail = hasIntactTail(bytes.subarray(offset, body));
  const walk = walkOptions(options, { deliverType, intactTail });
  const headWalk = explainPacket(header, bytes, offset, body, { ...walk, section: 'HEADER' });
  const isKnown = headWalk.fields[0]?.meaning !== undefined;
  if (headWalk.problem) {
    return broken('HEADER', bytes, offset, headFields(headWalk.fields, isKnown), headWalk.problem);
  }
  const told = sizesAt(bytes, offset);
  const hasLength = told.problem?.reason !== 'bad-length';
  const head = headFields(headWalk.fields, intactTail || (isKnown && hasLength));
  if (told.problem && !hasLength) {
    return broken('HEADER', bytes.subarray(0, body), offset, head, told.problem);
  }
  const table = tableOf(msgType, deliverType, bytes, body, told.end);
  if (!table) return unknown(bytes, offset, told.end, msgType, head, walk);
  const title = msgType === 'd' && deliverType !== undefined ? `DELIVER ${deliverType}` : table.name;
  const rest = explainPacket(table, bytes, body, told.end, walk);
  const fields = [...head, ...bodyFields(rest.fields)];
  if (told.problem) {
    // A size that lies breaks its own part, a wrong count all of them.
    const isSize = rest.problem !== undefined && rest.next > told.problem.offset + 1;
    const where = isSize ? rest.problem.offset : told.problem.offset;
    return broken(title, bytes, offset, fields, { ...told.problem, offset: where });
  }
  const { problem } = rest;
  if (told.end > bytes.length) return broken(title, bytes, offset, fields, problem ?? incomplete(bytes));
  const size = told.end - offset;
  const frame = { title, offset, size, fields };
  return { frame: problem ? { ...frame, problem } : frame, goesOn: true };
}

/**
 * A header that is one is open to anybody. What stands in its place where a capture begins amid a frame, or where a
 * length lied, may be digits of a number or letters of a text.
 */
function headFields(fields: readonly ExplainedField[], isHeader: boolean): readonly ExplainedField[] {
  return isHeader ? fields : fields.map(hidden);
}

/** Where a part does not begin as one, the DATA_SIZE before it lied: from there on the fields may lie within a text. */
function bodyFields(fields: readonly ExplainedField[]): readonly ExplainedField[] {
  const wrong = fields.find(({ name, note }) => PART_BEGINNING.includes(name) && note !== undefined);
  if (!wrong) return fields;
  const from = fields.findIndex(({ section }) => section === wrong.section);
  return fields.map((field, index) => (index < from ? field : hidden(field)));
}

function hidden({ meaning, meaningKo, ...field }: ExplainedField): ExplainedField {
  return { ...field, masked: `(${field.bytes.length} bytes)` };
}

/** Where the frame ends: beyond every byte while that cannot be told, and where its sizes lie no further than they. */
function sizesAt(bytes: Uint8Array, offset: number): { end: number; problem?: ExplainedProblem } {
  try {
    const told = readHeader(bytes, offset, bytes.length);
    if (told === 'more' || 'atLeast' in told) return { end: Number.POSITIVE_INFINITY };
    return { end: offset + told.headerSize + told.bodySize };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const { reason } = error;
    const message = reason === 'bad-length' ? 'MSGLEN is no number' : error.message;
    const at = reason === 'bad-length' ? offset + MSG_LEN_OFFSET : offset + HEADER_SIZE + DATA_CNT;
    const count = (bytes[offset + HEADER_SIZE + DATA_CNT] ?? 0) - ZERO;
    const isCount = count >= 1 && count <= MAX_PARTS;
    return { end: isCount ? bytes.length : at + 1, problem: { offset: at, reason, message } };
  }
}

/** DELIVER_TYPE, which says what the fields before it mean; undefined where the packet has none, or it is cut off. */
function typeAhead(bytes: Uint8Array, offset: number, msgType: string): string | undefined {
  const body = offset + HEADER_SIZE;
  const before = msgType === 'd' ? 1 : RESULT_SIZE;
  if (!'dDr'.includes(msgType) || bytes.length < body + before + TYPE_SIZE) return undefined;
  return deliverTypeOf(bytes, body + before - 1);
}

function walkOptions(options: ExplainOptions, seen: Record<string, unknown>): ExplainPacketOptions {
  return {
    text: options.text,
    section: 'BODY',
    nameOf: (table, row) => specName(table.name, row.name),
    remark: (table, row, value, values) => remarksOf({ table, row, value, values, seen, ...options }),
  };
}

function broken(
  title: string,
  bytes: Uint8Array,
  offset: number,
  fields: readonly ExplainedField[],
  problem: ExplainedProblem,
): Explained {
  return { frame: { title, offset, size: bytes.length - offset, fields, problem }, goesOn: false };
}

function incomplete(bytes: Uint8Array): ExplainedProblem {
  return { offset: bytes.length, reason: 'incomplete', message: 'the bytes end before the frame does' };
}

/** Well framed, but of no type that the specification has. */
function unknown(
  bytes: Uint8Array,
  offset: number,
  end: number,
  msgType: string,
  head: readonly ExplainedField[],
  walk: ExplainPacketOptions,
): Explained {
  const body = offset + HEADER_SIZE;
  const table: FieldTable = msgType === 'd' ? anyDeliver : { name: 'BODY', rows: [] };
  const stop = Math.min(end, bytes.length);
  const rest = stop <= body ? { fields: [] } : explainPacket(table, bytes, body, end, walk);
  const name = msgType === 'd' ? 'DELIVER_TYPE' : 'MSGTYPE';
  const problem = {
    offset: msgType === 'd' ? body + 1 : offset,
    reason: 'unknown-type',
    message: end > bytes.length ? `unknown ${name}, and ${incomplete(bytes).message}` : `unknown ${name}`,
  };
  const frame = { title: 'unknown', offset, size: stop - offset, fields: [...head, ...rest.fields], problem };
  return { frame, goesOn: end <= bytes.length };
}
