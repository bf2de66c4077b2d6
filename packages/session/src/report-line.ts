import type { AgentIdentity, LineStatus, PreparedSubmit } from './gateway.js';
import type { LineOptions, ManagedReportLine, SessionSpec } from './line-options.js';
import { SessionGroup } from './session-group.js';

/** Opens a line that only receives: its sessions hand every notice to storage and answer it after that. */
export function createReportLine<P extends PreparedSubmit>(options: LineOptions<P>): ManagedReportLine<P> {
  return new ReceivingLine(options);
}

class ReceivingLine<P extends PreparedSubmit> implements ManagedReportLine<P> {
  readonly identity: AgentIdentity;
  readonly #group: SessionGroup<P>;

  constructor(options: LineOptions<P>) {
    this.identity = options.deps.identity;
    this.#group = new SessionGroup(options, {
      opened: () => undefined,
      capacity: () => undefined,
      reserved: () => false,
    });
  }

  isOpen(): boolean {
    const sessions = [...this.#group.sessions];
    return sessions.length > 0 && sessions.every((session) => session.state === 'ready');
  }

  status(): LineStatus {
    return { sessions: this.#group.all.map((session) => session.status(0)), rates: {} };
  }

  sync(sessions: readonly SessionSpec<P>[]): void {
    this.#group.sync(sessions);
  }

  notifyChanged(): void {
    this.#group.tellChanged();
  }

  drain(limitMs: number): Promise<void> {
    return this.#group.drain(limitMs);
  }

  close(reason: string): void {
    this.#group.close(reason);
  }
}
