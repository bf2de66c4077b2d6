import { randomUUID } from 'node:crypto';
import type { Channel, MessageV1, Problem } from '@pabal/message';
import type {
  AgentIdentity,
  AttachedFile,
  Attachments,
  GatewayKind,
  LineDeps,
  LineStatus,
  PreparedSubmit,
  SendLine,
  Slot,
  StageOutcome,
  SubmitOutcome,
} from '@pabal/session';
import { durationSchema } from '@pabal/session';

export interface Written {
  readonly wireId: string;
  readonly message: MessageV1;
  /** Which attempt of this message at this gateway it was, from 1. */
  readonly nth: number;
  /** What it was prepared with, where it has files. */
  readonly attachments: Attachments | undefined;
}

export type Script = (written: Written) => SubmitOutcome | Promise<SubmitOutcome>;

export const accepted: SubmitOutcome = { kind: 'accepted', code: '0000' };
export const lost: SubmitOutcome = { kind: 'unknown', why: 'ackTimeout' };

interface FakeSubmit extends PreparedSubmit {
  readonly message: MessageV1;
  readonly attachments: Attachments | undefined;
}

/** A message that a line was asked to stage. */
export interface ToStage {
  readonly message: MessageV1;
  readonly files: readonly AttachedFile[];
  readonly complete: boolean;
}

/** A staging that holds for ever. */
export const staged: StageOutcome = { kind: 'staged', staged: { fresh: () => true } };

/** One agent's line whose gateway does what a test's script says. */
class FakeLine implements SendLine {
  readonly identity: AgentIdentity;
  readonly #gateway: FakeGateway;
  readonly #deps: LineDeps;
  #loginAt: number;
  #sessionId = randomUUID();
  #inFlight = 0;

  constructor(gateway: FakeGateway, deps: LineDeps) {
    this.#gateway = gateway;
    this.#deps = deps;
    this.identity = deps.identity;
    this.#loginAt = deps.fleetNow();
  }

  /** A new login, as after a lost link. */
  relogin(): void {
    this.#loginAt = this.#deps.fleetNow();
    this.#sessionId = randomUUID();
    this.#deps.onEvent({ kind: 'changed' });
  }

  changed(): void {
    this.#deps.onEvent({ kind: 'changed' });
  }

  nextAt(): number {
    return this.isOpen() && this.#inFlight < this.window() ? 0 : Number.POSITIVE_INFINITY;
  }

  recipientFreeAt(): number {
    return 0;
  }

  lastWriteTo(): number | undefined {
    return undefined;
  }

  reserve(): Slot | undefined {
    if (this.nextAt() > 0) return undefined;
    this.#inFlight++;
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      this.#inFlight--;
    };
    return {
      sessionId: this.#sessionId,
      loginAt: this.#loginAt,
      release,
      due: () => Promise.resolve(),
      write: async (submit) => {
        if (!this.#deps.mayWrite()) return { kind: 'notWritten', why: 'lease' };
        const outcome = await this.#gateway.take(submit as FakeSubmit);
        release();
        return outcome;
      },
    };
  }

  stage(
    message: MessageV1,
    files: readonly AttachedFile[],
    complete: boolean,
  ): Promise<StageOutcome> | undefined {
    return this.#gateway.stage?.({ message, files, complete });
  }

  prepare(message: MessageV1, wireId: string, attachments?: Attachments): FakeSubmit {
    const { channel, to, text } = message;
    return { channel, wireId, recipient: to, bytes: text.length, message, attachments };
  }

  inFlight(): number {
    return this.#inFlight;
  }

  window(): number {
    return 16;
  }

  isOpen(): boolean {
    return this.#gateway.open;
  }

  status(): LineStatus {
    return { sessions: [], rates: {} };
  }

  async drain(): Promise<void> {}

  close(): void {}
}

/** A gateway played by a test, with the lines that the fleet has opened to it. */
export class FakeGateway {
  readonly written: Written[] = [];
  readonly lines: FakeLine[] = [];
  open = true;
  script: Script = () => accepted;
  /** What must be done before a message with files is prepared; undefined where nothing must. */
  stage: ((asked: ToStage) => Promise<StageOutcome>) | undefined;

  constructor(
    readonly name: string,
    private readonly options: {
      readonly accounts?: readonly string[];
      readonly probeQuietMs?: number;
      readonly problems?: (message: MessageV1, files?: readonly AttachedFile[]) => readonly Problem[];
    } = {},
  ) {}

  async take({ message, wireId, attachments }: FakeSubmit): Promise<SubmitOutcome> {
    const nth = this.writtenOf(message.id).length + 1;
    const written = { wireId, message, nth, attachments };
    this.written.push(written);
    return this.script(written);
  }

  writtenOf(id: string): readonly Written[] {
    return this.written.filter(({ message }) => message.id === id);
  }

  relogin(): void {
    for (const line of this.lines) line.relogin();
  }

  setOpen(open: boolean): void {
    this.open = open;
    for (const line of this.lines) line.changed();
  }

  get kind(): GatewayKind<number> {
    const channels: readonly Channel[] = ['sms', 'mms'];
    return {
      protocol: 'fake',
      configSchema: durationSchema,
      agents: (gateway) =>
        (this.options.accounts ?? ['demo']).map((account) => ({ gateway, account, agent: account })),
      reportsOn: 'sendLine',
      channels: () => channels,
      problems: (message, _config, files) => this.options.problems?.(message, files) ?? [],
      reportDeadlineMs: () => 72 * 3_600_000,
      duplicateMemoryMs: () => 3_600_000,
      reread: () => undefined,
      probeQuietMs: this.options.probeQuietMs ?? 0,
      openSendLine: (_config, deps) => {
        const line = new FakeLine(this, deps);
        this.lines.push(line);
        return line;
      },
    };
  }
}
