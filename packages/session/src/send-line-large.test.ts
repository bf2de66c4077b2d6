import { describe, expect, it } from '@jest/globals';
import type { ErrandSteps } from './errands.js';
import { openSendLine as open } from './testing/open-send-line.js';
import { quiet } from './testing/scripted-peer.js';
import type { TextSubmit } from './testing/text-dialect.js';
import { textSubmit } from './testing/text-dialect.js';

/** LMS are large frames here, SMS small ones, on one session. */
const line = {
  prepare: (m: { channel: 'sms' | 'lms' } | { channel: string; to: string }, wireId: string): TextSubmit =>
    m.channel === 'lms' ? { ...textSubmit(wireId, 'lms'), bytes: 300_000 } : textSubmit(wireId, 'sms'),
};

describe('a large frame on a slow line', () => {
  it('lets what is written behind it count until its answer: only then it has arrived for certain', async () => {
    const { line: opened, login, write, peer, clock, changes } = await open({ line });
    await login('a', 'sms=1,lms=10');
    void write('1', 'lms');
    void write('2', 'sms');
    const before = changes();
    expect(opened.nextAt('sms')).toBe(Number.POSITIVE_INFINITY);
    clock.advance(800);
    await peer().send('ack 1 0\nack 2 0\n');
    await quiet();
    expect(changes()).toBeGreaterThan(before);
    expect(opened.nextAt('sms')).toBe(2000 + 800 + 1005);
  });

  it('does not change what small frames count before it and after its answer', async () => {
    const { line: opened, login, write, peer, clock } = await open({ line });
    await login('a', 'sms=1,lms=10');
    void write('1', 'lms');
    await peer().send('ack 1 0\n');
    await quiet();
    clock.advance(500);
    void write('2', 'sms');
    await quiet();
    clock.advance(300);
    expect(opened.nextAt('sms')).toBe(2500 + 1005);
  });

  it('may as well be the pieces of a file that are not answered', async () => {
    const { line: opened, login, write, peer, clock } = await open({ line });
    await login('a', 'sms=1,lms=10');
    void opened.errand('sms', function* (): ErrandSteps<void> {
      yield { bytes: new Uint8Array(10_000).fill(0x20) };
      yield { bytes: Buffer.from(`${' '.repeat(10_000)}finish\n`), awaits: 'got' };
    });
    clock.advance(1);
    void write('1', 'sms');
    clock.advance(800);
    await peer().send('ack 1 0\ngot 0\n');
    expect(opened.nextAt('sms')).toBe(2001 + 800 + 1005);
  });

  it('counts on a connection that was lost up to its loss', async () => {
    const { line: opened, login, write, peer, clock } = await open({ line });
    await login('a', 'sms=1,lms=10');
    void write('1', 'lms');
    void write('2', 'sms');
    clock.advance(400);
    await peer().reset();
    await quiet();
    clock.advance(200);
    await quiet();
    await peer().send('welcome sms=1,lms=10\n');
    expect(opened.nextAt('sms')).toBe(2400 + 1005);
  });
});
