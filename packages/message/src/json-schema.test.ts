import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { toJsonSchema } from './json-schema.js';
import { parseMessage } from './parse-message.js';

const base = { id: 'a', to: '01012345678', from: '15881234', text: '안내' };
const alimtalk = { ...base, channel: 'alimtalk', kakao: { senderKey: 'k', templateCode: 't' } };
const rcs = { ...base, channel: 'rcs', rcs: { messageBaseId: 'SS000000' } };

const page = 'https://shop.example';
const button = { type: 'WL', name: '보기', url_mobile: page };
const row = { title: '상품', description: '책' };

describe('the JSON Schema of a message', () => {
  const schema = z.fromJSONSchema(toJsonSchema().message as Parameters<typeof z.fromJSONSchema>[0]);
  const both = (input: object) => [schema.safeParse(input).success, parseMessage(input).ok];
  const kakao = (part: object) => ({ ...alimtalk, kakao: { ...alimtalk.kakao, ...part } });

  it.each<[string, object]>([
    ['a plain Alimtalk', alimtalk],
    ['buttons and quick replies', kakao({ buttons: [button], quickReplies: [button] })],
    ['an item list', kakao({ items: { list: [row, row], summary: row } })],
    ['a title of 50 characters beyond the basic plane', kakao({ title: '😀'.repeat(50) })],
    ['RCS buttons', { ...rcs, rcs: { ...rcs.rcs, buttons: [{ suggestions: [{ reply: {} }] }] } }],
  ])('takes %s, as the door does', (_name, input) => {
    expect(both(input)).toEqual([true, true]);
  });

  it.each<[string, object]>([
    ['a button of an unknown type', kakao({ buttons: [{ type: 'XX', name: 'a' }] })],
    [
      'a button with a field of another type',
      kakao({ buttons: [{ type: 'BK', name: 'a', url_mobile: page }] }),
    ],
    ['six buttons', kakao({ buttons: Array.from({ length: 6 }, () => button) })],
    ['a quick reply that is only a button', kakao({ quickReplies: [{ type: 'AC', name: 'a' }] })],
    ['a title of 51 characters', kakao({ title: 'a'.repeat(51) })],
    ['an empty header', kakao({ header: '' })],
    ['an item list of one row', kakao({ items: { list: [row] } })],
    ['an unknown RCS type', { ...rcs, rcs: { ...rcs.rcs, type: 'fax' } }],
    ['eleven RCS cards', { ...rcs, rcs: { ...rcs.rcs, buttons: Array.from({ length: 11 }, () => ({})) } }],
    ['four files', { ...base, channel: 'mms', files: ['a', 'b', 'c', 'd'] }],
  ])('refuses %s, as the door does', (_name, input) => {
    expect(both(input)).toEqual([false, false]);
  });
});
