/** Where a text stops being hex. Its own characters are not told: they may be anybody's message. */
export class HexError extends Error {
  override readonly name = 'HexError';
  readonly code = 'hex';
}

/** The bytes of one line of a dump, and the offset that it begins with. */
interface DumpLine {
  readonly offset: number;
  readonly bytes: readonly number[];
}

/** `*` in a dump: the line before it goes on up to the next offset. */
const REPEAT = '*';
/** Separators that hold no digit: of bytes, of pairs, of C strings. */
const SEPARATOR = /0x|\\x|[\s:,;_-]/gi;

/**
 * The bytes that a text of hex digits spells: digits with blanks, `0x`, `\x`, colons or commas between them, or the dump
 * of `xxd`, `hexdump -C` or `tcpdump -X` with its offsets and characters. Pure.
 * @throws HexError with line and column
 */
export function parseHex(text: string): Uint8Array {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return dumpOf(lines) ?? plainHex(text);
}

function plainHex(text: string): Uint8Array {
  const digits = text.replace(SEPARATOR, (separator) => ' '.repeat(separator.length));
  const wrong = digits.search(/[^0-9a-f ]/i);
  if (wrong !== -1) throw new HexError(`${placeOf(text, wrong)} is no hex digit`);
  const packed = digits.replaceAll(' ', '');
  if (packed.length % 2 === 1) {
    throw new HexError(
      `${packed.length} hex digits are no whole number of bytes: one is missing or too many`,
    );
  }
  return Uint8Array.from(byteValues(packed));
}

function placeOf(text: string, index: number): string {
  const before = text.slice(0, index).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** Undefined where the lines are no dump: then not all of them have offsets that fit their bytes. */
function dumpOf(lines: readonly string[]): Uint8Array | undefined {
  const found = lines.map((line) => (line.trim() === REPEAT ? REPEAT : dumpLine(line)));
  const read: number[] = [];
  const first = found[0];
  if (first === undefined || first === REPEAT) return undefined;
  if (lines.length === 1 && !isSurelyDump(lines[0] ?? '')) return undefined;
  let repeated: readonly number[] | undefined;
  let last: readonly number[] = [];
  for (const line of found) {
    if (line === undefined) return undefined;
    if (line === REPEAT) {
      repeated = last;
      continue;
    }
    const at = line.offset - first.offset;
    if (repeated !== undefined) {
      if (repeated.length === 0 || at < read.length || at > MOST_REPEATED) return undefined;
      while (read.length < at) read.push(...repeated);
      repeated = undefined;
    }
    if (at !== read.length) return undefined;
    for (const byte of line.bytes) read.push(byte);
    last = line.bytes;
  }
  return repeated === undefined ? Uint8Array.from(read) : undefined;
}

/** A `*` may stand for a great many bytes; more than this is no capture. */
const MOST_REPEATED = 16 * 1024 * 1024;

/** One line alone may be plain hex too, unless its offset or its characters show what it is. */
function isSurelyDump(line: string): boolean {
  return /^\s*(0x)?[0-9a-f]{4,8}: /i.test(line) || /\|.*\|\s*$/.test(line);
}

function dumpLine(line: string): DumpLine | undefined {
  const parts = /^\s*(?:0x)?([0-9a-f]{4,8})(?::|(?=\s|$))\s*(.*)$/i.exec(line);
  if (!parts) return undefined;
  const [, offset = '', rest = ''] = parts;
  const groups = hexPart(rest);
  if (!/^(?:(?:[0-9a-f]{2})+ ?)*$/i.test(groups)) return undefined;
  return { offset: Number.parseInt(offset, 16), bytes: byteValues(groups.replaceAll(' ', '')) };
}

/** The bytes of a line without its characters, which stand between bars or behind two blanks. */
function hexPart(rest: string): string {
  const bar = /^([0-9a-f\s]*)\|.*\|\s*$/i.exec(rest);
  if (bar) return (bar[1] ?? '').replace(/\s+/g, ' ').trim();
  return (/^(.*?)(?: {2}|\t|$)/.exec(rest)?.[1] ?? '').trim();
}

function byteValues(digits: string): number[] {
  return Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}
