import type { Command } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG } from '../command.js';
import { configOf, withClient } from '../session.js';
import { messageIdOf } from './message-id.js';
import { timelineLines } from './show.js';

/** `pabal message ID` */
export const messageCommand: Command = {
  name: 'message',
  summary: "shows one message's timeline",
  words: [{ name: 'ID', required: true }],
  flags: { ...CONFIG_FLAG, ...JSON_FLAG },
  run: async (given, io) => {
    const id = messageIdOf(given);
    const timeline = await withClient(configOf(given, io), (client) => client.status(id));
    if (isSet(given, 'json')) io.out(JSON.stringify(timeline ?? { id, state: 'notFound' }));
    else if (timeline) for (const line of timelineLines(timeline)) io.out(line);
    else io.err('No queue holds a message of this id, and it has no record.');
    return timeline ? EXIT.done : EXIT.failed;
  },
};
