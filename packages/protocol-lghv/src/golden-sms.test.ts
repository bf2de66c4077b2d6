/** DELIVER SMS to domestic numbers, with and without a URL callback, laid out by hand (LGHV 2.2.3). */
import { encodeDeliver } from './encode-deliver.js';
import {
  checkVectors,
  field,
  type GoldenVector,
  header,
  plain,
  sealed,
  times,
  whole,
} from './testing/golden.js';

const numbers = { destAddr: '01012345678', callback: '0212345678' };
const sms = {
  deliverType: 'SMS',
  msgId: '20251122000000000001',
  gubun: '0',
  ...numbers,
} as const;
const { deliverType: _constant, ...fields } = sms;
const read = { encode: '0', ...fields, reseller: '' } as const;
const full = {
  msgId: '9'.repeat(20),
  destAddr: '1'.repeat(50),
  callback: '2'.repeat(40),
  reseller: '1234567890',
};
const shortest = { msgId: '1', destAddr: '1', callback: '2', text: 'A' };
const sealedNumbers = { destAddr: 'hPFncLerVaaFVOVki8mUPA==', callback: 'qwO/ih7ZVPW0m1z+RfZYDQ==' };
const numbersSealed = {
  ...read,
  ...sealedNumbers,
  encode: '1',
  reseller: '123456789',
  text: '가나',
} as const;
const allSealed = { ...numbersSealed, encode: '9', gubun: '1', text: 'sZbXqbDlazalVS/JZh+kdw==' } as const;
/** One more digit or Hangul, and one more block of the cipher would not fit. */
const mostOpened = { destAddr: '1'.repeat(31), callback: '2'.repeat(15), text: '가'.repeat(45) };
const mostPlain = { ...full, ...mostOpened };
const mostSealed = {
  ...read,
  ...full,
  encode: '9',
  destAddr: 'J+UOVZse65frKpDZbYVOt2B8ZAvliOeLyMP0LDmqoYA=',
  callback: '/1PB6etXDKEpD9uD4wfoTA==',
  text: 'P/RTeVCgRDfV58CjMcqbAofOKcNgR3jMtbABUiWZKrhLJGJn4vshFlcdM4k+2YYKRz+paqInFcnvX0w/kg5Nn+ESKYlW0kylyk1iDaHQIypTAmo8mhkLbX7nZqcFmnit',
} as const;

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER SMS (2.2.3)',
    rows: [
      ...header('64', '313532'), // d, 152 = 130 + 22
      field('30', 1), // ENCODE 0
      field('534d53', 4), // DELIVER_TYPE SMS
      field('3230323531313232303030303030303030303031', 20), // MSG_ID 20251122000000000001, full
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      whole('c8abb1e6b5bfb4d420b9ddb0a9bdc0b4cfb4d92094ee'), // TEXT 홍길동님 반갑습니다 뷁, in CP949
    ],
    encode: () => encodeDeliver({ ...sms, text: '홍길동님 반갑습니다 뷁' }, plain),
    packet: { type: 'deliverSms', values: { ...read, text: '홍길동님 반갑습니다 뷁' } },
  },
  {
    name: 'DELIVER SMS with every field full (2.2.3)',
    rows: [
      ...header('64', '323230'), // d, 220 = 130 + 90
      field('30', 1), // ENCODE 0
      field('534d53', 4), // DELIVER_TYPE SMS
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      field(times('31', 50), 50), // DESTADDR full
      field(times('32', 40), 40), // CALLBACK full
      field('31323334353637383930', 10), // RESELLER 1234567890
      whole(times('b0a1', 45)), // TEXT, 45 times 가
    ],
    encode: () => encodeDeliver({ ...sms, ...full, text: '가'.repeat(45) }, plain),
    packet: { type: 'deliverSms', values: { ...read, ...full, text: '가'.repeat(45) } },
  },
  {
    name: 'DELIVER SMS with the shortest text (2.2.3)',
    rows: [
      ...header('64', '313331'), // d, 131 = 130 + 1
      field('30', 1), // ENCODE 0
      field('534d53', 4), // DELIVER_TYPE SMS
      field('31', 20), // MSG_ID 1
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      field('31', 50), // DESTADDR 1
      field('32', 40), // CALLBACK 2
      field('', 10), // RESELLER
      whole('41'), // TEXT A
    ],
    encode: () => encodeDeliver({ ...sms, ...shortest }, plain),
    packet: { type: 'deliverSms', values: { ...read, ...shortest } },
  },
  {
    name: 'DELIVER SMS with both numbers encrypted (2.2.3)',
    rows: [
      ...header('64', '313334'), // d, 134 = 130 + 4
      field('31', 1), // ENCODE 1
      field('534d53', 4), // DELIVER_TYPE SMS
      field('3230323531313232303030303030303030303031', 20), // MSG_ID 20251122000000000001, full
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('313233343536373839', 10), // RESELLER 123456789
      whole('b0a1b3aa'), // TEXT 가나
    ],
    encode: () => encodeDeliver({ ...sms, reseller: '123456789', text: '가나' }, sealed('1')),
    packet: { type: 'deliverSms', values: numbersSealed },
    opened: { of: { deliverType: 'SMS', ...numbersSealed }, fields: numbers },
  },
  {
    name: 'DELIVER SMS with a URL callback (2.2.3)',
    rows: [
      ...header('64', '313633'), // d, 163 = 130 + 33
      field('30', 1), // ENCODE 0
      field('534d53', 4), // DELIVER_TYPE SMS
      field('3432', 20), // MSG_ID 42
      field('31', 1), // GUBUN 1
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      // TEXT 예약 확인 https://example.com/r/7
      whole('bfb9bee020c8aec0ce2068747470733a2f2f6578616d706c652e636f6d2f722f37'),
    ],
    encode: () =>
      encodeDeliver({ ...sms, msgId: '42', gubun: '1', text: '예약 확인 https://example.com/r/7' }, plain),
    packet: {
      type: 'deliverSms',
      values: { ...read, msgId: '42', gubun: '1', text: '예약 확인 https://example.com/r/7' },
    },
  },
  {
    name: 'DELIVER SMS with a URL callback and every field full (2.2.3)',
    rows: [
      ...header('64', '323230'), // d, 220 = 130 + 90
      field('30', 1), // ENCODE 0
      field('534d53', 4), // DELIVER_TYPE SMS
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('31', 1), // GUBUN 1
      field('545854', 4), // CONTENTS_TYPE TXT
      field(times('31', 50), 50), // DESTADDR full
      field(times('32', 40), 40), // CALLBACK full
      field('31323334353637383930', 10), // RESELLER 1234567890
      whole(times('68', 90)), // TEXT
    ],
    encode: () => encodeDeliver({ ...sms, ...full, gubun: '1', text: 'h'.repeat(90) }, plain),
    packet: { type: 'deliverSms', values: { ...read, ...full, gubun: '1', text: 'h'.repeat(90) } },
  },
  {
    name: 'DELIVER SMS with a URL callback and everything encrypted (2.2.3)',
    rows: [
      ...header('64', '313534'), // d, 154 = 130 + 24
      field('39', 1), // ENCODE 9
      field('534d53', 4), // DELIVER_TYPE SMS
      field('3230323531313232303030303030303030303031', 20), // MSG_ID 20251122000000000001, full
      field('31', 1), // GUBUN 1
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('313233343536373839', 10), // RESELLER 123456789
      whole('735a62587162446c617a616c56532f4a5a682b6b64773d3d'), // TEXT sZbXqbDlazalVS/JZh+kdw== (가나)
    ],
    encode: () => encodeDeliver({ ...sms, gubun: '1', reseller: '123456789', text: '가나' }, sealed('9')),
    packet: { type: 'deliverSms', values: allSealed },
    opened: { of: { deliverType: 'SMS', ...allSealed }, fields: { ...numbers, text: '가나' } },
  },
  {
    name: 'DELIVER SMS with the most that fits when everything is encrypted (2.2.3)',
    rows: [
      ...header('64', '323538'), // d, 258 = 130 + 128
      field('39', 1), // ENCODE 9
      field('534d53', 4), // DELIVER_TYPE SMS
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR, 31 times 1
      field('4a2b554f565a7365363566724b70445a6259564f743242385a41766c694f654c794d50304c446d716f59413d', 50),
      field('2f31504236657458444b4570443975443477666f54413d3d', 40), // CALLBACK, 15 times 2
      field('31323334353637383930', 10), // RESELLER 1234567890
      // TEXT, 45 times 가
      whole(
        '502f525465564367524466563538436a4d637162416f664f4b634e6752336a4d746241425569575a' +
          '4b72684c4a474a6e34767368466c63644d346b2b3259594b527a2b706171496e46636e765830772f' +
          '6b67354e6e2b45534b596c57306b796c796b31694461485149797054416d6f386d686b4c6258376e' +
          '5a7163466d6e6974',
      ),
    ],
    encode: () => encodeDeliver({ ...sms, ...mostPlain }, sealed('9')),
    packet: { type: 'deliverSms', values: mostSealed },
    opened: { of: { deliverType: 'SMS', ...mostSealed }, fields: mostOpened },
  },
];

checkVectors(vectors);
