import { describe, expect, it } from '@jest/globals';
import type { Problem } from '@pabal/message';
import { judgeFiles, withoutFiles } from './door-files.js';
import { testEntry, testFile } from './testing/entries.js';

const files = [testFile('a', 10), testFile('b', 900)];
const admitted = testEntry({ channel: 'mms', files }).admitted;
const problem: Problem = { field: 'files.1', rule: 'too-large', message: 'files.1 is too large' };
const limits: Record<string, number> = { alpha: 500, beta: 1_000 };
const rules = (allowed = limits) => ({
  gatewayProblems: (gateway: string, _message: unknown, given: readonly { bytes: Uint8Array }[] = []) =>
    given.some(({ bytes }) => bytes.length > (allowed[gateway] ?? 0)) ? [problem] : [],
});

describe('the door, once the files are there', () => {
  it('leaves out the gateways that do not take them, also as a second choice', () => {
    expect(judgeFiles(admitted, files, rules())).toMatchObject({
      kind: 'admitted',
      gateways: ['beta'],
      alternatives: ['beta'],
    });
  });

  it('refuses what no gateway takes, with every reason', () => {
    expect(judgeFiles(admitted, files, rules({ alpha: 1, beta: 1 }))).toEqual({
      kind: 'refused',
      id: 'm',
      payloadHash: 'hash',
      enqueuedAt: 0,
      meta: '',
      reason: 'invalid-message',
      problems: [problem, problem],
    });
  });

  it('names each file that is not stored by its place', () => {
    const refused = withoutFiles(admitted, [1]);
    expect(refused).toMatchObject({
      reason: 'file-error',
      problems: [{ field: 'files.1', rule: 'unknown-file' }],
    });
  });
});
