import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { AptAccess } from './candidates.js';

const run = promisify(execFile);

const INSTALL_MS = 5 * 60_000;

/**
 * Installs redis-server without letting the package start its service: a private server is started afterwards, and a
 * machine should not be left with one that nobody asked for. `policy-rc.d` is Debian's way to forbid a start; one that
 * is there already is left alone and the service stopped instead, one left over from a killed run is taken away.
 * The lists of packages are fetched only if the package cannot be had without.
 */
const SCRIPT = `
set -u
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
mark='# pabal: no service is started by this installation'
if grep -qsF "$mark" "$policy"; then rm -f "$policy"; fi
foreign=
if [ -e "$policy" ]; then
  foreign=yes
else
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\\n%s\\nexit 101\\n' "$mark" > "$policy" && chmod 755 "$policy"
fi
install() {
  apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 redis-server
}
if ! install; then
  apt-get update -o DPkg::Lock::Timeout=120 && install || exit 1
fi
if [ -n "$foreign" ] && command -v invoke-rc.d >/dev/null; then invoke-rc.d redis-server stop || true; fi
`;

/** How packages can be installed here: as root, through `sudo` without a password, or (undefined) not at all. */
export async function aptAccess(): Promise<AptAccess | undefined> {
  const debian = await access('/usr/bin/apt-get').then(
    () => true,
    () => false,
  );
  if (!debian) return undefined;
  if (process.getuid?.() === 0) return 'root';
  return run('sudo', ['-n', 'true'], { timeout: 5_000 }).then(
    () => 'sudo' as const,
    () => undefined,
  );
}

/**
 * Installs redis-server from the distribution.
 * @throws an Error that carries apt's last lines
 */
export async function installWithApt(way: AptAccess): Promise<void> {
  const [command, ...args] = way === 'root' ? ['/bin/sh'] : ['sudo', '-n', '/bin/sh'];
  try {
    await run(command, [...args, '-c', SCRIPT], { timeout: INSTALL_MS, maxBuffer: 1 << 24 });
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    throw new Error(`apt-get install redis-server failed: ${output.trim().split('\n').slice(-3).join(' ')}`, {
      cause: error,
    });
  }
}
