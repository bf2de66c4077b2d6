import type { Command } from '../command.js';

/**
 * Every command by its name, in the order in which the help lists them. Each is loaded when it is asked for: what a role or
 * a benchmark brings along takes a second of CPU, and a simulator or a question needs none of it.
 */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('../demo/command.js')).demoCommand,
  up: async () => (await import('./up.js')).upCommand,
  api: async () => (await import('./roles.js')).apiCommand,
  sender: async () => (await import('./roles.js')).senderCommand,
  receiver: async () => (await import('./roles.js')).receiverCommand,
  board: async () => (await import('./roles.js')).boardCommand,
  check: async () => (await import('./check.js')).checkCommand,
  key: async () => (await import('./key.js')).keyCommand,
  send: async () => (await import('./send.js')).sendCommand,
  file: async () => (await import('./file.js')).fileCommand,
  results: async () => (await import('./results.js')).resultsCommand,
  message: async () => (await import('./message.js')).messageCommand,
  cancel: async () => (await import('./cancel.js')).cancelCommand,
  status: async () => (await import('./status.js')).statusCommand,
  'opt-outs': async () => (await import('./opt-outs.js')).optOutsCommand,
  reports: async () => (await import('./reports.js')).reportsCommand,
  webhooks: async () => (await import('./webhooks.js')).webhooksCommand,
  simulate: async () => (await import('./simulate.js')).simulateCommand,
  decode: async () => (await import('../decode/command.js')).decodeCommand,
  bench: async () => (await import('../bench/index.js')).benchCommand,
};

/** Every command, loaded. */
export async function allCommands(): Promise<readonly Command[]> {
  const commands: Command[] = [];
  for (const load of Object.values(COMMANDS)) commands.push(await load());
  return commands;
}

/** The commands that these words may mean: the one that they name, else all of them, to be listed or guessed among. */
export async function commandsFor([name, ...rest]: readonly string[]): Promise<readonly Command[]> {
  const wanted = name === 'help' ? rest[0] : name;
  const load = wanted !== undefined && Object.hasOwn(COMMANDS, wanted) ? COMMANDS[wanted] : undefined;
  return load ? [await load()] : allCommands();
}
