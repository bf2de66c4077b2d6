import { runSimulator } from '@pabal/simulator';
import type { Command } from '../command.js';

/** `pabal simulate lghv`, `pabal simulate smtnt`: the simulator reads its own flags. */
export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'a gateway simulator: lghv or smtnt, with named faults',
  words: [{ name: 'GATEWAY', required: true }],
  flags: {},
  raw: (args) => runSimulator(args),
  run: (given) => runSimulator(given.words),
};
