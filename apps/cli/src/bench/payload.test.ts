import { describe, expect, it } from '@jest/globals';
import { parseMessage } from '@pabal/message';
import { channelFor, loadId, loadIndex, loadIndexInText, loadMessages, textSize } from './payload.js';

const load = { run: 'f1', count: 2_000, textBytes: 80, seed: 7 };

describe('loadMessages', () => {
  it('makes messages that the fleet takes', () => {
    for (const textBytes of [20, 90, 91, 2_000]) {
      const [message] = loadMessages({ ...load, count: 1, textBytes });
      expect(parseMessage(message)).toMatchObject({ ok: true });
    }
  });

  it('writes no two messages to the same recipient, and no two texts alike', () => {
    const messages = loadMessages(load);
    expect(new Set(messages.map(({ to }) => to)).size).toBe(2_000);
    expect(new Set(messages.map(({ text }) => text)).size).toBe(2_000);
  });

  it.each([20, 21, 80, 90, 91, 2_000])('fills a text to %d bytes', (textBytes) => {
    const sizes = loadMessages({ ...load, count: 100, textBytes }).map(({ text }) => textSize(text ?? ''));
    expect(new Set(sizes)).toEqual(new Set([textBytes]));
  });

  it('repeats itself with the same seed, and not with another', () => {
    expect(loadMessages(load)).toEqual(loadMessages(load));
    expect(loadMessages({ ...load, seed: 8 })).not.toEqual(loadMessages(load));
  });
});

describe('channelFor', () => {
  it('sends as LMS what an SMS does not hold', () => {
    expect(channelFor(90)).toBe('sms');
    expect(channelFor(91)).toBe('lms');
  });
});

describe('loadIndex', () => {
  it('reads back the place of a message in its run, and knows those of other runs', () => {
    expect(loadIndex('f1', loadId('f1', 1_999))).toBe(1_999);
    expect(loadIndex('f1', loadId('f12', 3))).toBeUndefined();
  });
});

describe('loadIndexInText', () => {
  it('reads back the place of a message in its run from its text, and knows those of other runs', () => {
    const text = loadMessages(load)[1_999]?.text ?? '';
    expect(loadIndexInText('f1', text)).toBe(1_999);
    expect(loadIndexInText('f2', text)).toBeUndefined();
    expect(loadIndexInText('f1', '안녕하세요')).toBeUndefined();
  });
});
