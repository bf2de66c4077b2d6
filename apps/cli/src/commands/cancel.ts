import type { CancelAnswer } from '@pabal/client';
import type { Command } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG } from '../command.js';
import { configOf, withClient } from '../session.js';
import { messageIdOf } from './message-id.js';

const WORDS: Record<CancelAnswer['kind'], string> = {
  cancelled: 'Cancelled: it will not be sent.',
  alreadySent: 'Too late: it was sent, or may have been.',
  alreadySettled: 'Too late: it has its result already.',
  notFound: 'No queue holds a message of this id, and it has no record.',
};

/** `pabal cancel ID` */
export const cancelCommand: Command = {
  name: 'cancel',
  summary: 'cancels a message that was not sent yet',
  words: [{ name: 'ID', required: true }],
  flags: { ...CONFIG_FLAG, ...JSON_FLAG },
  run: async (given, io) => {
    const id = messageIdOf(given);
    const { kind } = await withClient(configOf(given, io), (client) => client.cancel(id));
    if (isSet(given, 'json')) io.out(JSON.stringify({ id, kind }));
    else io.out(WORDS[kind]);
    return kind === 'cancelled' ? EXIT.done : EXIT.failed;
  },
};
