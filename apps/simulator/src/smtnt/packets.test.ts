import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../common/index.js';
import { FrameReader } from './frames.js';
import { readPacket } from './packets.js';
import { SMTNT_RULES } from './rules.js';
import { judgeContent } from './submit-content.js';
import { sms } from './testing/raw-client.js';

const rulesOf = (text: string) => readPacket(Buffer.from(text)).breaches.map((breach) => breach.rule);

describe('SMTNT packets', () => {
  it('finds nothing wrong with the packet of the specification', () => {
    expect(readPacket(Buffer.from('{"Header":{"Method":"AliveReq"}}'))).toEqual({
      kind: 'packet',
      packet: { method: 'AliveReq', body: undefined },
      breaches: [],
    });
  });

  it.each([
    ['{"Header":{"Method":"AliveReq"} }', 'json-compact'],
    ['{"Header":{"Method":"AliveReq","Method":"AliveReq"}}', 'json-compact'],
    ['{"Header":{"Method":"Alive\\u0052eq"}}', 'json-compact'],
    ['{"Body":"x","Header":{"Method":"UnBindReq"}}', 'envelope'],
    ['{"Header":{"Method":"UnBindReq"},"Body":"x","Tail":1}', 'envelope'],
    ['{"Header":{}}', 'envelope'],
    ['{"Header":null}', 'envelope'],
    ['{}', 'envelope'],
    ['[]', 'json-syntax'],
    ['null', 'json-syntax'],
    ['', 'json-syntax'],
    ['{"Header":{"Method":"PrivateKeyReq"}}', 'unknown-method'],
    ['{"Header":{"Method":"BindRes"},"Body":""}', 'wrong-direction'],
  ])('%s breaks one rule: %s', (text, rule) => {
    expect(rulesOf(text)).toEqual([rule]);
  });

  it('survives nesting that is deeper than it could write', () => {
    const depth = 100_000;
    const text = `{"Header":{"Method":"AliveReq"},"Body":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(rulesOf(text)).toContain('json-compact');
  });

  it('answers random bytes and random bodies with breaches, never with an exception', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = createRandom(seed);
    const values = [null, 0, -1, 1.5, 1e300, '', '가', [], {}, true];
    for (let round = 0; round < 500; round++) {
      const bytes = Buffer.from(Array.from({ length: 40 }, () => Math.floor(random() * 256)));
      const prefix = Buffer.from('Content-Length:40\r\n').subarray(0, Math.floor(random() * 20));
      const events = new FrameReader({ maxFrameBytes: 100 }).push(Buffer.concat([prefix, bytes]));
      const packet = readPacket(bytes);
      const names = Object.keys(sms());
      const name = names[Math.floor(random() * names.length)] ?? '';
      const judged = judgeContent(sms({ [name]: values[Math.floor(random() * values.length)] }), {});
      const rules = [
        ...events.flatMap((event) => (event.kind === 'breach' ? [event.breach] : [])),
        ...packet.breaches,
        ...judged.breaches,
      ].map((breach) => breach.rule);
      expect({ seed, rules: rules.filter((rule) => !Object.hasOwn(SMTNT_RULES, rule)) }).toEqual({
        seed,
        rules: [],
      });
    }
  });
});

describe('SMTNT message content', () => {
  const codeOf = (change: Record<string, unknown>, reseller = false) => {
    const { code, breaches } = judgeContent(sms(change), { reseller });
    return [code, ...breaches.map((breach) => breach.rule)];
  };
  const lms = { MsgType: 6 };

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
    ['an unused RCS field', { rcsHeader: 1 }, [19, 'submit-unused-field', 'submit-field-order']],
    ['a reseller code of 9 digits', { ResellerCode: '123456789' }, [0]],
    ['a type without a file', { FileType1: 'IMG' }, [909, 'submit-files']],
    ['a file that is no IMG', { ...lms, FileCount: 1, FileType1: 'PDF', FileName1: 'a' }, [909]],
    ['a file on an SMS', { FileCount: 1, FileType1: 'IMG', FileName1: 'a.jpg' }, [909, 'submit-files']],
    ['a file never uploaded', { ...lms, FileCount: 1, FileType1: 'IMG', FileName1: 'a.jpg' }, [16]],
    ['a reseller code of 8 digits', { ResellerCode: '12345678' }, [19, 'submit-reseller']],
    ['Alimtalk, not carried yet', { MsgType: 7 }, [5, 'submit-message-type']],
    ['20 digits of UserMsgId', { UserMsgId: '12345678901234567890' }, [0]],
  ])('%s', (_, change, expected) => {
    const result = codeOf(change);
    expect(result[0]).toBe(expected[0]);
    expect(result).toEqual(expect.arrayContaining(expected));
    if (expected[0] === 0) expect([...result].sort()).toEqual([...expected].sort());
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
});
