import type { GrantAnswer, GrantServer } from '@pabal/protocol-lghv';
import {
  type BackoffHistory,
  type BackoffPolicy,
  backoff,
  type Cancel,
  type Clock,
  type Endpoint,
  freshHistory,
  type Log,
  LoginRefusedError,
  type SessionStatus,
} from '@pabal/session';
import { ProtocolError } from '@pabal/wire';
import type { RequestGrant } from './grant-request.js';

/** The name under which GRANT appears beside the sessions. */
export const GRANT_SESSION = 'grant';

/** A server that was not usable is asked about again after this, ms: GRANT's N and R have no documented end. */
const ASK_AGAIN_MS = 60_000;
/** GRANT's own trouble passes; any other FAIL is about the account. */
const TRANSIENT_FAILURE = 'error';

export interface ServerDirectoryOptions {
  readonly requestGrant: RequestGrant;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly backoff: BackoffPolicy;
  /** Asked before every GRANT: who has lost the lease asks for nothing. */
  readonly mayAsk: () => boolean;
  /** Every server of every answer, usable or not. */
  readonly onServers: (servers: readonly GrantServer[]) => void;
  readonly onRefused: (code: string, repeated: number) => void;
}

/**
 * What GRANT says of the gateway's servers. Until it has named at least one, and while it names some that are not
 * usable, it is asked again and again, by itself; after that by every connection that has to be made anew (LGHV 1.2).
 */
export class ServerDirectory {
  readonly #options: ServerDirectoryOptions;
  /** Servers of the last answer that nobody has connected to since they were first named: it still holds for them. */
  readonly #unvisited = new Map<string, Endpoint>();
  #visited = new Set<string>();
  #history: BackoffHistory = freshHistory;
  #timer: Cancel | undefined;
  #status: SessionStatus | undefined = statusOf('connecting');
  #stopped = false;

  constructor(options: ServerDirectoryOptions) {
    this.#options = options;
  }

  /** GRANT as a session, while there is something to see: not answered yet, refused, or without a usable server. */
  get status(): SessionStatus | undefined {
    return this.#status;
  }

  /** Asks for the first time. */
  start(): void {
    void this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.();
    this.#timer = undefined;
    this.#status = statusOf('closed');
  }

  /**
   * Where this server is, for one connection: asks GRANT, save for the first connection after GRANT named the server.
   * @throws LoginRefusedError when GRANT refuses the account; any other error when the server is not usable now.
   */
  async endpoint(sid: string): Promise<Endpoint> {
    const known = this.#unvisited.get(sid);
    this.#unvisited.delete(sid);
    this.#visited.add(sid);
    if (known) return known;
    const servers = await this.#request();
    this.#took(servers);
    const server = servers.find((each) => each.sid === sid);
    if (!server?.usable) throw new ProtocolError('server-not-usable', sid);
    return { host: server.ip, port: server.port };
  }

  async #request(): Promise<readonly GrantServer[]> {
    if (!this.#options.mayAsk()) throw new ProtocolError('not-owner');
    const answer: GrantAnswer = await this.#options.requestGrant();
    if (answer.kind === 'servers') return answer.servers;
    if (answer.code === TRANSIENT_FAILURE) throw new ProtocolError('grant-failed');
    throw new LoginRefusedError(answer.code);
  }

  async #ask(): Promise<void> {
    this.#timer?.();
    this.#timer = undefined;
    try {
      const servers = await this.#request();
      this.#took(servers);
    } catch (error) {
      this.#failed(error);
    }
  }

  #took(servers: readonly GrantServer[]): void {
    if (this.#stopped) return;
    this.#history = freshHistory;
    this.#timer?.();
    this.#timer = undefined;
    const usable = servers.filter((server) => server.usable);
    this.#visited = new Set([...this.#visited].filter((sid) => servers.some((server) => server.sid === sid)));
    this.#unvisited.clear();
    for (const { sid, ip, port } of usable) {
      if (!this.#visited.has(sid)) this.#unvisited.set(sid, { host: ip, port });
    }
    this.#status = usable.length === 0 ? statusOf('backingOff', 'no-usable-server') : undefined;
    if (usable.length < servers.length || usable.length === 0) this.#later(ASK_AGAIN_MS);
    this.#options.onServers(servers);
  }

  #failed(error: unknown): void {
    if (this.#stopped) return;
    const { clock, log, onRefused, random } = this.#options;
    const refused = error instanceof LoginRefusedError;
    const setback = refused
      ? ({ kind: 'refused', alreadyConnected: false } as const)
      : ({ kind: 'lost' } as const);
    const next = backoff(this.#history, this.#options.backoff, setback, clock.now(), random());
    this.#history = next.history;
    const reason = reasonOf(error);
    this.#status = {
      ...statusOf('backingOff', reason),
      ...(refused && { refusedWith: error.gatewayCode }),
    };
    log.warn({ session: GRANT_SESSION, reason, waitMs: Math.round(next.delayMs) }, 'grant.failed');
    if (refused) {
      const { gatewayCode: code } = error;
      const repeated = next.history.refused;
      log.warn({ session: GRANT_SESSION, code, repeated }, 'session.loginRefused');
      onRefused(code, repeated);
    }
    this.#later(next.delayMs);
  }

  #later(ms: number): void {
    this.#timer?.();
    this.#timer = this.#options.clock.after(ms, () => void this.#ask());
  }
}

function statusOf(state: SessionStatus['state'], reason?: string): SessionStatus {
  return { name: GRANT_SESSION, state, inFlight: 0, window: 0, ...(reason === undefined ? {} : { reason }) };
}

/** Kebab-case; nothing of an answer or an address. */
function reasonOf(error: unknown): string {
  if (error instanceof LoginRefusedError) return 'grant-refused';
  if (error instanceof ProtocolError) return error.reason;
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
  return name === 'TimeoutError' ? 'grant-timeout' : 'grant-unreachable';
}
