import type { Command } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG } from '../command.js';
import { CliFailure } from '../failure.js';
import { Progress } from '../progress.js';
import { configOf, withClient } from '../session.js';
import { printable } from '../table.js';
import { storeImage } from './images.js';

/** `pabal file FILE…` */
export const fileCommand: Command = {
  name: 'file',
  summary: 'stores JPEG files for messages to name, and prints their ids',
  words: [{ name: 'FILE', required: true, many: true }],
  notes: [
    'Prints the id of each file before its name. Equal files have one id, and storing one again renews its time: it is kept',
    'for files.keep (default 7 days), and longer while a message that names it waits. Exit 1 when one of them is refused.',
  ],
  flags: { ...CONFIG_FLAG, ...JSON_FLAG },
  run: (given, io) =>
    withClient(configOf(given, io), async (client) => {
      const progress = new Progress(io, 'storing');
      let refused = 0;
      for (const [place, path] of given.words.entries()) {
        try {
          const stored = await storeImage(client, path);
          if (!io.outIsTerminal) progress.show(place + 1, given.words.length);
          io.out(
            isSet(given, 'json')
              ? JSON.stringify({ file: path, ...stored })
              : `${stored.id}  ${printable(path)}`,
          );
        } catch (error) {
          if (!(error instanceof CliFailure)) throw error;
          refused++;
          io.err(error.message);
        }
      }
      progress.end();
      return refused === 0 ? EXIT.done : EXIT.failed;
    }),
};
