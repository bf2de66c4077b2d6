import type { MessageV1 } from '@pabal/message';
import { ackMeaning, type Codec, JPEG_EXTENSION, sendCode } from '@pabal/protocol-smtnt';
import type {
  AttachedFile,
  Clock,
  ErrandAnswer,
  ErrandOutcome,
  ErrandSteps,
  ManagedSendLine,
  Staged,
  StageOutcome,
} from '@pabal/session';
import type { SmtntConfig } from './config.js';
import { SmtntConnection, type SmtntSubmit } from './dialect.js';
import { notTakenNow } from './outcomes.js';

/** After a lost connection or a missing answer, ms: the session needs a moment to come back. */
const RETRY_MS = 1000;
/** After an upload that the server had no strength for (907), ms. */
const BUSY_RETRY_MS = 5_000;
/** After an error of our own, ms: the same will hardly go better at once. */
const FAILED_RETRY_MS = 30_000;
/**
 * An answer that does not come costs the connection, and with it the submits of all channels that it carries: where
 * that repeats, files wait this many times longer after each, and at most so long, ms.
 */
const SILENCE_GROWTH = 4;
const SILENCE_CAP_MS = 600_000;
/** Names that are remembered for using them again. */
const REMEMBERED = 1000;
const DONE = '0';

/** Files that the server holds for a message, by the names that it gave them. */
export class StagedUploads implements Staged {
  /** In the order of the message's files. */
  readonly names: readonly string[];
  readonly #holds: () => boolean;

  constructor(names: readonly string[], holds: () => boolean) {
    this.names = names;
    this.#holds = holds;
  }

  fresh(): boolean {
    return this.#holds();
  }
}

export interface UploadsOptions {
  readonly config: Pick<SmtntConfig, 'uploadMethod' | 'uploadChunk' | 'uploadReuse'>;
  readonly clock: Clock;
  /** The line that is asked; there is none before it is opened. */
  readonly line: () => Pick<ManagedSendLine<SmtntSubmit>, 'errand' | 'isLoggedIn'> | undefined;
  /** Milliseconds until the sending hours begin; 0 within them. */
  readonly untilOpenMs: () => number;
}

/** What became of one file. */
type Upload = { readonly name: string } | { readonly refusal: string };

interface Remembered {
  readonly name: string;
  readonly connection: SmtntConnection;
  readonly until: number;
}

/** Brings the files of messages to the server (SMTNT 3.3.14 to 3.3.18), one message at a time on a session. */
export class Uploads {
  readonly #options: UploadsOptions;
  /** By file id, oldest first. */
  readonly #remembered = new Map<string, Remembered>();
  /** The last name that a connection gave: an answer that comes twice has it again. */
  readonly #lastNames = new WeakMap<SmtntConnection, string>();
  /** Answers that did not come since one did last. */
  #silences = 0;
  /** Until when (clock `now()`) nothing is brought, for that. */
  #silentUntil = Number.NEGATIVE_INFINITY;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /**
   * Undefined for a message without files.
   * @param complete uses no name again.
   */
  stage(
    message: MessageV1,
    files: readonly AttachedFile[],
    complete: boolean,
  ): Promise<StageOutcome> | undefined {
    return files.length === 0 ? undefined : this.#bring(message, files, complete);
  }

  async #bring(
    { channel }: MessageV1,
    files: readonly AttachedFile[],
    complete: boolean,
  ): Promise<StageOutcome> {
    const restMs = this.#silentUntil - this.#options.clock.now();
    if (restMs > 0) return { kind: 'notNow', why: 'answer-timeout', retryMs: restMs };
    const line = this.#options.line();
    const outcome: ErrandOutcome<readonly string[] | { readonly refusal: string }> = line
      ? await line.errand(channel, (connection) => {
          if (!(connection instanceof SmtntConnection)) throw new TypeError('another dialect’s connection');
          return this.#all(connection, files, complete);
        })
      : { kind: 'abandoned', why: 'not-ready' };
    if (outcome.kind === 'abandoned') return this.#abandoned(outcome.why);
    this.#silences = 0;
    const { result, sessionId } = outcome;
    if ('refusal' in result) return this.#refused(result.refusal);
    const staged = new StagedUploads(result, () => this.#options.line()?.isLoggedIn(sessionId) === true);
    return { kind: 'staged', staged };
  }

  #abandoned(why: Extract<ErrandOutcome<unknown>, { kind: 'abandoned' }>['why']): StageOutcome {
    if (why !== 'answer-timeout') {
      return { kind: 'notNow', why, retryMs: why === 'failed' ? FAILED_RETRY_MS : RETRY_MS };
    }
    const now = this.#options.clock.now();
    // Those that waited behind it end with it: one silence.
    if (this.#silentUntil <= now) {
      this.#silentUntil = now + Math.min(RETRY_MS * SILENCE_GROWTH ** this.#silences, SILENCE_CAP_MS);
      this.#silences += 1;
    }
    return { kind: 'notNow', why, retryMs: this.#silentUntil - now };
  }

  /** What a Result other than 0 means: the send codes' words (SMTNT 3.3.18), but nothing was offered to anybody. */
  #refused(code: string): StageOutcome {
    const result = Number(code);
    const notNow = notTakenNow(ackMeaning(result), this.#options.untilOpenMs());
    const { reason, advice } = sendCode(result);
    if (reason === 'gateway-busy') return { kind: 'notNow', why: reason, retryMs: BUSY_RETRY_MS };
    if (notNow !== undefined) return { kind: 'notNow', why: reason, retryMs: notNow };
    // An acceptance without the name that it is for.
    if (code === DONE) return { kind: 'refused', code, reason: 'gateway-error', advice: 'retry' };
    return { kind: 'refused', code, reason, advice };
  }

  *#all(
    connection: SmtntConnection,
    files: readonly AttachedFile[],
    complete: boolean,
  ): ErrandSteps<readonly string[] | { readonly refusal: string }> {
    const names: string[] = [];
    for (const file of files) {
      const known = complete ? undefined : this.#recall(file.id, connection);
      const upload: Upload = known === undefined ? yield* this.#one(connection, file) : { name: known };
      if ('refusal' in upload) return upload;
      names.push(upload.name);
    }
    return names;
  }

  *#one(connection: SmtntConnection, file: AttachedFile): ErrandSteps<Upload> {
    const { config } = this.#options;
    const { codec } = connection;
    const named = yield* this.#askName(connection);
    const name = named?.value;
    if (named?.code !== DONE || name === undefined || name === '') return { refusal: named?.code ?? DONE };
    this.#lastNames.set(connection, name);
    for (let from = 0; from < file.bytes.length; from += config.uploadChunk) {
      const chunk = file.bytes.subarray(from, from + config.uploadChunk);
      yield { bytes: chunkFrame(codec, config.uploadMethod, chunk) };
    }
    const body = { FileName: name, FileSize: file.bytes.length };
    const finished = yield {
      bytes: codec.encode({ method: 'UploadFileFinishReq', body }),
      awaits: 'UploadFileFinishRes',
    };
    if (finished?.code !== DONE) return { refusal: finished?.code ?? DONE };
    this.#remember(file.id, name, connection);
    return { name };
  }

  /** A repeat of the answer before is no answer to this question: the server names no file twice. */
  *#askName(connection: SmtntConnection): ErrandSteps<ErrandAnswer | undefined> {
    const awaits = 'UploadFileNameRes';
    const request = { method: 'UploadFileNameReq', body: { FileExtension: JPEG_EXTENSION } } as const;
    let answer = yield { bytes: connection.codec.encode(request), awaits };
    const last = this.#lastNames.get(connection);
    while (last !== undefined && answer?.value === last) answer = yield { awaits };
    return answer;
  }

  #recall(fileId: string, connection: SmtntConnection): string | undefined {
    const known = this.#remembered.get(fileId);
    if (!known || known.connection !== connection || known.until <= this.#options.clock.now())
      return undefined;
    return known.name;
  }

  #remember(fileId: string, name: string, connection: SmtntConnection): void {
    const { clock, config } = this.#options;
    if (config.uploadReuse === 0) return;
    this.#remembered.delete(fileId);
    this.#remembered.set(fileId, { name, connection, until: clock.now() + config.uploadReuse });
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
  }
}

function chunkFrame(codec: Codec, method: SmtntConfig['uploadMethod'], chunk: Uint8Array): Uint8Array {
  const Data = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('base64');
  return codec.encode({ method, body: { Data } });
}
