import type { Breach } from './rules.js';

/** What the client role may send (SMTNT 1.4, 3.1). */
const CLIENT_METHODS = new Set([
  'BindReq',
  'MsgSendReq',
  'UploadFileNameReq',
  'UploadFileReq',
  'UploadFileDataReq',
  'UploadFileFinishReq',
  'ReportRes',
  'SpamRes',
  'ChangePhoneRes',
  'AliveReq',
  'UnBindReq',
]);

/** What it may ask on the encrypted port beside these. */
const PRIVATE_KEY = 'PrivateKeyReq';
/** Requests without a Body. */
const BODILESS = new Set(['AliveReq', PRIVATE_KEY]);

/** What only the server role sends. */
const SERVER_METHODS = new Set([
  'PrivateKeyRes',
  'BindRes',
  'MsgSendRes',
  'UploadFileNameRes',
  'UploadFileRes',
  'UploadFileFinishRes',
  'ReportReq',
  'SpamReq',
  'ChangePhoneReq',
  'AliveRes',
  'UnBindRes',
]);

/** Whether a port encrypts the login alone (`plain`) or everything behind a key of the connection (SMTNT 1.3). */
export type PortMode = 'plain' | 'encrypted';

export interface Packet {
  readonly method: string;
  /** Undefined where the packet has none. */
  readonly body: unknown;
}

export type ReadPacket =
  | {
      readonly kind: 'packet';
      readonly packet: Packet;
      /** Whether the client may send this at all on this port. */
      readonly served: boolean;
      readonly breaches: readonly Breach[];
    }
  /** No method can be told: nothing can be answered. */
  | { readonly kind: 'unreadable'; readonly breaches: readonly Breach[] };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads inflated bytes as a packet and names every way in which the envelope differs from SMTNT 3.2. */
export function readPacket(bytes: Buffer, mode: PortMode): ReadPacket {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return unreadable('json-utf8', `${bytes.length} bytes are not UTF-8`);
  }
  const parsed = parseCompact(text);
  if (!parsed.ok) return unreadable('json-syntax', parsed.why);
  const breaches: Breach[] = [];
  if (!parsed.compact)
    breaches.push({ rule: 'json-compact', detail: 'the JSON differs from its compact form' });

  const header = parsed.value.Header;
  const method = isObject(header) ? header.Method : undefined;
  if (typeof method !== 'string') {
    breaches.push({ rule: 'envelope', detail: 'Header.Method is not a string' });
    return { kind: 'unreadable', breaches };
  }
  const shape = Object.keys(parsed.value).join();
  if (shape !== 'Header,Body' && shape !== 'Header') {
    breaches.push({ rule: 'envelope', detail: 'the packet is not Header, then Body' });
  }
  if (Object.keys(header as object).length !== 1) {
    breaches.push({ rule: 'envelope', detail: 'Header holds more than Method' });
  }
  const { Body: body } = parsed.value;
  const served = CLIENT_METHODS.has(method) || (mode === 'encrypted' && method === PRIVATE_KEY);
  if (SERVER_METHODS.has(method)) {
    breaches.push({ rule: 'wrong-direction', detail: `${method} is the server's` });
  } else if (!served) {
    breaches.push({ rule: 'unknown-method', detail: 'Method is not one that this port carries' });
  } else if (BODILESS.has(method) && body !== undefined) {
    breaches.push({ rule: 'unexpected-body', detail: `${method} has a Body` });
  }
  return { kind: 'packet', packet: { method, body }, served, breaches };
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses one JSON object and tells whether the text was compact: white space between tokens, a repeated key, a
 * needless escape or another way to write a number all change the text when it is written again.
 */
export function parseCompact(
  text: string,
): { ok: true; value: JsonObject; compact: boolean } | { ok: false; why: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: `${text.length} characters are not JSON` };
  }
  if (!isObject(value)) return { ok: false, why: 'the JSON is not an object' };
  return { ok: true, value, compact: isWrittenAs(value, text) };
}

function isWrittenAs(value: JsonObject, text: string): boolean {
  try {
    return JSON.stringify(value) === text;
  } catch {
    // Reading takes any depth, writing does not: a nesting this deep is hostile, and nothing of ours.
    return false;
  }
}

function unreadable(rule: Breach['rule'], detail: string): ReadPacket {
  return { kind: 'unreadable', breaches: [{ rule, detail }] };
}
