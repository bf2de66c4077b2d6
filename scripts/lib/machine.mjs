import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { captured } from './process.mjs';

const CHROMIUM = '/usr/bin/chromium';
const POSTGRES = '/usr/lib/postgresql';
const APT = '/usr/bin/apt-get';
const INSTALL_MS = 10 * 60_000;

/** What some tests need of a machine beside Node and Redis, and the package of Debian and Ubuntu that brings it. */
const WANTED = [
  { name: 'chromium', there: hasChromium },
  { name: 'postgresql', there: () => existsSync(POSTGRES) && readdirSync(POSTGRES).length > 0 },
  { name: 'curl', there: () => hasProgram('curl') },
  { name: 'python3', there: () => hasProgram('python3') },
  { name: 'default-jdk-headless', there: () => hasProgram('javac') },
];

/** Whether tests that look at pages in a browser can run on this machine. */
export function hasChromium() {
  return existsSync(CHROMIUM);
}

function hasProgram(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Installs what is missing where packages can be installed; elsewhere the tests that need it are left out, and counted as such. */
export async function equipMachine({ root }) {
  const missing = WANTED.filter(({ there }) => !there()).map(({ name }) => name);
  if (missing.length === 0 || !existsSync(APT) || process.getuid?.() !== 0) return;
  console.log(`Installing ${missing.join(', ')}`);
  const run = (args) =>
    captured(APT, args, { cwd: root, limitMs: INSTALL_MS, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  await run(['update', '-qq']);
  // One by one: a name that this release lacks does not keep the others from coming.
  for (const name of missing) await run(['install', '-y', '-qq', '--no-install-recommends', name]);
}
