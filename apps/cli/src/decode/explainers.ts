import { nodeCompression, aesCipher as smtntCipher } from '@pabal/gateway-smtnt';
import { explainCapture as explainSmtnt } from '@pabal/protocol-smtnt';
import type { ExplainedFrame } from '@pabal/wire';
import { UsageError } from '../failure.js';
import type { Keys } from './keys.js';

/** Explains a capture with what is known of its keys. Never throws for what the capture holds. */
export type Explainer = (bytes: Uint8Array, keys: Keys) => ExplainedFrame[];

/** By the protocol's name on the command line. @throws UsageError for a key that is none */
export const EXPLAINERS: Readonly<Record<string, Explainer>> = {
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

function made<T>(cipher: () => T): T {
  try {
    return cipher();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`the key does not fit: ${error.message}`);
    throw error;
  }
}
