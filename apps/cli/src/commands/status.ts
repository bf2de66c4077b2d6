import { fleetConfigOf, readFleetStatus } from '@pabal/fleet';
import type { Command } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG } from '../command.js';
import { configOf, withStore } from '../session.js';
import { statusLines } from './status-view.js';

/** `pabal status` */
export const statusCommand: Command = {
  name: 'status',
  summary: 'processes, agents with their owners, sessions, granted and used rate, backlog',
  flags: { ...CONFIG_FLAG, ...JSON_FLAG },
  run: async (given, io) => {
    const config = configOf(given, io);
    const status = await withStore(config, (store) => readFleetStatus(store, fleetConfigOf(config)));
    if (isSet(given, 'json')) io.out(JSON.stringify(status));
    else for (const line of statusLines(status)) io.out(line);
    return EXIT.done;
  },
};
