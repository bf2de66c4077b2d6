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
