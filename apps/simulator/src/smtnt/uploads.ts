import { faultNumber, type Random } from '../common/index.js';
import { compareFields, describeFault, type FieldSpec, numberOf, textOf } from './fields.js';
import type { Gateway } from './gateway.js';
import { readJpeg } from './jpeg.js';
import { isObject, type JsonObject } from './packets.js';
import type { Breach, SmtntRuleId } from './rules.js';
import type { ServerPacket } from './server-packets.js';

/** Largest packet of a chunk as it is on the wire, header line included (SMTNT 1.2). */
const MOST_PACKET_BYTES = 2048;
/** Base64 characters of one chunk (SMTNT 3.3.16). */
const MOST_DATA_CHARACTERS = 4096;
/** 1 MByte: of one file, and of all files of a message (SMTNT 1.2). */
export const MOST_FILE_BYTES = 1_048_576;
const MOST_WIDTH = 1024;
const MOST_HEIGHT = 768;
const NAME_DIGITS = 32;

/** Result codes of uploads (SMTNT 3.4). */
const RESULT = { ok: 0, noFile: 16, input: 19, fileSize: 910, data: 911, other: 999 } as const;

export type UploadMethod =
  | 'UploadFileNameReq'
  | 'UploadFileReq'
  | 'UploadFileDataReq'
  | 'UploadFileFinishReq';

const FIELDS = {
  name: [{ name: 'FileExtension', type: 'string' }],
  chunk: [{ name: 'Data', type: 'string' }],
  finish: [
    { name: 'FileName', type: 'string' },
    { name: 'FileSize', type: 'number' },
  ],
} as const satisfies Record<string, readonly FieldSpec[]>;

/** What one upload packet led to. */
export interface UploadStep {
  /** Undefined where nothing is answered. */
  readonly answer: ServerPacket | undefined;
  readonly breaches: readonly Breach[];
  /** Set where a file was taken in whole. */
  readonly finished?: { readonly name: string; readonly content: Buffer };
}

interface OpenUpload {
  readonly name: string;
  readonly chunks: Buffer[];
  bytes: number;
}

export function isUpload(method: string): method is UploadMethod {
  return method.startsWith('UploadFile') && method.endsWith('Req');
}

/** The answers to uploads that are not looked into; undefined for a chunk, which gets none. */
export function refusedUpload(method: UploadMethod, code: number): ServerPacket | undefined {
  if (method === 'UploadFileNameReq') return nameRes(code, '');
  return method === 'UploadFileFinishReq' ? finishRes(code) : undefined;
}

/** The upload of one session: at most one is open, because a chunk does not say which file it belongs to. */
export class Uploads {
  readonly #gateway: Gateway;
  #open: OpenUpload | undefined;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  /** Takes an upload packet; `packetBytes` is its size on the wire. */
  take(method: UploadMethod, body: unknown, packetBytes: number): UploadStep {
    if (method === 'UploadFileNameReq') return this.#begin(body);
    if (method === 'UploadFileFinishReq') return this.#finish(body);
    return this.#chunk(method, body, packetBytes);
  }

  #begin(body: unknown): UploadStep {
    const { value, breaches } = read(body, FIELDS.name, 'upload-name-fields');
    if (!value) return { answer: nameRes(RESULT.data, ''), breaches };
    if (textOf(value, 'FileExtension') !== '.jpg') {
      breaches.push({ rule: 'upload-extension', detail: 'FileExtension is not .jpg' });
      return { answer: nameRes(RESULT.input, ''), breaches };
    }
    if (this.#open && this.#open.chunks.length > 0) {
      breaches.push({ rule: 'upload-interleaved', detail: `after ${this.#open.chunks.length} chunks` });
    }
    const name = drawName(this.#gateway.judge.random);
    this.#open = { name, chunks: [], bytes: 0 };
    return { answer: nameRes(RESULT.ok, name), breaches };
  }

  #chunk(method: UploadMethod, body: unknown, packetBytes: number): UploadStep {
    const { uploadMethod, answerChunks } = this.#gateway.settings;
    const { value, breaches } = read(body, FIELDS.chunk, 'upload-chunk-fields');
    const note = (rule: SmtntRuleId, detail: string) => breaches.push({ rule, detail });
    if (uploadMethod !== 'both' && method !== uploadMethod) note('upload-method', `${method} here`);
    if (packetBytes > MOST_PACKET_BYTES) {
      note('upload-packet-size', `packet of ${packetBytes} bytes, limit ${MOST_PACKET_BYTES}`);
    }
    const code = value ? this.#keep(textOf(value, 'Data'), note) : RESULT.data;
    const answer = answerChunks ? { method: 'UploadFileRes', body: { Result: code } } : undefined;
    return { answer, breaches };
  }

  /** Keeps the bytes of a chunk; the result code, 0 where they belong to a file. */
  #keep(data: string, note: (rule: SmtntRuleId, detail: string) => void): number {
    if (data.length > MOST_DATA_CHARACTERS) {
      note('upload-chunk-length', `Data of ${data.length} characters, limit ${MOST_DATA_CHARACTERS}`);
    }
    const bytes = Buffer.from(data, 'base64');
    if (bytes.length === 0 || bytes.toString('base64') !== data) {
      note('upload-chunk-base64', `Data of ${data.length} characters`);
      return RESULT.data;
    }
    const open = this.#open;
    if (!open) {
      note('upload-chunk-first', 'a chunk without a name before it');
      return RESULT.noFile;
    }
    open.bytes += bytes.length;
    // What is too large for any message is counted and not kept.
    if (open.bytes <= MOST_FILE_BYTES) open.chunks.push(bytes);
    return RESULT.ok;
  }

  #finish(body: unknown): UploadStep {
    const { value, breaches } = read(body, FIELDS.finish, 'upload-finish-fields');
    if (!value) return { answer: finishRes(RESULT.data), breaches };
    const open = this.#open;
    if (!open || textOf(value, 'FileName') !== open.name) {
      breaches.push({ rule: 'upload-finish-name', detail: 'FileName is not the one that was given last' });
      return { answer: finishRes(RESULT.noFile), breaches };
    }
    // Whatever its end, the name is not uploaded to any more.
    this.#open = undefined;
    const content = Buffer.concat(open.chunks);
    const fault = judgeFile(open.bytes, numberOf(value, 'FileSize'), content);
    if (fault) return { answer: finishRes(fault.code), breaches: [...breaches, fault.breach] };
    const refusal = this.#gateway.judge.faults.strike('refuseUpload');
    if (refusal) return { answer: finishRes(faultNumber(refusal, RESULT.other)), breaches };
    const isUnanswered = this.#gateway.judge.faults.strike('unansweredUpload') !== undefined;
    const answer = isUnanswered ? undefined : finishRes(RESULT.ok);
    return { answer, breaches, finished: { name: open.name, content } };
  }
}

/** The first thing that is wrong with a file; undefined for one that can be sent. */
function judgeFile(
  bytes: number,
  announced: number,
  content: Buffer,
): { readonly code: number; readonly breach: Breach } | undefined {
  const fault = (code: number, rule: SmtntRuleId, detail: string) => ({ code, breach: { rule, detail } });
  if (bytes !== announced) {
    return fault(RESULT.fileSize, 'upload-finish-size', `FileSize ${announced}, uploaded ${bytes} bytes`);
  }
  if (bytes > MOST_FILE_BYTES) {
    return fault(RESULT.fileSize, 'upload-file-size', `${bytes} bytes, limit ${MOST_FILE_BYTES}`);
  }
  const jpeg = readJpeg(content);
  if (!jpeg.ok) return fault(RESULT.data, 'upload-jpeg', jpeg.why);
  if (jpeg.width > MOST_WIDTH || jpeg.height > MOST_HEIGHT) {
    const detail = `${jpeg.width}x${jpeg.height}, limit ${MOST_WIDTH}x${MOST_HEIGHT}`;
    return fault(RESULT.fileSize, 'upload-dimensions', detail);
  }
  return undefined;
}

/** The Body where it can be used, and how it differs from its table. */
function read(
  body: unknown,
  table: readonly FieldSpec[],
  rule: SmtntRuleId,
): { value: JsonObject | undefined; breaches: Breach[] } {
  if (!isObject(body)) return { value: undefined, breaches: [{ rule, detail: 'Body is not an object' }] };
  const faults = compareFields(body, table);
  const unusable = faults.some(({ kind }) => kind === 'missing' || kind === 'type');
  const breaches = faults.map((fault) => ({ rule, detail: describeFault(fault) }));
  return { value: unusable ? undefined : body, breaches };
}

function nameRes(code: number, name: string): ServerPacket {
  return { method: 'UploadFileNameRes', body: { Result: code, FileName: name } };
}

function finishRes(code: number): ServerPacket {
  return { method: 'UploadFileFinishRes', body: { Result: code } };
}

/** `622df679aa4e4a429aa0ae4aa2cb7327.jpg`, as the sample of SMTNT 3.3.15 has it. */
function drawName(random: Random): string {
  const digits = Array.from({ length: NAME_DIGITS }, () => Math.floor(random() * 16).toString(16));
  return `${digits.join('')}.jpg`;
}
