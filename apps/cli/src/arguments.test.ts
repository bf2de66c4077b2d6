import { describe, expect, it } from '@jest/globals';
import { understand } from './arguments.js';
import { type Command, EXIT } from './command.js';
import { UsageError } from './failure.js';
import { commandHelp, listHelp } from './help.js';

const send: Command = {
  name: 'send',
  summary: 'sends',
  flags: {
    to: { type: 'string', value: 'NUMBER', help: 'recipient' },
    wait: { type: 'boolean', short: 'w', help: 'wait' },
  },
  run: async () => EXIT.done,
};
const message: Command = {
  name: 'message',
  summary: 'shows one',
  words: [{ name: 'ID', required: true }],
  flags: {},
  run: async () => EXIT.done,
};
const file: Command = {
  name: 'file',
  summary: 'stores files',
  words: [{ name: 'FILE', required: true, many: true }],
  flags: { tag: { type: 'string', value: 'TEXT', many: true, help: 'any number of them' } },
  run: async () => EXIT.done,
};
const simulate: Command = { ...send, name: 'simulate', raw: async () => EXIT.done };
const commands = [send, message, file, simulate];

const refusal = (...argv: string[]): string => {
  try {
    understand(commands, argv);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return '';
};

describe('a command line', () => {
  it('gives its command the flags and words of its table', () => {
    expect(understand(commands, ['send', '--to', '010', '-w'])).toMatchObject({
      kind: 'run',
      command: send,
      given: { flags: { to: '010', wait: true }, words: [] },
    });
    expect(understand(commands, ['message', 'm-1'])).toMatchObject({ given: { words: ['m-1'] } });
  });

  it('gathers what may stand several times, in its order', () => {
    expect(understand(commands, ['file', 'a', '--tag', 'x', 'b', '--tag=y', 'c'])).toMatchObject({
      given: { flags: { tag: ['x', 'y'] }, words: ['a', 'b', 'c'] },
    });
    expect(understand(commands, ['file', 'a'])).toMatchObject({ given: { flags: {}, words: ['a'] } });
    expect(refusal('file')).toContain('FILE is missing');
    expect(commandHelp(file)[0]).toBe('usage: pabal file FILE… [FLAGS]');
  });

  it('takes a value that begins with a hyphen behind an equals sign', () => {
    expect(understand(commands, ['send', '--to=-1'])).toMatchObject({ given: { flags: { to: '-1' } } });
  });

  it('leaves everything to a command that reads its own flags', () => {
    expect(understand(commands, ['simulate', 'lghv', '--help', '--tps=1'])).toEqual({
      kind: 'raw',
      command: simulate,
      args: ['lghv', '--help', '--tps=1'],
    });
  });

  it.each([
    [['--help'], { kind: 'help' }],
    [['help', 'send'], { kind: 'help', command: send }],
    [['message', '--help'], { kind: 'help', command: message }],
    [['--version'], { kind: 'version' }],
  ])('%j asks for help or the version', (argv, expected) => {
    expect(understand(commands, argv)).toEqual(expected);
  });

  it.each([
    [[], 'a command is missing'],
    [['sned'], 'did you mean send?'],
    [['frobnicate. See pabal --help'], 'there is no command frobnicate'],
    [['--to', '1', 'send'], 'a command comes first'],
    [['send', '--wiat'], 'did you mean --wait?'],
    [['send', '--toString. See pabal send'], 'there is no flag --toString'],
    [['send', '--to'], '--to needs a value'],
    [['send', '--to', '--wait'], '--to needs a value'],
    [['send', '--wait=yes'], '--wait takes no value'],
    [['send', '--to', '1', '--to', '2'], '--to stands twice'],
    [['send', 'word'], 'one word too many'],
    [['message'], 'ID is missing'],
  ])('%j is not understood, and why is said', (argv, expected) => {
    expect(refusal(...argv)).toContain(expected);
  });
});

describe('the help', () => {
  it('lists every command with its words and summary', () => {
    expect(listHelp(commands)).toContain('  message ID  shows one');
  });

  it('lists every flag of a command, and --help', () => {
    expect(commandHelp(send)).toEqual([
      'usage: pabal send [FLAGS]',
      '',
      'sends',
      '',
      '      --to NUMBER  recipient',
      '  -w, --wait       wait',
      '  -h, --help       print this',
    ]);
  });
});
