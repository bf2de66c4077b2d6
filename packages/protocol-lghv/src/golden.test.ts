/** Every packet's bytes, written down by hand from the specification's tables: hex of the value, size of its field. */
import { describe, expect, it } from '@jest/globals';
import {
  type Frame,
  FrameReader,
  fromBase64,
  fromHex,
  fromLatin1,
  toBase64,
  toHex,
  toLatin1,
} from '@pabal/wire';
import { bind, bindAck, encodeBind } from './bind.js';
import type { Cipher } from './cipher.js';
import { decodeFrame, type LghvPacket } from './decode.js';
import { deliverAck } from './deliver-ack.js';
import { deliverLms } from './deliver-lms.js';
import { deliverInternationalSms, deliverSms } from './deliver-sms.js';
import { type DeliverInput, encodeDeliver } from './encode-deliver.js';
import { encodeFrame, headerReader, MAX_FRAME_BYTES } from './header.js';
import { encodeLinkCheck, linkAck, linkCheck } from './link.js';
import { encodeRawReportAck, encodeReportAck, report, reportAck, reportAll } from './report.js';
import type { DeliverOptions } from './sealing.js';

const cp949 = { charset: 'cp949', unmappable: 'reject' } as const;
const plain: DeliverOptions = { text: cp949, encode: '0' };

/** The value's bytes at the left, NUL to the field's size. */
function field(valueHex: string, size: number): string {
  const hex = valueHex.replaceAll(' ', '');
  return hex + '00'.repeat(size - hex.length / 2);
}

/** AES results of the vectors below, made with `openssl enc -aes-128-cbc` under one key and IV. */
const SEALED: Readonly<Record<string, string>> = {
  '01012345678': 'hPFncLerVaaFVOVki8mUPA==',
  '0212345678': 'qwO/ih7ZVPW0m1z+RfZYDQ==',
  secret12: 'kjL1ZKq2vdOW6xjQLsUivQ==',
  '\xb0\xa1\xb3\xaa': 'sZbXqbDlazalVS/JZh+kdw==', // 가나
  '\xb4\xd9': 'bPzZ5nuO63mcaML5I1qO1w==', // 다
};
const cipher: Cipher = {
  encrypt: (bytes) => fromBase64(SEALED[toLatin1(bytes)] ?? ''),
  decrypt: (bytes) =>
    fromLatin1(Object.entries(SEALED).find(([, sealed]) => sealed === toBase64(bytes))?.[0] ?? ''),
};

const MSG_ID = field('32303235313132323030303030303030 30303031', 20); // 20251122000000000001, full
const TO = '3031303132333435363738'; // 01012345678
const FROM = '30323132333435363738'; // 0212345678

interface Vector {
  readonly name: string;
  readonly bytes: string;
  readonly encode: () => Uint8Array;
  readonly packet: LghvPacket;
}

const sms: DeliverInput = {
  deliverType: 'SMS',
  msgId: '20251122000000000001',
  gubun: '0',
  destAddr: '01012345678',
  callback: '0212345678',
  text: '홍길동님 반갑습니다 뷁',
};

const vectors: readonly Vector[] = [
  {
    name: 'BIND (2.2.1)',
    bytes: [
      '62 31303000 00feff', // b, 100, tail
      '30', // ENCODE 0
      '53', // LINE_TYPE S
      field('64656d6f', 20), // USER_ID demo
      field('5331', 6), // AGENT_ID S1
      field('707731323334', 50), // USER_PWD pw1234
      '4d', // REPORT M
      field('56312e31', 21), // INFO V1.1
    ].join(''),
    encode: () =>
      encodeBind({
        lineType: 'S',
        userId: 'demo',
        agentId: 'S1',
        password: 'pw1234',
        report: 'M',
        encode: '0',
      }),
    packet: {
      type: 'bind',
      values: {
        encode: '0',
        lineType: 'S',
        userId: 'demo',
        agentId: 'S1',
        userPwd: 'pw1234',
        report: 'M',
        info: 'V1.1',
      },
    },
  },
  {
    name: 'BIND with an encrypted password (2.2.1)',
    bytes: [
      '62 31303000 00feff',
      '31', // ENCODE 1
      '52', // LINE_TYPE R
      field('64656d6f', 20),
      field('5331', 6),
      field('6b6a4c315a4b71327664 4f573678 6a514c 73556976513d3d', 50), // kjL1ZKq2vdOW6xjQLsUivQ==
      '41', // REPORT A
      field('56312e31', 21),
    ].join(''),
    encode: () =>
      encodeBind({
        lineType: 'R',
        userId: 'demo',
        agentId: 'S1',
        password: 'secret12',
        report: 'A',
        encode: '1',
        cipher,
      }),
    packet: {
      type: 'bind',
      values: {
        encode: '1',
        lineType: 'R',
        userId: 'demo',
        agentId: 'S1',
        userPwd: 'kjL1ZKq2vdOW6xjQLsUivQ==',
        report: 'A',
        info: 'V1.1',
      },
    },
  },
  {
    name: 'BIND_ACK (2.2.2)',
    bytes: [
      '42 34300000 00feff', // B, 40, tail
      field('30', 5), // RESULT 0
      field('313030', 5), // TPS_SMS 100
      field('3530', 5), // TPS_LMS 50
      field('3130', 5), // TPS_MMS 10
      field('3939393939', 5), // TPS_KKO 99999, full
      field('30', 5), // TPS_KKF 0
      field('', 5), // TEMP1
      field('', 5), // TEMP2
    ].join(''),
    encode: () =>
      encodeFrame('BIND_ACK', bindAck, {
        result: '0',
        tpsSms: 100,
        tpsLms: 50,
        tpsMms: 10,
        tpsKko: 99_999,
        tpsKkf: 0,
      }),
    packet: {
      type: 'bindAck',
      values: { result: '0', tpsSms: 100, tpsLms: 50, tpsMms: 10, tpsKko: 99_999, tpsKkf: 0 },
    },
  },
  {
    name: 'DELIVER SMS (2.2.3)',
    bytes: [
      '64 31353200 00feff', // d, 152 = 130 + 22, tail
      '30', // ENCODE 0
      '534d5300', // DELIVER_TYPE SMS
      MSG_ID,
      '30', // GUBUN 0
      '54585400', // CONTENTS_TYPE TXT
      field(TO, 50), // DESTADDR
      field(FROM, 40), // CALLBACK
      field('', 10), // RESELLER
      'c8abb1e6b5bfb4d4 20 b9ddb0a9bdc0b4cfb4d9 20 94ee', // TEXT 홍길동님 반갑습니다 뷁, in CP949
    ].join(''),
    encode: () => encodeDeliver(sms, plain),
    packet: {
      type: 'deliverSms',
      values: {
        encode: '0',
        msgId: '20251122000000000001',
        gubun: '0',
        destAddr: '01012345678',
        callback: '0212345678',
        reseller: '',
        text: '홍길동님 반갑습니다 뷁',
      },
    },
  },
  {
    name: 'DELIVER SMS with everything encrypted (2.2.3)',
    bytes: [
      '64 31353400 00feff', // d, 154 = 130 + 24, tail
      '39', // ENCODE 9
      '534d5300',
      MSG_ID,
      '31', // GUBUN 1
      '54585400',
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50), // hPFncLerVaaFVOVki8mUPA==
      field('71774f2f6968375a5650573 06d317a2b52665a5944513d3d', 40), // qwO/ih7ZVPW0m1z+RfZYDQ==
      field('313233343536373839', 10), // RESELLER 123456789
      '735a625871 62446c617a616c56532f4a5a682b6b64773d3d', // sZbXqbDlazalVS/JZh+kdw==
    ].join(''),
    encode: () =>
      encodeDeliver(
        { ...sms, gubun: '1', reseller: '123456789', text: '가나' },
        { text: cp949, encode: '9', cipher },
      ),
    packet: {
      type: 'deliverSms',
      values: {
        encode: '9',
        msgId: '20251122000000000001',
        gubun: '1',
        destAddr: 'hPFncLerVaaFVOVki8mUPA==',
        callback: 'qwO/ih7ZVPW0m1z+RfZYDQ==',
        reseller: '123456789',
        text: 'sZbXqbDlazalVS/JZh+kdw==',
      },
    },
  },
  {
    name: 'DELIVER SMS to a foreign number (1.1, 2.2.3)',
    bytes: [
      '64 31333700 00feff', // d, 137 = 130 + 7, tail
      '30',
      '534d5300',
      MSG_ID,
      '33', // GUBUN 3
      '54585400',
      field('38363133383030303030303030', 50), // DESTADDR 8613800000000
      field(FROM, 40),
      field('', 10),
      '4869 20 eab080 00', // TEXT "Hi 가" in UTF-8, final NUL
    ].join(''),
    encode: () => encodeDeliver({ ...sms, gubun: '3', destAddr: '8613800000000', text: 'Hi 가' }, plain),
    packet: {
      type: 'deliverInternationalSms',
      values: {
        encode: '0',
        msgId: '20251122000000000001',
        gubun: '3',
        destAddr: '8613800000000',
        callback: '0212345678',
        reseller: '',
        text: 'Hi 가',
      },
    },
  },
  {
    name: 'DELIVER LMS (2.2.4)',
    bytes: [
      '64 32383900 00feff', // d, 289 = 280 + 9, tail
      '30',
      '4c4d5300', // DELIVER_TYPE LMS
      field('3432', 20), // MSG_ID 42
      '30', // GUBUN 0
      '54585400',
      field(TO, 50),
      field(FROM, 40),
      field('', 10),
      field('bec8b3bb', 150), // SUBJECT 안내
      'bfb9bee0 20 c8aec0ce', // TEXT 예약 확인
    ].join(''),
    encode: () =>
      encodeDeliver({ ...sms, deliverType: 'LMS', msgId: '42', subject: '안내', text: '예약 확인' }, plain),
    packet: {
      type: 'deliverLms',
      values: {
        encode: '0',
        msgId: '42',
        gubun: '0',
        destAddr: '01012345678',
        callback: '0212345678',
        reseller: '',
        subject: '안내',
        text: '예약 확인',
      },
    },
  },
  {
    name: 'DELIVER LMS with numbers and subject encrypted (2.2.4)',
    bytes: [
      '64 32383200 00feff', // d, 282 = 280 + 2, tail
      '32', // ENCODE 2
      '4c4d5300',
      field('3432', 20),
      '30',
      '54585400',
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      field('71774f2f6968375a5650573 06d317a2b52665a5944513d3d', 40),
      field('', 10),
      field('735a62587162446c617a616c56532f4a5a682b6b64773d3d', 150), // 가나, sealed
      'b4d9', // TEXT 다, plain
    ].join(''),
    encode: () =>
      encodeDeliver(
        { ...sms, deliverType: 'LMS', msgId: '42', subject: '가나', text: '다' },
        { text: cp949, encode: '2', cipher },
      ),
    packet: {
      type: 'deliverLms',
      values: {
        encode: '2',
        msgId: '42',
        gubun: '0',
        destAddr: 'hPFncLerVaaFVOVki8mUPA==',
        callback: 'qwO/ih7ZVPW0m1z+RfZYDQ==',
        reseller: '',
        subject: 'sZbXqbDlazalVS/JZh+kdw==',
        text: '다',
      },
    },
  },
  {
    name: 'DELIVER_ACK (2.2.8)',
    bytes: [
      '44 39320000 00feff', // D, 92, tail
      field('3135', 5), // RESULT 15
      '534d5300', // DELIVER_TYPE
      MSG_ID,
      field('323530303030', 7), // MSG_MSEC 250000
      field(TO, 50), // DESTADDR
      field('', 6), // RESERVED
    ].join(''),
    encode: () =>
      encodeFrame('DELIVER_ACK', deliverAck, {
        result: '15',
        deliverType: 'SMS',
        msgId: '20251122000000000001',
        msgMsec: 250_000,
        destAddr: '01012345678',
      }),
    packet: {
      type: 'deliverAck',
      values: {
        result: '15',
        deliverType: 'SMS',
        msgId: '20251122000000000001',
        msgMsec: 250_000,
        destAddr: '01012345678',
      },
    },
  },
  {
    name: 'REPORT with the necessary fields (2.2.9)',
    bytes: [
      '72 35340000 00feff', // r, 54, tail
      field('36', 5), // RESULT 6
      '534d5300', // DELIVER_TYPE
      '534d5300', // RTN_TYPE
      MSG_ID,
      field('3230323531313232313033303030', 15), // DELIVER_TIME 20251122103000
      field('534b54', 6), // NET_ID SKT
    ].join(''),
    encode: () =>
      encodeFrame('REPORT', report, {
        result: '6',
        deliverType: 'SMS',
        rtnType: 'SMS',
        msgId: '20251122000000000001',
        deliverTime: '20251122103000',
        netId: 'SKT',
      }),
    packet: {
      type: 'report',
      values: {
        result: '6',
        deliverType: 'SMS',
        rtnType: 'SMS',
        msgId: '20251122000000000001',
        deliverTime: '20251122103000',
        netId: 'SKT',
      },
    },
  },
  {
    name: 'REPORT with all fields (2.2.9)',
    bytes: [
      '72 31303800 00feff', // r, 108, tail
      field('37', 5), // RESULT 7
      '4c4d5300',
      '4c4d5300',
      field('3432', 20), // MSG_ID 42
      field('3230323531313232313033303030', 15),
      field('534b54', 6),
      field('64656d6f', 20), // USER_ID demo
      field('5331', 6), // SID S1
      field(TO, 20), // DEST_ADDR
      '00', // RESERVED
      field('4c4755', 7), // BILL_ID LGU
    ].join(''),
    encode: () =>
      encodeFrame('REPORT', reportAll, {
        result: '7',
        deliverType: 'LMS',
        rtnType: 'LMS',
        msgId: '42',
        deliverTime: '20251122103000',
        netId: 'SKT',
        userId: 'demo',
        sid: 'S1',
        destAddr: '01012345678',
        billId: 'LGU',
      }),
    packet: {
      type: 'reportAll',
      values: {
        result: '7',
        deliverType: 'LMS',
        rtnType: 'LMS',
        msgId: '42',
        deliverTime: '20251122103000',
        netId: 'SKT',
        userId: 'demo',
        sid: 'S1',
        destAddr: '01012345678',
        billId: 'LGU',
      },
    },
  },
  {
    name: 'REPORT_ACK (2.2.10)',
    bytes: ['52 33320000 00feff', field('30', 5), MSG_ID, field('', 7)].join(''), // RESULT 0, MSG_ID, RESERVED
    encode: () => encodeReportAck('20251122000000000001'),
    packet: { type: 'reportAck', values: { msgId: '20251122000000000001' } },
  },
  {
    name: 'LINK_CHECK (2.2.11)',
    bytes: '6c 31000000 00feff 52', // l, 1, tail, CODE R
    encode: () => encodeLinkCheck('R'),
    packet: { type: 'linkCheck', values: { code: 'R' } },
  },
  {
    name: 'LINK_ACK (2.2.12)',
    bytes: '4c 35000000 00feff 3000000000', // L, 5, tail, RESULT 0
    encode: () => encodeFrame('LINK_ACK', linkAck, { result: '0' }),
    packet: { type: 'linkAck', values: { result: '0' } },
  },
];

const newReader = () => new FrameReader({ header: headerReader(true), maxFrameBytes: MAX_FRAME_BYTES });
const decode = (frame: Frame) => decodeFrame(frame, cp949);

describe.each(vectors)('$name', ({ bytes, encode, packet }) => {
  const wire = fromHex(bytes);

  it('is written as the specification lays it out', () => {
    expect(toHex(encode())).toBe(toHex(wire));
  });

  it('is read back', () => {
    expect([...newReader().push(wire)].map(decode)).toEqual([packet]);
  });

  it('is read from every cut into two, and byte by byte', () => {
    for (let cut = 0; cut <= wire.length; cut++) {
      const reader = newReader();
      const frames = [...reader.push(wire.subarray(0, cut)), ...reader.push(wire.subarray(cut))];
      expect(frames.map(decode)).toEqual([packet]);
    }
    const reader = newReader();
    const frames = Array.from(wire, (byte) => [...reader.push(Uint8Array.of(byte))]).flat();
    expect(frames.map(decode)).toEqual([packet]);
  });
});

describe('the tables', () => {
  it.each([
    ['BIND', bind, 100],
    ['BIND_ACK', bindAck, 40],
    ['DELIVER SMS', deliverSms, 130],
    ['DELIVER SMS (international)', deliverInternationalSms, 130],
    ['DELIVER LMS', deliverLms, 280],
    ['DELIVER_ACK', deliverAck, 92],
    ['REPORT', report, 54],
    ['REPORT (all fields)', reportAll, 108],
    ['REPORT_ACK', reportAck, 32],
    ['LINK_CHECK', linkCheck, 1],
    ['LINK_ACK', linkAck, 5],
  ])('give %s the size that the specification names', (name, table, size) => {
    expect([table.name, table.fixedSize]).toEqual([name, size]);
  });

  it('put the fields where the specification has them', () => {
    expect(deliverSms.offsetOf('text')).toBe(130);
    expect(deliverLms.offsetOf('subject')).toBe(130);
    expect(deliverLms.offsetOf('text')).toBe(280);
    expect(reportAll.offsetOf('userId')).toBe(54);
    expect(deliverAck.offsetOf('msgMsec')).toBe(29);
  });

  it('show no password, number or text', () => {
    const bound = bind.decode(fromHex(vectors[0]?.bytes ?? '').subarray(8), cp949);
    expect(bind.describe(bound)).toMatchObject({ userId: 'demo', userPwd: '***' });
    const delivered = deliverSms.decode(encodeDeliver(sms, plain).subarray(8), cp949);
    expect(deliverSms.describe(delivered)).toMatchObject({
      destAddr: '010****5678',
      callback: '021****5678',
      text: '(12 characters)',
    });
  });
});

describe('a report that cannot be read', () => {
  it('is answered with its MSG_ID byte for byte, whatever bytes these are', () => {
    const body = fromHex(`${field('36', 5)}534d5300534d5300${field('41ff0042', 20)}${field('', 21)}`);
    expect(toHex(encodeRawReportAck(body))).toBe(
      `523332000000feff3000000000${field('41ff0042', 20)}${field('', 7)}`,
    );
  });

  it('is answered with what there is of its MSG_ID when it is cut short', () => {
    const body = fromHex(`${field('36', 5)}534d5300534d53003432`);
    expect(toHex(encodeRawReportAck(body))).toBe(
      `523332000000feff3000000000${field('3432', 20)}${field('', 7)}`,
    );
  });
});
