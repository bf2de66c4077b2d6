import { readFileSync } from 'node:fs';
import { understand } from './arguments.js';
import type { Io } from './command.js';
import { commandsFor } from './commands/index.js';
import { tell } from './failure.js';
import { commandHelp, listHelp } from './help.js';
import { processIo } from './process-io.js';

/**
 * The command line: understands the words behind `pabal`, runs the command, answers the exit code (0 done, 1 failed,
 * 2 not understood). Never rejects.
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  try {
    const commands = await commandsFor(argv);
    const meaning = understand(commands, argv);
    switch (meaning.kind) {
      case 'help':
        for (const line of meaning.command ? commandHelp(meaning.command) : listHelp(commands)) io.out(line);
        return 0;
      case 'version':
        io.out(version());
        return 0;
      case 'raw':
        return (await meaning.command.raw?.(meaning.args, io)) ?? 0;
      case 'run':
        return await meaning.command.run(meaning.given, io);
      default:
        return meaning satisfies never;
    }
  } catch (error) {
    const { lines, exit } = tell(error);
    for (const line of lines) io.err(line);
    return exit;
  }
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
