import { readFile, stat } from 'node:fs/promises';
import { CliFailure } from './failure.js';

/**
 * The bytes of a file.
 * @throws CliFailure with its path, where it cannot be read or has more bytes than this
 */
export async function readWhole(path: string, mostBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw new CliFailure(`${path} has ${size} bytes: at most ${mostBytes} are read`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof CliFailure) throw error;
    throw new CliFailure(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}
