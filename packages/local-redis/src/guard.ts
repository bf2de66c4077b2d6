import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { RedisStartFailed } from './errors.js';

/**
 * Runs "$@" and kills it when standard input ends, which the kernel brings about however our process dies, SIGKILL
 * included. The reader ignores SIGTERM once it has begun, or the main shell would end it in the middle of its cleaning.
 */
const SCRIPT = `
exec 3<&0
"$@" </dev/null >>"$PABAL_LOG" 2>&1 3<&- &
server=$!
echo "$server"
(
  while read -r _; do :; done <&3
  trap '' TERM
  kill -KILL "$server" 2>/dev/null
  while kill -0 "$server" 2>/dev/null; do sleep 0.05; done
  if [ -n "$PABAL_REMOVE" ]; then rm -rf -- "$PABAL_REMOVE"; fi
) >/dev/null 2>&1 &
watcher=$!
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

/** A program that does not outlive us. */
export interface Guarded {
  readonly pid: number;
  /** Resolves once the program has ended, whatever ended it. Waiting keeps our event loop alive. */
  ended(): Promise<void>;
  running(): boolean;
  /** Sends a signal to the program; nothing if it has ended. */
  signal(name: NodeJS.Signals): void;
}

export interface GuardOptions {
  /** A file that takes the program's output. */
  readonly log: string;
  /** A folder to remove should our process die before the program. */
  readonly removeOnDeath?: string;
}

/**
 * Starts a program that dies with this process, even one killed by SIGKILL. It runs in a session of its own, so that
 * Ctrl-C on a terminal reaches us alone and we decide when it ends. It does not keep our event loop alive.
 */
export async function startGuarded(
  command: string,
  args: readonly string[],
  options: GuardOptions,
): Promise<Guarded> {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'guard', command, ...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, PABAL_LOG: options.log, PABAL_REMOVE: options.removeOnDeath ?? '' },
  });
  const ended = new Promise<void>((resolve) => {
    shell.once('exit', () => resolve());
    shell.once('error', () => resolve());
  });
  const pid = await readPid(shell.stdout);
  if (pid === undefined) throw new RedisStartFailed(`${command} could not be started`);
  // A write to a program that is gone must not become an uncaught error.
  shell.stdin.on('error', () => undefined);
  unref(shell, shell.stdin, shell.stdout);
  const running = () => shell.exitCode === null && shell.signalCode === null;
  return {
    pid,
    async ended() {
      shell.ref();
      await ended;
    },
    running,
    signal(name) {
      if (!running()) return;
      try {
        process.kill(pid, name);
      } catch (error) {
        // It ended in this moment and we have not been told yet.
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    },
  };
}

async function readPid(output: Readable): Promise<number | undefined> {
  for await (const line of createInterface({ input: output })) {
    const pid = Number(line);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  }
  return undefined;
}

/** Pipes are sockets, which keep the event loop alive unless told otherwise; their types do not say so. */
function unref(shell: ChildProcess, ...streams: (Writable | Readable)[]): void {
  shell.unref();
  for (const stream of streams) {
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}
