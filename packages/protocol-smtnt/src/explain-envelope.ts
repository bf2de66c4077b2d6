import type { ExplainedField } from '@pabal/wire';
import { decodeBase64 } from './base64.js';
import type { BodyCipher } from './codec.js';
import {
  type ExplainedObject,
  explainBody,
  type Fault,
  faultOf,
  guardedField,
  notJson,
} from './explain-body.js';
import { type Member, membersAt, parsed } from './json-spans.js';
import { isMethodName, type MethodTable, methods } from './methods.js';
import { readPrivateKey } from './private-key.js';

/** How encrypted connections are opened: their key comes within the capture. */
export interface PrivateKeyOptions {
  /** The field of PrivateKeyRes that holds the key, where that is known. */
  readonly field?: string;
  /** The cipher of a key as it stands in PrivateKeyRes. May throw: then those bodies stay closed. */
  cipher(key: string): BodyCipher;
}

/** What opens encrypted bodies; a PrivateKeyRes adds to it. */
export interface Keys {
  readonly privateKey: PrivateKeyOptions | undefined;
  /** The last key that came first. */
  ciphers: readonly BodyCipher[];
}

const UNREADABLE = 'unreadable';

/** The unpacked text of a frame: its Method, then every field of its Body. */
export function explainEnvelope(json: Uint8Array, keys: Keys): ExplainedObject & { readonly title: string } {
  const { members, whole, end } = membersAt(json);
  const broken = whole ? undefined : notJson(json, end);
  const header = members.find(({ key }) => key === 'Header');
  const method = header && methodIn(json, header);
  const title = method === undefined ? UNREADABLE : openMethod(method.name);
  const fields: ExplainedField[] = [];
  let fault: Fault | undefined;
  for (const member of members) {
    if (member.key === 'Header' && method) fields.push(method.field);
    else if (member.key === 'Body' && method) {
      const body = explainMember(method.name, json, member, keys);
      fields.push(...body.fields);
      fault ??= body.fault;
    } else {
      const known = member.key === 'Header' || member.key === 'Body';
      const note = known ? 'no Method to read it by' : 'no part of an envelope';
      const key = known ? member.key : '(another key)';
      fields.push(
        guardedField(
          { json, section: 'ENVELOPE' },
          { ...member, key },
          { notation: 'JSON', guard: 'content', note },
        ),
      );
    }
  }
  if (!method && whole) fault ??= { reason: 'wrong-shape', message: 'Header.Method is no text' };
  if (method && whole) fault ??= missingBody(method.name, members);
  return { title, fields, fault: fault ?? broken };
}

function missingBody(method: string, members: readonly Member[]): Fault | undefined {
  if (rowsOf(method) === undefined || members.some(({ key }) => key === 'Body')) return undefined;
  return { reason: 'wrong-shape', message: `${method}.Body is missing` };
}

function rowsOf(method: string) {
  if (!isMethodName(method)) return undefined;
  const table: MethodTable = methods[method];
  return table.rows;
}

function methodIn(json: Uint8Array, header: Member) {
  const member = membersAt(json, header.start).members.find(({ key }) => key === 'Method');
  const name = member?.whole ? parsed(json, member.start, member.end) : undefined;
  if (member === undefined || typeof name !== 'string') return undefined;
  const note = isMethodName(name) ? {} : { note: 'no method of the specification' };
  const guard = isMethodName(name) ? undefined : 'content';
  return {
    name,
    field: guardedField({ json, section: 'HEADER' }, member, { notation: 'text', guard, ...note }),
  };
}

/** A name that the specification lacks may be anything. */
function openMethod(name: string): string {
  return isMethodName(name) ? name : 'unrecognised';
}

function explainMember(method: string, json: Uint8Array, member: Member, keys: Keys): ExplainedObject {
  const place = { json, section: 'BODY' };
  const rows = rowsOf(method);
  const value = member.whole ? parsed(json, member.start, member.end) : undefined;
  if (method === 'PrivateKeyRes') return explainKey(json, member, value, keys);
  if (rows === undefined) {
    const note = isMethodName(method) ? 'this method has no Body' : 'no table to read it by';
    return only(guardedField(place, member, { notation: 'JSON', guard: 'content', note }));
  }
  if (typeof value === 'string') return explainSealed(method, json, member, value, keys);
  if (member.whole && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    const field = guardedField(place, member, { notation: 'JSON', guard: 'content', note: 'no object' });
    return only(field, { reason: 'wrong-shape', message: `${method}.Body is no object` });
  }
  return explainBody(method, rows, { ...place, start: member.start });
}

function only(field: ExplainedField, fault?: Fault): ExplainedObject {
  return { fields: [field], fault };
}

/** The key of the frames behind it. It is a secret, whatever it is named. */
function explainKey(json: Uint8Array, member: Member, body: unknown, keys: Keys): ExplainedObject {
  const field = guardedField(
    { json, section: 'BODY' },
    { ...member, key: 'Body' },
    { notation: 'JSON', guard: 'secret' },
  );
  const meaning = { meaning: 'the key of every body that follows', meaningKo: '이후 본문의 암호화 키' };
  if (!member.whole) return only(field);
  try {
    const key = readPrivateKey(body, keys.privateKey?.field);
    const cipher = keys.privateKey?.cipher(key);
    if (cipher) keys.ciphers = [cipher, ...keys.ciphers];
    return only({ ...field, ...meaning });
  } catch (error) {
    return only(field, faultOf(error));
  }
}

/** A body in Base64 of AES-128-CBC (SMTNT 1.3): opened with the first key that makes JSON of it. */
function explainSealed(
  method: string,
  json: Uint8Array,
  member: Member,
  sealed: string,
  { ciphers }: Keys,
): ExplainedObject {
  const encrypted = decodeBase64(sealed);
  const place = { json, section: 'BODY' };
  const notation = 'Base64 AES';
  if (encrypted === undefined) {
    const field = guardedField(place, member, { notation, guard: 'content', note: 'no Base64' });
    return only(field, { reason: 'cannot-decrypt', message: `${method}.Body is no Base64` });
  }
  const size = encrypted.length;
  const field = guardedField(place, member, { notation, guard: 'content' });
  const plain = opened(encrypted, ciphers);
  if (plain === undefined) {
    const closed = {
      ...field,
      meaning: `encrypted, ${size} bytes`,
      meaningKo: `암호화된 본문, ${size}바이트`,
    };
    if (ciphers.length === 0) return only({ ...closed, note: 'a key opens it' });
    const fault = { reason: 'cannot-decrypt', message: `${method}.Body, ${size} bytes: not with this key` };
    return only({ ...closed, note: 'not encrypted with this key' }, fault);
  }
  const inside = explainBody(method, rowsOf(method) ?? [], {
    json: plain,
    section: 'BODY (decrypted)',
    start: 0,
  });
  const meaning = {
    meaning: `encrypted, ${size} bytes that open to ${plain.length}`,
    meaningKo: `암호화된 ${size}바이트, 복호화 후 ${plain.length}바이트`,
  };
  return { fields: [{ ...field, ...meaning }, ...inside.fields], fault: inside.fault };
}

/** A wrong key may decrypt to anything, so only what begins as an object counts. */
function opened(encrypted: Uint8Array, ciphers: readonly BodyCipher[]): Uint8Array | undefined {
  for (const cipher of ciphers) {
    try {
      const plain = cipher.decrypt(encrypted);
      if (membersAt(plain).members.length > 0) return plain;
    } catch {
      // Another key may be the one; that none was is told by the result.
    }
  }
  return undefined;
}
