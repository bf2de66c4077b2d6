import { benchCommand } from '../bench/index.js';
import type { Command } from '../command.js';
import { decodeCommand } from '../decode/command.js';
import { demoCommand } from '../demo/command.js';
import { cancelCommand } from './cancel.js';
import { checkCommand } from './check.js';
import { fileCommand } from './file.js';
import { messageCommand } from './message.js';
import { optOutsCommand } from './opt-outs.js';
import { reportsCommand } from './reports.js';
import { resultsCommand } from './results.js';
import { roleCommands } from './roles.js';
import { sendCommand } from './send.js';
import { simulateCommand } from './simulate.js';
import { statusCommand } from './status.js';
import { upCommand } from './up.js';

/** Every command, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = [
  demoCommand,
  upCommand,
  ...roleCommands,
  checkCommand,
  sendCommand,
  fileCommand,
  resultsCommand,
  messageCommand,
  cancelCommand,
  statusCommand,
  optOutsCommand,
  reportsCommand,
  simulateCommand,
  decodeCommand,
  benchCommand,
];
