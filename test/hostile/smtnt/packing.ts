import { constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { DAMAGES } from '../harness/damages.js';
import type { Random } from '../harness/random.js';

/** Packs a text as a peer may, whose zlib is any. */
export function packed(text: string | Buffer, random: Random): Buffer {
  const level = random.pick([1, 6, 9, 0]);
  const strategy = random.pick([
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_FIXED,
    constants.Z_RLE,
  ]);
  return deflateSync(text, { level, strategy });
}

/** Damaged as any bytes may be, whose fields nobody knows. */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  return random.pick(DAMAGES).apply({ name: '', bytes, borders: [bytes.length] }, random);
}

const MEGABYTE = 1024 * 1024;
const blanks = deflateSync(Buffer.alloc(4 * MEGABYTE, ' '), { level: 9 });
const zeros = deflateSync(Buffer.alloc(16 * MEGABYTE), { level: 9 });
const letters = deflateSync(
  `{"Header":{"Method":"MsgSendRes"},"Body":{"UserMsgId":"80","Result":0,"UserData":"${'가'.repeat(MEGABYTE)}"}}`,
  { level: 9 },
);
/** Each unpacks to about a thousand times its size, the nested one again. */
export const bombs: readonly Buffer[] = [
  blanks,
  zeros,
  letters,
  deflateSync(zeros),
  deflateSync(deflateSync(zeros)),
];
const members = Array.from({ length: 3000 }, (_, at) => `"k${at}":${at}`).join(',');

/** What no zlib stream of JSON is, or what is more than it looks like. */
export function wronglyPacked(text: string, random: Random): Buffer {
  const whole = packed(text, random);
  switch (random.below(9)) {
    case 0:
      return gzipSync(text);
    case 1:
      return deflateRawSync(text);
    case 2:
      return Buffer.from(text);
    case 3:
      return deflateSync(`${text}${' '.repeat(random.below(200_000))}`);
    case 4:
      return whole.subarray(0, random.below(whole.length));
    case 5:
      return Buffer.from(whole.toString('hex'));
    case 6:
      return Buffer.concat([whole, random.bytes(1 + random.below(20))]);
    case 7:
      return deflateSync(deflateSync(text));
    default:
      return Buffer.from(damaged(whole, random));
  }
}

/** Texts of which a careless reader makes much work. */
export const heavyTexts: readonly string[] = [
  '['.repeat(100_000),
  `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
  `{"Header":{"Method":"MsgSendRes"},"Body":${'{"a":'.repeat(10_000)}0${'}'.repeat(10_000)}}`,
  `{"Header":{"Method":"MsgSendRes"},"Body":{"UserMsgId":${'['.repeat(25_000)}${']'.repeat(25_000)},"Result":0}}`,
  `{"Header":{"Method":"MsgSendRes"},"Body":{${members},"UserMsgId":"80","Result":0}}`,
  `{"Header":{"Method":"ReportReq"},"Body":{"UserMsgId":"80","Result":"${'0'.repeat(50_000)}"}}`,
  `{"Header":{"Method":"${'A'.repeat(60_000)}"}}`,
  `{"Header":{"Method":"ReportReq"},"Body":{"UserMsgId":"${'\\u0041'.repeat(9_000)}","Result":1${'0'.repeat(500)}}}`,
  `{"Header":{"Method":"BindRes"},"Body":"${'A'.repeat(60_000)}"}`,
  `{"Header":{"Method":"BindRes"},"Body":"${' '.repeat(60_000)}"}`,
];
