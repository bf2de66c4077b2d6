import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Clock } from '@pabal/session';
import { allAllowed } from './address.js';
import { type Answer, failureReason } from './answer.js';
import type { Resolve, ResolvedAddress } from './resolve.js';

export interface PostRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the whole exchange, from the look-up of the name to the status, ms. */
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
  /** PEM text: authorities that are trusted instead of the system's. */
  readonly ca?: string | undefined;
  /** Breaks it off. */
  readonly signal: AbortSignal;
}

/** What of a response is still read so that its connection can be used again, bytes; a longer one ends it. */
const MOST_RESPONSE_BYTES = 4_096;
/** For so long, ms. */
const RESPONSE_MS = 1_000;
const MOST_HEADER_BYTES = 16_384;
/** Connections that wait for their next delivery, each host. */
const IDLE_CONNECTIONS = 16;
const IDLE_MS = 4_000;

class BrokenOff extends Error {
  constructor(readonly reason: 'timeout' | 'stopped') {
    super(reason);
  }
}

class AddressRefused extends Error {}

/**
 * Speaks HTTP to receivers. A name is resolved once, every address is judged, and the connection is made to the addresses that
 * were judged: what the name says a moment later plays no part. Redirects are not followed, and of a response nothing but its
 * status and `Retry-After` is looked at.
 */
export class Poster {
  readonly #resolve: Resolve;
  readonly #clock: Clock;
  /** Connections of webhooks that may go to private addresses are not shared with those that may not. */
  readonly #agents = new Map<string, http.Agent>();

  constructor({ resolve, clock }: { readonly resolve: Resolve; readonly clock: Clock }) {
    this.#resolve = resolve;
    this.#clock = clock;
  }

  /** Posts once. Undefined: it was broken off by its signal. Never rejects. */
  async post(request: PostRequest): Promise<Answer | undefined> {
    const abort = new AbortController();
    const late = this.#clock.after(request.timeoutMs, () => abort.abort(new BrokenOff('timeout')));
    const stop = () => abort.abort(new BrokenOff('stopped'));
    request.signal.addEventListener('abort', stop, { once: true });
    if (request.signal.aborted) stop();
    try {
      return await this.#exchange(request, abort.signal);
    } catch (error) {
      const why: unknown = abort.signal.aborted ? abort.signal.reason : error;
      if (why instanceof BrokenOff) {
        return why.reason === 'stopped' ? undefined : { kind: 'failed', reason: 'timeout' };
      }
      if (why instanceof AddressRefused) return { kind: 'failed', reason: 'address-refused' };
      return { kind: 'failed', reason: failureReason(why) };
    } finally {
      late();
      request.signal.removeEventListener('abort', stop);
    }
  }

  /** Ends every connection. */
  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  async #exchange(request: PostRequest, signal: AbortSignal): Promise<Answer> {
    const { url, allowPrivate } = request;
    const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const addresses = await untilAborted(this.#resolve(name), signal);
    if (addresses.length === 0) return { kind: 'failed', reason: 'name-not-found' };
    const judged = addresses.map(({ address }) => address);
    if (!allAllowed(judged, allowPrivate)) throw new AddressRefused();
    const agent = this.#agent(url.protocol, allowPrivate);
    try {
      return await this.#send(request, { agent, addresses, signal });
    } catch (error) {
      // The receiver closed a kept connection while this was on its way: the one failure that says nothing.
      if (!(error instanceof StaleConnection)) throw error;
      return await this.#send(request, { agent: false, addresses, signal });
    }
  }

  #send(
    { url, headers, body, ca }: PostRequest,
    how: {
      readonly agent: http.Agent | false;
      readonly addresses: readonly ResolvedAddress[];
      readonly signal: AbortSignal;
    },
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { request: start } = url.protocol === 'https:' ? https : http;
      const sent = start(url, {
        method: 'POST',
        headers,
        agent: how.agent,
        signal: how.signal,
        lookup: pinned(how.addresses),
        ...(ca === undefined ? {} : { ca }),
        maxHeaderSize: MOST_HEADER_BYTES,
        insecureHTTPParser: false,
      });
      sent.on('response', (response) => {
        resolve(answerOf(response));
        this.#finish(sent, response);
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        const stale = sent.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        reject(stale && how.agent !== false ? new StaleConnection() : error);
      });
      sent.end(body);
    });
  }

  /** Reads the little that may be left of a response; the connection of a longer one ends. */
  #finish(sent: ClientRequest, response: IncomingMessage): void {
    let left = MOST_RESPONSE_BYTES;
    const end = () => sent.destroy();
    const late = this.#clock.after(RESPONSE_MS, end);
    response.on('error', () => {}); // its status counts, whatever became of the rest
    response.on('close', late);
    response.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) end();
    });
  }

  #agent(protocol: string, allowPrivate: boolean): http.Agent {
    const key = `${protocol} ${allowPrivate}`;
    let agent = this.#agents.get(key);
    if (!agent) {
      const options = { keepAlive: true, maxFreeSockets: IDLE_CONNECTIONS, timeout: IDLE_MS };
      agent = protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
      this.#agents.set(key, agent);
    }
    return agent;
  }
}

class StaleConnection extends Error {}

function answerOf({ statusCode = 0, headers }: IncomingMessage): Answer {
  const retryAfter = headers['retry-after'];
  return { kind: 'status', status: statusCode, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/** A look-up that knows only what was judged. */
function pinned(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_name, options, callback) => {
    const fitting = addresses.filter(({ family }) => !options.family || family === Number(options.family));
    const [first] = fitting;
    if (!first) {
      callback(Object.assign(new Error('no address of this family'), { code: 'ENOTFOUND' }), '', 4);
    } else if (options.all) callback(null, [...fitting]);
    else callback(null, first.address, first.family);
  };
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
