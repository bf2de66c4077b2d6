import { describe, expect, it } from '@jest/globals';
import { understand } from '../arguments.js';
import type { Given } from '../command.js';
import { COMMANDS } from './index.js';
import { messageOfFlags } from './send.js';
import { upTime } from './status-view.js';
import { childSpecs } from './up.js';

const given = (...argv: string[]): Given => {
  const meaning = understand(COMMANDS, argv);
  if (meaning.kind !== 'run') throw new Error('this test gives a command to run');
  return meaning.given;
};

describe('the table of commands', () => {
  it('names each command once', () => {
    const names = COMMANDS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('lets every command that works on a fleet say which', () => {
    const own = new Set(['demo', 'bench', 'simulate']); // these bring what they need, or speak to no fleet
    for (const { name, flags } of COMMANDS.filter((command) => !own.has(command.name))) {
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

describe('the process tree', () => {
  it('stops senders before the receiver, and the board last', () => {
    const specs = childSpecs(2, true, 'my.yaml');
    const byOrder = [...specs].sort((a, b) => a.stopOrder - b.stopOrder).map(({ name }) => name);
    expect(byOrder).toEqual(['sender-1', 'sender-2', 'receiver', 'board']);
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
