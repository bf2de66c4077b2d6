import { DAMAGES, joined } from './damages.js';
import type { HostileProtocol } from './protocol.js';
import type { Random } from './random.js';

/** Bytes to be given to a codec, and how they were made. */
export interface HostileCase {
  readonly made: string;
  readonly bytes: Uint8Array;
  readonly chunks: readonly Uint8Array[];
}

interface Maker {
  readonly weight: number;
  make(protocol: HostileProtocol, random: Random): { made: string; bytes: Uint8Array };
}

const MAKERS: readonly Maker[] = [
  {
    weight: 10,
    make(protocol, random) {
      const frames = Array.from({ length: random.between(1, 4) }, () => protocol.valid(random).bytes);
      return { made: 'intact', bytes: joined(...frames) };
    },
  },
  { weight: 45, make: damaged },
  {
    weight: 8,
    make(protocol, random) {
      const before = protocol.valid(random).bytes;
      const { made, bytes } = damaged(protocol, random);
      const after = protocol.valid(random).bytes;
      return { made: `${made}, among intact ones`, bytes: joined(before, bytes, after) };
    },
  },
  {
    weight: 32,
    make(protocol, random) {
      const attack = random.weighted(protocol.attacks);
      return { made: attack.name, bytes: attack.make(random) };
    },
  },
  { weight: 5, make: (_protocol, random) => ({ made: 'noise', bytes: random.bytes(random.below(400)) }) },
];

/** The case of this number in a run: it depends on nothing but its own stream of chance. */
export function makeCase(protocol: HostileProtocol, random: Random): HostileCase {
  const { made, bytes } = random.weighted(MAKERS).make(protocol, random);
  return { made, bytes, chunks: split(bytes, random) };
}

function damaged(protocol: HostileProtocol, random: Random): { made: string; bytes: Uint8Array } {
  const { name: made, apply } = random.pick(DAMAGES);
  return { made, bytes: apply(protocol.valid(random), random) };
}

/** Whole, in two, in some pieces, or byte by byte where that does not take long. */
function split(bytes: Uint8Array, random: Random): Uint8Array[] {
  if (random.chance(0.4)) return [bytes];
  if (bytes.length <= 600 && random.chance(0.1)) return Array.from(bytes, (byte) => Uint8Array.of(byte));
  const cuts = Array.from({ length: random.between(1, 6) }, () => random.below(bytes.length + 1));
  const ends = [...cuts, bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}
