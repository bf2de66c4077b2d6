import { describe, expect, it } from '@jest/globals';
import type { MessageV1, RcsPart } from '@pabal/message';
import { contentProblems, toMsgSendReq } from './mapping.js';
import { config } from './testing/config.js';
import { message } from './testing/message.js';

const rcs = (part: RcsPart, change: Partial<MessageV1> = {}) =>
  message({ channel: 'rcs', rcs: part, ...change });
const body = (of: MessageV1, names: readonly string[] = []) => toMsgSendReq(of, '1', config(), names);
const fields = (of: MessageV1) => contentProblems(of).map(({ field, rule }) => [field, rule]);

describe('an RCS message on the wire', () => {
  it.each([
    ['SS000000', 9],
    ['SL000000', 10],
    ['SMwThT00', 11],
    ['UBR.template', 12],
  ])('with the message base %s is of type %p', (messageBaseId, type) => {
    expect(body(rcs({ messageBaseId }))).toMatchObject({ MsgType: type, rcsMessageBaseId: messageBaseId });
  });

  it('is of the type that it names itself', () => {
    expect(body(rcs({ messageBaseId: 'own', type: 'lms' })).MsgType).toBe(10);
  });

  it('has no field that it does not use, and none of Kakao’s', () => {
    const keys = Object.keys(body(rcs({ messageBaseId: 'SS000000' })));
    expect(keys.filter((key) => /^(kakao|rcs)/.test(key))).toEqual(['rcsMessageBaseId']);
    expect(body(rcs({ messageBaseId: 'SS000000' })).KakaoNationCode).toBe('');
  });

  it('keeps the places of cards without buttons, and names no buttons where no card has any', () => {
    const messageBaseId = 'CMwMhM0300';
    const buttons = [{}, { suggestions: [] }];
    expect(body(rcs({ messageBaseId, buttons })).rcsButton).toBe('[{},{"suggestions":[]}]');
    expect(body(rcs({ messageBaseId, buttons: [{}, {}] }))).not.toHaveProperty('rcsButton');
  });

  it('carries every part', () => {
    const full = rcs(
      {
        messageBaseId: 'SMwThT00',
        buttons: [{ suggestions: [] }],
        header: true,
        footer: '0801234567',
        copyAllowed: false,
        agencyId: 'a',
        brandKey: 'b',
        agencyKey: 'c',
      },
      { files: ['f'], subject: '제목' },
    );
    expect(body(full, ['x.jpg'])).toMatchObject({
      MsgType: 11,
      Subject: '제목',
      rcsButton: '[{"suggestions":[]}]',
      rcsHeader: 1,
      rcsFooter: '0801234567',
      rcsCopyAllowed: 'N',
      rcsAgencyId: 'a',
      rcsBrandKey: 'b',
      rcsAgencyKey: 'c',
      FileCount: 1,
      FileName1: 'x.jpg',
    });
    expect(fields(full)).toEqual([]);
    expect(body(rcs({ messageBaseId: 'SS000000', header: false, copyAllowed: true }))).toMatchObject({
      rcsHeader: 0,
      rcsCopyAllowed: 'Y',
    });
  });

  it('needs a message base, and takes files only as an MMS', () => {
    expect(fields(rcs({ type: 'sms' }, { files: ['f'] }))).toEqual([
      ['rcs.messageBaseId', 'required'],
      ['files', 'not-for-gateway'],
    ]);
  });

  it('has a subject as an LMS or MMS alone', () => {
    const subject = '제목';
    expect(fields(rcs({ messageBaseId: 'SL000000' }, { subject }))).toEqual([]);
    expect(fields(rcs({ messageBaseId: 'UBR.template' }, { subject }))).toEqual([
      ['subject', 'not-for-gateway'],
    ]);
  });

  it('is counted in characters', () => {
    expect(contentProblems(rcs({ messageBaseId: 'SS000000' }, { text: '😀'.repeat(101) }))).toMatchObject([
      { field: 'text', rule: 'too-long', limit: 100, actual: 101 },
    ]);
  });
});
