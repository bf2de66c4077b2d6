/** Makes the tarball of the client that other teams install: `npm run pack:client [-- FOLDER]`. Installs and builds first. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, install } from './lib/bootstrap.mjs';
import { must } from './lib/process.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const PACK_MS = 60_000;

await install(ROOT);
await build(ROOT);
// Only an installation brings the bundler.
const { layOutClient } = await import('./lib/client-package.mjs');
const target = resolve(process.argv[2] ?? join(ROOT, 'dist'));
const folder = mkdtempSync(join(tmpdir(), 'pabal-client-'));
try {
  const { name, version } = await layOutClient(ROOT, folder);
  mkdirSync(target, { recursive: true });
  await must('npm', ['pack', '--silent', '--pack-destination', target], { cwd: folder, limitMs: PACK_MS });
  console.log(join(target, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
