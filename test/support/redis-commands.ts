/** A command on its way to Redis: its words, and the bytes that it came in. */
export interface RedisCommand {
  readonly words: readonly string[];
  readonly bytes: Buffer;
}

const CRLF = '\r\n';

/** Cuts what a client sends (RESP arrays of bulk strings) into commands. */
export class RedisCommandReader {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): RedisCommand[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const commands: RedisCommand[] = [];
    let from = 0;
    for (;;) {
      const found = commandAt(this.#rest, from);
      if (!found) break;
      commands.push({ words: found.words, bytes: this.#rest.subarray(from, found.end) });
      from = found.end;
    }
    this.#rest = this.#rest.subarray(from);
    return commands;
  }
}

/** The command that begins there; undefined while it is not whole. */
function commandAt(bytes: Buffer, from: number): { words: string[]; end: number } | undefined {
  const count = numberAt(bytes, from, '*');
  if (!count) return undefined;
  const words: string[] = [];
  let at = count.end;
  for (let i = 0; i < count.value; i++) {
    const length = numberAt(bytes, at, '$');
    if (!length) return undefined;
    const end = length.end + length.value;
    if (bytes.length < end + CRLF.length) return undefined;
    words.push(bytes.toString('latin1', length.end, end));
    at = end + CRLF.length;
  }
  return { words, end: at };
}

/** `*12\r\n` or `$12\r\n`. */
function numberAt(bytes: Buffer, at: number, sign: '*' | '$'): { value: number; end: number } | undefined {
  const end = bytes.indexOf(CRLF, at, 'latin1');
  if (at >= bytes.length || end < 0) return undefined;
  const line = bytes.toString('latin1', at, end);
  if (!line.startsWith(sign)) throw new Error('a client of Redis sends arrays of bulk strings');
  return { value: Number(line.slice(1)), end: end + CRLF.length };
}
