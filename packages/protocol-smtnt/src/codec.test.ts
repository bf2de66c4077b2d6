import { describe, expect, it } from '@jest/globals';
import { FieldError, ProtocolError } from '@pabal/wire';
import fc from 'fast-check';
import { encodeBase64 } from './base64.js';
import { Codec, type KnownPacket } from './codec.js';
import { portableCompression } from './compression.js';
import { describePacket } from './describe.js';
import { createFrameReader } from './frame.js';
import type { BodyOf } from './methods.js';
import { utf8 } from './testing/bytes.js';
import { turningCipher } from './testing/cipher.js';

const codec = new Codec({ cipher: turningCipher, maxInflatedBytes: 20_000 });
const decodeJson = (json: string) => codec.decode(portableCompression.deflate(utf8(json)));
const unframed = (bytes: Uint8Array) => {
  const [only] = [...createFrameReader().push(bytes)];
  if (only === undefined) throw new Error('no frame');
  return only.body;
};

/** A body as every SMS has it. */
const sms: BodyOf<'MsgSendReq'> = {
  UserMsgId: '12345678901234567890',
  UserMsgSubId: '',
  MsgType: 4,
  PhoneNo: '01012345678',
  CallbackNo: '15666639',
  TranId: '',
  Subject: '',
  Message: '인증번호 482913 "본인확인"\n뷁😀',
  KakaoAdFlag: '',
  KakaoNationCode: '',
  KakaoSenderKey: '',
  KakaoTemplateCode: '',
  KakaoTimeout: 0,
  KakaoButton: '',
  FileCount: 0,
  FileType1: '',
  FileName1: '',
  FileType2: '',
  FileName2: '',
  FileType3: '',
  FileName3: '',
  UserData: 'order-7',
  ResellerCode: '123456789',
};

describe('writing', () => {
  it('puts the keys in the order of the specification whatever order they were given in', () => {
    const reversed = Object.fromEntries(Object.entries(sms).reverse()) as typeof sms;
    const keys = codec.json({ method: 'MsgSendReq', body: reversed }).match(/"(\w+)":/g);
    expect(keys?.slice(2)).toEqual(['"Body":', ...Object.keys(sms).map((key) => `"${key}":`)]);
  });

  it('puts kakao and rcs fields between UserData and ResellerCode, and only when given', () => {
    const json = codec.json({
      method: 'MsgSendReq',
      body: { ...sms, kakaoTitle: '제목', rcsMessageBaseId: 'SS000000', rcsHeader: 1 },
    });
    expect(json).toMatch(
      /"UserData":"order-7","kakaoTitle":"제목","rcsMessageBaseId":"SS000000","rcsHeader":1,"ResellerCode":"123456789"\}\}$/,
    );
  });

  it.each([
    ['a UserMsgId of 21 bytes', { UserMsgId: '1'.repeat(21) }, 'UserMsgId: max-bytes allows 20, found 21'],
    ['a ResellerCode of 10', { ResellerCode: '1234567890' }, 'ResellerCode: max-bytes allows 9, found 10'],
    ['a fraction', { MsgType: 4.5 }, 'MsgType: kind allows whole number, found number'],
    [
      'a type that has no number',
      { MsgType: 5 },
      'MsgType: one-of allows 4, 6, 7, 71, 8, 9, 10, 11, 12, found 5',
    ],
    ['a fourth file', { FileCount: 4 }, 'FileCount: one-of allows 0, 1, 2, 3, found 4'],
    ['another kind of file', { FileType1: 'MOV' }, 'FileType1: one-of allows IMG, found 3 characters'],
    ['a flag that is neither', { KakaoAdFlag: 'y' }, 'KakaoAdFlag: one-of allows Y, N, found 1 characters'],
    ['wide that is neither', { kakaoWide: '1' }, 'kakaoWide: one-of allows Y, N, found 1 characters'],
    ['an RCS header of 2', { rcsHeader: 2 }, 'rcsHeader: one-of allows 0, 1, found 2'],
    [
      'a number with marks',
      { PhoneNo: '010-1234-5678' },
      'PhoneNo: digits allows digits, found 13 characters',
    ],
    ['a country with its plus', { KakaoNationCode: '+82' }, 'KakaoNationCode: digits allows digits, found 3'],
    ['half a character', { Message: 'a\ud83d' }, 'Message: unmappable allows utf-8, found U+D83D'],
  ])('refuses %s, naming field, limit and size but not the value', (_name, change, message) => {
    const write = () => codec.encode({ method: 'MsgSendReq', body: { ...sms, ...change } });
    expect(write).toThrow(FieldError);
    expect(write).toThrow(message);
  });

  it('repeats in an answer whatever the server had written', () => {
    const odd = { UserMsgId: '9'.repeat(30), UserMsgSubId: '', ServerMsgId: '\ud83d', Result: 0 };
    expect(decodeJson(codec.json({ method: 'ReportRes', body: odd }))).toEqual({
      method: 'ReportRes',
      body: odd,
    });
  });

  it('puts at most 4,096 characters of a file into a chunk (SMTNT 3.3.16)', () => {
    const chunk = (characters: number) =>
      codec.json({ method: 'UploadFileReq', body: { Data: 'A'.repeat(characters) } });
    expect(chunk(4096)).toContain('A'.repeat(4096));
    expect(() => chunk(4097)).toThrow(new FieldError('Data', 'max-bytes', 4096, 4097));
  });
});

describe('reading', () => {
  it('takes numbers as strings, texts as numbers, and ignores keys it does not know', () => {
    expect(
      decodeJson(
        '{"Header":{"Method":"MsgSendRes","X":1},"Body":{"Result":"0","UserMsgId":80,"ResultMessage":"ok","UserId":"a"}}',
      ),
    ).toEqual({ method: 'MsgSendRes', body: { UserMsgId: '80', Result: 0 } });
  });

  it('names a method that it does not know instead of failing', () => {
    expect(decodeJson('{"Header":{"Method":"UploadFileRes"},"Body":{"Result":0}}')).toEqual({
      method: 'unrecognised',
      name: 'UploadFileRes',
    });
    expect(decodeJson('{"Header":{"Method":"constructor"}}')).toMatchObject({ method: 'unrecognised' });
  });

  it('ignores a Body where there should be none', () => {
    expect(decodeJson('{"Header":{"Method":"AliveRes"},"Body":{}}')).toEqual({
      method: 'AliveRes',
      body: {},
    });
  });

  it.each([
    ['an array', '[]', 'wrong-shape: Header.Method is no text'],
    ['no header', '{"Body":{}}', 'wrong-shape: Header.Method is no text'],
    ['a method that is a number', '{"Header":{"Method":5}}', 'wrong-shape: Header.Method is no text'],
    ['no body', '{"Header":{"Method":"ReportReq"}}', 'wrong-shape: ReportReq.Body is no object'],
    [
      'a missing field',
      '{"Header":{"Method":"ReportReq"},"Body":{"UserMsgId":"80"}}',
      'wrong-shape: ReportReq.Result is missing',
    ],
    [
      'a result that is no number',
      '{"Header":{"Method":"MsgSendRes"},"Body":{"UserMsgId":"80","Result":"abc"}}',
      'wrong-shape: MsgSendRes.Result is no number',
    ],
    [
      'a text that is an object',
      '{"Header":{"Method":"MsgSendRes"},"Body":{"UserMsgId":{},"Result":0}}',
      'wrong-shape: MsgSendRes.UserMsgId is no text',
    ],
    ['a text that is no JSON', '{"Header":{"Method":"secret 01012345678', 'not-json: 39 characters'],
  ])('refuses %s, quoting nothing', (_name, json, message) => {
    expect(() => decodeJson(json)).toThrow(new ProtocolError(message));
  });

  it('keeps its three steps apart', () => {
    const reason = (bytes: Uint8Array) => {
      try {
        codec.open(bytes);
        return 'none';
      } catch (error) {
        return error instanceof ProtocolError ? error.reason : 'other';
      }
    };
    expect(reason(utf8('garbage'))).toBe('inflate-failed');
    expect(reason(portableCompression.deflate(new Uint8Array(20_001)))).toBe('inflate-too-long');
    expect(reason(portableCompression.deflate(utf8('{')))).toBe('not-json');
    expect(reason(portableCompression.deflate(utf8('{}')))).toBe('wrong-shape');
  });

  it('shows bytes that are no UTF-8 as replacement characters, so that one bad echo stops nothing', () => {
    const json = utf8(
      '{"Header":{"Method":"MsgSendRes"},"Body":{"UserMsgId":"80","Result":0,"UserData":"?"}}',
    );
    json[json.lastIndexOf(0x3f)] = 0xb0;
    expect(codec.decode(portableCompression.deflate(json))).toMatchObject({ body: { UserData: '\ufffd' } });
  });

  it('unpacks no more than 1 MB where nothing else is said', () => {
    const usual = new Codec({ cipher: turningCipher });
    const packed = (bytes: number) => portableCompression.deflate(new Uint8Array(bytes).fill(0x20));
    expect(() => usual.open(packed(1024 * 1024))).toThrow(expect.objectContaining({ reason: 'not-json' }));
    expect(() => usual.open(packed(1024 * 1024 + 1))).toThrow(
      expect.objectContaining({ reason: 'inflate-too-long' }),
    );
  });
});

describe('encrypted bodies', () => {
  const bind: KnownPacket = {
    method: 'BindReq',
    body: { BindId: 'test001', BindPwd: 'test001#$$%', Version: 1 },
  };

  it('hold the encrypted JSON of SMTNT 3.3.2 as Base64', () => {
    const plain = '{"BindId":"test001","BindPwd":"test001#$$%","Version":1}';
    const sealed = encodeBase64(turningCipher.encrypt(utf8(plain)));
    expect(codec.json(bind)).toBe(`{"Header":{"Method":"BindReq"},"Body":"${sealed}"}`);
    expect(codec.decode(unframed(codec.encode(bind)))).toEqual(bind);
  });

  it('may come unencrypted in an answer', () => {
    expect(decodeJson('{"Header":{"Method":"BindRes"},"Body":{"Result":"4"}}')).toEqual({
      method: 'BindRes',
      body: { Result: 4 },
    });
  });

  it.each([
    ['encrypted with another key', encodeBase64(utf8('something else'))],
    ['no Base64', '%%%'],
  ])('are refused when %s, without what they hold', (_name, body) => {
    const read = () => decodeJson(`{"Header":{"Method":"BindRes"},"Body":"${body}"}`);
    expect(read).toThrow(/^cannot-decrypt: BindRes\.Body/);
  });
});

describe('encrypted connections (SMTNT 1.3)', () => {
  const encrypted = new Codec({ cipher: turningCipher, mode: 'encrypted' });
  const sealed = (plain: string) => encodeBase64(turningCipher.encrypt(utf8(plain)));
  const read = (json: string) => encrypted.decode(portableCompression.deflate(utf8(json)));

  it('encrypt every Body, in both directions, as the login’s is', () => {
    const finish: KnownPacket = { method: 'UploadFileFinishRes', body: { Result: 0 } };
    expect(encrypted.json(finish)).toBe(
      `{"Header":{"Method":"UploadFileFinishRes"},"Body":"${sealed('{"Result":0}')}"}`,
    );
    expect(encrypted.decode(unframed(encrypted.encode({ method: 'MsgSendReq', body: sms })))).toEqual({
      method: 'MsgSendReq',
      body: sms,
    });
    const report = sealed('{"UserMsgId":"80","Result":0}');
    expect(read(`{"Header":{"Method":"ReportReq"},"Body":"${report}"}`)).toEqual({
      method: 'ReportReq',
      body: { UserMsgId: '80', Result: 0 },
    });
  });

  it('leave a header without a Body as it is', () => {
    expect(encrypted.json({ method: 'AliveReq', body: {} })).toBe('{"Header":{"Method":"AliveReq"}}');
    expect(encrypted.json({ method: 'PrivateKeyReq', body: {} })).toBe(
      '{"Header":{"Method":"PrivateKeyReq"}}',
    );
  });

  it('take no unencrypted Body but a refused login’s', () => {
    expect(() => read('{"Header":{"Method":"MsgSendRes"},"Body":{"UserMsgId":"80","Result":0}}')).toThrow(
      new ProtocolError('not-encrypted', 'MsgSendRes.Body'),
    );
    expect(read('{"Header":{"Method":"BindRes"},"Body":{"Result":5}}')).toMatchObject({
      body: { Result: 5 },
    });
  });

  it.each([
    ['as a text', '"0123456789abcdefgh"', undefined],
    ['in an object', '{"Result":0,"PrivateKey":"0123456789abcdefgh"}', undefined],
    ['under a configured name', '{"Key":"x","Mine":"0123456789abcdefgh"}', 'Mine'],
  ])('get their key from a PrivateKeyRes %s, which no key encrypts', (_name, body, privateKeyField) => {
    const asking = new Codec({
      cipher: turningCipher,
      mode: 'encrypted',
      ...(privateKeyField === undefined ? {} : { privateKeyField }),
    });
    const packed = portableCompression.deflate(utf8(`{"Header":{"Method":"PrivateKeyRes"},"Body":${body}}`));
    expect(asking.decode(packed)).toEqual({
      method: 'PrivateKeyRes',
      body: { PrivateKey: '0123456789abcdefgh' },
    });
  });

  it('show nothing of the key', () => {
    const key: KnownPacket = { method: 'PrivateKeyRes', body: { PrivateKey: '0123456789abcdef' } };
    expect(describePacket(key)).toEqual({ Method: 'PrivateKeyRes', PrivateKey: '***' });
  });
});

describe('any values', () => {
  const anyText = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength });
  const anyMessage = fc.record({
    UserMsgId: fc.stringMatching(/^\d{1,20}$/),
    Message: anyText(80),
    UserData: anyText(30),
    KakaoTimeout: fc.nat(),
  });

  it('come back from a frame as they went in', () => {
    fc.assert(
      fc.property(anyMessage, (change) => {
        const packet = { method: 'MsgSendReq', body: { ...sms, ...change } } as const;
        expect(codec.decode(unframed(codec.encode(packet)))).toEqual(packet);
      }),
      { numRuns: 50 },
    );
  });

  it('are read or refused with a ProtocolError when bytes of a frame are damaged', () => {
    const packed = unframed(codec.encode({ method: 'MsgSendReq', body: sms }));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(packed.length - 1), fc.nat(255)), { maxLength: 4 }), (changes) => {
        const damaged = packed.slice();
        for (const [at, value] of changes) damaged[at] = value;
        expectHandled(() => codec.decode(damaged));
      }),
      { numRuns: 500 },
    );
  });

  it('are read or refused with a ProtocolError when any JSON comes packed', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('BindRes', 'MsgSendRes', 'ReportReq', 'x'), (body, method) => {
        expectHandled(() => decodeJson(`{"Header":{"Method":"${method}"},"Body":${body}}`));
      }),
      { numRuns: 300 },
    );
  });
});

/** Fails on any error but the one that the session knows how to act upon; fast-check prints the seed. */
function expectHandled(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError);
  }
}

describe('the description of a packet', () => {
  it('shows fields in order without numbers, texts and secrets', () => {
    const shown = describePacket({ method: 'MsgSendReq', body: sms });
    expect(shown).toMatchObject({
      Method: 'MsgSendReq',
      UserMsgId: '12345678901234567890',
      MsgType: 4,
      PhoneNo: '010****5678',
      CallbackNo: '******39',
      Message: '(22 characters)',
      UserData: '(7 characters)',
    });
    expect(JSON.stringify(shown)).not.toMatch(/482913|01012345678|order-7/);
  });

  it('shows of a password only that it is there', () => {
    const bind: KnownPacket = { method: 'BindReq', body: { BindId: 'a', BindPwd: 'hunter2', Version: 1 } };
    expect(describePacket(bind)).toEqual({ Method: 'BindReq', BindId: 'a', BindPwd: '***', Version: 1 });
  });

  it('does not take the digits of a text for a number', () => {
    expect(describePacket({ method: 'MsgSendReq', body: { ...sms, Message: '48291357' } })).toMatchObject({
      Message: '(8 characters)',
    });
  });

  it('gives the name of a method that it does not know', () => {
    expect(describePacket({ method: 'unrecognised', name: 'Hello' })).toEqual({ Method: 'Hello' });
  });
});
