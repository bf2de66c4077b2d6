import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../node-flags.js';
import type { Child, ChildEnd } from './tree.js';

const ENTRY = fileURLToPath(new URL('../../bin/pabal.mjs', import.meta.url));

/**
 * Starts `pabal …` as a child that stops when this process goes, however it goes: it holds one end of a channel (IPC)
 * and is told to watch it. It gets a process group of its own, so that Ctrl-C on the terminal reaches only this process,
 * which then stops the children in order.
 */
export function startPabal(args: readonly string[], onLine: (line: string) => void): Child {
  const child = spawn(process.execPath, [...NODE_FLAGS, ENTRY, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const { stdout, stderr } = child;
  for (const stream of [stdout, stderr]) if (stream) createInterface({ input: stream }).on('line', onLine);
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null })); // could not be started
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  return { pid: child.pid, ended, kill: (signal) => void child.kill(signal) };
}
