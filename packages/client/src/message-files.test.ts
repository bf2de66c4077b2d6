import { describe, expect, it } from '@jest/globals';
import { type MessageInput, type MessageV1, parseMessage } from '@pabal/message';
import {
  FILE_MARGIN_MS,
  fileLifetime,
  fileLifetimes,
  filesOf,
  STEP_MS,
  unknownFiles,
} from './message-files.js';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const DAY_MS = 86_400_000;

function message(change: Partial<MessageInput>): MessageV1 {
  const parsed = parseMessage({
    id: 'm',
    channel: 'mms',
    to: '01012345678',
    from: '15881234',
    text: '안내',
    files: ['a'],
    ...change,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.message;
}

describe('how long the files of a message must stay', () => {
  it.each([
    ['now', {}, 0],
    ['60 days ahead', { sendAt: '2026-04-30T00:00:00Z' }, 60 * DAY_MS],
    ['in the past', { sendAt: '2026-02-01T00:00:00Z' }, 0],
    ['within an hour', { ttlSeconds: 3_600 }, 3_600_000],
    ['within an hour of tomorrow', { sendAt: '2026-03-02T00:00:00Z', ttlSeconds: 3_600 }, DAY_MS + 3_600_000],
    ['until a time', { expiresAt: '2026-03-05T00:00:00Z' }, 4 * DAY_MS],
    ['until a time that is over', { expiresAt: '2026-02-05T00:00:00Z' }, 0],
  ] as const)('of one to be sent %s is that and a margin', (_when, change, ms) => {
    expect(fileLifetime(message(change), NOW)).toBe(ms + FILE_MARGIN_MS);
  });

  it('is the longest where several messages name the same', () => {
    const messages = [
      message({ files: ['a', 'b'], ttlSeconds: 60 }),
      message({ files: ['b'], ttlSeconds: 10 }),
      message({ files: ['c'], ttlSeconds: 20 }),
    ];
    expect([...fileLifetimes(messages, NOW)]).toEqual([
      ['a', 60_000 + FILE_MARGIN_MS],
      ['b', 60_000 + FILE_MARGIN_MS],
      ['c', 20_000 + FILE_MARGIN_MS],
    ]);
  });
});

describe('how long the files of a fallback step must stay', () => {
  const fallback = [
    { channel: 'lms', text: '안내' },
    { channel: 'mms', text: '안내', files: ['a', 'b'] },
  ] as const;
  const of = (change: Partial<MessageInput>) =>
    Object.fromEntries(fileLifetimes([message({ fallback, ...change })], NOW));

  it('is longer by the reports that the steps before it may wait for', () => {
    expect(of({})).toEqual({ a: 2 * STEP_MS + FILE_MARGIN_MS, b: 2 * STEP_MS + FILE_MARGIN_MS });
  });

  it('is no longer than the message is, where that expires', () => {
    for (const change of [{ ttlSeconds: 60 }, { expiresAt: '2026-03-01T00:01:00Z' }])
      expect(of(change)).toEqual({ a: 60_000 + FILE_MARGIN_MS, b: 60_000 + FILE_MARGIN_MS });
  });

  it('counts for those that are asked after, and for those that are missing', () => {
    const chain = message({ files: ['a', 'c'], fallback });
    expect(filesOf(chain)).toEqual(['a', 'c', 'a', 'b']);
    expect(unknownFiles(chain, new Set(['a'])).map(({ field }) => field)).toEqual([
      'files.1',
      'fallback.1.files.1',
    ]);
  });
});

describe('files that are not stored', () => {
  it('are named by their place', () => {
    const problems = unknownFiles(message({ files: ['a', 'b', 'c'] }), new Set(['b']));
    expect(problems.map(({ field, rule }) => [field, rule])).toEqual([
      ['files.0', 'unknown-file'],
      ['files.2', 'unknown-file'],
    ]);
  });

  it('are none where a message names none', () => {
    const { files: _, ...without } = message({});
    expect(unknownFiles(without, new Set())).toEqual([]);
  });
});
