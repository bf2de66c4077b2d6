import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, install } from './bootstrap.mjs';
import { equipMachine } from './machine.mjs';
import { Failed, foreground, Interrupted } from './process.mjs';
import { ensureRedis } from './redis.mjs';
import { browser, checks, e2e, long, Tally, unit } from './steps.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const USAGE = `usage: node scripts/run.mjs COMMAND
  demo [ARGS]    sends a sample batch over both simulated gateways and shows each message's result
  bench [ARGS]   the benchmarks
  pabal [ARGS]   the command line
  test           every check and every test
  test:all       the same, after installing what some tests need (a browser, PostgreSQL, Python, Java) where that is possible
  test:long      every crash point and every topology of Redis; what follows is given to jest
  check          format, lint, rules of the house, types
  unit [ARGS]    unit tests; what follows is given to jest
  e2e [ARGS]     integration and end-to-end tests; the same
  browser [ARGS] tests in a browser; the same
  hostile [ARGS] hostile bytes for the codecs: --frames N --seed N --protocol lghv|smtnt --from N
  storm [ARGS]   a fleet among faults of every kind: --messages N --minutes N --seed N
  install        dependencies and build only`;

const COMMANDS = {
  demo: (args) => pabal(['demo', ...args]),
  bench: (args) => pabal(['bench', ...args]),
  pabal: (args) => pabal(args),
  hostile: (args) => hostile(args),
  storm: (args) => storm(args),
  install: async () => {
    await prepare();
    return 0;
  },
  test: () => counted([checks, unit, e2e, browser], []),
  // Beside the rest, what needs more of the machine than an installation brings.
  'test:all': () => counted([checks, unit, equipMachine, e2e, browser], []),
  'test:long': (args) => counted([built, long], args),
  check: () => counted([checks], []),
  unit: (args) => counted([unit], args),
  e2e: (args) => counted([built, e2e], args),
  browser: (args) => counted([built, browser], args),
};

/**
 * @param {string[]} args the command and its own arguments
 * @returns {Promise<number>} the exit code
 */
export async function main([command, ...args]) {
  if (command === undefined || !Object.hasOwn(COMMANDS, command)) {
    console.error(USAGE);
    return 2;
  }
  try {
    return await COMMANDS[command](args);
  } catch (error) {
    if (error instanceof Interrupted) return 130;
    if (!(error instanceof Failed)) throw error;
    console.error(error.message);
    return 1;
  }
}

/** Runs our own command line in the foreground: it has the terminal, the signals and the exit code. */
async function pabal(args) {
  await prepare();
  return foreground(process.execPath, [join(ROOT, 'apps', 'cli', 'bin', 'pabal.mjs'), ...args]);
}

/** In the foreground too: a long run tells how far it is, and ends with the exit code of what it found. */
async function hostile(args) {
  await prepare();
  return foreground(process.execPath, [join(ROOT, 'test', 'dist', 'hostile', 'main.js'), ...args]);
}

/** The same; it starts processes and a Redis of its own. */
async function storm(args) {
  await prepare();
  await ensureRedis(ROOT);
  return foreground(process.execPath, [join(ROOT, 'test', 'dist', 'storm', 'main.js'), ...args]);
}

async function prepare() {
  await install(ROOT);
  await build(ROOT);
}

/** Runs steps that count, and ends with the one line that tells how many. */
async function counted(steps, args) {
  const tally = new Tally();
  try {
    await install(ROOT);
    for (const step of steps) await step({ root: ROOT, tally, args });
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    console.error(error.message);
    tally.add({ failed: 1 });
  }
  console.log(tally.line());
  return tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}

/** End-to-end tests start processes of ours, which run what the compiler wrote. */
async function built({ root }) {
  await build(root);
}
