import type { Command, Flags } from './command.js';
import { HELP_FLAG } from './command.js';

/** The list of commands. */
export function listHelp(commands: readonly Command[]): string[] {
  const width = Math.max(...commands.map((command) => head(command).length));
  return [
    'usage: pabal COMMAND [WORDS] [FLAGS]',
    '',
    ...commands.map((command) => `  ${head(command).padEnd(width)}  ${command.summary}`),
    '',
    'pabal COMMAND --help tells more. Exit codes: 0 done, 1 failed, 2 not understood or a bad configuration.',
  ];
}

/** One command with its flags. */
export function commandHelp(command: Command): string[] {
  const flags: Flags = { ...command.flags, ...HELP_FLAG };
  const rows = Object.entries(flags).map(([name, { value, short, help }]) => {
    const long = `--${name}${value === undefined ? '' : ` ${value}`}`;
    return [short === undefined ? `    ${long}` : `-${short}, ${long}`, help] as const;
  });
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return [
    `usage: pabal ${head(command)} [FLAGS]`,
    '',
    command.summary,
    ...(command.notes === undefined ? [] : ['', ...command.notes]),
    '',
    ...rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`),
  ];
}

function head({ name, words = [] }: Command): string {
  const named = words.map((word) => {
    const dots = word.many ? `${word.name}…` : word.name;
    return word.required ? dots : `[${dots}]`;
  });
  return [name, ...named].join(' ');
}
