import { existsSync } from 'node:fs';
import { captured } from './process.mjs';

const CHROMIUM = '/usr/bin/chromium';
const APT = '/usr/bin/apt-get';
const INSTALL_MS = 10 * 60_000;

/** Whether tests that look at pages in a browser can run on this machine. */
export function hasChromium() {
  return existsSync(CHROMIUM);
}

/** Installs the browser where packages can be installed; elsewhere its tests are left out, and counted as such. */
export async function installChromium({ root }) {
  if (hasChromium() || !existsSync(APT) || process.getuid?.() !== 0) return;
  console.log('Installing chromium');
  const run = (args) =>
    captured(APT, args, { cwd: root, limitMs: INSTALL_MS, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  await run(['update', '-qq']);
  await run(['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
}
