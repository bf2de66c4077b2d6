import { describe, expect, it } from '@jest/globals';
import { understand } from '../arguments.js';
import type { Given, Io } from '../command.js';
import { checkCommand } from './check.js';
import { allCommands, COMMANDS, commandsFor } from './index.js';
import { lineOf, requestOf } from './opt-outs.js';
import { messageOfFlags, sendCommand } from './send.js';
import { resultLine } from './show.js';
import { upTime } from './status-view.js';
import { childSpecs } from './up.js';

const commands = await allCommands();

const given = (...argv: string[]): Given => {
  const meaning = understand(commands, argv);
  if (meaning.kind !== 'run') throw new Error('this test gives a command to run');
  return meaning.given;
};

const MUTE: Io = {
  out: () => {},
  outTaken: async () => {},
  err: () => {},
  outRaw: () => {},
  errRaw: () => {},
  readIn: async () => new Uint8Array(),
  inIsTerminal: true,
  outIsTerminal: false,
  errIsTerminal: false,
  columns: 80,
  rows: 24,
  env: {},
  onStop: () => {},
  stopSignal: () => new AbortController().signal,
};

describe('the table of commands', () => {
  it('calls each command what it calls itself', () => {
    expect(Object.keys(COMMANDS)).toEqual(commands.map(({ name }) => name));
  });

  it.each([
    [['status', '--help'], ['status']],
    [['help', 'send'], ['send']],
    [['stauts'], Object.keys(COMMANDS)],
    [['--help'], Object.keys(COMMANDS)],
    [[], Object.keys(COMMANDS)],
    [['toString'], Object.keys(COMMANDS)],
  ])('loads for %j only what it may mean', async (argv, names) => {
    expect((await commandsFor(argv)).map(({ name }) => name)).toEqual(names);
  });

  it('lets every command that works on a fleet say which', () => {
    const own = new Set(['demo', 'bench', 'simulate', 'key']); // these bring what they need, or speak to no fleet
    for (const { name, flags } of commands.filter((command) => !own.has(command.name))) {
      expect([name, Object.hasOwn(flags, 'config')]).toEqual([name, true]);
    }
  });
});

describe('the message that flags describe', () => {
  it('is an SMS with the fields that were given, under the names of message v1', () => {
    const flags = [
      '--to',
      '01012345678',
      '--from',
      '0212345678',
      '--text',
      ' 안녕 ',
      '--ttl',
      '60',
      '--reply-to',
      'shop',
    ];
    expect(messageOfFlags(given('send', ...flags))).toEqual({
      channel: 'sms',
      to: '01012345678',
      from: '0212345678',
      text: ' 안녕 ',
      ttlSeconds: 60,
      replyTo: 'shop',
    });
  });
});

describe('pabal send', () => {
  it('takes the name of a webhook', () => {
    const words = ['send', '--to', '01012345678', '--from', '0212345678', '--text', 'x', '--webhook', 'shop'];
    expect(messageOfFlags(given(...words))).toMatchObject({ webhook: { name: 'shop' } });
  });

  const message = ['send', '--to', '01012345678', '--from', '0212345678', '--text', '안녕'];

  it.each([
    [['--wait', '--timeout', '5x'], '--timeout must be a duration'],
    [['--wait', '--timeout', '25d'], 'at most 24d'],
    [['--timeout', '5s'], '--timeout goes with --wait only'],
    [['--ttl', 'soon'], '--ttl must be a whole number of seconds'],
    [['--ttl=-5'], '--ttl must be a whole number of seconds'],
  ])('with %j sends nothing: flags are understood before the fleet is looked for', async (flags, said) => {
    const run = sendCommand.run(given(...message, ...flags), MUTE);
    await expect(run).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(said) });
  });
});

describe('pabal check', () => {
  it('with --json prints also the mistakes as JSON', async () => {
    const lines: string[] = [];
    const io: Io = { ...MUTE, out: (line) => void lines.push(line) };
    const code = await checkCommand.run(given('check', '--json', '--config', '/nowhere/pabal.yaml'), io);
    expect(code).toBe(2);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { ok: false, mistakes: [{ path: '', message: expect.stringContaining('there is no such file') }] },
    ]);
  });
});

describe('a result in one line', () => {
  it('names each field that was wrong once', () => {
    const line = resultLine({
      v: 1,
      id: 'a',
      status: 'failed',
      reason: { code: 'invalid-message', message: { ko: '잘못된 메시지', en: 'Bad message' } },
      retryable: false,
      channel: 'sms',
      attempts: [],
      times: { enqueued: '2026-01-31T00:00:00.000Z' },
      problems: [{ field: 'to', rule: 'required', message: 'to is required' }],
    });
    expect(line).toBe('a  failed  invalid-message: 잘못된 메시지  sms · to is required');
  });
});

describe('the process tree', () => {
  it('stops the API first, senders before the receiver, and the board last', () => {
    const specs = childSpecs({ senders: 2, api: true, board: true, config: 'my.yaml' });
    const byOrder = [...specs].sort((a, b) => a.stopOrder - b.stopOrder).map(({ name }) => name);
    expect(byOrder).toEqual(['api', 'sender-1', 'sender-2', 'receiver', 'board']);
    expect(specs[0]?.args).toEqual(['receiver', '--config', 'my.yaml', '--with-parent']);
  });
});

describe('how long a process is up', () => {
  it.each([
    [-5, '0s'],
    [7_999, '7s'],
    [63_000, '1m 3s'],
    [7_500_000, '2h 5m'],
    [273_600_000, '3d 4h'],
  ])('%i ms is %s', (ms, text) => {
    expect(upTime(ms)).toBe(text);
  });
});

describe('the images of a message', () => {
  it('make it an MMS, unless the channel says otherwise, and need no text', () => {
    const words = [
      'send',
      '--to',
      '01012345678',
      '--from',
      '0212345678',
      '--image',
      'a.jpg',
      '--image',
      'b.jpg',
    ];
    expect(messageOfFlags(given(...words), ['id-a', 'id-b'])).toEqual({
      channel: 'mms',
      to: '01012345678',
      from: '0212345678',
      text: '',
      files: ['id-a', 'id-b'],
    });
    const talk = given(...words, '--channel', 'friendtalk', '--text', '안녕');
    expect(messageOfFlags(talk, ['id'])).toMatchObject({
      channel: 'friendtalk',
      text: '안녕',
      files: ['id'],
    });
  });

  it('do not go with a list', async () => {
    await expect(sendCommand.run(given('send', '--file', 'x.csv', '--image', 'a.jpg'), MUTE)).rejects.toThrow(
      '--image does not go with --file',
    );
  });
});

describe('opt-outs', () => {
  it.each([
    [[], { kind: 'list' }],
    [['--reveal'], { kind: 'list' }],
    [['--add', '+821012345678'], { kind: 'add', recipient: '01012345678', number: undefined }],
    [
      ['--add', '01012345678', '--number', '0801234567'],
      { kind: 'add', recipient: '01012345678', number: '0801234567' },
    ],
    [['--remove', '01012345678'], { kind: 'remove', recipient: '01012345678', number: undefined }],
    [
      ['--remove', '01012345678', '--number', '080'],
      { kind: 'remove', recipient: '01012345678', number: '080' },
    ],
  ])('%j is understood', (args, request) => {
    expect(requestOf(given('opt-outs', ...args))).toEqual(request);
  });

  it.each([
    [['--add', '01012345678', '--remove', '01012345678'], 'does not go with'],
    [['--number', '0801234567'], 'goes with --add or --remove'],
    [['--add', '010-1234-5678'], '--add must be digits only'],
    [['--remove', '010123456'], '--remove must have at least 11 digits'],
    [['--add', '01012345678', '--number', '080-1'], '--number must be digits only'],
    [['--add', '01012345678', '--number', '080'], '--number must have 8 to 11 digits'],
    [['--add', '01012345678', '--reveal'], '--reveal goes with the list'],
  ])('%j is refused without quoting a number', (args, said) => {
    const refused = () => requestOf(given('opt-outs', ...args));
    expect(refused).toThrow(said);
    expect(refused).toThrow(expect.not.objectContaining({ message: expect.stringContaining('1234') }));
  });

  it('are listed masked, and in full where that is asked for', () => {
    const optOut = { recipient: '01012345678', optOutNumber: '0801234567', at: 0 };
    for (const json of [false, true]) {
      expect(lineOf(optOut, false, json)).not.toContain('01012345678');
      expect(lineOf(optOut, true, json)).toContain('01012345678');
      expect(lineOf(optOut, false, json)).toContain('0801234567');
    }
    expect(lineOf({ ...optOut, optOutNumber: '*' }, false, false)).toMatch(/ all$/);
  });
});
