import type { KnownPacket } from '../codec.js';
import { isMethodName } from '../methods.js';

/**
 * A packet typed by hand from the specification: the JSON of its body in the order of the table, and the bytes that
 * other tools than ours made of it.
 *
 * - `packed`: the envelope of a plain connection through C zlib 1.2.13 at level 9 (python3's `zlib.compress`), Base64
 * - `sealed`: the body through `openssl enc -aes-128-cbc` with {@link GOLDEN_KEY} and {@link GOLDEN_IV}, Base64
 * - `sealedPacked`: the envelope of an encrypted connection through C zlib, as above
 *
 * `length` and `sealedLength` are the numbers of the header lines.
 */
export interface GoldenVector {
  /** Section of the specification and what is special. */
  readonly name: string;
  readonly method: string;
  /** Compact JSON; undefined where the method has no Body. */
  readonly body?: string;
  /** What the body means, where that is another JSON than itself: such a body is read, but never written. */
  readonly means?: string;
  /** Whether the body is encrypted on a connection that is not (SMTNT 1.3). */
  readonly alwaysSealed?: true;
  /** Name of the key's field in PrivateKeyRes, where it is configured. */
  readonly privateKeyField?: string;
  readonly length: number;
  readonly packed: string;
  readonly sealed?: string;
  readonly sealedLength?: number;
  readonly sealedPacked?: string;
}

/** 16 bytes each. */
export const GOLDEN_KEY = 'golden-key-01234';
export const GOLDEN_IV = 'golden-iv-567890';

/** The lines of a typed JSON without the line breaks and blanks that part them; its own escapes stay as typed. */
export function compact(strings: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: strings.raw }, ...values).replaceAll(/\s*\n\s*/g, '');
}

/** Three bytes of UTF-8 each. */
export const hangul = (count: number): string => '가나다라마바사아자차카타파하'.repeat(count).slice(0, count);
/** One byte each. */
export const digits = (count: number): string => '1234567890'.repeat(Math.ceil(count / 10)).slice(0, count);

/** What JSON itself makes of the typed body. */
export function packetOf({ method, body = '{}', means = body }: GoldenVector): KnownPacket {
  if (!isMethodName(method)) throw new Error(`${method} has no table`);
  return { method, body: JSON.parse(means) } as KnownPacket;
}
