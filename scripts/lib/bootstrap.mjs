import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { must } from './process.mjs';
import { workspaceFolders } from './workspace.mjs';

const PNPM = 'pnpm@12.21.0';
const INSTALL_MS = 10 * 60_000;
const BUILD_MS = 5 * 60_000;
/** Somebody else may be at an install of that length. */
const LOCK_MS = INSTALL_MS + BUILD_MS;

/**
 * Installs the locked dependencies if they are not there. pnpm comes through npx: nothing is installed globally.
 * @param {string} root
 */
export async function install(root) {
  if (isInstalled(root)) return;
  await locked(root, async () => {
    // Whoever held the lock may have done it.
    if (isInstalled(root)) return;
    console.error('Installing dependencies');
    // Without prefer-offline, npx waits for over a minute on a machine without a network before it uses its cache.
    const args = ['--prefer-offline', '-y', PNPM, 'install', '--frozen-lockfile', '--prefer-offline'];
    // CI keeps pnpm from asking whether it may replace a node_modules that it did not make.
    await must('npx', args, { cwd: root, env: { CI: 'true' }, limitMs: INSTALL_MS });
    writeFileSync(stampFile(root), stamp(root));
  });
}

/**
 * Compiles what changed, once {@link install} is through.
 * @param {string} root
 * @throws Failed with the compiler's messages
 */
export async function build(root) {
  await locked(root, () =>
    must(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { cwd: root, limitMs: BUILD_MS }),
  );
}

/**
 * A sum over everything that decides what an install yields. A machine of another kind that shares the folder needs its
 * own native parts.
 * @param {string} root
 */
export function stamp(root) {
  const hash = createHash('sha256').update(`${PNPM} ${process.platform} ${process.arch}\n`);
  const manifests = ['', ...workspaceFolders(root)].map((folder) => join(folder, 'package.json'));
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function stampFile(root) {
  return join(root, 'node_modules', '.pabal-stamp');
}

function isInstalled(root) {
  const file = stampFile(root);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== stamp(root)) return false;
  // The stamp lies in the root's folder alone; a package's own may have been deleted.
  return workspaceFolders(root).every(
    (folder) => existsSync(join(root, folder, 'node_modules')) || !hasDependencies(join(root, folder)),
  );
}

function hasDependencies(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).length > 0;
}

/**
 * Progress goes to standard error, for standard output may be our command line's, with a program reading it.
 * The lock lies outside node_modules, which an install may replace.
 */
function locked(root, work) {
  const onWait = (owner) => console.error(`Waiting for ${owner}, which is installing or building`);
  return withLock(join(root, '.cache', 'install.lock'), { limitMs: LOCK_MS, onWait }, work);
}
