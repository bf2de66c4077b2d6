import { constants, createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { extname } from 'node:path';
import { CliFailure, UsageError } from '../failure.js';
import { readCsv } from './csv.js';
import { readJsonl } from './jsonl.js';
import type { Row } from './row.js';

export const ENCODINGS = { 'utf-8': 'utf-8', cp949: 'euc-kr' } as const;
export type Encoding = keyof typeof ENCODINGS;

const FORMATS: Readonly<Record<string, (name: string, text: AsyncIterable<string>) => AsyncGenerator<Row>>> =
  {
    '.csv': readCsv,
    '.jsonl': readJsonl,
    '.ndjson': readJsonl,
  };

/**
 * Reads a list of messages, one row after the other, whatever its size.
 * @throws UsageError for a file that is neither .csv nor .jsonl
 * @throws CliFailure when it cannot be read
 */
export function readRows(path: string, encoding: Encoding): AsyncGenerator<Row> {
  const read = FORMATS[extname(path).toLowerCase()];
  if (!read) throw new UsageError(`${path} must end in .csv or .jsonl`);
  return read(path, decoded(path, encoding));
}

/**
 * Says at once that a list cannot be read, before anything else is done for it.
 * @throws UsageError for a file that is neither .csv nor .jsonl
 * @throws CliFailure when it cannot be read
 */
export async function checkReadable(path: string): Promise<void> {
  if (!FORMATS[extname(path).toLowerCase()]) throw new UsageError(`${path} must end in .csv or .jsonl`);
  await access(path, constants.R_OK).catch((cause: NodeJS.ErrnoException) => {
    throw new CliFailure(`${path} cannot be read (${cause.code})`, { cause });
  });
}

/** Text of a file; bytes that the encoding does not know end it, they are not replaced in silence. */
async function* decoded(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(ENCODINGS[encoding], { fatal: true, ignoreBOM: true });
  const decode = (bytes?: Uint8Array) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch (cause) {
      const other = encoding === 'utf-8' ? ' If a Korean spreadsheet wrote it, say --encoding cp949' : '';
      throw new CliFailure(`${path} is not encoded in ${encoding}.${other}`, { cause });
    }
  };
  try {
    for await (const chunk of createReadStream(path)) yield decode(chunk as Uint8Array);
  } catch (error) {
    if (error instanceof CliFailure || !(error instanceof Error) || !('syscall' in error)) throw error;
    throw new CliFailure(`${path} cannot be read (${'code' in error ? String(error.code) : error.message})`, {
      cause: error,
    });
  }
  yield decode();
}
