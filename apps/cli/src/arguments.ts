import { parseArgs } from 'node:util';
import type { Command, Flags, Given } from './command.js';
import { HELP_FLAG } from './command.js';
import { UsageError } from './failure.js';
import { nearest } from './nearest.js';

/** What a command line means. */
export type Meaning =
  | { readonly kind: 'run'; readonly command: Command; readonly given: Given }
  | { readonly kind: 'raw'; readonly command: Command; readonly args: readonly string[] }
  | { readonly kind: 'help'; readonly command?: Command }
  | { readonly kind: 'version' };

/**
 * Understands the words behind `pabal`. Pure.
 * @throws UsageError with a hint where something is spelled almost right
 */
export function understand(commands: readonly Command[], argv: readonly string[]): Meaning {
  const [name, ...rest] = argv;
  if (name === undefined) throw new UsageError('a command is missing: see pabal --help');
  if (name === '--help' || name === '-h') return { kind: 'help' };
  if (name === '--version' || name === '-v') return { kind: 'version' };
  if (name === 'help') return help(commands, rest[0]);
  const command = find(commands, name);
  if (command.raw) return { kind: 'raw', command, args: rest };
  const given = read(command, rest);
  return given.flags.help === true ? { kind: 'help', command } : { kind: 'run', command, given };
}

function help(commands: readonly Command[], name: string | undefined): Meaning {
  return name === undefined ? { kind: 'help' } : { kind: 'help', command: find(commands, name) };
}

function find(commands: readonly Command[], name: string): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command) return command;
  if (name.startsWith('-')) throw new UsageError(`a command comes first, then its flags: see pabal --help`);
  const hint = nearest(
    name,
    commands.map((candidate) => candidate.name),
  );
  throw new UsageError(
    `there is no command ${name}${hint === undefined ? '.' : `; did you mean ${hint}?`} See pabal --help`,
  );
}

function read(command: Command, args: readonly string[]): Given {
  const flags: Flags = { ...command.flags, ...HELP_FLAG };
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type, short }]) => [name, { type, ...(short ? { short } : {}) }]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const found: Record<string, string | boolean | string[]> = {};
  const words: string[] = [];
  const see = `see pabal ${command.name} --help`;
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    // A word that looks like a flag is one, unless an equals sign says that it is a value.
    const value = token.inlineValue || !token.value?.startsWith('-') ? token.value : undefined;
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (!flag) throw unknownFlag(rawName, name, flags, see);
    if (Object.hasOwn(found, name) && !flag.many) throw new UsageError(`${rawName} stands twice: ${see}`);
    if (flag.type === 'boolean' && value !== undefined)
      throw new UsageError(`${rawName} takes no value: ${see}`);
    if (flag.type === 'string' && value === undefined) {
      throw new UsageError(
        `${rawName} needs a value; one that starts with - is written ${rawName}=-…: ${see}`,
      );
    }
    if (flag.many) found[name] = [found[name] ?? [], value ?? ''].flat().map(String);
    else found[name] = value ?? true;
  }
  if (found.help !== true) checkWords(command, words, see);
  return { flags: found, words };
}

function unknownFlag(rawName: string, name: string, flags: Flags, see: string): UsageError {
  const hint = nearest(name, Object.keys(flags));
  return new UsageError(
    `there is no flag ${rawName}${hint === undefined ? '.' : `; did you mean --${hint}?`} ${see.replace('see', 'See')}`,
  );
}

function checkWords(command: Command, words: readonly string[], see: string): void {
  const wanted = command.words ?? [];
  const missing = wanted[words.length];
  if (missing?.required) throw new UsageError(`${missing.name} is missing: ${see}`);
  if (wanted.at(-1)?.many) return;
  const extra = words[wanted.length];
  if (extra !== undefined)
    throw new UsageError(`what is ${JSON.stringify(extra)}? It is one word too many: ${see}`);
}
