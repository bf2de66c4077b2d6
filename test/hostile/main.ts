/** `npm run hostile -- --frames N --seed N [--protocol NAME] [--from N]`: as many hostile cases as wanted, in a thread that is watched. */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { MEGABYTE } from './harness/memory.js';
import type { RunReport } from './harness/run.js';
import { PROTOCOLS } from './protocols.js';
import type { Progress, Task } from './worker.js';

/**
 * Most of the heap that the codecs run in. A run needs less than a third of it; one that keeps what it is given is
 * ended by V8, and the case at which that happened is known.
 */
const HEAP_MB = 128;
/** No case takes a hundredth of this time of the processor; one that does not end in it hangs. */
const HANG_CPU_MS = 20_000;
/** Nor does one that waits for something that never comes. Long, since a machine that is busy gives little time. */
const STUCK_MS = 600_000;
const LOOK_EVERY_MS = 1000;

const { values: given } = parseArgs({
  options: {
    frames: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    protocol: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
});
const frames = wholeNumber('frames', given.frames);
const seed = wholeNumber('seed', given.seed);
const from = wholeNumber('from', given.from);
const names = PROTOCOLS.map(({ name }) => name).filter((name) => name === (given.protocol ?? name));
if (names.length === 0) throw new RangeError(`--protocol is none of ${PROTOCOLS.map(({ name }) => name)}`);

for (const protocol of names) {
  process.stdout.write(`${protocol}: ${frames} hostile cases from ${from}, --seed ${seed}\n`);
  const start = performance.now();
  try {
    const report = await watched({ protocol, frames, seed, from, current: new SharedArrayBuffer(4) });
    process.stdout.write(`${told(report, performance.now() - start)}\n`);
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** Runs the task in a thread of its own, which is ended where it outgrows its heap or hangs. */
function watched(task: Task): Promise<RunReport> {
  const current = new Int32Array(task.current);
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  let seen = -1;
  let since = performance.now();
  let cpuSince = process.cpuUsage();
  const again = () =>
    `case ${seen}: --protocol ${task.protocol} --seed ${task.seed} --from ${seen} --frames 1`;
  return new Promise<RunReport>((resolve, reject) => {
    const look = setInterval(() => {
      const now = Atomics.load(current, 0);
      if (now !== seen) {
        since = performance.now();
        cpuSince = process.cpuUsage();
      }
      seen = now;
      // This thread only looks: what the process uses is used by the case.
      const { system, user } = process.cpuUsage(cpuSince);
      if ((system + user) / 1000 > HANG_CPU_MS) reject(new Error(`hangs at ${again()}`));
      else if (performance.now() - since > STUCK_MS) reject(new Error(`waits for ever at ${again()}`));
    }, LOOK_EVERY_MS);
    worker.on('message', (message: Progress) => {
      if ('report' in message) resolve(message.report);
      else if ('failure' in message) reject(new Error(message.failure));
      else if (process.stdout.isTTY) process.stdout.write(`\r${message.done} of ${task.frames} `);
    });
    worker.on('error', (error) => {
      seen = Atomics.load(current, 0);
      reject(new Error(`${error.message} at or before ${again()}`));
    });
    worker.on('exit', () => clearInterval(look));
  }).finally(() => {
    // It ends by itself, or is stuck and need not be waited for.
    void worker.terminate();
  });
}

function told(
  { grownBytes, hoardBytes, made, retainedBytes, slowestMs, tally }: RunReport,
  ms: number,
): string {
  const mb = (bytes: number) => `${(bytes / MEGABYTE).toFixed(1)} MB`;
  const kinds = Object.entries(made).sort(([, a], [, b]) => b - a);
  return [
    `passed in ${(ms / 1000).toFixed(1)} s, slowest case ${slowestMs.toFixed(0)} ms`,
    `frames and streams: ${listed(Object.entries(tally))}`,
    `memory: grew by ${mb(grownBytes)}, ${mb(retainedBytes)} left, waiting readers hold ${mb(hoardBytes)}`,
    `made of: ${listed(kinds)}`,
  ].join('\n');
}

function listed(entries: readonly (readonly [string, number])[]): string {
  return entries.map(([name, count]) => `${count} ${name}`).join(', ');
}

function wholeNumber(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`--${name} is no whole number`);
  return number;
}
