/** Damages that any frame can suffer, whatever its protocol. */
import type { ValidFrame } from './protocol.js';
import type { Random } from './random.js';

interface Damage {
  readonly name: string;
  apply(frame: ValidFrame, random: Random): Uint8Array;
}

const ZERO = 0x30;
const NINE = 0x39;
const FILLINGS = [0x00, 0x20, 0x30, 0x39, 0x2d, 0x7f, 0x80, 0xff] as const;

export const DAMAGES: readonly Damage[] = [
  {
    name: 'bits flipped',
    apply: ({ bytes }, random) => changed(bytes, random, (byte) => byte ^ (1 << random.below(8))),
  },
  {
    name: 'bytes changed',
    apply: ({ bytes }, random) =>
      changed(bytes, random, () => (random.chance(0.5) ? random.below(256) : random.pick(FILLINGS))),
  },
  {
    name: 'end cut off',
    apply: ({ bytes, borders }, random) => bytes.slice(0, place(bytes, borders, random)),
  },
  {
    name: 'middle cut out',
    apply({ bytes, borders }, random) {
      const from = place(bytes, borders, random);
      return joined(bytes.subarray(0, from), bytes.subarray(from + random.between(1, 20)));
    },
  },
  {
    name: 'bytes inserted',
    apply({ bytes, borders }, random) {
      const at = place(bytes, borders, random);
      const many = random.chance(0.9) ? random.between(1, 20) : random.between(1, 600);
      return joined(bytes.subarray(0, at), random.bytes(many), bytes.subarray(at));
    },
  },
  {
    name: 'field repeated',
    apply({ bytes, borders }, random) {
      const [start, end] = span(bytes, borders, random);
      return joined(bytes.subarray(0, end), bytes.subarray(start));
    },
  },
  {
    name: 'field overwritten',
    apply({ bytes, borders }, random) {
      const [start, end] = span(bytes, borders, random);
      const copy = bytes.slice();
      if (random.chance(0.5)) copy.fill(random.pick(FILLINGS), start, end);
      else copy.set(random.bytes(Math.min(end - start, 400)), start);
      return copy;
    },
  },
  {
    name: 'digits exchanged',
    apply({ bytes }, random) {
      const digits = digitsOf(bytes);
      const copy = bytes.slice();
      if (digits.length === 0) return copy;
      for (let count = random.between(1, 3); count > 0; count--) {
        const [a, b] = [random.pick(digits), random.pick(digits)];
        const kept = copy[a] ?? 0;
        copy[a] = random.chance(0.5) ? (copy[b] ?? 0) : random.between(ZERO, NINE);
        copy[b] = kept;
      }
      return copy;
    },
  },
];

/** Somewhere in the frame; half the time around a border of its fields. */
function place(bytes: Uint8Array, borders: readonly number[], random: Random): number {
  if (borders.length === 0 || random.chance(0.5)) return random.below(bytes.length + 1);
  const around = random.pick(borders) + random.between(-1, 1);
  return Math.min(Math.max(around, 0), bytes.length);
}

function span(bytes: Uint8Array, borders: readonly number[], random: Random): [number, number] {
  const index = random.below(borders.length);
  return [index === 0 ? 0 : (borders[index - 1] ?? 0), borders[index] ?? bytes.length];
}

function changed(bytes: Uint8Array, random: Random, change: (byte: number) => number): Uint8Array {
  const copy = bytes.slice();
  // Files are long, and nothing in them is read: most changes hit what comes before them.
  const reach = random.chance(0.8) ? Math.min(copy.length, 600) : copy.length;
  for (let count = random.between(1, 6); count > 0 && reach > 0; count--) {
    const at = random.below(random.chance(0.3) ? Math.min(reach, 10) : reach);
    copy[at] = change(copy[at] ?? 0);
  }
  return copy;
}

function digitsOf(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at < Math.min(bytes.length, 4096); at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= ZERO && byte <= NINE) found.push(at);
  }
  return found;
}

export function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
