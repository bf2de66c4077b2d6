import type { Random } from './random.js';

/** A frame that the specification allows, and where its fields end. */
export interface ValidFrame {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Offsets behind each field, in order. */
  readonly borders: readonly number[];
}

/** A way to make hostile bytes that only this protocol knows. */
export interface Attack {
  readonly name: string;
  /** How often it comes, beside the others of its protocol. */
  readonly weight: number;
  make(random: Random): Uint8Array;
}

/** What became of the frames in a stream. */
export interface Tally {
  /** Read as packets, and found right. */
  accepted: number;
  /** Refused as no packets, rightly. */
  refused: number;
  /** Well framed, of no known type. */
  unrecognised: number;
  /** Streams without a known frame border left, rightly. */
  broken: number;
  /** Streams that wait for more bytes, rightly. */
  waiting: number;
}

/** A codec is wrong: it threw what it must not, accepted what it must refuse, refused what it must accept, or misread. */
export class WrongVerdict extends Error {
  override readonly name = 'WrongVerdict';
}

/** What the harness needs of a protocol. Its judgement must come from the specification, never from the codec. */
export interface HostileProtocol {
  readonly name: string;
  /** A new frame of any type, with any values that it may have. */
  valid(random: Random): ValidFrame;
  readonly attacks: readonly Attack[];
  /**
   * Gives the stream to the codec, chunk by chunk, and compares all that it makes of it with what the specification
   * says. Adds to the tally.
   * @throws WrongVerdict
   */
  judge(chunks: readonly Uint8Array[], random: Random, tally: Tally): void;
  /** Explains the bytes, which must never throw. @throws WrongVerdict */
  explain(bytes: Uint8Array, random: Random): void;
  /** So many readers, each fed the start of a frame that promises as much as it may. They stay alive as long as the answer. */
  hoard(count: number, random: Random): unknown;
}
