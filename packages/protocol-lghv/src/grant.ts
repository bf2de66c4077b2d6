import { ProtocolError } from '@pabal/wire';
import { type Cipher, sealAscii } from './cipher.js';

/** A server that GRANT names (LGHV 1.3.1). */
export interface GrantServer {
  /** The server's own name: `smsclient1`, `mmsclient1`. */
  readonly sid: string;
  readonly ip: string;
  readonly port: number;
  /** Verbatim: Y is usable; N and R, which the specification leaves open, are not usable now. */
  readonly status: string;
  readonly usable: boolean;
}

export type GrantAnswer =
  | { readonly kind: 'servers'; readonly servers: readonly GrantServer[] }
  /** The gateway said FAIL; `code` is what followed, kebab-case: `not-found-agent`, `error`. */
  | { readonly kind: 'failed'; readonly code: string };

/** More servers than this are no plausible answer. */
const MAX_SERVERS = 64;
const HOST = /^[A-Za-z0-9.:-]{1,253}$/;
const SID = /^[A-Za-z0-9._-]{1,64}$/;
const FAILED = /^FAIL\s*:\s*(.{1,200})$/s;

/** The body of a GRANT request, `application/x-www-form-urlencoded`: id and password, always encrypted (LGHV 1.3.1). */
export function grantRequestBody(userId: string, password: string, cipher: Cipher): string {
  const id = encodeURIComponent(sealAscii(userId, cipher));
  const pw = encodeURIComponent(sealAscii(password, cipher));
  return `id=${id}&pw=${pw}`;
}

/**
 * The meaning of a GRANT answer. Quotes around it are dropped: the specification prints some.
 * @throws ProtocolError `bad-grant` when it is neither FAIL nor a list of servers.
 */
export function parseGrantAnswer(answer: string): GrantAnswer {
  const text = unquoted(answer.trim());
  const failed = FAILED.exec(text);
  if (failed) return { kind: 'failed', code: kebab(failed[1] ?? '') };
  const servers = property(parseJson(text), 'serverInfo');
  if (!Array.isArray(servers)) throw new ProtocolError('bad-grant', 'no serverInfo');
  if (servers.length > MAX_SERVERS) {
    throw new ProtocolError('bad-grant', `${servers.length} servers, at most ${MAX_SERVERS}`);
  }
  const parsed = servers.map((server, index) => parseServer(server, index));
  const sids = new Set(parsed.map((server) => server.sid));
  if (sids.size !== parsed.length) throw new ProtocolError('bad-grant', 'two servers have the same sid');
  return { kind: 'servers', servers: parsed };
}

/** Quote by quote: a pattern that looks for the last ones would look anew at each quote within. */
function unquoted(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === '"') start++;
  while (end > start && text[end - 1] === '"') end--;
  return text.slice(start, end);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's words quote the answer.
    throw new ProtocolError('bad-grant', 'neither FAIL nor JSON');
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function parseServer(server: unknown, index: number): GrantServer {
  const sid = property(server, 'sid');
  const ip = property(server, 'ip');
  const port = property(server, 'port');
  const status = property(server, 'status');
  const refuse = (field: string) => new ProtocolError('bad-grant', `serverInfo ${index}: ${field}`);
  if (typeof sid !== 'string' || !SID.test(sid)) throw refuse('sid');
  if (typeof ip !== 'string' || !HOST.test(ip)) throw refuse('ip');
  if ((typeof port !== 'string' && typeof port !== 'number') || !/^\d{1,5}$/.test(String(port)))
    throw refuse('port');
  if (Number(port) < 1 || Number(port) > 65_535) throw refuse('port');
  if (typeof status !== 'string') throw refuse('status');
  return { sid, ip, port: Number(port), status, usable: status === 'Y' };
}

/** A code for logs and alerts: at most 40 characters of it, letters and digits only. */
function kebab(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
}
