import { systemClock } from '@pabal/session';
import type { Command, Given, Io } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, textFlag } from '../command.js';
import { UsageError } from '../failure.js';
import { configOf } from '../session.js';
import { jsonLine, readableLine } from '../tree/log-line.js';
import { startPabal } from '../tree/spawn.js';
import { type ChildSpec, Tree } from '../tree/tree.js';

const DEFAULT_SENDERS = 1;
const MOST_SENDERS = 64;
/** What a role may take beyond its own drain limit before it is killed, ms. */
const STOP_MARGIN_MS = 10_000;

/** `pabal up` */
export const upCommand: Command = {
  name: 'up',
  summary: 'the whole fleet in one process tree: API, receiver, senders, board',
  notes: [
    'Starts again what died. Ctrl-C or SIGTERM stops API, senders, receiver and board in this order; a second one kills them.',
  ],
  flags: {
    senders: { type: 'string', value: 'N', help: `sender processes; default ${DEFAULT_SENDERS}` },
    'no-api': { type: 'boolean', help: 'without the HTTP API' },
    'no-board': { type: 'boolean', help: 'without the board' },
    ...CONFIG_FLAG,
    json: { type: 'boolean', help: "print the processes' JSON log lines, each with its process" },
  },
  run: async (given, io) => {
    const config = configOf(given, io); // its mistakes are told once, here, rather than by every child
    const print = isSet(given, 'json') ? jsonLine : readableLine;
    const tree = new Tree({
      specs: childSpecs({
        senders: sendersOf(given),
        api: !isSet(given, 'no-api'),
        board: !isSet(given, 'no-board'),
        config: textFlag(given, 'config'),
      }),
      clock: systemClock,
      stopLimitMs: config.fleet.drainLimit + STOP_MARGIN_MS,
      start: ({ name, args }) => startPabal(args, (line) => io.out(print(name, line))),
      say: (line) => io.out(print('up', line)),
    });
    return runTree(tree, io);
  },
};

export interface FleetShape {
  readonly senders: number;
  readonly api: boolean;
  readonly board: boolean;
  readonly config: string | undefined;
}

/**
 * The processes of a fleet. The API stops first, so that nothing new comes; then the senders: the receiver still takes the
 * reports of what they sent.
 */
export function childSpecs({ senders, api, board, config }: FleetShape): ChildSpec[] {
  const flags = [...(config === undefined ? [] : ['--config', config]), '--with-parent'];
  const numbered = Array.from({ length: senders }, (_, index) => `sender-${index + 1}`);
  return [
    { name: 'receiver', args: ['receiver', ...flags], stopOrder: 3 },
    ...numbered.map((name): ChildSpec => ({ name, args: ['sender', ...flags], stopOrder: 2 })),
    ...(api ? [{ name: 'api', args: ['api', ...flags], stopOrder: 1 }] : []),
    ...(board ? [{ name: 'board', args: ['board', ...flags], stopOrder: 4 }] : []),
  ];
}

function sendersOf(given: Given): number {
  const text = textFlag(given, 'senders');
  if (text === undefined) return DEFAULT_SENDERS;
  const count = Number(text);
  if (/^[1-9]\d*$/.test(text) && count <= MOST_SENDERS) return count;
  throw new UsageError(`--senders must be a whole number from 1 to ${MOST_SENDERS}`);
}

async function runTree(tree: Tree, io: Io): Promise<number> {
  const stopped = new Promise<boolean>((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) tree.force();
      asked = true;
      void tree.stop().then(resolve);
    };
    io.onStop(stop);
  });
  tree.start();
  return (await stopped) ? EXIT.done : EXIT.failed;
}
