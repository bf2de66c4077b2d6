import { spawn } from 'node:child_process';

/** Something that the person at the keyboard must read; the message is all there is to say. */
export class Failed extends Error {}

/** We were told to stop. */
export class Interrupted extends Error {}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const KILL_AFTER_MS = 10_000;
const STREAMS_MS = 2_000;

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 1 where a signal or a limit ended the program
 * @property {string} output both streams in order of arrival, without what was streamed
 * @property {string | undefined} ended why we ended the program ourselves, if we did
 */

/**
 * Runs a program without a terminal or standard input and keeps what it prints. It gets a process group of its own, so
 * that whatever it started ends with it.
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {Record<string, string>} [options.env] beside our own environment
 * @param {number} options.limitMs ended with SIGKILL, the whole group, after this
 * @param {(text: string) => void} [options.onOutput] is given standard output as it comes, instead of keeping it
 * @param {(end: (why: string) => void) => void} [options.watch] is given a function that ends the program
 * @returns {Promise<Outcome>}
 */
export async function captured(command, args, { cwd, env = {}, limitMs, onOutput, watch }) {
  const child = spawn(command, args, {
    cwd,
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let ended;
  const keep = (chunk) => {
    output += chunk;
  };
  child.stdout.setEncoding('utf8').on('data', onOutput ?? keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const end = (why) => {
    ended ??= why;
    signalGroup(child.pid, 'SIGKILL');
  };
  let streams;
  const limit = setTimeout(() => end(`ended after ${Math.round(limitMs / 1000)} s`), limitMs);
  watch?.(end);
  const signals = forward((signal) => signalGroup(child.pid, signal));
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', (error) => reject(new Failed(`${command} could not be started: ${error.message}`)));
      child.once('close', (exit) => resolve(exit ?? 1));
      // A process left behind may hold the streams open: its output is not waited for.
      child.once('exit', (exit) => {
        streams = setTimeout(() => resolve(exit ?? 1), STREAMS_MS);
      });
    });
    if (signals.received) throw new Interrupted();
    return { code, output, ended };
  } finally {
    clearTimeout(limit);
    clearTimeout(streams);
    child.stdout.destroy();
    child.stderr.destroy();
    signals.stop();
  }
}

/**
 * Runs a program that must succeed.
 * @throws Failed with everything it printed, and how it ended
 */
export async function must(command, args, options) {
  const { code, output, ended } = await captured(command, args, options);
  if (code === 0 && ended === undefined) return;
  const line = [command, ...args].join(' ');
  throw new Failed(`${output.trimEnd()}\n${line}: ${ended ?? `exit code ${code}`}`.trimStart());
}

/**
 * Runs a program that has our terminal, and waits for it. A terminal sends Ctrl-C to both of us; we stay for its end.
 * @returns {Promise<number>} its exit code
 */
export async function foreground(command, args) {
  const child = spawn(command, args, { stdio: 'inherit' });
  const signals = forward((signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', (error) => reject(new Failed(`${command} could not be started: ${error.message}`)));
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    signals.stop();
  }
}

/** Passes signals on instead of dying of them, so that what must be released is. Who does not heed it is killed. */
function forward(send) {
  const state = { received: false, stop: () => undefined };
  const listeners = SIGNALS.map((signal) => [
    signal,
    () => {
      state.received = true;
      send(signal);
      setTimeout(() => send('SIGKILL'), KILL_AFTER_MS).unref();
    },
  ]);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  state.stop = () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
  return state;
}

function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Our environment without what makes programs colour their output, and with what keeps them from calling home. */
function plainEnvironment() {
  const { FORCE_COLOR: _colour, ...env } = process.env;
  return { ...env, NO_COLOR: '1', TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
}
