/** BIND and BIND_ACK, laid out by hand (LGHV 2.2.1, 2.2.2). */
import { bind, bindAck, encodeBind } from './bind.js';
import { encodeFrame } from './header.js';
import { checkVectors, field, type GoldenVector, header, times } from './testing/golden.js';
import { goldenAes } from './testing/golden-aes.js';

const demo = { userId: 'demo', agentId: 'S1' } as const;
const full = {
  encode: '0',
  lineType: 'R',
  userId: 'u'.repeat(20),
  agentId: 'agent6',
  userPwd: '~'.repeat(50),
  report: 'M',
  info: 'v'.repeat(21),
} as const;
const granted = { result: '0', tpsSms: 100, tpsLms: 50, tpsMms: 10, tpsKko: 30, tpsKkf: 20 };
const refused = { result: '5', tpsSms: 0, tpsLms: 0, tpsMms: 0, tpsKko: 0, tpsKkf: 0 };
const most = 99_999;
const fullAck = { result: '12345', tpsSms: most, tpsLms: most, tpsMms: most, tpsKko: most, tpsKkf: most };

const vectors: readonly GoldenVector[] = [
  {
    name: 'BIND (2.2.1)',
    rows: [
      ...header('62', '313030'), // b, 100
      field('30', 1), // ENCODE 0
      field('53', 1), // LINE_TYPE S
      field('64656d6f', 20), // USER_ID demo
      field('5331', 6), // AGENT_ID S1
      field('707731323334', 50), // USER_PWD pw1234
      field('4d', 1), // REPORT M
      field('56312e31', 21), // INFO V1.1
    ],
    encode: () => encodeBind({ ...demo, lineType: 'S', password: 'pw1234', report: 'M', encode: '0' }),
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
    rows: [
      ...header('62', '313030'), // b, 100
      field('31', 1), // ENCODE 1
      field('52', 1), // LINE_TYPE R
      field('64656d6f', 20), // USER_ID demo
      field('5331', 6), // AGENT_ID S1
      // USER_PWD kjL1ZKq2vdOW6xjQLsUivQ== (secret12)
      field('6b6a4c315a4b713276644f5736786a514c73556976513d3d', 50),
      field('41', 1), // REPORT A
      field('56312e31', 21), // INFO V1.1
    ],
    encode: () =>
      encodeBind({
        ...demo,
        lineType: 'R',
        password: 'secret12',
        report: 'A',
        encode: '1',
        cipher: goldenAes,
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
    name: 'BIND with the longest password that still fits when encrypted (2.2.1)',
    rows: [
      ...header('62', '313030'), // b, 100
      field('31', 1), // ENCODE 1
      field('53', 1), // LINE_TYPE S
      field('64656d6f', 20), // USER_ID demo
      field('5331', 6), // AGENT_ID S1
      // USER_PWD, 44 characters of Base64
      field('5677594d4c472b76653472444e557363762f66316f6838454f324c3670625049784545504d4735416e62453d', 50),
      field('41', 1), // REPORT A
      field('56312e31', 21), // INFO V1.1
    ],
    encode: () =>
      encodeBind({
        ...demo,
        lineType: 'S',
        password: 'abcdefghijklmnopqrstuvwxyz01234',
        report: 'A',
        encode: '1',
        cipher: goldenAes,
      }),
    packet: {
      type: 'bind',
      values: {
        encode: '1',
        lineType: 'S',
        userId: 'demo',
        agentId: 'S1',
        userPwd: 'VwYMLG+ve4rDNUscv/f1oh8EO2L6pbPIxEEPMG5AnbE=',
        report: 'A',
        info: 'V1.1',
      },
    },
  },
  {
    name: 'BIND with every field full (2.2.1)',
    rows: [
      ...header('62', '313030'), // b, 100
      field('30', 1), // ENCODE 0
      field('52', 1), // LINE_TYPE R
      field(times('75', 20), 20), // USER_ID
      field('6167656e7436', 6), // AGENT_ID agent6
      field(times('7e', 50), 50), // USER_PWD
      field('4d', 1), // REPORT M
      field(times('76', 21), 21), // INFO
    ],
    encode: () => encodeFrame('BIND', bind, full),
    packet: { type: 'bind', values: full },
  },
  {
    name: 'BIND_ACK (2.2.2)',
    rows: [
      ...header('42', '3430'), // B, 40
      field('30', 5), // RESULT 0
      field('313030', 5), // TPS_SMS 100
      field('3530', 5), // TPS_LMS 50
      field('3130', 5), // TPS_MMS 10
      field('3330', 5), // TPS_KKO 30
      field('3230', 5), // TPS_KKF 20
      field('', 5), // TEMP1
      field('', 5), // TEMP2
    ],
    encode: () => encodeFrame('BIND_ACK', bindAck, granted),
    packet: { type: 'bindAck', values: granted },
  },
  {
    name: 'BIND_ACK that refuses (2.2.2)',
    rows: [
      ...header('42', '3430'), // B, 40
      field('35', 5), // RESULT 5
      field('30', 5), // TPS_SMS 0
      field('30', 5), // TPS_LMS 0
      field('30', 5), // TPS_MMS 0
      field('30', 5), // TPS_KKO 0
      field('30', 5), // TPS_KKF 0
      field('', 5), // TEMP1
      field('', 5), // TEMP2
    ],
    encode: () => encodeFrame('BIND_ACK', bindAck, refused),
    packet: { type: 'bindAck', values: refused },
  },
  {
    name: 'BIND_ACK with every field full (2.2.2)',
    rows: [
      ...header('42', '3430'), // B, 40
      field('3132333435', 5), // RESULT
      field('3939393939', 5), // TPS_SMS
      field('3939393939', 5), // TPS_LMS
      field('3939393939', 5), // TPS_MMS
      field('3939393939', 5), // TPS_KKO
      field('3939393939', 5), // TPS_KKF
      field('', 5), // TEMP1
      field('', 5), // TEMP2
    ],
    encode: () => encodeFrame('BIND_ACK', bindAck, fullAck),
    packet: { type: 'bindAck', values: fullAck },
  },
];

checkVectors(vectors);
