/** REPORT with its necessary and with all fields, laid out by hand (LGHV 2.2.9). */
import { describe, expect, it } from '@jest/globals';
import { fromHex, toHex } from '@pabal/wire';
import { encodeFrame } from './header.js';
import { encodeRawReportAck, report, reportAll } from './report.js';
import { checkVectors, field, type GoldenVector, header, times } from './testing/golden.js';

const deliverTime = '20251122103000';
const delivered = {
  result: '6',
  deliverType: 'SMS',
  rtnType: 'SMS',
  msgId: '20251122000000000001',
  deliverTime,
  netId: 'SKT',
};
const friendTalk = {
  result: '117',
  deliverType: 'KFW',
  rtnType: 'KKF',
  msgId: '42',
  deliverTime,
  netId: '',
};
const fullReport = {
  result: '99999',
  deliverType: 'KKTX',
  rtnType: 'KKFX',
  msgId: '9'.repeat(20),
  deliverTime: '202511221030001',
  netId: 'TELCO6',
};
const dead = {
  result: '7',
  deliverType: 'LMS',
  rtnType: 'LMS',
  msgId: '42',
  deliverTime,
  netId: 'KTF',
  userId: 'demo',
  sid: 'S1',
  destAddr: '01012345678',
  billId: 'LGU',
};
const bare = {
  ...dead,
  result: '6',
  deliverType: 'MMS',
  rtnType: 'MMS',
  netId: 'ETC',
  userId: '',
  sid: '',
  destAddr: '',
  billId: '',
};
const fullReportAll = {
  ...fullReport,
  userId: 'u'.repeat(20),
  sid: 'agent6',
  destAddr: '1'.repeat(20),
  billId: 'BILLID7',
};

const vectors: readonly GoldenVector[] = [
  {
    name: 'REPORT with the necessary fields (2.2.9)',
    rows: [
      ...header('72', '3534'), // r, 54
      field('36', 5), // RESULT 6
      field('534d53', 4), // DELIVER_TYPE SMS
      field('534d53', 4), // RTN_TYPE SMS
      field('3230323531313232303030303030303030303031', 20), // MSG_ID 20251122000000000001
      field('3230323531313232313033303030', 15), // DELIVER_TIME 20251122103000
      field('534b54', 6), // NET_ID SKT
    ],
    encode: () => encodeFrame('REPORT', report, delivered),
    packet: { type: 'report', values: delivered },
  },
  {
    name: 'REPORT of a FriendTalk, which ended as KKF (2.2.9)',
    rows: [
      ...header('72', '3534'), // r, 54
      field('313137', 5), // RESULT 117
      field('4b4657', 4), // DELIVER_TYPE KFW
      field('4b4b46', 4), // RTN_TYPE KKF
      field('3432', 20), // MSG_ID 42
      field('3230323531313232313033303030', 15), // DELIVER_TIME 20251122103000
      field('', 6), // NET_ID
    ],
    encode: () => encodeFrame('REPORT', report, friendTalk),
    packet: { type: 'report', values: friendTalk },
  },
  {
    name: 'REPORT with the necessary fields, all full (2.2.9)',
    rows: [
      ...header('72', '3534'), // r, 54
      field('3939393939', 5), // RESULT 99999
      field('4b4b5458', 4), // DELIVER_TYPE KKTX
      field('4b4b4658', 4), // RTN_TYPE KKFX
      field(times('39', 20), 20), // MSG_ID 99999999999999999999
      field('323032353131323231303330303031', 15), // DELIVER_TIME 202511221030001
      field('54454c434f36', 6), // NET_ID TELCO6
    ],
    encode: () => encodeFrame('REPORT', report, fullReport),
    packet: { type: 'report', values: fullReport },
  },
  {
    name: 'REPORT with all fields (2.2.9)',
    rows: [
      ...header('72', '313038'), // r, 108
      field('37', 5), // RESULT 7
      field('4c4d53', 4), // DELIVER_TYPE LMS
      field('4c4d53', 4), // RTN_TYPE LMS
      field('3432', 20), // MSG_ID 42
      field('3230323531313232313033303030', 15), // DELIVER_TIME 20251122103000
      field('4b5446', 6), // NET_ID KTF
      field('64656d6f', 20), // USER_ID demo
      field('5331', 6), // SID S1
      field('3031303132333435363738', 20), // DEST_ADDR 01012345678
      field('', 1), // RESERVED
      field('4c4755', 7), // BILL_ID LGU
    ],
    encode: () => encodeFrame('REPORT', reportAll, dead),
    packet: { type: 'reportAll', values: dead },
  },
  {
    name: 'REPORT with all fields, those of BIND REPORT A empty (2.2.9)',
    rows: [
      ...header('72', '313038'), // r, 108
      field('36', 5), // RESULT 6
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('4d4d53', 4), // RTN_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('3230323531313232313033303030', 15), // DELIVER_TIME 20251122103000
      field('455443', 6), // NET_ID ETC
      field('', 20), // USER_ID
      field('', 6), // SID
      field('', 20), // DEST_ADDR
      field('', 1), // RESERVED
      field('', 7), // BILL_ID
    ],
    encode: () => encodeFrame('REPORT', reportAll, bare),
    packet: { type: 'reportAll', values: bare },
  },
  {
    name: 'REPORT with all fields, all full (2.2.9)',
    rows: [
      ...header('72', '313038'), // r, 108
      field('3939393939', 5), // RESULT 99999
      field('4b4b5458', 4), // DELIVER_TYPE KKTX
      field('4b4b4658', 4), // RTN_TYPE KKFX
      field(times('39', 20), 20), // MSG_ID 99999999999999999999
      field('323032353131323231303330303031', 15), // DELIVER_TIME 202511221030001
      field('54454c434f36', 6), // NET_ID TELCO6
      field(times('75', 20), 20), // USER_ID uuuuuuuuuuuuuuuuuuuu
      field('6167656e7436', 6), // SID agent6
      field(times('31', 20), 20), // DEST_ADDR 11111111111111111111
      field('', 1), // RESERVED
      field('42494c4c494437', 7), // BILL_ID BILLID7
    ],
    encode: () => encodeFrame('REPORT', reportAll, fullReportAll),
    packet: { type: 'reportAll', values: fullReportAll },
  },
];

checkVectors(vectors);

describe('a report that cannot be read', () => {
  const zeros = (count: number) => '00'.repeat(count);
  const before = `3600000000${'534d5300'}${'534d5300'}`; // RESULT 6, DELIVER_TYPE SMS, RTN_TYPE SMS

  it('is answered with its MSG_ID byte for byte, whatever bytes these are', () => {
    const msgId = `41ff0042${zeros(16)}`;
    const body = fromHex(`${before}${msgId}${zeros(21)}`);
    expect(toHex(encodeRawReportAck(body))).toBe(`523332000000feff3000000000${msgId}${zeros(7)}`);
  });

  it('is answered with what there is of its MSG_ID when it is cut short', () => {
    expect(toHex(encodeRawReportAck(fromHex(`${before}3432`)))).toBe(
      `523332000000feff30000000003432${zeros(18 + 7)}`,
    );
  });
});
