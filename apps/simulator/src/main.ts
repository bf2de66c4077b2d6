import { lghvCommand } from './lghv/command.js';
import { processIo, type RunIo, runCommand } from './run.js';
import { smtntCommand } from './smtnt/index.js';

/**
 * `pabal simulate …`: runs the simulator that the first word names until SIGINT or SIGTERM, prints a summary and
 * answers the exit code (0 no violation, 1 violations or a taken port, 2 a bad command line).
 */
export function runSimulator(argv: readonly string[], io: RunIo = processIo()): Promise<number> {
  return runCommand([lghvCommand, smtntCommand], argv, io);
}
