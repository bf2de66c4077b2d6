import type { Io } from '../command.js';

/** A terminal and whoever started us may both pass the same Ctrl-C on, ms. */
const SAME_MS = 1_000;

/** We were told to end. */
export class Interrupted extends Error {
  readonly code = 'interrupted';
  override readonly name = 'Interrupted';
}

/**
 * Rejects with {@link Interrupted} when somebody asks us to end: by a signal, or by closing the terminal.
 *
 * @param force ends everything at once: called when somebody asks again and means it
 */
export function interrupted(io: Io, force: () => void): Promise<never> {
  let firstAt: number | undefined;
  const asked = new Promise<never>((_, reject) => {
    const ask = () => {
      firstAt ??= performance.now();
      reject(new Interrupted('told to end'));
    };
    io.onStop(() => {
      if (firstAt !== undefined && performance.now() - firstAt > SAME_MS) force();
      ask();
    });
    process.on('SIGHUP', ask);
  });
  asked.catch(() => {}); // it may come when nobody waits for it any more
  return asked;
}
