import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, with its slash: a test finds it from its source as from what the compiler wrote of it. */
export const ROOT = `${rootAbove(dirname(fileURLToPath(import.meta.url)))}/`;
/** The command line, as users start it. */
export const PABAL = join(ROOT, 'apps/cli/bin/pabal.mjs');

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the tests do not lie in the repository');
  return rootAbove(parent);
}
