import { goldenVectors } from '@pabal/protocol-smtnt/testing';
import type { Attack, ValidFrame } from '../harness/protocol.js';
import type { Random } from '../harness/random.js';
import { hostileText, otherValues } from './bodies.js';
import { bombs, heavyTexts, packed, wronglyPacked } from './packing.js';

const golden: readonly ValidFrame[] = goldenVectors.flatMap((vector) => {
  const { method: name, length, packed: plain, sealedLength, sealedPacked } = vector;
  const frames = [{ name, ...framed(Buffer.from(plain, 'base64'), length) }];
  if (sealedPacked === undefined || sealedLength === undefined) return frames;
  return [...frames, { name, ...framed(Buffer.from(sealedPacked, 'base64'), sealedLength) }];
});

/** A packet of the golden ones: as it is, or with other values and packed in another way. */
export function validFrame(random: Random): ValidFrame {
  if (random.chance(0.5)) return random.pick(golden);
  const { method, body, alwaysSealed } = random.pick(goldenVectors);
  if (alwaysSealed || method === 'PrivateKeyRes') return random.pick(golden);
  const rest = body === undefined ? '' : `,"Body":${otherValues(body, random)}`;
  return { name: method, ...framed(packed(`{"Header":{"Method":"${method}"}${rest}}`, random)) };
}

/** What only this protocol knows: its header line, its packing, its JSON, its encryption. */
export const attacks: readonly Attack[] = [
  { name: 'JSON of another shape', weight: 50, make: (random) => framed(hostilePacked(random)).bytes },
  { name: 'packed wrongly', weight: 20, make: (random) => framed(wrong(random)).bytes },
  { name: 'length that lies', weight: 15, make: lyingLength },
  { name: 'broken header line', weight: 15, make: brokenLine },
  { name: 'bomb', weight: 0.3, make: (random) => framed(random.pick(bombs)).bytes },
  { name: 'much work', weight: 0.3, make: (random) => framed(packed(random.pick(heavyTexts), random)).bytes },
];

function hostilePacked(random: Random): Buffer {
  return packed(hostileText(random), random);
}

function wrong(random: Random): Buffer {
  return wronglyPacked(hostileText(random).toString(), random);
}

export function framed(body: Buffer, length = body.length): Pick<ValidFrame, 'bytes' | 'borders'> {
  const line = Buffer.from(`Content-Length:${length}\r\n`);
  const inner = [0, 2, Math.floor(body.length / 2), body.length - 4].map((offset) => line.length + offset);
  const bytes = Buffer.concat([line, body]);
  return { bytes, borders: [...inner, bytes.length].filter((border) => border <= bytes.length) };
}

/** A header line that is one, or nearly, but tells something else than what follows. */
function lyingLength(random: Random): Buffer {
  const body = hostilePacked(random);
  const size = body.length;
  const far = [262_144, 262_145, 262_185, 2 ** 31, 4_294_967_296, 9_999_999_999, 18_446_744_073_709_551_615n];
  const lie = random.pick([0, 1, size - 1, size + 1, random.below(4000), ...far]);
  const notations = [
    `${lie}`,
    `000${lie}`,
    ` ${lie} `,
    `-${lie}`,
    `+${lie}`,
    `${lie}.0`,
    `${lie}e1`,
    `0x${lie}`,
  ];
  const line = Buffer.from(`Content-Length:${random.chance(0.5) ? lie : random.pick(notations)}\r\n`);
  return Buffer.concat([line, body, random.pick(golden).bytes]);
}

/** Lines that never become a header, become one late, or are one in other words. */
function brokenLine(random: Random): Buffer {
  const size = random.below(random.chance(0.9) ? 40 : 20_000);
  const lines = [
    `Content-Length:${'0'.repeat(size)}`,
    `Content-Length:${' '.repeat(size)}`,
    `Content-Length: 40${' '.repeat(size)}\r\n`,
    `Content-Length:${'9'.repeat(size)}\r\n`,
    'C'.repeat(1 + size),
    'Content-Length'.slice(0, size),
    'Content-Length:40\r',
    'Content-Length:40\n',
    'Content-Length:40\n\r',
    'Content\rLength:40\r\n',
    'CONTENT-LENGTH : 40\r\n',
    'Content-Length:4 0\r\n',
    'Content-Length:\t40\r\n',
    'Content-Length:\u0000\u0000\r\n',
    '\r\nContent-Length:40\r\n',
    'Content-Type:json\r\nContent-Length:40\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    '\ufeffContent-Length:40\r\n',
  ];
  return Buffer.concat([Buffer.from(random.pick(lines)), random.pick(golden).bytes]);
}
