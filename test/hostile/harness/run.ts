import { type HostileCase, makeCase } from './cases.js';
import { keptBytes, MAX_GROWTH, MAX_RETAINED, MEGABYTE, residentBytes, turn } from './memory.js';
import { type HostileProtocol, type Tally, WrongVerdict } from './protocol.js';
import { Random } from './random.js';

/**
 * Most time of the processor that one case may take, in all threads. The largest takes some 60 ms; a garbage
 * collection may add to that, which is why a slow case is run once more before it is called slow.
 */
export const MAX_CASE_MS = 1000;
/** Cases before the baseline of memory is taken: code is compiled and tables are built by then. */
const WARM_UP = 500;
const REPORT_EVERY = 1024;
/** Cases between turns of the event loop: what zlib could not unpack is let go of in the next turn only. */
const TURN_EVERY = 64;
/** Readers that wait at once, each for as much as its frame may promise, and what all of them may hold. */
const HOARD = 1000;
const MAX_HOARD = 16 * MEGABYTE;
/** Bytes of a failed case that are printed; the rest follows from its seed. */
const SHOWN_BYTES = 2048;

export interface RunOptions {
  readonly frames: number;
  readonly seed: number;
  /** The first case: to run one again. */
  readonly from?: number;
  /** Is told every case before it runs, so that somebody else sees which one hangs. */
  readonly onCase?: (index: number) => void;
  readonly onProgress?: (done: number) => void;
}

export interface RunReport {
  readonly tally: Tally;
  /** Cases by how they were made. */
  readonly made: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly retainedBytes: number;
  readonly grownBytes: number;
  readonly hoardBytes: number;
}

/**
 * Gives so many hostile cases to a codec.
 * @throws WrongVerdict with all that is needed to run the failed case again.
 */
export async function runHostile(protocol: HostileProtocol, options: RunOptions): Promise<RunReport> {
  const { frames, seed, from = 0, onCase, onProgress } = options;
  const tally: Tally = { accepted: 0, refused: 0, unrecognised: 0, broken: 0, waiting: 0 };
  const made: Record<string, number> = {};
  let slowestMs = 0;
  for (let index = 0; index < WARM_UP; index++) {
    runCase(protocol, ~seed, index, { ...tally });
    if (index % TURN_EVERY === 0) await turn();
  }
  const kept = await keptBytes();
  const resident = residentBytes();
  let grownBytes = 0;
  for (let index = from; index < from + frames; index++) {
    onCase?.(index);
    const { ms, hostile } = runCase(protocol, seed, index, tally);
    made[hostile.made] = (made[hostile.made] ?? 0) + 1;
    slowestMs = Math.max(slowestMs, ms);
    if ((index + 1 - from) % TURN_EVERY === 0) await turn();
    if ((index + 1 - from) % REPORT_EVERY !== 0) continue;
    grownBytes = Math.max(grownBytes, residentBytes() - resident);
    if (grownBytes > MAX_GROWTH) throw tooMuch('the process grew', grownBytes, MAX_GROWTH);
    onProgress?.(index + 1 - from);
  }
  const retainedBytes = (await keptBytes()) - kept;
  if (retainedBytes > MAX_RETAINED) throw tooMuch('a run left', retainedBytes, MAX_RETAINED);
  const hoardBytes = await hoarded(protocol, seed);
  if (hoardBytes > MAX_HOARD) throw tooMuch(`${HOARD} waiting readers hold`, hoardBytes, MAX_HOARD);
  return { tally, made, slowestMs, retainedBytes, grownBytes, hoardBytes };
}

function runCase(
  protocol: HostileProtocol,
  seed: number,
  index: number,
  tally: Tally,
): { ms: number; hostile: HostileCase } {
  const hostile = makeCase(protocol, Random.ofCase(seed, index));
  try {
    let ms = timed(protocol, hostile, index, tally);
    if (ms > MAX_CASE_MS) ms = timed(protocol, hostile, index, { ...tally });
    if (ms > MAX_CASE_MS) throw new WrongVerdict(`took ${Math.round(ms)} ms, at most ${MAX_CASE_MS}`);
    return { ms, hostile };
  } catch (error) {
    throw described(protocol, seed, index, hostile, error);
  }
}

function timed(
  protocol: HostileProtocol,
  { bytes, chunks }: HostileCase,
  index: number,
  tally: Tally,
): number {
  const random = Random.ofCase(index, bytes.length);
  const start = process.cpuUsage();
  protocol.judge(chunks, random, tally);
  protocol.explain(bytes, random);
  const { system, user } = process.cpuUsage(start);
  return (system + user) / 1000;
}

async function hoarded(protocol: HostileProtocol, seed: number): Promise<number> {
  const before = await keptBytes();
  const readers = protocol.hoard(HOARD, new Random(seed));
  const held = (await keptBytes()) - before;
  if (readers === undefined) throw new Error('a hoard must be kept alive by its maker');
  return held;
}

function tooMuch(what: string, bytes: number, limit: number): WrongVerdict {
  return new WrongVerdict(`${what} ${bytes} bytes, at most ${limit}`);
}

function described(
  protocol: HostileProtocol,
  seed: number,
  index: number,
  { bytes, chunks, made }: HostileCase,
  cause: unknown,
): WrongVerdict {
  const what = cause instanceof WrongVerdict ? cause.message : String(cause);
  const lines = [
    `${protocol.name}: ${what}`,
    `case ${index} (${made}), ${bytes.length} bytes in ${chunks.length} chunks`,
    `again: npm run hostile -- --protocol ${protocol.name} --seed ${seed} --from ${index} --frames 1`,
    Array.from(bytes.subarray(0, SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  ];
  return new WrongVerdict(lines.join('\n'), { cause });
}
