import { createCipheriv, createDecipheriv } from 'node:crypto';
import {
  type AnyDeliver,
  bind,
  bindAck,
  type Cipher,
  decodeFrame,
  deliverAck,
  deliverHeaderReader,
  deliverInternationalSms,
  deliverKakao,
  deliverKakaoImage,
  deliverKko,
  deliverLms,
  deliverMms,
  deliverSms,
  encodeFrame,
  encodeRawReportAck,
  explainCapture,
  headerReader,
  type LghvPacket,
  linkAck,
  linkCheck,
  MAX_DELIVER_FRAME_BYTES,
  MAX_FRAME_BYTES,
  openDeliver,
  report,
  reportAck,
  reportAll,
  sealedInternationalSms,
} from '@pabal/protocol-lghv';
import { FieldError, type Frame, FrameReader, type Packet, ProtocolError } from '@pabal/wire';
import { joined } from '../harness/damages.js';
import { type HostileProtocol, type Tally, WrongVerdict } from '../harness/protocol.js';
import { ATTACKS, promise } from './attacks.js';
import { validFrame } from './frames.js';
import { judgeGrant } from './grant.js';
import type { PacketName } from './layout.js';
import { ascii, cut, HEADER, read, type Verdict } from './oracle.js';

/** What cannot be read in a text comes out as a question mark, so that what was read can be written again. */
const TEXT = { charset: 'cp949', unmappable: 'replace' } as const;
const BEFORE_PARTS = 281;
/** How often an answer to GRANT is judged beside the stream. */
const GRANTS = 0.1;

type TypeName = Parameters<typeof encodeFrame>[0];

/** The codec's own table of each packet. */
const TABLES: Readonly<Record<PacketName, readonly [TypeName, unknown]>> = {
  bind: ['BIND', bind],
  bindAck: ['BIND_ACK', bindAck],
  deliverSms: ['DELIVER', deliverSms],
  deliverInternationalSms: ['DELIVER', deliverInternationalSms],
  sealedInternationalSms: ['DELIVER', sealedInternationalSms],
  deliverLms: ['DELIVER', deliverLms],
  deliverMms: ['DELIVER', deliverMms],
  deliverKakaoImage: ['DELIVER', deliverKakaoImage],
  deliverKko: ['DELIVER', deliverKko],
  deliverKakao: ['DELIVER', deliverKakao],
  deliverAck: ['DELIVER_ACK', deliverAck],
  report: ['REPORT', report],
  reportAll: ['REPORT', reportAll],
  reportAck: ['REPORT_ACK', reportAck],
  linkCheck: ['LINK_CHECK', linkCheck],
  linkAck: ['LINK_ACK', linkAck],
};

export const lghv: HostileProtocol = {
  name: 'lghv',
  valid: validFrame,
  attacks: ATTACKS,

  judge(chunks, random, tally) {
    if (random.chance(GRANTS)) judgeGrant(random);
    const stream = joined(...chunks);
    const receiver = random.chance(0.7);
    const strictTail = random.chance(0.2);
    const expected = cut(stream, receiver, strictTail);
    const reader = readerOf(receiver, strictTail);
    const { frames, state } = streamed(reader, chunks);
    if (state !== expected.state) wrong(`the stream is ${expected.state}, and was taken as ${state}`);
    if (state === 'waiting' && reader.buffered !== stream.length - expected.rest) {
      wrong(`${reader.buffered} bytes wait, not ${stream.length - expected.rest}`);
    }
    if (frames.length !== expected.frames.length) {
      wrong(`${frames.length} frames, not ${expected.frames.length}`);
    }
    expected.frames.forEach(([start, end], index) => {
      const frame = frames[index];
      if (!frame || !isSame(joined(frame.header, frame.body), stream.subarray(start, end))) {
        wrong(`frame ${index} is not its bytes`);
      }
      judgeFrame(frame, tally);
    });
    tally[state]++;
  },

  explain(bytes, random) {
    const frames = explainCapture(bytes, random.chance(0.5) ? { text: TEXT } : { text: TEXT, cipher: aes });
    let at = 0;
    for (const { fields, offset, problem, size, title } of frames) {
      if (offset !== at) wrong(`${title} is explained at ${offset}, not at ${at}`);
      at += size;
      if (at > bytes.length) wrong(`${title} is explained beyond the bytes`);
      let before = offset;
      for (const field of fields) {
        if (field.offset !== before)
          wrong(`${title}: ${field.name} is explained at ${field.offset}, not ${before}`);
        before += field.bytes.length;
      }
      if (!problem && before !== at) wrong(`${title} has ${at - before} bytes without an explanation`);
    }
    const broken = frames.some(({ problem }) => problem !== undefined);
    if (!broken && at !== bytes.length) wrong(`${bytes.length - at} bytes are not explained`);
  },

  hoard(count, random) {
    return Array.from({ length: count }, (_, index) => {
      const reader = readerOf(true, false);
      const head = index % 2 === 0 ? promise(random) : ascii('d9999\0\u00fe\u00ffmore');
      if ([...reader.push(head)].length > 0) wrong('a frame that is not there');
      return reader;
    });
  },
};

function readerOf(receiver: boolean, strictTail: boolean): FrameReader {
  return receiver
    ? new FrameReader({ header: deliverHeaderReader(strictTail), maxFrameBytes: MAX_DELIVER_FRAME_BYTES })
    : new FrameReader({ header: headerReader(strictTail), maxFrameBytes: MAX_FRAME_BYTES });
}

function streamed(
  reader: FrameReader,
  chunks: readonly Uint8Array[],
): { readonly frames: Frame[]; readonly state: 'waiting' | 'broken' } {
  const frames: Frame[] = [];
  let failure: ProtocolError | undefined;
  for (const chunk of chunks) {
    try {
      for (const frame of reader.push(chunk)) {
        if (failure) wrong('a frame behind a lost border');
        frames.push(frame);
      }
      if (failure) wrong('a lost border was found again');
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      if (failure && failure !== error) wrong('the stream broke twice');
      failure = error;
    }
  }
  return { frames, state: failure ? 'broken' : 'waiting' };
}

function judgeFrame({ header, body }: Frame, tally: Tally): void {
  const verdict = read(header[0] ?? 0, body);
  const packet = decoded({ header, body });
  if (header[0] === 0x72) encodeRawReportAck(body);
  if (verdict.kind === 'unrecognised') {
    if (packet instanceof ProtocolError || packet.type !== 'unrecognised') wrong('an unknown type was known');
    tally.unrecognised++;
    return;
  }
  if (verdict.kind === 'refuse') {
    if (!(packet instanceof ProtocolError)) wrong(`${packet.type} was accepted: ${verdict.why}`);
    tally.refused++;
    return;
  }
  if (packet instanceof ProtocolError) wrong(`${verdict.name} was refused: ${packet.message}`);
  if (packet.type === 'unrecognised') wrong(`${verdict.name} was not recognised`);
  compare(packet, verdict);
  rewrite(packet.values, verdict);
  open(packet);
  tally.accepted++;
}

function decoded(frame: Frame): LghvPacket | ProtocolError {
  try {
    return decodeFrame(frame, TEXT);
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
}

type Known = Exclude<LghvPacket, { type: 'unrecognised' }>;
type Right = Extract<Verdict, { kind: 'packet' }>;

/** Each value must be the one that the specification sees there; texts are compared when they are written again. */
function compare(packet: Known, { name, values }: Right): void {
  const type = name === 'sealedInternationalSms' ? 'deliverInternationalSms' : name;
  if (packet.type !== type) wrong(`${type} was taken for ${packet.type}`);
  compareValues(packet.values, values);
}

function compareValues(
  found: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): void {
  const names = Object.keys(found).sort().join();
  if (names !== Object.keys(expected).sort().join()) wrong(`has the values ${names}`);
  for (const [field, value] of Object.entries(expected)) {
    const other = found[field];
    if (field === 'parts' && Array.isArray(value) && Array.isArray(other)) {
      if (value.length !== other.length) wrong(`${other.length} parts, not ${value.length}`);
      for (const [index, part] of value.entries()) compareValues(other[index], part);
    } else if (value instanceof Uint8Array) {
      const isText = typeof other === 'string';
      if (!isText && !(other instanceof Uint8Array && isSame(value, other)))
        wrong(`${field} is not its bytes`);
    } else if (value !== other) wrong(`${field} is not what stands there`);
  }
}

/** What was read is written again: the same bytes, but for what was read leniently. */
function rewrite(values: Readonly<Record<string, unknown>>, { canonical, name, outgrown }: Right): void {
  const [type, table] = TABLES[name];
  try {
    const again = encodeFrame(type, table as Packet, writable(values, name), TEXT, () => BEFORE_PARTS);
    if (outgrown) wrong('a text that outgrew its field was written');
    const at = firstDifference(again.subarray(HEADER), canonical);
    if (at !== -1) wrong(`${name} is written with another byte at ${at} of its body`);
  } catch (error) {
    if (!(error instanceof FieldError) || !outgrown) throw error;
  }
}

/** Fields of single bytes are written in printable ASCII only; texts of any charset are not touched. */
function writable(values: Readonly<Record<string, unknown>>, name: PacketName): Record<string, unknown> {
  const texts = ['text', 'subject', 'kSubject', 'smsMsg', 'btnData', 'extend'];
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => {
      if (Array.isArray(value)) return [field, value.map((part) => writable(part, name))];
      if (typeof value !== 'string' || texts.includes(field)) return [field, value];
      return [field, value.replaceAll(/[^ -~]/g, '?')];
    }),
  );
}

/** A key that is not the peer's: nearly nothing decrypts, and whatever does must be harmless. */
const KEY = Uint8Array.from({ length: 16 }, (_, index) => index);
const aes: Cipher = {
  encrypt(bytes) {
    const cipher = createCipheriv('aes-128-cbc', KEY, KEY);
    return joined(cipher.update(bytes), cipher.final());
  },
  decrypt(bytes) {
    const decipher = createDecipheriv('aes-128-cbc', KEY, KEY);
    return joined(decipher.update(bytes), decipher.final());
  },
};

const DELIVER_TYPES: Partial<Record<Known['type'], string>> = {
  deliverSms: 'SMS',
  deliverInternationalSms: 'SMS',
  deliverLms: 'LMS',
  deliverMms: 'MMS',
  deliverKko: 'KKO',
};

function open(packet: Known): void {
  if (!packet.type.startsWith('deliver') || packet.type === 'deliverAck') return;
  const deliverType = DELIVER_TYPES[packet.type];
  const deliver = { ...(deliverType === undefined ? {} : { deliverType }), ...packet.values };
  try {
    openDeliver(deliver as AnyDeliver, aes, TEXT);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  if (isSame(a, b)) return -1;
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at === -1 ? Math.min(a.length, b.length) : at;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function wrong(message: string): never {
  throw new WrongVerdict(message);
}
