import { runBoard } from '@pabal/board';
import { runReceiver } from '@pabal/receiver';
import { runSender } from '@pabal/sender';
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

/** `pabal sender`, `pabal receiver`, `pabal board`: one role, one process. */
export const roleCommands: readonly Command[] = [
  role('sender', 'one sender process: owns gateway sessions and sends', runSender),
  role('receiver', 'one receiver process: takes reports, settles, sweeps', runReceiver),
  role('board', 'Bull Board behind a login, read-only', runBoard),
];
