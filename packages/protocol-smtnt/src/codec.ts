import { decodeText, encodeUtf8, ProtocolError } from '@pabal/wire';
import { decodeBase64, encodeBase64 } from './base64.js';
import { type Compression, portableCompression } from './compression.js';
import { frame } from './frame.js';
import { type BodyOf, isMethodName, type MethodName, type MethodTable, methods } from './methods.js';
import { readPrivateKey } from './private-key.js';
import { type AnyBody, readRows, writeRows } from './rows.js';

/** AES-128-CBC with PKCS#5 padding (SMTNT 1.3), given by who has it; the key and IV are inside. */
export interface BodyCipher {
  encrypt(plain: Uint8Array): Uint8Array;
  /** Throws anything when the bytes were not encrypted with this key. */
  decrypt(encrypted: Uint8Array): Uint8Array;
}

/** `plain`: only the login's and logout's bodies are encrypted. `encrypted`: every body is (SMTNT 1.3). */
export type CodecMode = 'plain' | 'encrypted';

export interface CodecOptions {
  readonly cipher: BodyCipher;
  /** Default: `plain`. */
  readonly mode?: CodecMode;
  /** Where a PrivateKeyRes holds its key, when that is known; see {@link readPrivateKey}. */
  readonly privateKeyField?: string;
  /** Default: {@link portableCompression}. */
  readonly compression?: Compression;
  /** Most bytes that a packet may unpack to. Default 1 MB. */
  readonly maxInflatedBytes?: number;
}

/** An envelope whose JSON parses, before its body is looked at. */
export interface Envelope {
  readonly method: string;
  /** As it stands in the JSON: still encrypted where the method's body is. */
  readonly body: unknown;
}

/** A packet of a method that has a table. */
export type KnownPacket = {
  [N in MethodName]: { readonly method: N; readonly body: BodyOf<N> };
}[MethodName];

/** What a frame may turn out to be: a packet, or the name of a method that we do not know. */
export type Packet = KnownPacket | { readonly method: 'unrecognised'; readonly name: string };

const DEFAULT_MAX_INFLATED_BYTES = 1024 * 1024;

/** Turns packets into frames and back, for one key and mode. */
export class Codec {
  readonly #cipher: BodyCipher;
  readonly #mode: CodecMode;
  readonly #privateKeyField: string | undefined;
  readonly #compression: Compression;
  readonly #maxInflatedBytes: number;

  constructor(options: CodecOptions) {
    this.#cipher = options.cipher;
    this.#mode = options.mode ?? 'plain';
    this.#privateKeyField = options.privateKeyField;
    this.#compression = options.compression ?? portableCompression;
    this.#maxInflatedBytes = options.maxInflatedBytes ?? DEFAULT_MAX_INFLATED_BYTES;
  }

  /** The envelope's JSON: compact, keys in the specification's order, without half a surrogate pair. @throws FieldError */
  json(packet: KnownPacket): string {
    const header = `{"Header":{"Method":"${packet.method}"}`;
    const table: MethodTable = methods[packet.method];
    if (table.rows === undefined) return `${header}}`;
    const plain = writeRows(table.rows, packet.body);
    return `${header},"Body":${this.#isSealed(table) ? this.#seal(plain) : plain}}`;
  }

  /** A whole frame, ready to be written. @throws FieldError */
  encode(packet: KnownPacket): Uint8Array {
    return frame(this.#compression.deflate(encodeUtf8(this.json(packet))));
  }

  /**
   * Unpacks the compressed part of a frame.
   * @throws ProtocolError `inflate-failed`, `inflate-too-long`, `not-json` or `wrong-shape`, step by step.
   */
  open(packed: Uint8Array): Envelope {
    const json = decodeText(this.#compression.inflate(packed, this.#maxInflatedBytes), 'utf-8');
    return readEnvelope(parseJson(json));
  }

  /**
   * Reads the body of an envelope by its method's table.
   * @throws ProtocolError `cannot-decrypt`, `not-encrypted`, `not-json`, `wrong-shape` or `no-private-key`
   */
  read(envelope: Envelope): Packet {
    const { method } = envelope;
    if (!isMethodName(method)) return { method: 'unrecognised', name: method };
    const table: MethodTable = methods[method];
    if (table.rows === undefined) return packetOf(method, {});
    if (method === 'PrivateKeyRes') {
      return { method, body: { PrivateKey: readPrivateKey(envelope.body, this.#privateKeyField) } };
    }
    return packetOf(method, readRows(method, table.rows, this.#unsealed(method, table, envelope.body)));
  }

  /**
   * The envelope with its body decrypted, where it was encrypted, but not yet judged by any table.
   * @throws ProtocolError `cannot-decrypt`, `not-encrypted` or `not-json`
   */
  unseal(envelope: Envelope): Envelope {
    const { method, body } = envelope;
    if (!isMethodName(method)) return envelope;
    return { method, body: this.#unsealed(method, methods[method], body) };
  }

  /** {@link open}, then {@link read}. */
  decode(packed: Uint8Array): Packet {
    return this.read(this.open(packed));
  }

  #seal(plain: string): string {
    return JSON.stringify(encodeBase64(this.#cipher.encrypt(encodeUtf8(plain))));
  }

  #isSealed({ sealed }: MethodTable): boolean {
    return sealed === 'always' || (sealed === 'inEncryptedMode' && this.#mode === 'encrypted');
  }

  #unsealed(method: string, table: MethodTable, body: unknown): unknown {
    if (!this.#isSealed(table)) return body;
    if (typeof body !== 'string') {
      // Some answers to a refused login come unencrypted; of anything else that would be another protocol.
      if (table.sealed === 'always') return body;
      throw new ProtocolError('not-encrypted', `${method}.Body`);
    }
    const encrypted = decodeBase64(body);
    if (encrypted === undefined) throw new ProtocolError('cannot-decrypt', `${method}.Body is no Base64`);
    return parseJson(decodeText(this.#decrypt(method, encrypted), 'utf-8'));
  }

  #decrypt(method: string, encrypted: Uint8Array): Uint8Array {
    try {
      return this.#cipher.decrypt(encrypted);
    } catch {
      // The cause may quote what it was given, so only the fact is passed on.
      throw new ProtocolError('cannot-decrypt', `${method}.Body, ${encrypted.length} bytes`);
    }
  }
}

/** The table that read the body is the one its type comes from. */
function packetOf(method: MethodName, body: AnyBody): Packet {
  return { method, body } as KnownPacket;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The parser's message quotes the text, which may be anybody's message.
    throw new ProtocolError('not-json', `${json.length} characters`);
  }
}

function readEnvelope(value: unknown): Envelope {
  const method = field(field(value, 'Header'), 'Method');
  if (typeof method !== 'string') throw new ProtocolError('wrong-shape', 'Header.Method is no text');
  return { method, body: field(value, 'Body') };
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}
