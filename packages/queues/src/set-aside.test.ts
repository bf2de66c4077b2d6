import { describe, expect, it } from '@jest/globals';
import { asideId } from './set-aside.js';

describe('the name of a failed job', () => {
  it('is its id with a hash of its data, so that another one under that id stands beside it', () => {
    const first = asideId('m-order-1', { id: 'order-1', text: '' });
    expect(first).toMatch(/^m-order-1~[0-9a-f]{8}$/);
    expect(asideId('m-order-1', { id: 'order-1', text: '' })).toBe(first);
    expect(asideId('m-order-1', { id: 'order-1', text: '정정' })).not.toBe(first);
    expect(asideId(first, { id: 'order-1', text: '' })).toBe(first);
    expect(asideId('b-1', undefined)).toMatch(/^b-1~[0-9a-f]{8}$/);
  });
});
