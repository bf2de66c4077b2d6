import { aesCipher as lghvCipher } from '@pabal/gateway-lghv';
import { nodeCompression, aesCipher as smtntCipher } from '@pabal/gateway-smtnt';
import { explainCapture as explainLghv } from '@pabal/protocol-lghv';
import { explainCapture as explainSmtnt } from '@pabal/protocol-smtnt';
import type { Charset, ExplainedFrame } from '@pabal/wire';
import { UsageError } from '../failure.js';
import type { Keys } from './keys.js';

/** Those of LGHV texts. */
export const CHARSETS: readonly Charset[] = ['cp949', 'euc-kr', 'utf-8'];

/** Explains a capture with what is known of its keys. Never throws for what the capture holds. */
export type Explainer = (bytes: Uint8Array, keys: Keys) => ExplainedFrame[];

/** By the protocol's name on the command line. @throws UsageError for a key that is none */
export const EXPLAINERS: Readonly<Record<string, Explainer>> = {
  lghv(bytes, { key, iv, charset }) {
    if ((key === undefined) !== (iv === undefined))
      throw new UsageError('LGHV needs a key and its initialisation vector: --key and --iv');
    return explainLghv(bytes, {
      text: { charset: CHARSETS.find((known) => known === charset) ?? 'cp949', unmappable: 'reject' },
      ...(key === undefined || iv === undefined ? {} : { cipher: made(() => lghvCipher(key, iv)) }),
    });
  },
  smtnt(bytes, { key, iv, privateKeyField }) {
    if (key !== undefined && iv === undefined) throw ivMissing();
    return explainSmtnt(bytes, {
      compression: nodeCompression,
      ...(key === undefined || iv === undefined ? {} : { cipher: made(() => smtntCipher(key, iv)) }),
      ...(iv === undefined
        ? {}
        : {
            privateKey: {
              ...(privateKeyField === undefined ? {} : { field: privateKeyField }),
              cipher: (privateKey: string) => smtntCipher(privateKey, iv),
            },
          }),
    });
  },
};

/** TAIL ends the header of every LGHV packet (LGHV 2.1). */
const LGHV_TAIL = { at: 5, bytes: [0x00, 0xfe, 0xff] };
/** Every SMTNT packet begins with this line, in whatever letters (SMTNT 3). */
const SMTNT_BEGINNING = 'content-length';

/** The protocol whose marks stand where the first packet has them; undefined where there are none. Pure. */
export function likelyProtocol(bytes: Uint8Array): string | undefined {
  const beginning = String.fromCharCode(...bytes.subarray(0, SMTNT_BEGINNING.length)).toLowerCase();
  if (beginning === SMTNT_BEGINNING) return 'smtnt';
  const { at, bytes: tail } = LGHV_TAIL;
  return tail.every((byte, index) => bytes[at + index] === byte) ? 'lghv' : undefined;
}

function ivMissing(): UsageError {
  return new UsageError('a key needs its initialisation vector: --iv');
}

/** Nothing but a key or a vector that does not fit stops a cipher from being made. */
function made<T>(cipher: () => T): T {
  try {
    return cipher();
  } catch (error) {
    throw new UsageError(`the key does not fit: ${(error as Error).message}`, { cause: error });
  }
}
