import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readPictures } from './pictures.js';
import { readSample } from './sample.js';

const EXAMPLES = new URL('../../../../examples/', import.meta.url);

const GOOD = { channel: 'sms', to: '01000001234', from: '07000001001', text: '안녕하세요' };

function sample(...rows: object[]) {
  return readSample(rows.map((row) => JSON.stringify(row)).join('\n'));
}

describe('a sample', () => {
  it('gives every line an id of its own, by its place', () => {
    expect(sample(GOOD, GOOD).map(({ id, input }) => [id, input.id])).toEqual([
      ['demo-001', 'demo-001'],
      ['demo-002', 'demo-002'],
    ]);
  });

  it('goes through the client, except for what the client would refuse', () => {
    const ways = sample(
      GOOD,
      { ...GOOD, text: '가'.repeat(46) },
      { ...GOOD, text: '선물 🎁' },
      { ...GOOD, to: 'letters' },
    ).map(({ way }) => way);
    expect(ways).toEqual(['http', 'raw', 'raw', 'raw']);
  });

  it('sends early what has a second only, and cancels the appointment that the patient cancelled', () => {
    const ways = sample(
      { ...GOOD, ttlSeconds: 1 },
      { ...GOOD, ttlSeconds: 2 },
      { ...GOOD, ref: 'visit-4134' },
      { ...GOOD, ref: 'news-opted-out' },
    ).map(({ way }) => way);
    expect(ways).toEqual(['early', 'http', 'cancelled', 'optedOut']);
  });

  it.each(['{', '[]', 'null', '"text"'])('names the line that is no object: %s', (line) => {
    expect(() => readSample(`${JSON.stringify(GOOD)}\n${line}\n`)).toThrow(
      /^line 2 of the sample is not (a )?JSON/,
    );
  });
});

describe('the sample of the repository', () => {
  const messages = readSample(readFileSync(new URL('messages.jsonl', EXAMPLES), 'utf8'));

  it('has at least 320 messages, each to a recipient and with a reference of its own, apart from chosen endings', () => {
    expect(messages.length).toBeGreaterThanOrEqual(320);
    expect(new Set(messages.map(({ to }) => to)).size).toBe(messages.length);
    expect(new Set(messages.map(({ input }) => input.ref)).size).toBe(messages.length);
  });

  it('names pictures of the repository only, and all of them', async () => {
    const pictures = await readPictures(fileURLToPath(new URL('pictures/', EXAMPLES)));
    const ids = pictures.map((bytes) => createHash('sha256').update(bytes).digest('base64url'));
    const named = new Set(messages.flatMap(({ input }) => (input.files as string[] | undefined) ?? []));
    expect([...named].sort()).toEqual([...ids].sort());
  });

  it('writes only to numbers that nobody has', () => {
    for (const { to, input } of messages) {
      expect(to).toMatch(/^(010[01]\d{7}|1202555\d{4}|447700900\d{3})$/); // abroad: numbers kept for films
      expect(input.from).toMatch(/^0700000\d{4}$/);
    }
  });

  it('holds every way and kind that the demo is to show', () => {
    const count = (which: (message: (typeof messages)[number]) => boolean) => messages.filter(which).length;
    expect(count(({ way }) => way === 'raw')).toBe(2);
    expect(count(({ way }) => way === 'early')).toBe(1);
    expect(count(({ way }) => way === 'cancelled')).toBe(1);
    expect(count(({ way }) => way === 'optedOut')).toBe(1);
    expect(count(({ input }) => input.urlCallback === true)).toBeGreaterThanOrEqual(2);
    expect(count(({ to }) => !to.startsWith('0'))).toBeGreaterThanOrEqual(2);
    for (const channel of ['mms', 'alimtalk', 'friendtalk']) {
      for (const gateway of ['hellovision', 'smtnt']) {
        const pinned = count((message) => message.channel === channel && message.input.gateway === gateway);
        expect(pinned).toBeGreaterThanOrEqual(2);
      }
    }
    expect(count(({ channel }) => channel === 'rcs')).toBeGreaterThanOrEqual(8);
    expect(count(({ urgent }) => urgent)).toBeGreaterThanOrEqual(40);
    expect(count(({ channel }) => channel === 'lms')).toBeGreaterThanOrEqual(40);
    for (const ending of ['0007', '0008', '0040']) {
      expect(count(({ to }) => to.endsWith(ending))).toBeGreaterThanOrEqual(2);
    }
  });
});
