import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './bootstrap.mjs';
import { hasChromium } from './machine.mjs';
import { captured, Failed, must } from './process.mjs';
import { ensureRedis } from './redis.mjs';

const CHECK_MS = 3 * 60_000;
const UNIT_MS = 8 * 60_000;
const E2E_MS = 25 * 60_000;
const BROWSER_MS = 3 * 60_000;
/** How long jest may take to end after its last test. Longer means that a test left something open. */
const ENDING_MS = 20_000;

const bin = (name) => join('node_modules', '.bin', name);

/** Each counts as one. In the order in which a person wants to know; the last one reads what the compiler wrote. */
const CHECKS = [
  ['format and lint', tool(bin('biome'), ['check', '--error-on-warnings'])],
  ['rules of the house', tool(process.execPath, ['scripts/house-rules.mjs'])],
  ['boundaries of packages', tool(bin('turbo'), ['boundaries'])],
  ['types', build],
  ['promises', tool(bin('oxlint'), ['--type-aware', '--deny-warnings'])],
];

/** Counts what passed, failed and was skipped. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  add({ passed = 0, failed = 0, skipped = 0 }) {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
  }

  line() {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }
}

/** Static checks. All of them run, so that one look shows everything. */
export async function checks({ root, tally }) {
  for (const [name, check] of CHECKS) {
    console.log(`Checking ${name}`);
    try {
      await check(root);
      tally.add({ passed: 1 });
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      console.log(`${error.message}\nFailed: ${name}`);
      tally.add({ failed: 1 });
    }
  }
}

/** Unit tests, which lie beside the source: they wait for nothing, so one worker for every core. */
export async function unit({ root, tally, args }) {
  console.log('Running unit tests');
  tally.add(await jest(root, 'unit', [...args, '--maxWorkers=100%'], { limitMs: UNIT_MS }));
}

/** Integration and end-to-end tests on a real Redis. */
export async function e2e(context) {
  await together(context);
  await alone(context);
}

/** Three files at a time, since they mostly wait; more of them would be as many fleets as two cores can't serve in time. */
async function together({ root, tally, args }) {
  await ensureRedis(root);
  console.log('Running integration and end-to-end tests');
  const options = { limitMs: E2E_MS, lines: true };
  tally.add(await jest(root, 'e2e', [...some(args), '--maxWorkers=3'], options));
}

/** One after the other. Redis is there: those above needed it. */
async function alone({ root, tally, args }) {
  console.log('Running those that need the machine for themselves');
  tally.add(await jest(root, 'alone', [...some(args), '-i'], { limitMs: E2E_MS, lines: true }));
}

/** Words of the caller may name files of only one of the two projects. */
function some(args) {
  return args.length > 0 ? [...args, '--passWithNoTests'] : [];
}

/**
 * Tests that take longer than anybody waits for each time: every crash point, every topology of Redis, and all of what an
 * ordinary run has a share of.
 */
export async function long({ root, tally, args }) {
  await ensureRedis(root);
  console.log('Running long tests');
  const options = { limitMs: E2E_MS, lines: true, env: { PABAL_FULL: '1' } };
  tally.add(await jest(root, 'storm', ['-i', ...args], options));
}

/** Looks at our pages in a browser, on a machine that has one. */
export async function browser({ root, tally, args }) {
  if (!hasChromium()) {
    console.log('Skipping the tests in a browser: there is no /usr/bin/chromium');
    tally.add({ skipped: 1 });
    return;
  }
  console.log('Running tests in a browser');
  tally.add(await jest(root, 'browser', ['-i', ...args], { limitMs: BROWSER_MS, lines: true }));
}

function tool(command, args) {
  return (root) => must(command, args, { cwd: root, limitMs: CHECK_MS });
}

/** The caller's words come first: some options take every word that follows them for one more value. */
async function jest(root, project, args, { limitMs, lines = false, env: more = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'pabal-counts-'));
  const file = join(folder, 'counts.json');
  let watching;
  const watch = (end) => {
    let since;
    watching = setInterval(() => {
      if (!existsSync(file)) return;
      since ??= Date.now();
      if (Date.now() - since > ENDING_MS)
        end('jest did not end after its last test: something was left open');
    }, 500);
  };
  const command = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    ...args,
    '--ci',
    '--reporters=default',
    '--reporters=./scripts/jest-counts.mjs',
    '--selectProjects',
    project,
  ];
  const env = { ...more, PABAL_COUNTS: file, ...(lines ? { PABAL_LINES: '1' } : {}) };
  try {
    const onOutput = lines ? (text) => process.stdout.write(text) : undefined;
    const outcome = await captured(process.execPath, command, {
      cwd: root,
      env,
      limitMs,
      watch,
      onOutput,
    });
    const counts = existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : { passed: 0, failed: 0, skipped: 0 };
    const failed = outcome.code !== 0 || outcome.ended !== undefined;
    if (failed) {
      const why = outcome.ended ?? `jest ended with exit code ${outcome.code}`;
      console.log(`${outcome.output.trimEnd()}\nFailed: ${why}`);
    }
    // A run that broke without a failed test must not look like a success.
    return { ...counts, failed: failed ? Math.max(1, counts.failed) : counts.failed };
  } finally {
    clearInterval(watching);
    rmSync(folder, { recursive: true, force: true });
  }
}
