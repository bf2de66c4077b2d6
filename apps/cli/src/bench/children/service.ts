import type { RunningRole } from '../messages.js';

/**
 * A role of the fleet just as a deployment runs it. It stops by itself on SIGTERM and when its parent goes, so there is
 * nothing to close but the wait for that.
 */
export function startService(run: () => Promise<number>): RunningRole {
  const ended = run();
  return {
    answers: {},
    close: async () => {
      process.exitCode = await ended;
    },
  };
}
