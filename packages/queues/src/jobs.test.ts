import { describe, expect, it } from '@jest/globals';
import { isGatewayJob } from './jobs.js';

const good = { v: 1, message: { id: 'a' }, enqueuedAt: 1, route: 'default', uncertain: false };

describe('isGatewayJob', () => {
  it('knows what a sender put there, also with fields of a later version', () => {
    expect(isGatewayJob(good)).toBe(true);
    expect(isGatewayJob({ ...good, later: true })).toBe(true);
    expect(isGatewayJob({ ...good, step: 5, payloadHash: 'h' })).toBe(true);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'x'],
    ['a message itself', { v: 1, id: 'a', channel: 'sms' }],
    ['another version', { ...good, v: 2 }],
    ['no certainty', { ...good, uncertain: undefined }],
    ['a message without id', { ...good, message: {} }],
    ['a time that is none', { ...good, enqueuedAt: '1' }],
    ['a step without the hash of its message', { ...good, step: 1 }],
    ['a hash without a step', { ...good, payloadHash: 'h' }],
    ['a step beyond the last', { ...good, step: 6, payloadHash: 'h' }],
  ])('does not take %s for it', (_name, data) => {
    expect(isGatewayJob(data)).toBe(false);
  });
});
