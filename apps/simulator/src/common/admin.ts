import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { CaptureFilter } from './captures.js';
import { FaultError, type FaultSpec } from './faults.js';
import { resetJudge } from './handle.js';
import type { Judge } from './judge.js';
import type { LedgerEntry, LedgerFilter, Verdict } from './ledger.js';

const LINES_PER_CHUNK = 200;
const LARGEST_BODY_BYTES = 64 * 1024;

/** What the admin server needs of a gateway beyond the judge. */
export interface AdminHooks {
  /** Takes the body of `POST /config`; throws TypeError with a readable message for a bad one. */
  configure(change: unknown): void;
  dropConnections(): void;
}

/** A listening admin server. */
export interface Admin {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves a simulator's records and switches on the loopback interface only, because the ledger holds texts and
 * numbers. GET /health, /stats, /violations, /rules, /faults, /captures, /ledger (JSON lines);
 * POST /fault, /fault/clear, /config, /drop, /reset.
 */
export async function startAdmin<Id extends string>(
  judge: Judge<Id>,
  hooks: AdminHooks,
  port = 0,
): Promise<Admin> {
  const server = createServer((request, response) => {
    answer(judge, hooks, request, response).catch((error: unknown) => {
      const bad = error instanceof FaultError || error instanceof TypeError || error instanceof SyntaxError;
      json(response, bad ? 400 : 500, { error: error instanceof Error ? error.message : 'failed' });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer<Id extends string>(
  judge: Judge<Id>,
  hooks: AdminHooks,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /health':
      return json(response, 200, { ok: true, gateway: judge.gateway });
    case 'GET /stats':
      return json(response, 200, judge.stats());
    case 'GET /violations':
      return json(response, 200, { total: judge.violations.total, violations: judge.violations.list() });
    case 'GET /rules':
      return json(response, 200, judge.violations.rules);
    case 'GET /faults':
      return json(response, 200, judge.faults.list());
    case 'GET /captures':
      return json(response, 200, judge.captures.list(captureFilterOf(url.searchParams)));
    case 'GET /ledger': {
      const entries = judge.ledger.entries(filterOf(url.searchParams));
      response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
      Readable.from(lines(entries)).pipe(response);
      return;
    }
    case 'POST /fault': {
      const { name, ...spec } = object(await body(request));
      judge.faults.set(String(name), spec as FaultSpec);
      return json(response, 200, judge.faults.list());
    }
    case 'POST /fault/clear': {
      const { name } = object(await body(request));
      judge.faults.clear(name === undefined ? undefined : String(name));
      return json(response, 200, judge.faults.list());
    }
    case 'POST /config':
      hooks.configure(object(await body(request)));
      return json(response, 200, { ok: true });
    case 'POST /drop':
      hooks.dropConnections();
      return json(response, 200, { ok: true });
    case 'POST /reset':
      resetJudge(judge);
      return json(response, 200, { ok: true });
    default:
      return json(response, 404, { error: 'no such address' });
  }
}

/** Chunks of JSON lines, so that a large ledger neither stalls the loop nor stands in memory twice. */
function* lines(entries: Iterable<LedgerEntry>): Generator<string> {
  let chunk: string[] = [];
  for (const entry of entries) {
    chunk.push(JSON.stringify(entry));
    if (chunk.length < LINES_PER_CHUNK) continue;
    yield `${chunk.join('\n')}\n`;
    chunk = [];
  }
  if (chunk.length > 0) yield `${chunk.join('\n')}\n`;
}

const FILTER_STRINGS = ['wireId', 'to', 'type', 'account', 'agent', 'code', 'reportCode'] as const;
const FILTERS = new Set<string>([...FILTER_STRINGS, 'textIncludes', 'verdict', 'duplicate', 'from']);

function filterOf(query: URLSearchParams): LedgerFilter {
  const unknown = [...query.keys()].find((key) => !FILTERS.has(key));
  if (unknown !== undefined) throw new TypeError(`unknown filter ${unknown}`);
  const filter: Record<string, string | number | boolean> = {};
  for (const key of [...FILTER_STRINGS, 'textIncludes']) {
    const value = query.get(key);
    if (value !== null) filter[key] = value;
  }
  const verdict = query.get('verdict');
  if (verdict !== null) filter.verdict = verdict as Verdict;
  const duplicate = query.get('duplicate');
  if (duplicate !== null) filter.duplicate = duplicate === 'true';
  const from = query.get('from');
  if (from !== null) filter.from = Number(from);
  return filter;
}

function captureFilterOf(query: URLSearchParams): CaptureFilter {
  const filter: { session?: number; direction?: 'received' | 'sent' } = {};
  for (const [name, value] of query) {
    if (name === 'session' && /^\d+$/.test(value)) filter.session = Number(value);
    else if (name === 'direction' && (value === 'received' || value === 'sent')) filter.direction = value;
    else throw new TypeError('captures are filtered by session=N and direction=received|sent');
  }
  return filter;
}

async function body(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) throw new TypeError(`body over ${LARGEST_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return size === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError('the body must be a JSON object');
  }
  return value as Record<string, unknown>;
}

function json(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(`${JSON.stringify(value)}\n`);
}
