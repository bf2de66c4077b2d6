import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../common/index.js';
import { SMTNT_RULES } from './rules.js';
import { judgeContent } from './submit-content.js';
import { SUBMIT_FIELDS } from './submit-fields.js';
import { message } from './testing/messages.js';
import { sms } from './testing/raw-client.js';

/** Rules about what a message of only one field lacks. */
const NEEDED = ['submit-sender-key', 'submit-template', 'submit-rcs-base'];
const TYPES = [4, 6, 7, 71, 8, 9, 10, 11, 12];

describe('the content of an SMTNT message', () => {
  const codeOf = (change: Record<string, unknown>, reseller = false) => {
    const { code, breaches } = judgeContent(ordered(change), { reseller });
    return [code, ...breaches.map((breach) => breach.rule)];
  };
  const lms = { MsgType: 6 };
  const mms = { ...lms, FileCount: 1, FileType1: 'IMG', FileName1: 'a.jpg' };
  const alimtalk = { MsgType: 7, KakaoSenderKey: 'k', KakaoTemplateCode: 'T' };
  const friendtalk = { MsgType: 8, KakaoSenderKey: 'k' };
  const rcs = { MsgType: 9 };
  /** What is not in the table keeps the last place. */
  const ordered = (change: Record<string, unknown>) => ({ ...message(change), ...sms(change) });

  it.each([
    ['90 bytes', { Message: `${'가'.repeat(44)}ab` }, [0]],
    ['91 bytes', { Message: `${'가'.repeat(45)}a` }, [908, 'submit-text-length']],
    ['an LMS of 2000 bytes with a subject', { ...lms, Subject: '안내', Message: 'a'.repeat(2000) }, [0]],
    ['an LMS of 2001 bytes', { ...lms, Message: 'a'.repeat(2001) }, [908, 'submit-text-length']],
    ['Hangul outside KS X 1001', { Message: '뷁' }, [0]],
    ['a subject that CP949 lacks', { ...lms, Subject: '🎂' }, [5, 'submit-charset']],
    ['a number as text', { MsgType: '4' }, [19, 'submit-field-type', 'submit-message-type']],
    ['text as a number', { UserMsgId: 80 }, [19, 'submit-field-type', 'submit-message-id']],
    ['another letter case', { kakaoButton: '' }, [0, 'submit-field-unknown']],
    ['an unused RCS field', { rcsHeader: 1 }, [19, 'submit-unused-field']],
    ['a reseller code of 9 digits', { ResellerCode: '123456789' }, [0]],
    ['a type without a file', { FileType1: 'IMG' }, [909, 'submit-files']],
    ['a file that is no IMG', { ...lms, FileCount: 1, FileType1: 'PDF', FileName1: 'a' }, [909]],
    ['a file on an SMS', { FileCount: 1, FileType1: 'IMG', FileName1: 'a.jpg' }, [909, 'submit-files']],
    ['a file after a gap', { ...lms, FileCount: 1, FileType2: 'IMG', FileName2: 'b.jpg' }, [909]],
    ['more files than are counted', { ...mms, FileType2: 'IMG', FileName2: 'b.jpg' }, [909, 'submit-files']],
    ['one file', mms, [0]],
    ['four files', { ...lms, FileCount: 4 }, [909, 'submit-files']],
    ['fewer files than none', { ...lms, FileCount: -1 }, [909, 'submit-files']],
    ['a reseller code of 8 digits', { ResellerCode: '12345678' }, [19, 'submit-reseller']],
    ['a type that is not in the table', { MsgType: 13 }, [5, 'submit-message-type']],
    ['1,000 characters of Kakao, emoji among them', { ...alimtalk, Message: '🎂'.repeat(1000) }, [0]],
    ['1,001 characters of Kakao', { ...alimtalk, Message: 'a'.repeat(1001) }, [35, 'submit-text-characters']],
    ['a subject on Alimtalk', { ...alimtalk, Subject: '안내' }, [19, 'submit-subject']],
    ['a file on Alimtalk', { ...alimtalk, ...mms, MsgType: 7 }, [909, 'submit-files']],
    ['a file on a FriendTalk', { ...friendtalk, ...mms, MsgType: 8 }, [0]],
    ['two files on a FriendTalk', { ...friendtalk, FileCount: 2 }, [909, 'submit-files']],
    ['a template on a FriendTalk', { ...friendtalk, KakaoTemplateCode: 'T' }, [19, 'submit-unused-field']],
    ['a title on a FriendTalk', { ...friendtalk, kakaoTitle: '제목' }, [19, 'submit-unused-field']],
    ['a wide image on Alimtalk', { ...alimtalk, kakaoWide: 'Y' }, [19, 'submit-unused-field']],
    ['an empty image link, the 23rd field', { ...friendtalk, kakaoImageLink: '' }, [0]],
    ['an empty wide', { ...friendtalk, kakaoWide: '' }, [0, 'submit-field-empty']],
    ['a sender key on RCS', { ...rcs, KakaoSenderKey: 'k' }, [19, 'submit-unused-field']],
    ['an RCS header that is no ad', { ...rcs, rcsHeader: 0 }, [0]],
    ['an RCS header as text', { ...rcs, rcsHeader: '0' }, [19, 'submit-field-type']],
    ['an RCS header of 0 on an SMS', { rcsHeader: 0 }, [0, 'submit-field-empty']],
    ['a timeout as text', { ...alimtalk, KakaoTimeout: '30' }, [19, 'submit-field-type']],
    ['a sender key as a number', { ...alimtalk, KakaoSenderKey: 7 }, [19, 'submit-field-type']],
    ['a slip of the table', { ...rcs, rcsMessageBaselId: 'SS000000' }, [0, 'submit-field-unknown']],
    ['20 digits of UserMsgId', { UserMsgId: '12345678901234567890' }, [0]],
  ])('%s', (_, change, expected) => {
    const result = codeOf(change);
    expect(result[0]).toBe(expected[0]);
    expect(result).toEqual(expect.arrayContaining(expected));
    if (expected[0] === 0) expect([...result].sort()).toEqual([...expected].sort());
  });

  /** A value for every field that only some types use, and those types. */
  const kakao = [7, 71, 8];
  const OWN_FIELDS: readonly [name: string, value: string | number, types: readonly number[]][] = [
    ['KakaoAdFlag', 'Y', kakao],
    ['KakaoNationCode', '82', kakao],
    ['KakaoSenderKey', 'k', kakao],
    ['KakaoTemplateCode', 'T', [7, 71]],
    ['KakaoTimeout', 10, kakao],
    ['KakaoButton', '[{"name":"보기","type":"WL"}]', kakao],
    ['kakaoImageLink', 'https://example.com/', [8]],
    ['kakaoUserKey', 'u', [8]],
    ['kakaoTitle', '제목', [7, 71]],
    ['kakaoQuick', '[{"name":"보기","type":"WL"}]', [7, 71]],
    ['kakaoWide', 'N', [8]],
    ...['rcsMessageBaseId', 'rcsFooter', 'rcsAgencyId', 'rcsBrandKey', 'rcsAgencyKey'].map(
      (name): [string, string, readonly number[]] => [name, '0801234567', [9, 10, 11, 12]],
    ),
    ['rcsButton', '[{"suggestions":[]}]', [9, 10, 11, 12]],
    ['rcsHeader', 1, [9, 10, 11, 12]],
    ['rcsCopyAllowed', 'N', [9, 10, 11, 12]],
  ];

  it.each(OWN_FIELDS)('takes %s (%s) on the types %j alone', (name, value, types) => {
    const taken = TYPES.filter(
      (MsgType) => !codeOf({ MsgType, [name]: value }).includes('submit-unused-field'),
    );
    expect(taken).toEqual(types);
    for (const MsgType of types) {
      const rules = codeOf({ MsgType, [name]: value }).filter((rule) => String(rule).includes('submit-'));
      expect(rules.filter((rule) => !NEEDED.includes(String(rule)))).toEqual([]);
    }
  });

  it('asks a reseller for its code', () => {
    expect(codeOf({}, true)).toEqual([39, 'submit-reseller']);
    expect(codeOf({ ResellerCode: '123456789' }, true)).toEqual([0]);
  });

  it('never repeats what a message says', () => {
    const secret = '비밀번호 8250 🎂';
    const { breaches } = judgeContent(sms({ Message: secret, [secret]: secret, UserMsgId: secret }), {});
    expect(breaches.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(breaches)).not.toMatch(/비밀|8250/);
  });

  it('answers fields of any kind with breaches of the table, never with an exception', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = createRandom(seed);
    const drawn = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
    const values = [
      null,
      0,
      -1,
      1.5,
      2,
      '',
      '가',
      '[]',
      '{"button":[null]}',
      '[{"name":"a","type":"WL"}]',
      [],
      {},
    ];
    for (let round = 0; round < 2000; round++) {
      const change = Object.fromEntries(
        Array.from({ length: 4 }, () => [drawn(SUBMIT_FIELDS).name, drawn(values)]),
      );
      const { breaches } = judgeContent({ ...sms({ MsgType: drawn(TYPES) }), ...change }, {});
      const unknown = breaches.filter(({ rule }) => !Object.hasOwn(SMTNT_RULES, rule));
      expect({ seed, unknown }).toEqual({ seed, unknown: [] });
    }
  });
});
