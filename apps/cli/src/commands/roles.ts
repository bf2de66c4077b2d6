import type { Command, Flags, Given } from '../command.js';
import { CONFIG_FLAG, isSet, textFlag } from '../command.js';

const FLAGS: Flags = {
  ...CONFIG_FLAG,
  'with-parent': { type: 'boolean', help: 'stop when the process that started this one goes (IPC channel)' },
};

function roleArguments(given: Given): { config?: string; withParent: boolean } {
  const config = textFlag(given, 'config');
  return { ...(config === undefined ? {} : { config }), withParent: isSet(given, 'with-parent') };
}

function role(
  name: string,
  summary: string,
  run: (args: ReturnType<typeof roleArguments>) => Promise<number>,
): Command {
  return {
    name,
    summary,
    notes: ['Logs JSON lines. SIGTERM stops in order and exits 0, a second one forces.'],
    flags: FLAGS,
    run: (given) => run(roleArguments(given)),
  };
}

/** `pabal api` */
export const apiCommand = role('api', 'the HTTP API: sends, follows and cancels messages', async (args) =>
  (await import('@pabal/api')).runApi(args),
);

/** `pabal sender` */
export const senderCommand = role(
  'sender',
  'one sender process: owns gateway sessions and sends',
  async (args) => (await import('@pabal/sender')).runSender(args),
);

/** `pabal receiver` */
export const receiverCommand = role(
  'receiver',
  'one receiver process: takes reports, settles, sweeps',
  async (args) => (await import('@pabal/receiver')).runReceiver(args),
);

/** `pabal board` */
export const boardCommand = role('board', 'Bull Board behind a login, read-only', async (args) =>
  (await import('@pabal/board')).runBoard(args),
);
