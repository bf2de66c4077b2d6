/** Frames of every type, written from the specification's tables with any values that they allow. */
import { joined } from '../harness/damages.js';
import type { ValidFrame } from '../harness/protocol.js';
import type { Random } from '../harness/random.js';
import { BEFORE_PARTS, LETTERS, MAX_DATA, PACKETS, PART, type PacketName, type Row } from './layout.js';
import { ascii } from './oracle.js';
import { isPair } from './text.js';

const NAMES = Object.keys(PACKETS) as readonly PacketName[];
const MAX_MSGLEN = 9999;
/** One file in so many is a large one: each costs as much as hundreds of small frames. */
const LARGE_FILE = 1 / 200;

export function validFrame(random: Random): ValidFrame {
  return frameOf(random.pick(NAMES), random);
}

/** @param parts of an MMS, KFI or KFW; 1 to 4 are allowed. */
export function frameOf(name: PacketName, random: Random, parts = random.between(1, 4)): ValidFrame {
  const fields: Uint8Array[] = [];
  write(PACKETS[name], random, fields, new Map(), parts);
  const body = fields.reduce((sum, field) => sum + field.length, 0);
  const hasParts = name === 'deliverMms' || name === 'deliverKakaoImage';
  const counted = hasParts && (body > MAX_MSGLEN || random.chance(0.5)) ? BEFORE_PARTS : body;
  const all = [ascii(LETTERS[name]), padded(ascii(String(counted)), 4), ascii('\0\u00fe\u00ff'), ...fields];
  const borders: number[] = [];
  for (const field of all) borders.push((borders.at(-1) ?? 0) + field.length);
  return { name, bytes: joined(...all), borders };
}

/** A header of a known type before bytes that are none of its own. */
export function headed(random: Random, body: Uint8Array): Uint8Array {
  const letter = LETTERS[random.pick(NAMES)];
  if (letter === 'd' && body.length > 26 && random.chance(0.8)) {
    const type = random.pick(['SMS', 'LMS', 'MMS', 'KFI', 'KFW', 'KKO', 'KKT', 'KKM', 'KFT']);
    body.set(ascii(`${random.pick(['0', '9'])}${type}\0`));
    if (random.chance(0.5)) body.set(padded(ascii(String(random.below(1e9))), 20), 5);
    if (random.chance(0.5)) body.set(ascii(random.pick(['0', '3', 'r'])), 25);
  }
  return joined(ascii(letter), padded(ascii(String(body.length)), 4), ascii('\0\u00fe\u00ff'), body);
}

function write(
  rows: readonly Row[],
  random: Random,
  fields: Uint8Array[],
  values: Map<string, Uint8Array>,
  parts = 0,
): void {
  // What a size speaks of comes behind it, and must be known before.
  for (const { rule } of rows) {
    if (rule.kind === 'variable text' && rule.sizedBy !== undefined) {
      values.set(rule.sizedBy, textOf(random, random.chance(0.3) ? rule.least : lengthTo(rule.most, random)));
    }
  }
  for (const { rule, size } of rows) {
    switch (rule.kind) {
      case 'one of':
        fields.push(padded(ascii(random.pick(rule.values)), size));
        break;
      case 'digits':
        fields.push(padded(digits(random, random.between(1, size)), size));
        break;
      case 'number': {
        const counted = rule.for === 'parts' ? parts : values.get(rule.for ?? '')?.length;
        const value = counted ?? random.below(10 ** random.between(1, Math.min(size, 7)));
        fields.push(padded(value === 0 && rule.zeroIsNul ? new Uint8Array() : ascii(String(value)), size));
        break;
      }
      case 'characters': {
        const most = rule.most ?? size;
        const length = random.chance(0.2) ? most : random.below(most + 1);
        const numeric = random.chance(0.5);
        const value = numeric
          ? digits(random, length)
          : Uint8Array.from({ length }, () => random.between(0x20, 0x7e));
        fields.push(padded(value, size));
        break;
      }
      case 'text':
        fields.push(padded(textOf(random, random.chance(0.2) ? size : random.below(size + 1)), size));
        break;
      case 'nothing':
        fields.push(new Uint8Array(size));
        break;
      case 'variable text': {
        const given = rule.sizedBy === undefined ? undefined : values.get(rule.sizedBy);
        if (given) fields.push(given);
        else if (rule.utf8WithNul) fields.push(joined(utf8Of(random, rule.most - 1), new Uint8Array(1)));
        else fields.push(textOf(random, Math.max(rule.least, lengthTo(rule.most, random))));
        break;
      }
      case 'parts':
        for (let part = 0; part < parts; part++) writePart(random, fields);
        break;
      default:
        rule satisfies never;
    }
  }
}

function writePart(random: Random, fields: Uint8Array[]): void {
  const size = random.chance(LARGE_FILE) ? random.between(1, MAX_DATA) : random.below(200);
  const data = size > 400 ? new Uint8Array(size).fill(random.below(256)) : random.bytes(size);
  write(PART, random, fields, new Map([['data', data]]));
  fields.push(data);
}

/** Most texts are short; some are as long as they may be. */
function lengthTo(most: number, random: Random): number {
  return random.chance(0.05) ? most : random.below(Math.min(most, 120) + 1);
}

/** A text of exactly so many bytes, of Hangul, Hanja, signs and ASCII, none of them NUL. */
function textOf(random: Random, size: number): Uint8Array {
  const text = new Uint8Array(size);
  for (let at = 0; at < size; at++) {
    const [lead, trail] = random.chance(0.8)
      ? [random.between(0xb0, 0xc8), random.between(0xa1, 0xfe)]
      : [random.between(0x81, 0xfe), random.between(0x41, 0xfe)];
    if (at + 1 < size && random.chance(0.7) && isPair(lead, trail)) {
      text[at++] = lead;
      text[at] = trail;
    } else text[at] = random.between(0x20, 0x7e);
  }
  return text;
}

function utf8Of(random: Random, most: number): Uint8Array {
  let text = 'A';
  const characters = random.chance(0.1) ? 75 : random.below(40);
  for (let count = 0; count < characters; count++) text += random.pick(['a', 'é', '가', '中', '😀', ' ']);
  return new TextEncoder().encode(text).length > most ? ascii('A') : new TextEncoder().encode(text);
}

function digits(random: Random, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => random.between(0x30, 0x39));
}

function padded(value: Uint8Array, size: number): Uint8Array {
  const field = new Uint8Array(size);
  field.set(value);
  return field;
}
