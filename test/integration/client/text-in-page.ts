import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Every module that an entry of the installed client imports, by the name it is imported under: the entry itself as
 * `entry`. Fails on anything but its own files.
 */
export async function modulesOf(client: string, entry: string): Promise<ReadonlyMap<string, string>> {
  const modules = new Map<string, string>();
  const read = async (name: string, file: string) => {
    const text = await readFile(join(client, 'dist', file), 'utf8');
    modules.set(name, text);
    for (const [, specifier = ''] of text.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';/gm)) {
      if (!specifier.startsWith('./')) throw new Error(`${file} imports ${specifier}`);
      if (!modules.has(specifier)) await read(specifier, specifier);
    }
  };
  await read('entry', `${entry}.js`);
  return modules;
}
