import type { Io } from './command.js';

/** Some terminals do not know their size, and say 0. */
const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;
/** What shells say of a command that Ctrl-C ended. */
const INTERRUPTED = 130;

/** The process's own standard streams, environment and signals. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  let handsOver = false;
  // `pabal results | head` ends the reader first: no failure of ours.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    // Whoever hands over is told so by its own call, and has to put back what was not taken.
    if (!handsOver) process.exit(0);
  });
  return {
    out: (line) => void stdout.write(`${line}\n`),
    outTaken: (line) =>
      new Promise((resolve, reject) => {
        handsOver = true;
        stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
      }),
    err: (line) => void stderr.write(`${line}\n`),
    outRaw: (text) => void stdout.write(text),
    errRaw: (text) => void stderr.write(text),
    readIn,
    inIsTerminal: stdin.isTTY === true,
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    get columns() {
      return stdout.columns || DEFAULT_COLUMNS;
    },
    get rows() {
      return stdout.rows || DEFAULT_ROWS;
    },
    env,
    onStop,
    stopSignal() {
      const controller = new AbortController();
      onStop(() => {
        if (controller.signal.aborted) process.exit(INTERRUPTED);
        controller.abort();
      });
      return controller.signal;
    },
  };
}

async function readIn(mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes + 1);
}

function onStop(listener: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, listener);
}
