import { fleetConfigOf, readFleetStatus } from '@pabal/fleet';
import type { Command, Given } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG, textFlag } from '../command.js';
import { UsageError } from '../failure.js';
import { configOf, withStore } from '../session.js';
import { statusLines } from './status-view.js';
import { watchStatus } from './status-watch.js';

const DEFAULT_EVERY_S = 2;
const LEAST_EVERY_S = 0.2;
const MOST_EVERY_S = 3_600;

/** `pabal status` */
export const statusCommand: Command = {
  name: 'status',
  summary: 'processes, agents with their owners, sessions, granted and used rate, backlog, results',
  notes: [
    'Processes without an agent stand by. The rates of results are averages of the last minute; with --watch those of the',
    'time between two looks. With --json and --watch each look is a line.',
  ],
  flags: {
    watch: { type: 'boolean', short: 'w', help: 'draw it again and again until Ctrl-C' },
    every: { type: 'string', value: 'SECONDS', help: `how often with --watch; default ${DEFAULT_EVERY_S}` },
    ...CONFIG_FLAG,
    ...JSON_FLAG,
  },
  run: async (given, io) => {
    const config = configOf(given, io);
    const json = isSet(given, 'json');
    const everyMs = everyOf(given) * 1_000;
    return withStore(config, async (store) => {
      const fleet = fleetConfigOf(config);
      const read = () => readFleetStatus(store, fleet);
      if (isSet(given, 'watch')) return watchStatus({ read, everyMs, json }, io);
      const status = await read();
      if (json) io.out(JSON.stringify(status));
      else for (const line of statusLines(status)) io.out(line);
      return EXIT.done;
    });
  },
};

function everyOf(given: Given): number {
  const text = textFlag(given, 'every');
  if (text === undefined) return DEFAULT_EVERY_S;
  if (!isSet(given, 'watch')) throw new UsageError('--every goes with --watch');
  const seconds = /^\d{1,4}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= LEAST_EVERY_S && seconds <= MOST_EVERY_S) return seconds;
  throw new UsageError(`--every must be a number of seconds from ${LEAST_EVERY_S} to ${MOST_EVERY_S}`);
}
