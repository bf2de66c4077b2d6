import { describe, expect, it } from '@jest/globals';
import { type ExplainedFrame, fromHex, fromLatin1 } from '@pabal/wire';
import fc from 'fast-check';
import { bindAck, encodeBind } from './bind.js';
import { deliverAck } from './deliver-ack.js';
import { type DeliverInput, encodeDeliver } from './encode-deliver.js';
import { explainCapture } from './explain.js';
import { encodeFrame } from './header.js';
import { encodeLinkCheck } from './link.js';
import { encodeReportAck, reportAll } from './report.js';
import type { Encode } from './sealing.js';
import { turningCipher as cipher } from './testing/turning-cipher.js';

const text = { charset: 'cp949', unmappable: 'reject' } as const;
const explain = (bytes: Uint8Array) => explainCapture(bytes, { text });
const only = (bytes: Uint8Array, options: Partial<Parameters<typeof explainCapture>[1]> = {}) => {
  const [frame, ...others] = explainCapture(bytes, { text, ...options });
  expect(others).toEqual([]);
  if (!frame) throw new Error('nothing explained');
  return frame;
};
const field = (frame: ExplainedFrame, name: string, section = 'BODY') => {
  const found = frame.fields.find((each) => each.name === name && each.section === section);
  if (!found) throw new Error(`no ${section} ${name}`);
  return found;
};

const common = { msgId: '42', destAddr: '01012345678', callback: '0212345678' } as const;
const sms: DeliverInput = { ...common, deliverType: 'SMS', gubun: '0', text: '안녕' };
const mms: DeliverInput = {
  ...common,
  deliverType: 'MMS',
  subject: '제목',
  parts: [
    { dataType: 't', text: '내용' },
    { dataType: 'i', fileName: 'a.jpg', fileKey: 'k1', bytes: new Uint8Array(300).fill(0xd8) },
  ],
};
const kkt: DeliverInput = {
  ...common,
  deliverType: 'KKT',
  gubun: 'r',
  senderKey: 'abcdef0123456789',
  templateCode: 'T-1',
  text: '주문 안내',
  buttons: '"button":[]',
  extend: '{}',
};
const write = (input: DeliverInput, encode: Encode = '0') => encodeDeliver(input, { text, encode, cipher });

describe('a whole capture', () => {
  it('is told frame by frame, every byte once and in order', () => {
    const frames = [
      encodeBind({ lineType: 'S', userId: 'demo', agentId: 'S1', password: 'pw', report: 'A', encode: '0' }),
      write(sms),
      write(mms),
      write(kkt),
      encodeReportAck('42'),
      encodeLinkCheck('R'),
    ];
    const capture = new Uint8Array(frames.flatMap((frame) => [...frame]));
    const explained = explain(capture);
    expect(explained.map((frame) => frame.title)).toEqual([
      'BIND',
      'DELIVER SMS',
      'DELIVER MMS',
      'DELIVER KKT',
      'REPORT_ACK',
      'LINK_CHECK',
    ]);
    expect(explained.map((frame) => frame.problem)).toEqual(frames.map(() => undefined));
    expect(explained.flatMap((frame) => frame.fields).filter((each) => each.note !== undefined)).toEqual([]);
    let at = 0;
    for (const each of explained.flatMap((frame) => frame.fields)) {
      expect(each.offset).toBe(at);
      at += each.bytes.length;
    }
    expect(at).toBe(capture.length);
  });

  it("names fields in the specification's letters, with what letters mean and what is masked", () => {
    const frame = only(write(sms));
    expect(field(frame, 'MSGTYPE', 'HEADER')).toMatchObject({ offset: 0, notation: '1C', value: 'd' });
    expect(field(frame, 'MSGLEN', 'HEADER')).toMatchObject({ offset: 1, value: '134' });
    expect(field(frame, 'DELIVER_TYPE')).toMatchObject({
      meaning: 'short message',
      meaningKo: '단문 메시지',
    });
    expect(field(frame, 'DESTADDR')).toMatchObject({
      offset: 38,
      value: '01012345678',
      masked: '010****5678',
    });
    expect(field(frame, 'TEXT')).toMatchObject({ offset: 138, value: '안녕', masked: '(2 characters)' });
  });

  it('shows parts by their DATATYPE, files by size and first bytes', () => {
    const frame = only(write(mms));
    expect(field(frame, 'MSGLEN', 'HEADER')).toMatchObject({
      value: '281',
      meaning: 'counts what stands before the parts',
    });
    expect(field(frame, 'CONTENTS_TYPE')).toMatchObject({ value: 'IMT', meaning: 'image and text' });
    expect(field(frame, 'DATA', 'DATA 1')).toMatchObject({ value: '내용', masked: '(2 characters)' });
    const image = field(frame, 'DATA', 'DATA 2');
    expect(image.value).toBe(`300 bytes: ${Array(16).fill('d8').join(' ')} …`);
    expect(image.masked).toBe('(300 bytes)');
  });

  it('says that an image is used again', () => {
    const kept = { dataType: 'i', fileName: 'a.jpg', fileKey: 'k1', fileSize: 300 } as const;
    const frame = only(write({ ...mms, parts: [kept] }));
    expect(field(frame, 'DATA', 'DATA 1')).toMatchObject({ meaning: 'an image that the gateway still has' });
  });

  it('tells result codes by the packet and the type in which they stand', () => {
    const ack = (result: string, deliverType: string) =>
      only(
        encodeFrame('DELIVER_ACK', deliverAck, {
          result,
          deliverType,
          msgId: '1',
          msgMsec: 0,
          destAddr: '',
        }),
      );
    expect(field(ack('15', 'SMS'), 'RESULT').meaning).toMatch(/^E_TPS_ERROR: /);
    expect(field(ack('0', 'SMS'), 'RESULT').meaning).toBe('E_OK: Accepted; its report tells the rest');
    expect(field(ack('118', 'KKT'), 'RESULT')).toMatchObject({
      meaning: expect.stringMatching(/^E_FAILED_SNDMSG: .*notDelivered/),
      meaningKo: expect.stringContaining('카카오톡 미사용자'),
    });
    expect(field(ack('118', 'SMS'), 'RESULT').meaning).toMatch(/^Not in the specification/);
    const refused = encodeFrame('BIND_ACK', bindAck, {
      result: '5',
      tpsSms: 0,
      tpsLms: 0,
      tpsMms: 0,
      tpsKko: 0,
      tpsKkf: 0,
    });
    expect(field(only(refused), 'RESULT').meaning).toMatch(/^E_REJECT_MULTI/);
    const report = encodeFrame('REPORT', reportAll, {
      result: '6',
      deliverType: 'KKT',
      rtnType: 'KKO',
      msgId: '1',
      deliverTime: '20251122000000',
      netId: 'SKT',
      userId: 'demo',
      sid: 'S1',
      destAddr: '01012345678',
      billId: '',
    });
    expect(field(only(report), 'DEST_ADDR').masked).toBe('010****5678');
    expect(field(only(report), 'RESULT').meaning).toBe('E_SENT: Delivered (delivered)');
    expect(field(only(report), 'RTN_TYPE').meaning).toBe('sent as an Alimtalk');
  });
});

describe('encrypted fields', () => {
  it('are said to be encrypted where no key is given, and shown in plain words where one is', () => {
    for (const [input, names] of [
      [sms, ['DESTADDR', 'CALLBACK', 'TEXT']],
      [{ ...sms, gubun: '3' } as DeliverInput, ['DESTADDR', 'CALLBACK', 'TEXT']],
      [kkt, ['DESTADDR', 'CALLBACK', 'SENDER_KEY', 'TEMPLATE_CODE', 'TEXT']],
      [mms, ['DESTADDR', 'CALLBACK', 'SUBJECT']],
    ] as const) {
      const closed = only(write(input, '9'));
      const open = only(write(input, '9'), { cipher });
      const plain = only(write(input));
      const sealed = closed.fields.filter((each) => each.meaning === 'encrypted' && each.section === 'BODY');
      expect(sealed.map((each) => each.name)).toEqual(names);
      for (const name of names) {
        expect(field(closed, name).value).not.toBe(field(plain, name).value);
        expect(field(open, name)).toMatchObject({
          value: field(plain, name).value,
          masked: field(plain, name).masked,
          meaning: 'encrypted; shown decrypted',
        });
      }
    }
  });

  it('are so in text parts alone', () => {
    const closed = only(write(mms, '9'));
    const open = only(write(mms, '9'), { cipher });
    expect(field(closed, 'DATA', 'DATA 1')).toMatchObject({
      meaning: 'encrypted',
      masked: '(24 characters)',
    });
    expect(field(open, 'DATA', 'DATA 1')).toMatchObject({ value: '내용', masked: '(2 characters)' });
    expect(field(closed, 'DATA', 'DATA 2').meaning).toBeUndefined();
  });

  it('say so where the key does not open them', () => {
    const damaged = write(sms, '1');
    damaged.set(fromLatin1('!'), 38);
    expect(field(only(damaged, { cipher }), 'DESTADDR')).toMatchObject({
      meaning: 'encrypted',
      note: 'does not decrypt under this key',
    });
  });

  it('never show a password to anybody', () => {
    const bind = {
      lineType: 'S',
      userId: 'demo',
      agentId: 'S1',
      password: 'pw',
      report: 'A',
      cipher,
    } as const;
    expect(field(only(encodeBind({ ...bind, encode: '0' })), 'USER_PWD')).toMatchObject({
      value: 'pw',
      masked: '***',
    });
    expect(field(only(encodeBind({ ...bind, encode: '1' }), { cipher }), 'USER_PWD')).toMatchObject({
      value: 'pw',
      masked: '***',
    });
  });
});

describe('broken bytes', () => {
  it('are explained up to where they end', () => {
    const whole = write(sms);
    for (let cut = 1; cut < whole.length; cut++) {
      const frame = only(whole.subarray(0, cut));
      expect(frame.problem).toMatchObject({ offset: cut, reason: 'incomplete' });
      expect(frame.fields.reduce((sum, each) => sum + each.bytes.length, 0)).toBe(cut);
    }
    const frame = only(write(mms).subarray(0, -5));
    expect(frame.problem?.reason).toBe('incomplete');
    expect(field(frame, 'DATA', 'DATA 2')).toMatchObject({ note: 'cut' });
  });

  it('end the explanation where the length is none', () => {
    const [intact, broken, ...rest] = explain(
      new Uint8Array([...encodeLinkCheck('S'), ...fromHex('6cffffffff00feff aaaaaa')]),
    );
    expect(intact?.problem).toBeUndefined();
    expect(broken).toMatchObject({
      title: 'HEADER',
      offset: 9,
      problem: { offset: 10, reason: 'bad-length', message: 'MSGLEN is no number' },
    });
    expect(rest).toEqual([]);
  });

  it('show nothing of what stands where a header would, where they begin amid a frame', () => {
    const deliver = write(sms);
    const phone = field(only(deliver), 'DESTADDR').offset;
    for (let from = phone - 7; from < phone + 11; from++) {
      const [first] = explain(deliver.subarray(from));
      const shown = first?.fields.map(({ value, masked }) => [value === masked, masked]);
      expect(shown?.slice(0, 3)).toEqual([
        [false, '(1 bytes)'],
        [false, '(4 bytes)'],
        [false, '(3 bytes)'],
      ]);
    }
    const cut = only(deliver.subarray(phone, phone + 6));
    expect(cut.fields.map(({ masked }) => masked)).toEqual(['(1 bytes)', '(4 bytes)', '(1 bytes)']);
  });

  it('show nothing of a text that a lying size makes a part of', () => {
    const lying = write(mms);
    lying.set(fromHex('3100000000000000'), 8 + 281 + 34);
    const [frame] = explain(lying);
    if (!frame) throw new Error('nothing explained');
    const shown = frame.fields.filter(({ section }) => section === 'DATA 2');
    expect(shown.length).toBeGreaterThan(3);
    for (const { masked, bytes } of shown) expect(masked).toBe(`(${bytes.length} bytes)`);
    expect(field(frame, 'FILE_NAME', 'DATA 1').masked).toBe(field(frame, 'FILE_NAME', 'DATA 1').value);
  });

  it('end it at the part whose size lies, or at the count', () => {
    const lying = write(mms);
    lying.set(fromLatin1('999999'), 8 + 281 + 34);
    const frame = only(lying);
    expect(frame.problem).toMatchObject({ offset: 8 + 281 + 50, reason: 'field-too-long' });
    expect(field(frame, 'DATA_SIZE', 'DATA 1').value).toBe('999999');
    const miscounted = write(mms);
    miscounted.set(fromLatin1('7'), 8 + 280);
    expect(only(miscounted).problem).toMatchObject({ offset: 8 + 280, reason: 'bad-count' });
  });

  it('are told of in place where the frame goes on', () => {
    const damaged = write(sms);
    damaged.set([0x00, 0x3f, 0x3f], 5);
    damaged.set(fromLatin1('x'), 8 + 5);
    damaged.set(fromLatin1('7'), 8 + 25);
    damaged.set(fromLatin1('!'), 8 + 30 + 40);
    const [frame, next] = explain(new Uint8Array([...damaged, ...encodeLinkCheck('S')]));
    if (!frame) throw new Error('nothing explained');
    expect(frame.problem).toBeUndefined();
    expect(field(frame, 'TAIL', 'HEADER').note).toBe('not 00 FE FF');
    expect(field(frame, 'MSG_ID').note).toMatch(/^field-not-digits/);
    expect(field(frame, 'GUBUN')).toMatchObject({
      value: '7',
      note: expect.stringMatching(/^field-not-allowed/),
    });
    expect(field(frame, 'DESTADDR').note).toBe('not NUL behind its value');
    expect(next?.title).toBe('LINK_CHECK');
  });

  it('of an unknown type are passed over as far as their length says', () => {
    const unknown = fromHex('78 33000000 00feff 616263');
    const [frame, next] = explain(new Uint8Array([...unknown, ...encodeLinkCheck('S')]));
    expect(frame).toMatchObject({ title: 'unknown', size: 11, problem: { reason: 'unknown-type' } });
    expect(next?.title).toBe('LINK_CHECK');
    const deliver = only(fromHex(`64 33300000 00feff 30 584d5300 ${'30'.repeat(25)}`));
    expect(deliver.problem).toMatchObject({ offset: 9, reason: 'unknown-type' });
    expect(field(deliver, 'DELIVER_TYPE').value).toBe('XMS');
  });

  it('of an unknown type that end early say so, and show no field where there is no byte', () => {
    const message = 'unknown MSGTYPE, and the bytes end before the frame does';
    const cut = only(fromHex('78 33000000 00feff'));
    expect(cut).toMatchObject({ size: 8, problem: { reason: 'unknown-type', message } });
    expect(cut.fields.map(({ section }) => section)).toEqual(['HEADER', 'HEADER', 'HEADER']);
    const within = only(fromHex('78 33000000 00feff 61'));
    expect(within).toMatchObject({ size: 9, problem: { message } });
    expect(within.fields.at(-1)).toMatchObject({ section: 'BODY', masked: '(1 bytes)' });
  });

  it('that are too few or too many for their type say so', () => {
    expect(only(fromHex('4c 33000000 00feff 300000')).problem?.reason).toBe('body-too-short');
    expect(only(fromHex('4c 36000000 00feff 300000000041')).problem).toMatchObject({
      offset: 13,
      reason: 'body-too-long',
    });
  });

  it('never make it throw, whatever they are', () => {
    const frames = [write(sms), write(mms), write(kkt), write(mms, '9')];
    const change = fc.record({ at: fc.nat(800), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.nat(3), fc.array(change, { maxLength: 8 }), fc.nat(900), (which, changes, keep) => {
        const bytes = new Uint8Array([...(frames[which] ?? []), ...encodeLinkCheck('S')]);
        for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
        const explained = explainCapture(bytes.subarray(0, keep), { text, cipher });
        expect(explained.length > 0).toBe(keep > 0);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => explain(bytes).length <= bytes.length),
    );
  });

  it('take time in proportion to their number', () => {
    const many = new Uint8Array(90_000);
    for (let at = 0; at < many.length; at += 9) many.set(encodeLinkCheck('S'), at);
    expect(explain(many)).toHaveLength(10_000);
  });
});
