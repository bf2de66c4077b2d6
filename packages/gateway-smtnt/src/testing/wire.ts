import { createCipheriv, createDecipheriv } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { IV, KEY } from './config.js';

/** Frames and envelopes as the server makes and reads them: written from the specification, apart from our codec. */
export function serverFrame(json: string): Buffer {
  const packed = deflateSync(Buffer.from(json, 'utf8'));
  return Buffer.concat([Buffer.from(`Content-Length:${packed.length}\r\n`), packed]);
}

export function packed(json: string): Buffer {
  return deflateSync(Buffer.from(json, 'utf8'));
}

/** The frame of a method with a plain body. */
export function request(method: string, body?: object | string): Buffer {
  return serverFrame(
    JSON.stringify(body ? { Header: { Method: method }, Body: body } : { Header: { Method: method } }),
  );
}

/** The frame of a method with an encrypted body, by the key of the login where no other is given. */
export function sealed(method: string, body: object, key = KEY): Buffer {
  const cipher = createCipheriv('aes-128-cbc', key, IV);
  const text = Buffer.concat([cipher.update(JSON.stringify(body)), cipher.final()]).toString('base64');
  return serverFrame(JSON.stringify({ Header: { Method: method }, Body: text }));
}

/** What a client sent, decrypted where it was encrypted. */
export interface Received {
  readonly method: string;
  readonly body: Readonly<Record<string, string | number>>;
  /** Set where a body came encrypted that is not so on a plain connection. */
  readonly encrypted?: true;
}

/** Takes whole frames from the front of what has come so far; gives them and the rest. */
export function takeFrames(bytes: Buffer, key = KEY): { readonly frames: Received[]; readonly rest: Buffer } {
  const frames: Received[] = [];
  let rest = bytes;
  for (;;) {
    const end = rest.indexOf('\r\n');
    if (end === -1) return { frames, rest };
    const length = Number(rest.toString('latin1', 'Content-Length:'.length, end));
    if (rest.length < end + 2 + length) return { frames, rest };
    frames.push(received(rest.subarray(end + 2, end + 2 + length), key));
    rest = rest.subarray(end + 2 + length);
  }
}

function received(bytes: Buffer, key: string): Received {
  const { Header, Body = {} } = JSON.parse(inflateSync(bytes).toString('utf8'));
  if (typeof Body !== 'string') return { method: Header.Method, body: Body };
  const body = opened(Body, key);
  return { method: Header.Method, body, ...(!Header.Method.includes('Bind') && { encrypted: true }) };
}

function opened(text: string, key: string): Record<string, string | number> {
  const decipher = createDecipheriv('aes-128-cbc', key, IV);
  return JSON.parse(
    Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]).toString(),
  );
}
