/** Bytes that lie as only LGHV's can: about lengths, counts and sizes, and about an end that never comes. */
import { joined } from '../harness/damages.js';
import type { Attack } from '../harness/protocol.js';
import type { Random } from '../harness/random.js';
import { frameOf, headed, validFrame } from './frames.js';
import { BEFORE_PARTS, type PacketName } from './layout.js';
import { ascii, HEADER } from './oracle.js';

const MSGLEN = 1;
const TAIL = 5;
const DATACNT = HEADER + BEFORE_PARTS - 1;
const DATA_SIZE = HEADER + BEFORE_PARTS + 34;
const TEXT_SIZE = HEADER + 280;
const WITH_PARTS: readonly PacketName[] = ['deliverMms', 'deliverKakaoImage'];

export const ATTACKS: readonly Attack[] = [
  { name: 'MSGLEN lies', weight: 8, make: (random) => lied(validFrame(random).bytes, MSGLEN, 4, random) },
  {
    name: 'DATACNT lies',
    weight: 4,
    make: (random) => lied(withParts(random), DATACNT, 1, random),
  },
  {
    name: 'DATA_SIZE lies',
    weight: 4,
    make: (random) => lied(withParts(random), DATA_SIZE, 8, random),
  },
  {
    name: 'TEXT_SIZE, BUTTON_SIZE or EXTEND_SIZE lies',
    weight: 4,
    make: (random) => lied(frameOf('deliverKakao', random).bytes, TEXT_SIZE + 4 * random.below(3), 4, random),
  },
  {
    name: 'too many parts',
    weight: 1,
    make: (random) => frameOf(random.pick(WITH_PARTS), random, random.between(5, 9)).bytes,
  },
  {
    name: 'tail damaged',
    weight: 2,
    make(random) {
      const bytes = validFrame(random).bytes.slice();
      bytes.set(random.chance(0.3) ? ascii('\0??') : random.bytes(3), TAIL);
      return bytes;
    },
  },
  { name: 'noise behind a header', weight: 8, make: (random) => headed(random, random.bytes(size(random))) },
  {
    name: 'NULs or spaces behind a header',
    weight: 2,
    make: (random) => headed(random, new Uint8Array(size(random)).fill(random.pick([0, 0x20, 0x30, 0x39]))),
  },
  { name: 'no end', weight: 0.3, make: endless },
];

/** Sizes of bodies: those of the tables, around them, and any. */
function size(random: Random): number {
  const known = random.pick([1, 5, 32, 40, 54, 92, 100, 108, 130, 131, 280, 281, 282, 292, 331, 375]);
  return random.chance(0.6) ? Math.max(0, known + random.between(-1, 1)) : random.below(700);
}

/** A frame in which a number, left-aligned in its field, says something else. */
function lied(frame: Uint8Array, offset: number, width: number, random: Random): Uint8Array {
  const bytes = frame.slice();
  const field = bytes.subarray(offset, offset + width);
  const told = Number.parseInt(String.fromCharCode(...field), 10) || 0;
  const most = 10 ** width - 1;
  const number = random.pick([
    told + 1,
    Math.max(0, told - 1),
    told * 2,
    told * 10,
    0,
    BEFORE_PARTS,
    307_200,
    307_201,
    most,
    random.below(1000),
  ]);
  const text = String(Math.min(number, most));
  field.fill(0);
  field.set(
    ascii(
      random
        .pick([
          text,
          text.padStart(width, '0'),
          text.padStart(width, ' '),
          text.padEnd(width, ' '),
          text.padStart(width, '\0'),
          `-${text}`,
          `+${text}`,
          `${text.slice(0, 1)} ${text.slice(1)}`,
          `${text}.0`,
          `0x${text}`,
          '',
          ' '.repeat(width),
        ])
        .slice(0, width),
    ),
  );
  return bytes;
}

function withParts(random: Random): Uint8Array {
  return frameOf(random.pick(WITH_PARTS), random).bytes;
}

const ENDLESS = 65_536;

/** A long stream in which no frame ends, or nothing but the smallest frames. */
function endless(random: Random): Uint8Array {
  switch (random.below(5)) {
    case 0:
      return joined(promise(random), random.bytes(ENDLESS));
    case 1:
      return new Uint8Array(ENDLESS).fill(random.pick([0x00, 0x20, 0x30, 0x39, 0x64, 0xff]));
    case 2:
      return repeated(ascii(`${random.pick(['x', 'l', 'd', 'r'])}0\0\0\0\0\u00fe\u00ff`), 2000);
    case 3:
      return repeated(frameOf('linkCheck', random).bytes, 2000);
    default:
      return joined(ascii('d9999\0\u00fe\u00ff'), random.bytes(random.below(9998)));
  }
}

/** The head of an MMS of four parts, each said to be as large as it may be. */
export function promise(random: Random): Uint8Array {
  const frame = frameOf('deliverMms', random).bytes.slice(0, HEADER + BEFORE_PARTS + 50);
  frame.set(ascii('281\0'), MSGLEN);
  frame.set(ascii('4'), DATACNT);
  frame.set(ascii('307200\0\0'), DATA_SIZE);
  return frame;
}

function repeated(bytes: Uint8Array, count: number): Uint8Array {
  return joined(...Array.from({ length: count }, () => bytes));
}
