import { describe, expect } from '@jest/globals';
import type { SUBMIT_RULES } from './rules-submit.js';
import { message } from './testing/messages.js';
import {
  ACCOUNT,
  eachRuleIsCountedOnce,
  type Provocation,
  submitted,
  without,
} from './testing/provocation.js';
import { sms } from './testing/raw-client.js';
import { jpeg, uploaded, withFiles } from './testing/uploads.js';
import type { World } from './testing/world.js';

type Fields = Record<string, unknown>;

/** Sends an otherwise right message of one kind and expects this result. */
const sent = (kind: Fields) => (result: number, change: Fields) => async (world: World) => {
  expect(await world.submit(await world.login(), message({ ...kind, ...change }))).toBe(result);
};
const KEY = { KakaoSenderKey: '0a1b2c3d' };
const alimtalk = sent({ MsgType: 7, ...KEY, KakaoTemplateCode: 'ORDER_01' });
const friendtalk = sent({ MsgType: 8, ...KEY });
const rcs = sent({ MsgType: 9 });

const PROVOCATIONS: Record<keyof typeof SUBMIT_RULES, Provocation> = {
  'submit-body': {
    run: async (world) => expect(await world.submit(await world.login(), 'text')).toBe(911),
  },
  'submit-field-missing': {
    run: async (world) =>
      expect(await world.submit(await world.login(), without(sms(), 'ResellerCode'))).toBe(19),
  },
  'submit-field-unknown': { run: submitted(0, { Telecom: 'SKT' }) },
  'submit-field-type': { run: submitted(19, { KakaoTimeout: '0' }) },
  'submit-field-order': {
    run: async (world) =>
      expect(
        await world.submit(await world.login(), { UserMsgSubId: '', ...without(sms(), 'UserMsgSubId') }),
      ).toBe(0),
  },
  'submit-message-id': { run: submitted(19, { UserMsgId: '123456789012345678901' }) },
  'submit-message-type': { run: submitted(5, { MsgType: 5 }) },
  'submit-recipient': { run: submitted(19, { PhoneNo: '010-9187-4302' }) },
  'submit-callback': { run: submitted(19, { CallbackNo: '' }) },
  'submit-text-empty': { run: submitted(18, { Message: '' }) },
  'submit-text-length': { run: submitted(908, { Message: `${'가'.repeat(45)}.` }) },
  'submit-charset': { run: submitted(5, { Message: '생일 축하해요 🎂' }) },
  'submit-subject': { run: submitted(19, { Subject: '제목' }) },
  'submit-text-characters': { run: alimtalk(35, { Message: '가'.repeat(1001) }) },
  'submit-unused-field': { run: submitted(19, { KakaoNationCode: '82' }) },
  'submit-field-empty': { run: alimtalk(0, { kakaoTitle: '' }) },
  'submit-sender-key': { run: alimtalk(22, { KakaoSenderKey: '' }) },
  'submit-template': { run: alimtalk(36, { KakaoTemplateCode: '' }) },
  'submit-kakao-ad-flag': { run: alimtalk(21, { KakaoAdFlag: 'X' }) },
  'submit-kakao-nation': { run: alimtalk(21, { KakaoNationCode: 'KR' }) },
  'submit-kakao-timeout': { run: alimtalk(21, { KakaoTimeout: -1 }) },
  'submit-kakao-button': { run: alimtalk(21, { KakaoButton: '"button":[]' }) },
  'submit-kakao-quick': { run: alimtalk(21, { kakaoQuick: '[{"type":"WL"}]' }) },
  'submit-kakao-wide': { run: friendtalk(21, { kakaoWide: 'true' }) },
  'submit-rcs-base': { run: rcs(36, { MsgType: 12 }) },
  'submit-rcs-button': { run: rcs(21, { rcsButton: '{"suggestions":[]}' }) },
  'submit-rcs-header': { run: rcs(21, { rcsHeader: 2 }) },
  'submit-rcs-footer': { run: rcs(21, { rcsFooter: '무료수신거부' }) },
  'submit-rcs-copy': { run: rcs(21, { rcsCopyAllowed: 'yes' }) },
  'submit-files': { run: submitted(909, { FileCount: 1 }) },
  'submit-file-name': {
    run: submitted(16, { MsgType: 6, FileCount: 1, FileType1: 'IMG', FileName1: 'a.jpg' }),
  },
  'submit-files-size': {
    run: async (world) => {
      const client = await world.login();
      const first = await uploaded(client, jpeg({ bytes: 600_000 }));
      const second = await uploaded(client, jpeg({ bytes: 600_000 }));
      expect(await world.submit(client, withFiles(first, second))).toBe(910);
    },
  },
  'submit-reseller': {
    options: { accounts: [{ ...ACCOUNT, reseller: true }] },
    run: submitted(39, {}),
  },
  'message-id-reused': {
    run: async (world) => {
      const client = await world.login();
      expect(await world.submit(client, sms())).toBe(0);
      expect(await world.submit(client, sms({ Message: '다른 메시지' }))).toBe(320);
    },
  },
  'over-rate': {
    options: { speed: 3 },
    run: async (world) => {
      const client = await world.login();
      for (const id of ['1', '2', '3', '4']) client.send('MsgSendReq', sms({ UserMsgId: id }));
      await client.settled();
      world.clock.advance(1);
      const results = [];
      for (let i = 0; i < 4; i++) results.push((await client.expect('MsgSendRes')).Result);
      expect(results).toEqual([0, 0, 0, 903]);
    },
  },
  'outside-hours': { options: { begin: 13, end: 20 }, run: submitted(901, {}) },
  'recipient-burst': {
    options: { recipientBurst: 3 },
    run: async (world) => {
      const client = await world.login();
      for (const id of ['1', '2', '3', '4']) {
        expect(await world.submit(client, sms({ UserMsgId: id }))).toBe(0);
      }
      world.clock.advance(10);
      const results = [];
      for (let i = 0; i < 4; i++) results.push((await client.expect('ReportReq')).Result);
      expect(results).toEqual([0, 0, 0, 10]);
    },
  },
};

describe('SMTNT rules of a message', () => {
  eachRuleIsCountedOnce(PROVOCATIONS);
});
