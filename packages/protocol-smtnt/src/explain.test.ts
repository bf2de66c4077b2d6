import { describe, expect, it } from '@jest/globals';
import { decodeText, type ExplainedFrame } from '@pabal/wire';
import { encodeBase64 } from './base64.js';
import type { BodyCipher } from './codec.js';
import { portableCompression } from './compression.js';
import { explainCapture } from './explain.js';
import { frame } from './frame.js';
import { fromHex, joined, utf8 } from './testing/bytes.js';
import { turningCipher } from './testing/cipher.js';
import { intactSamples } from './testing/samples.js';

function sample(section: string): Uint8Array {
  const found = intactSamples.find((each) => each.section === section);
  if (!found) throw new Error(`no sample ${section}`);
  return joined(utf8(`Content-Length:${found.contentLength}\r\n`), fromHex(found.hex));
}

function framed(json: string): Uint8Array {
  return frame(portableCompression.deflate(utf8(json)));
}

function only(bytes: Uint8Array, options = {}): ExplainedFrame {
  const [first, ...more] = explainCapture(bytes, options);
  if (!first || more.length > 0) throw new Error('not one frame');
  return first;
}

function field(explained: ExplainedFrame, name: string) {
  const found = explained.fields.find((each) => each.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
}

const MESSAGE = 'SMS 테스트 메시지 ';

describe('a whole frame explained', () => {
  const bytes = sample('3.3.6');
  const explained = only(bytes);

  it('has the name of its method, its place and its size, and no problem', () => {
    expect(explained).toMatchObject({ title: 'MsgSendReq', offset: 0, size: bytes.length });
    expect(explained.problem).toBeUndefined();
  });

  it('begins with the length line and the compressed bytes, at their offsets in the capture', () => {
    const [length, packed] = explained.fields;
    expect(length).toMatchObject({ name: 'Content-Length', offset: 0, value: '270', unpacked: false });
    expect(decodeText(length?.bytes ?? new Uint8Array(), 'utf-8')).toBe('Content-Length:270\r\n');
    expect(packed).toMatchObject({ section: 'PACKED', offset: 20, unpacked: false });
    expect(packed?.bytes).toHaveLength(270);
  });

  it('has every field with the bytes that stand at its offset of the unpacked JSON', () => {
    const json = utf8(explained.fields[1]?.value ?? '');
    const unpacked = explained.fields.filter((each) => each.unpacked);
    expect(unpacked.map(({ name }) => name).slice(0, 5)).toEqual([
      'Method',
      'UserMsgId',
      'UserMsgSubId',
      'MsgType',
      'PhoneNo',
    ]);
    expect(unpacked).toHaveLength(23);
    for (const { offset, bytes: own } of unpacked) {
      expect(json.subarray(offset, offset + own.length)).toEqual(own);
    }
    expect(field(explained, 'UserMsgId')).toMatchObject({
      value: '80',
      section: 'BODY',
      notation: 'text ≤20',
    });
    // {"Header":{"Method":"MsgSendReq"},"Body":{"UserMsgId":"80"
    expect(field(explained, 'UserMsgId').offset).toBe(54);
  });

  it('says what codes and flags mean, in both languages', () => {
    expect(field(explained, 'MsgType')).toMatchObject({ value: '4', meaning: 'SMS', meaningKo: 'SMS' });
    const ack = only(sample('3.3.7'));
    expect(field(ack, 'Result')).toMatchObject({ meaning: 'success: accepted', meaningKo: '성공' });
  });

  it('masks numbers and texts, and keeps them for who may see them', () => {
    expect(field(explained, 'PhoneNo')).toMatchObject({ value: '01091874302', masked: '010****4302' });
    expect(field(explained, 'Message')).toMatchObject({ value: MESSAGE, masked: '(12 characters)' });
    const shown = JSON.stringify(
      explained.fields.map(({ masked, meaning, note }) => [masked, meaning, note]),
    );
    expect(shown).not.toContain('01091874302');
    expect(shown).not.toContain(MESSAGE.trim());
  });
});

describe('codes', () => {
  const withResult = (method: string, result: number, rest = '') =>
    field(only(framed(`{"Header":{"Method":"${method}"},"Body":{${rest}"Result":${result}}}`)), 'Result')
      .meaning;

  it('of a login, of an answer, of a report and of a stored thing are read by their own tables', () => {
    const cipher = turningCipher;
    const body = encodeBase64(cipher.encrypt(utf8('{"Result":5}')));
    const login = only(framed(`{"Header":{"Method":"BindRes"},"Body":"${body}"}`), { cipher });
    expect(field(login, 'Result').meaning).toBe('wrong password');
    expect(withResult('MsgSendRes', 5, '"UserMsgId":"1",')).toBe('wrong message format');
    expect(withResult('MsgSendRes', 903, '"UserMsgId":"1",')).toContain('not taken now');
    expect(withResult('MsgSendRes', 320, '"UserMsgId":"1",')).toContain('known already');
    expect(withResult('ReportReq', 31, '"UserMsgId":"1",')).toContain('not certain');
    expect(withResult('UploadFileFinishRes', 910)).toBe('wrong size of a file');
    expect(withResult('UploadFileNameRes', 0)).toBe('done');
    expect(withResult('MsgSendRes', 12345, '"UserMsgId":"1",')).toBe('not in the specification');
  });
});

describe('an encrypted body', () => {
  const cipher = turningCipher;
  const sealed = (method: string, json: string, by: BodyCipher = cipher) =>
    framed(`{"Header":{"Method":"${method}"},"Body":"${encodeBase64(by.encrypt(utf8(json)))}"}`);
  const bind = sealed('BindReq', '{"BindId":"test001","BindPwd":"open sesame","Version":1}');

  it('is opened with the key, and its fields count in the opened text', () => {
    const explained = only(bind, { cipher });
    expect(explained.problem).toBeUndefined();
    expect(field(explained, 'Body').meaning).toContain('that open to');
    expect(field(explained, 'BindId')).toMatchObject({
      section: 'BODY (decrypted)',
      offset: 10,
      value: 'test001',
    });
    expect(field(explained, 'BindPwd')).toMatchObject({ value: 'open sesame', masked: '***' });
  });

  it('is said to be encrypted without a key, which is no fault of its', () => {
    const explained = only(bind);
    expect(explained.problem).toBeUndefined();
    expect(field(explained, 'Body')).toMatchObject({ note: 'a key opens it' });
    expect(explained.fields.map(({ name }) => name)).not.toContain('BindPwd');
  });

  it('that the key does not open is a problem', () => {
    const closed: BodyCipher = {
      encrypt: (plain) => plain,
      decrypt: () => {
        throw new Error('another key');
      },
    };
    expect(only(bind, { cipher: closed }).problem).toMatchObject({ reason: 'cannot-decrypt' });
    expect(only(framed('{"Header":{"Method":"BindReq"},"Body":"?"}')).problem).toMatchObject({
      reason: 'cannot-decrypt',
      message: 'BindReq.Body is no Base64',
    });
  });

  it('is opened with the key of a PrivateKeyRes before it', () => {
    const keyed = (key: string): BodyCipher => ({
      encrypt: (plain) => joined(utf8(key), plain),
      decrypt(encrypted) {
        if (decodeText(encrypted.subarray(0, key.length), 'utf-8') !== key) throw new Error('another key');
        return encrypted.subarray(key.length);
      },
    });
    const capture = joined(
      framed('{"Header":{"Method":"PrivateKeyRes"},"Body":{"PrivateKey":"0123456789abcdef"}}'),
      sealed(
        'ReportRes',
        '{"UserMsgId":"7","UserMsgSubId":"","ServerMsgId":"9","Result":0}',
        keyed('0123456789abcdef'),
      ),
    );
    const [key, report] = explainCapture(capture, { privateKey: { cipher: keyed } });
    expect(key && field(key, 'Body')).toMatchObject({ masked: '***' });
    expect(JSON.stringify(key?.fields.map(({ masked }) => masked))).not.toContain('0123456789abcdef');
    expect(report && field(report, 'UserMsgId')).toMatchObject({ value: '7', section: 'BODY (decrypted)' });
  });
});

describe('what breaks a rule', () => {
  it('stands as a note beside the field while the frame goes on', () => {
    const explained = only(
      framed(
        '{"Header":{"Method":"UploadFileFinishReq"},"Body":{"FileName":"a","FileSize":"12","Extra":"01012345678"}}',
      ),
    );
    expect(explained.problem).toBeUndefined();
    expect(field(explained, 'FileSize').note).toBe('a number in quotes');
    expect(field(explained, 'Extra')).toMatchObject({
      note: 'no field of this method',
      masked: '(11 characters)',
    });
  });

  it('names a field over its limit with limit and size', () => {
    const body = `{"UserMsgId":"1","UserMsgSubId":"","ServerMsgId":"${'9'.repeat(101)}","Result":0}`;
    const explained = only(framed(`{"Header":{"Method":"ReportReq"},"Body":${body}}`));
    expect(field(explained, 'ServerMsgId').note).toBe('101 bytes, at most 100');
  });

  it('lists what is missing, and says that the frame cannot be read', () => {
    const explained = only(framed('{"Header":{"Method":"MsgSendRes"},"Body":{"UserMsgId":"1"}}'));
    expect(field(explained, 'Result').note).toBe('missing, though it is always present');
    expect(explained.problem).toMatchObject({
      reason: 'wrong-shape',
      message: 'MsgSendRes.Result is missing',
    });
  });

  it('shows nothing of a value of another kind than its field has', () => {
    const explained = only(
      framed('{"Header":{"Method":"MsgSendRes"},"Body":{"UserMsgId":"1","Result":"01012345678 said"}}'),
    );
    expect(field(explained, 'Result')).toMatchObject({ note: 'no whole number', masked: '(16 characters)' });
    expect(explained.problem).toMatchObject({ reason: 'wrong-shape' });
  });

  it('shows nothing of a method, a key or a part that the specification does not know', () => {
    const explained = only(framed('{"Header":{"Method":"01012345678"},"Body":{"a":1},"01012345678":2}'));
    expect(explained.title).toBe('unrecognised');
    const shown = explained.fields.map(({ name, masked, notation, note }) => [name, masked, notation, note]);
    expect(JSON.stringify(shown)).not.toContain('01012345678');
  });
});

describe('a broken capture', () => {
  const whole = sample('3.3.6');

  it('is explained up to where it was cut, wherever that is', () => {
    for (let cut = 1; cut < whole.length; cut++) {
      const [explained] = explainCapture(whole.subarray(0, cut));
      expect(explained?.problem).toMatchObject({ reason: 'incomplete', offset: cut });
    }
    const cut = only(whole.subarray(0, whole.length - 60));
    expect(cut.title).toBe('MsgSendReq');
    expect(field(cut, 'PhoneNo').value).toBe('01091874302');
    expect(cut.problem?.message).toBe('Content-Length says 270 bytes, 210 are here');
  });

  it('goes on behind a frame whose compressed bytes are broken, and shows what came out of it', () => {
    const damaged = whole.slice();
    damaged[whole.length - 1] = (damaged[whole.length - 1] ?? 0) ^ 0xff; // its checksum
    const [first, second] = explainCapture(joined(damaged, sample('3.3.7')));
    expect(first?.problem).toMatchObject({ reason: 'inflate-failed', offset: 20 });
    expect(first && field(first, 'UserData').value).toBe('');
    expect(second).toMatchObject({ title: 'MsgSendRes', offset: whole.length });
    expect(second?.problem).toBeUndefined();
  });

  it('ends where a length line should begin and does not, at the very byte', () => {
    const [first, second, ...more] = explainCapture(joined(whole, utf8('Content+Length:1\r\nx')));
    expect(first?.problem).toBeUndefined();
    expect(second).toMatchObject({ title: 'not a frame', offset: whole.length });
    expect(second?.problem).toMatchObject({ reason: 'bad-header', offset: whole.length + 7 });
    expect(more).toEqual([]);
  });

  it('tells a text that is no JSON from a place where the JSON ends', () => {
    expect(only(framed('{"Header":{"Method":"AliveReq"}')).problem?.message).toContain(
      'ends within its JSON',
    );
    expect(only(framed('{"Header":{"Method":"AliveReq"};}')).problem?.message).toContain('from byte 31 on');
    expect(only(framed('hello')).problem).toMatchObject({ reason: 'not-json' });
  });

  it('holds no more of a frame than it may unpack to', () => {
    const bomb = framed(`{"Header":{"Method":"AliveReq"},"Body":"${'a'.repeat(300_000)}"}`);
    const explained = only(bomb, { maxInflatedBytes: 1000 });
    expect(explained.problem).toMatchObject({ reason: 'inflate-too-long' });
    expect(explained.fields[1]?.value.length).toBeLessThanOrEqual(1000);
    expect(explained.title).toBe('AliveReq');
  });

  it('of any bytes throws nothing, and leaves none out', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    for (let round = 0; round < 500; round++) {
      const bytes = whole.slice(0, 1 + Math.floor(random() * whole.length));
      for (let change = 0; change < 3; change++) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      const frames = explainCapture(bytes);
      expect(frames.reduce((sum, { size }) => sum + size, 0)).toBe(bytes.length);
    }
  });
});
