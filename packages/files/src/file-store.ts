import type { Redis } from 'ioredis';
import { checkJpeg } from './check-jpeg.js';
import { fileId, isFileId } from './file-id.js';

/** What is known of a file without its bytes. */
export interface StoredFileInfo {
  readonly id: string;
  /** Bytes. */
  readonly size: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface StoredFile {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface FileStoreOptions {
  /** Its commands are repeated by nobody: an error of the connection is thrown as it is. */
  readonly redis: Redis;
  readonly prefix: string;
  /** How long a file is kept after it was put, ms. */
  readonly keepMs?: number;
}

const DAY_MS = 86_400_000;
export const DEFAULT_KEEP_MS = 7 * DAY_MS;

/** The key of a file: a hash with its bytes `b`, width `w` and height `h`. */
export function fileKey(prefix: string, id: string): string {
  return `${prefix}:file:${id}`;
}

/** Prolongs, never shortens; what has no expiry keeps none. */
const PROLONG = `
local function prolong(key, ms)
  local left = redis.call('PTTL', key)
  if left >= 0 and left < tonumber(ms) then redis.call('PEXPIRE', key, ms) end
end
`;

// KEYS 1 file  ARGV 1 bytes 2 width 3 height 4 how long to keep, ms
const PUT = `${PROLONG}
if redis.call('EXISTS', KEYS[1]) == 1 then
  prolong(KEYS[1], ARGV[4])
else
  redis.call('HSET', KEYS[1], 'b', ARGV[1], 'w', ARGV[2], 'h', ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
return 1
`;

// KEYS 1… files  ARGV 1… how long to keep each, ms. Answers 1 for each that is there, else 0.
const KEEP = `${PROLONG}
local there = {}
for i, key in ipairs(KEYS) do
  there[i] = redis.call('EXISTS', key)
  if there[i] == 1 then prolong(key, ARGV[i]) end
end
return there
`;

/**
 * Files of messages in Redis, by their content: the same bytes are stored once, whoever puts them and however often.
 * Each has an expiry that only ever grows, so that whoever names a file in a message can see to it that the message
 * finds it.
 */
export class FileStore {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #keepMs: number;

  constructor({ redis, prefix, keepMs = DEFAULT_KEEP_MS }: FileStoreOptions) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#keepMs = keepMs;
  }

  /**
   * Checks and stores a JPEG; a repeat renews its expiry.
   * @throws FileError when it is none, or too large
   */
  async put(bytes: Uint8Array): Promise<StoredFileInfo> {
    const { width, height } = checkJpeg(bytes);
    const id = fileId(bytes);
    await this.#redis.eval(PUT, 1, this.#key(id), Buffer.from(bytes), width, height, Math.ceil(this.#keepMs));
    return { id, size: bytes.length, width, height };
  }

  /** Reads a file; undefined when it is not there (any longer). */
  async get(id: string): Promise<StoredFile | undefined> {
    if (!isFileId(id)) return undefined;
    const [bytes, width, height] = await this.#redis.hmgetBuffer(this.#key(id), 'b', 'w', 'h');
    if (!bytes || !width || !height) return undefined;
    return { id, bytes, width: Number(width), height: Number(height) };
  }

  /** Which of these files are there, in one round trip. */
  async has(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.keepEach(new Map(ids.map((id) => [id, 0])));
  }

  /** Sees to it that these files stay for at least so long from now. Answers which of them are there. */
  async keep(ids: readonly string[], forMs: number): Promise<ReadonlySet<string>> {
    return this.keepEach(new Map(ids.map((id) => [id, forMs])));
  }

  /** Like {@link keep}, each for its own time (ms from now), in one round trip. */
  async keepEach(lifetimes: ReadonlyMap<string, number>): Promise<ReadonlySet<string>> {
    const wanted = [...lifetimes].filter(([id]) => isFileId(id));
    if (wanted.length === 0) return new Set();
    const keys = wanted.map(([id]) => this.#key(id));
    const times = wanted.map(([, ms]) => Math.ceil(ms));
    const there = (await this.#redis.eval(KEEP, keys.length, ...keys, ...times)) as number[];
    return new Set(wanted.filter((_, index) => there[index] === 1).map(([id]) => id));
  }

  #key(id: string): string {
    return fileKey(this.#prefix, id);
  }
}
