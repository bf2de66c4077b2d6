import { type Connect, tcpConnect } from './connect.js';
import type { Grants } from './dialect.js';
import { nameOf } from './end-reason.js';
import type { LineEvent, PreparedSubmit, SessionStateName } from './gateway.js';
import type { LineOptions, SessionSpec } from './line-options.js';
import { TcpSession } from './tcp-session.js';

export interface SessionGroupHooks<P extends PreparedSubmit> {
  opened(session: TcpSession<P>, grants: Grants): void;
  /** A place may have come free on one of the sessions. */
  capacity(): void;
  /** Submits have a place on this session and are about to be written. */
  reserved(session: TcpSession<P>): boolean;
}

/** The sessions of one line: opened, watched, drained and closed together. */
export class SessionGroup<P extends PreparedSubmit> {
  readonly #options: LineOptions<P>;
  readonly #hooks: SessionGroupHooks<P>;
  readonly #connect: Connect;
  readonly #sessions = new Map<string, TcpSession<P>>();
  /** Taken out by {@link sync}; they still end what they have in flight. */
  readonly #leaving = new Set<TcpSession<P>>();
  #ending = false;
  #changeTold = true;

  constructor(options: LineOptions<P>, hooks: SessionGroupHooks<P>) {
    this.#options = options;
    this.#hooks = hooks;
    this.#connect = options.connect ?? tcpConnect;
    this.sync(options.sessions);
  }

  /** Those that belong to the line now, in the order in which they were added. */
  get sessions(): Iterable<TcpSession<P>> {
    return this.#sessions.values();
  }

  /** Those and the leaving ones. */
  get all(): readonly TcpSession<P>[] {
    return [...this.#sessions.values(), ...this.#leaving];
  }

  /** True once the line drains or is closed. */
  get ending(): boolean {
    return this.#ending;
  }

  sync(specs: readonly SessionSpec<P>[]): void {
    if (this.#ending) return;
    const names = new Set(specs.map((spec) => spec.name));
    for (const [name, session] of this.#sessions) {
      if (names.has(name)) continue;
      this.#sessions.delete(name);
      this.#leave(session, session.drain(this.#options.policy.ackTimeoutMs));
    }
    for (const spec of specs) {
      if (!this.#sessions.has(spec.name)) this.#sessions.set(spec.name, this.#open(spec));
    }
  }

  /** Tells the fleet, once for many causes of one tick, to ask again. */
  tellChanged(): void {
    if (!this.#changeTold) return;
    this.#changeTold = false;
    queueMicrotask(() => {
      this.#changeTold = true;
      this.#tell({ kind: 'changed' });
    });
  }

  async drain(limitMs: number): Promise<void> {
    this.#ending = true;
    await Promise.all(this.all.map((session) => session.drain(limitMs)));
  }

  close(reason: string): void {
    this.#ending = true;
    for (const session of this.all) session.close(reason);
  }

  #open(spec: SessionSpec<P>): TcpSession<P> {
    const { deps, policy } = this.#options;
    const session: TcpSession<P> = new TcpSession<P>({
      spec,
      deps,
      policy,
      connect: this.#connect,
      hooks: {
        opened: (grants) => this.#hooks.opened(session, grants),
        transition: (from, to, reason) => this.#transition(spec.name, from, to, reason),
        refused: (code, repeated) => this.#tell({ kind: 'loginRefused', session: spec.name, code, repeated }),
        rests: (ms) => this.#tell({ kind: 'rests', session: spec.name, ms }),
        capacity: () => this.#hooks.capacity(),
        reserved: () => this.#hooks.reserved(session),
      },
    });
    return session;
  }

  #transition(
    session: string,
    from: SessionStateName,
    to: SessionStateName,
    reason: string | undefined,
  ): void {
    this.#tell({ kind: 'session', session, from, to, ...(reason !== undefined && { reason }) });
    if (from === 'ready' || to === 'ready') this.tellChanged();
  }

  #leave(session: TcpSession<P>, closed: Promise<void>): void {
    this.#leaving.add(session);
    void closed.then(() => this.#leaving.delete(session));
  }

  /** A listener that throws must not break the session that it hears of. */
  #tell(event: LineEvent): void {
    try {
      this.#options.deps.onEvent(event);
    } catch (error) {
      this.#options.deps.log.error({ event: event.kind, error: nameOf(error) }, 'line.listenerFailed');
    }
  }
}
