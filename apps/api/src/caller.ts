import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { API_SCOPES, type ApiScope, type Sections } from '@pabal/runtime';
import { ApiProblem } from './problem-details.js';

export type ApiKeyConfig = Sections['api']['keys'][number];

/** Who asks. */
export interface Caller {
  /** Name of the key; stands in logs and metrics. */
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  /** Messages a second. */
  readonly perSecond?: number | undefined;
  /** Where results go, and which queue may be read. */
  readonly replyTo?: string | undefined;
  /** Name of the webhook that results are delivered to. */
  readonly webhook?: string | undefined;
}

/** Whoever is on this machine, where no keys are configured. */
const LOCAL: Caller = { name: 'local', scopes: API_SCOPES };

const KEY_BYTES = 32;
const BEARER = /^Bearer +([\x21-\x7e]{1,512})$/i;

/** Makes a key: 256 bits of chance, with a beginning by which secret scanners find it. */
export function makeApiKey(random: (bytes: number) => Buffer = randomBytes): string {
  return `pabal_${random(KEY_BYTES).toString('base64url')}`;
}

/**
 * The hash of a key as the configuration holds it. A single SHA-256, since a key is chance and not a password: nobody can
 * try 2^256 of them.
 */
export function hashApiKey(key: string): string {
  return `sha256:${digestOf(key).toString('hex')}`;
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** The keys of a configuration. */
export class KeyRing {
  readonly #keys: readonly { readonly digest: Buffer; readonly caller: Caller }[];

  constructor(keys: readonly ApiKeyConfig[]) {
    this.#keys = keys.map(({ hash, ...caller }) => ({
      digest: Buffer.from(hash.slice(hash.indexOf(':') + 1), 'hex'),
      caller,
    }));
  }

  /** Without keys whoever is on this machine may do everything. */
  get isEmpty(): boolean {
    return this.#keys.length === 0;
  }

  /**
   * Who sends this `Authorization` header. Every key is compared, each in constant time.
   * @throws ApiProblem key-required, key-unknown
   */
  caller(authorization: string | undefined): Caller {
    if (this.isEmpty) return LOCAL;
    const key = BEARER.exec(authorization ?? '')?.[1];
    if (key === undefined) {
      throw new ApiProblem('key-required', 'send the header Authorization: Bearer and a key', {
        headers: { 'www-authenticate': 'Bearer realm="pabal"' },
      });
    }
    const digest = digestOf(key);
    let found: Caller | undefined;
    for (const each of this.#keys) if (timingSafeEqual(each.digest, digest)) found = each.caller;
    if (found) return found;
    throw new ApiProblem('key-unknown', 'no key of the configuration has this value', {
      headers: { 'www-authenticate': 'Bearer realm="pabal", error="invalid_token"' },
    });
  }
}

/** @throws ApiProblem scope-missing */
export function assertScope({ scopes }: Caller, scope: ApiScope): void {
  if (scopes.includes(scope)) return;
  throw new ApiProblem('scope-missing', `the key lacks the scope ${scope}`, {
    headers: { 'www-authenticate': `Bearer realm="pabal", error="insufficient_scope", scope="${scope}"` },
  });
}
