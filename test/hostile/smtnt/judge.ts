import { isDeepStrictEqual } from 'node:util';
import { aesCipher, nodeCompression } from '@pabal/gateway-smtnt';
import {
  Codec,
  type Compression,
  createFrameReader,
  explainCapture,
  type KnownPacket,
  MAX_PACKET_BYTES,
  type Packet,
  portableCompression,
} from '@pabal/protocol-smtnt';
import { GOLDEN_IV, GOLDEN_KEY } from '@pabal/protocol-smtnt/testing';
import { FieldError, ProtocolError } from '@pabal/wire';
import { type Tally, WrongVerdict } from '../harness/protocol.js';
import type { Random } from '../harness/random.js';
import { looksSealed, type Reading, readPacked } from './reading.js';

/** What one packet may unpack to here: enough for the longest good one, so that bombs are small. */
export const MAX_INFLATED_BYTES = 128 * 1024;
/** The longest header line that is waited for. */
const MAX_LINE_BYTES = 40;

const cipher = aesCipher(GOLDEN_KEY, GOLDEN_IV);
const compressions: readonly (readonly [string, Compression])[] = [
  ['node', nodeCompression],
  ['portable', portableCompression],
];
const codecs = [false, true].map((isEncrypted) =>
  compressions.map(([name, compression]) => {
    const mode = isEncrypted ? 'encrypted' : 'plain';
    return [name, new Codec({ cipher, compression, mode, maxInflatedBytes: MAX_INFLATED_BYTES })] as const;
  }),
);

/**
 * Reads the stream as a session does, and a second time with nothing of ours.
 * @throws WrongVerdict when the two differ, when anything but a {@link ProtocolError} comes up, or when bytes are held
 * that nobody waits for.
 */
export function judge(chunks: readonly Uint8Array[], random: Random, tally: Tally): void {
  const expected = framesOf(Buffer.concat(chunks));
  const { bodies, end } = cut(chunks);
  if (end !== expected.end || !isDeepStrictEqual(bodies, expected.bodies)) {
    throw new WrongVerdict(
      `${bodies.length} frames, ${end}, instead of ${expected.bodies.length}, ${expected.end}`,
    );
  }
  const [first] = bodies;
  // Mostly on the kind of connection that it was made for.
  const isSealed = first !== undefined && looksSealed(first, MAX_INFLATED_BYTES);
  const isEncrypted = random.chance(0.9) === isSealed;
  for (const body of bodies) {
    const reading = readPacked(body, isEncrypted, MAX_INFLATED_BYTES);
    for (const [name, codec] of codecs[isEncrypted ? 1 : 0] ?? []) compare(name, codec, body, reading);
    if (reading === undefined) tally.refused++;
    else if (reading.method === 'unrecognised') tally.unrecognised++;
    else tally.accepted++;
  }
  if (end !== 'whole') tally[end]++;
}

/** Explains the bytes, unpacked in either way, with keys or without. @throws WrongVerdict */
export function explain(bytes: Uint8Array, random: Random): void {
  const [, compression] = random.pick(compressions);
  const privateKey = { cipher: (key: string) => aesCipher(key, GOLDEN_IV) };
  const keys = random.chance(0.5) ? {} : { cipher, privateKey };
  const frames = explainCapture(bytes, { ...keys, compression, maxInflatedBytes: MAX_INFLATED_BYTES });
  const size = frames.reduce((sum, frame) => sum + frame.size, 0);
  if (size !== bytes.length) throw new WrongVerdict(`explained ${size} bytes of ${bytes.length}`);
}

/** Readers that each wait for the longest packet there may be. */
export function hoard(count: number): unknown {
  return Array.from({ length: count }, () => {
    const reader = createFrameReader();
    for (const _ of reader.push(Buffer.from(`Content-Length:${MAX_PACKET_BYTES}\r\nx`)))
      throw new WrongVerdict('a frame');
    return reader;
  });
}

/** Where a stream stops: behind a frame, within one, or where no frame can be. */
type End = 'whole' | 'waiting' | 'broken';

function cut(chunks: readonly Uint8Array[]): { readonly bodies: readonly Buffer[]; readonly end: End } {
  const reader = createFrameReader();
  const bodies: Buffer[] = [];
  try {
    for (const chunk of chunks) for (const { body } of reader.push(chunk)) bodies.push(Buffer.from(body));
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { bodies, end: 'broken' };
  }
  const { buffered } = reader;
  if (buffered > MAX_LINE_BYTES + MAX_PACKET_BYTES) throw new WrongVerdict(`${buffered} bytes are held`);
  return { bodies, end: buffered === 0 ? 'whole' : 'waiting' };
}

/** The frames of a stream by the words of the specification: broken at what can become no header line. */
function framesOf(bytes: Buffer): { readonly bodies: readonly Buffer[]; readonly end: End } {
  const bodies: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = bytes.toString('latin1', at, at + MAX_LINE_BYTES + 2);
    const line = /^content-length: *(\d{1,10}) *\r\n/i.exec(start);
    if (!line) return { bodies, end: mayBecomeLine(start) ? 'waiting' : 'broken' };
    const size = Number(line[1]);
    if (line[0].length + size > MAX_LINE_BYTES + MAX_PACKET_BYTES) return { bodies, end: 'broken' };
    const body = bytes.subarray(at + line[0].length, at + line[0].length + size);
    if (body.length < size) return { bodies, end: 'waiting' };
    bodies.push(body);
    at += line[0].length + size;
  }
  return { bodies, end: 'whole' };
}

function mayBecomeLine(start: string): boolean {
  const name = 'content-length:';
  if (!name.startsWith(start.slice(0, name.length).toLowerCase())) return false;
  return /^ *(\d{0,10}|\d{1,10} *\r?)$/.test(start.slice(name.length)) && start.length <= MAX_LINE_BYTES;
}

function compare(name: string, codec: Codec, body: Uint8Array, reading: Reading): void {
  let packet: Packet | undefined;
  try {
    packet = codec.decode(body);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
  if (!isDeepStrictEqual(packet === undefined ? undefined : positive(packet), reading)) {
    throw new WrongVerdict(`${name}: ${packet?.method ?? 'refused'} instead of ${reading?.method ?? 'none'}`);
  }
  if (packet !== undefined && packet.method !== 'unrecognised') rewrite(codec, packet);
}

/** Minus nothing is nothing. */
function positive(packet: Packet): object {
  if (packet.method === 'unrecognised') return { ...packet };
  const body = Object.entries(packet.body).map(([name, value]) => [name, value === 0 ? 0 : value]);
  return { method: packet.method, body: Object.fromEntries(body) };
}

/** What was read is written so that it is read again; or it breaks a rule for what is written. */
function rewrite(codec: Codec, packet: KnownPacket): void {
  let frame: Uint8Array;
  try {
    frame = codec.encode(packet);
  } catch (error) {
    if (error instanceof FieldError) return;
    throw error;
  }
  const again = codec.decode(frame.subarray(frame.indexOf(0x0a) + 1));
  if (!isDeepStrictEqual(positive(again), positive(packet)))
    throw new WrongVerdict('written as something else');
}
