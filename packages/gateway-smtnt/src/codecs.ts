import { type BodyCipher, Codec } from '@pabal/protocol-smtnt';
import { nodeCompression } from './compression.js';
import type { SmtntConfig } from './config.js';
import { aesCipher } from './crypto.js';

/** Where the connections of one configured gateway get their codecs. */
export interface CodecSource {
  /** With which a connection begins. */
  readonly first: Codec;
  /**
   * Makes the codec of a received key; undefined where everything goes with the first one.
   * @throws KeyTooShortError
   */
  readonly keyed: ((key: string) => Codec) | undefined;
}

/** Stands in for a cipher while there is no key: whatever comes encrypted now can't be read. */
const noKeyYet: BodyCipher = {
  encrypt: refuse,
  decrypt: refuse,
};

function refuse(): never {
  throw new Error('there is no key yet');
}

/** For checking messages: nothing that it writes is encrypted. */
export const plainCodec = new Codec({ cipher: noKeyYet, compression: nodeCompression });

/** The codecs of a configuration: one with the configured key, or one for each key that a login gets (SMTNT 1.3). */
export function codecsOf({ crypto, privateKeyField }: SmtntConfig): CodecSource {
  const compression = nodeCompression;
  if (crypto.mode === 'plain') {
    return {
      first: new Codec({ cipher: aesCipher(crypto.key ?? '', crypto.iv), compression }),
      keyed: undefined,
    };
  }
  const mode = 'encrypted';
  const options = privateKeyField === undefined ? {} : { privateKeyField };
  return {
    first: new Codec({ cipher: noKeyYet, compression, mode, ...options }),
    keyed: (key) => new Codec({ cipher: aesCipher(key, crypto.iv), compression, mode }),
  };
}
