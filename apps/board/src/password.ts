import { createHash, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** What a stored hash says about how it was made. */
interface ScryptHash {
  readonly options: ScryptOptions;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** Who may come in. With neither password nor hash, everybody. */
export interface Credentials {
  readonly user: string;
  readonly password?: string | undefined;
  /** As {@link hashPassword} makes it. */
  readonly passwordHash?: string | undefined;
}

/** Resolves to whether name and password are right. Takes the same time whichever of them is wrong. */
export type PasswordCheck = (user: string, password: string) => Promise<boolean>;

const FORMAT =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})$/;

const COST = { ln: 15, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Weaker ones are not worth the name, stronger ones would be a way to stop the board. */
const LIMITS = { ln: [14, 18], r: [8, 16], p: [1, 4], salt: [8, 64], hash: [16, 64] } as const;

function within(value: number, [min, max]: readonly [number, number]): boolean {
  return value >= min && value <= max;
}

function optionsOf(ln: number, r: number, p: number): ScryptOptions {
  const N = 2 ** ln;
  return { N, r, p, maxmem: 256 * N * r };
}

function parseHash(written: string): ScryptHash | undefined {
  const [, ln, r, p, salt64, hash64] = FORMAT.exec(written) ?? [];
  if (salt64 === undefined || hash64 === undefined) return undefined;
  const salt = Buffer.from(salt64, 'base64');
  const hash = Buffer.from(hash64, 'base64');
  const sound =
    within(Number(ln), LIMITS.ln) &&
    within(Number(r), LIMITS.r) &&
    within(Number(p), LIMITS.p) &&
    within(salt.length, LIMITS.salt) &&
    within(hash.length, LIMITS.hash);
  return sound ? { options: optionsOf(Number(ln), Number(r), Number(p)), salt, hash } : undefined;
}

/** True for a hash that {@link passwordCheck} takes: ln 14-18, r 8-16, p 1-4, salt 8-64 bytes, hash 16-64 bytes. */
export function isPasswordHash(written: string): boolean {
  return parseHash(written) !== undefined;
}

/** A hash for `board.passwordHash`: `$scrypt$ln=15,r=8,p=1$<salt>$<hash>`, both in base64 without padding. */
export async function hashPassword(
  password: string,
  salt: Buffer = randomBytes(SALT_BYTES),
): Promise<string> {
  const { ln, r, p } = COST;
  const hash = await derive(password, salt, HASH_BYTES, optionsOf(ln, r, p));
  const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`;
}

/** Compares digests, so that neither the place of the first difference nor the length shows in the time. */
function equal(a: string | Buffer, b: string | Buffer): boolean {
  const digest = (value: string | Buffer) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * The check that these credentials ask for; `undefined` when they ask for none. The hash must be one that
 * {@link isPasswordHash} takes.
 */
export function passwordCheck({ user, password, passwordHash }: Credentials): PasswordCheck | undefined {
  if (password !== undefined) {
    return async (givenUser, given) => {
      const rightUser = equal(givenUser, user);
      return equal(given, password) && rightUser;
    };
  }
  if (passwordHash === undefined) return undefined;
  const stored = parseHash(passwordHash);
  if (stored === undefined) return async () => false;
  return async (givenUser, given) => {
    const rightUser = equal(givenUser, user);
    const made = await derive(given, stored.salt, stored.hash.length, stored.options);
    return timingSafeEqual(made, stored.hash) && rightUser;
  };
}
