import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The images that the messages of the repository's sample name by the hashes of their bytes. */
export async function readPictures(folder: string): Promise<Uint8Array[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg'));
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}
