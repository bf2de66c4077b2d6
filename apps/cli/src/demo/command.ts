import type { Command } from '../command.js';
import { isSet, textFlag } from '../command.js';
import { runDemo } from './run.js';

/** `pabal demo` */
export const demoCommand: Command = {
  name: 'demo',
  summary: 'sends a sample batch over both simulated gateways and shows the way of each message',
  notes: [
    'Starts a Redis of its own (or takes REDIS_URL), both gateway simulators, two senders, the receiver and the board;',
    'exits 0 only if every message got exactly one result and the simulators saw no rule broken.',
  ],
  flags: {
    keep: { type: 'boolean', help: 'goes on until Ctrl-C, and prints addresses and commands to try' },
    sample: {
      type: 'string',
      value: 'FILE',
      help: 'a message a line, JSON; default examples/messages.jsonl',
    },
  },
  run: (given, io) => {
    const sample = textFlag(given, 'sample');
    return runDemo({ keep: isSet(given, 'keep'), ...(sample === undefined ? {} : { sample }) }, io);
  },
};
