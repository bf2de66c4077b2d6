/** DELIVER KKO, laid out by hand (LGHV 2.2.6). */
import { encodeDeliver } from './encode-deliver.js';
import {
  ascii,
  checkVectors,
  field,
  type GoldenVector,
  header,
  plain,
  sealed,
  times,
  whole,
} from './testing/golden.js';
import { SEALED_2000 } from './testing/golden-sealed.js';

const numbers = { destAddr: '01012345678', callback: '0212345678' };
const keys = { senderKey: '0123456789abcdef0123456789abcdef01234567', templateCode: 'welcome_01' };
const common = {
  msgId: '42',
  gubun: '0',
  ...numbers,
  ...keys,
  fallbackType: 'NON',
  smsMsg: '',
} as const;
const { gubun: _constant, ...given } = common;
const kko = { deliverType: 'KKO', ...given } as const;
const read = { encode: '0', ...common } as const;
const bySms = { fallbackType: 'SMS', smsMsg: '예약 확인', text: '내용' } as const;
const full = {
  msgId: '9'.repeat(20),
  destAddr: '1'.repeat(50),
  callback: '2'.repeat(50),
  senderKey: 'k'.repeat(100),
  templateCode: 'T'.repeat(50),
  fallbackType: 'LMS',
  smsMsg: '나'.repeat(45),
  text: '가'.repeat(1000),
} as const;
const read1 = {
  ...read,
  ...bySms,
  encode: '1',
  destAddr: 'hPFncLerVaaFVOVki8mUPA==',
  callback: 'qwO/ih7ZVPW0m1z+RfZYDQ==',
} as const;
const read2 = {
  ...read1,
  encode: '2',
  senderKey: 'ZXXPazdHnZIVM3/5dn/nhjdvFbPzn0SC7SKHNkLHgxRlov6By2IrM9GkA8Pk+wRJ',
  templateCode: 'rLDxWFXE6wFjIKoMTKC1bA==',
} as const;
const read9 = { ...read2, encode: '9', text: '/KTWD12emddLQLH3WpXBqQ==' } as const;
/** One more character of the key or of the code would not fit. */
const most = { senderKey: 'k'.repeat(63), templateCode: 'T'.repeat(31), text: '가'.repeat(1000) };
const mostRead = {
  ...read9,
  fallbackType: 'NON',
  smsMsg: '',
  senderKey: '01MrF1KewTzFQaNBivTIjhZHxODRlcOXNdmxUwBrItBVvRa1Qmh7/rUQTpKMnIut2/HI1Y5jYvUNqwdtUpWrig==',
  templateCode: 'SDl+DgRY7UPQPwoGUZ3P/pXBu31u1Z+Vo3+qXhQPyMI=',
  text: SEALED_2000,
} as const;

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER KKO (2.2.6)',
    rows: [
      ...header('64', '343035'), // d, 405 = 375 + 30
      field('30', 1), // ENCODE 0
      field('4b4b4f', 4), // DELIVER_TYPE KKO
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('77656c636f6d655f3031', 50), // TEMPLATE_CODE welcome_01
      field('4e4f4e', 5), // FALLBACK_TYPE NON
      field('', 90), // SMSMSG
      whole('c8abb1e6b5bfb4d420b9ddb0a9bdc0b4cfb4d92e204b4b4fb8debdc3c1f6'), // TEXT 홍길동님 반갑습니다. KKO메시지
    ],
    encode: () => encodeDeliver({ ...kko, text: '홍길동님 반갑습니다. KKO메시지' }, plain),
    packet: { type: 'deliverKko', values: { ...read, text: '홍길동님 반갑습니다. KKO메시지' } },
  },
  {
    name: 'DELIVER KKO that falls back to an SMS of its own (2.2.6)',
    rows: [
      ...header('64', '333739'), // d, 379 = 375 + 4
      field('30', 1), // ENCODE 0
      field('4b4b4f', 4), // DELIVER_TYPE KKO
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('77656c636f6d655f3031', 50), // TEMPLATE_CODE welcome_01
      field('534d53', 5), // FALLBACK_TYPE SMS
      field('bfb9bee020c8aec0ce', 90), // SMSMSG 예약 확인
      whole('b3bbbfeb'), // TEXT 내용
    ],
    encode: () => encodeDeliver({ ...kko, ...bySms }, plain),
    packet: { type: 'deliverKko', values: { ...read, ...bySms } },
  },
  {
    name: 'DELIVER KKO with every field full (2.2.6)',
    rows: [
      ...header('64', '32333735'), // d, 2375 = 375 + 2000
      field('30', 1), // ENCODE 0
      field('4b4b4f', 4), // DELIVER_TYPE KKO
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      field(times('31', 50), 50), // DESTADDR full
      field(times('32', 50), 50), // CALLBACK full
      field(times('6b', 100), 100), // SENDER_KEY
      field(times('54', 50), 50), // TEMPLATE_CODE
      field('4c4d53', 5), // FALLBACK_TYPE LMS
      field(times('b3aa', 45), 90), // SMSMSG, 45 times 나
      whole(times('b0a1', 1000)), // TEXT, 1000 times 가
    ],
    encode: () => encodeDeliver({ ...kko, ...full }, plain),
    packet: { type: 'deliverKko', values: { ...read, ...full } },
  },
  {
    name: 'DELIVER KKO with both numbers encrypted (2.2.6)',
    rows: [
      ...header('64', '333739'), // d, 379 = 375 + 4
      field('31', 1), // ENCODE 1
      field('4b4b4f', 4), // DELIVER_TYPE KKO
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 50),
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('77656c636f6d655f3031', 50), // TEMPLATE_CODE welcome_01
      field('534d53', 5), // FALLBACK_TYPE SMS
      field('bfb9bee020c8aec0ce', 90), // SMSMSG 예약 확인, never encrypted
      whole('b3bbbfeb'), // TEXT 내용
    ],
    encode: () => encodeDeliver({ ...kko, ...bySms }, sealed('1')),
    packet: { type: 'deliverKko', values: read1 },
    opened: { of: { deliverType: 'KKO', ...read1 }, fields: numbers },
  },
  {
    name: 'DELIVER KKO with sender key and template too encrypted (2.2.6)',
    rows: [
      ...header('64', '333739'), // d, 379 = 375 + 4
      field('32', 1), // ENCODE 2
      field('4b4b4f', 4), // DELIVER_TYPE KKO
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 50),
      // SENDER_KEY ZXXPazdHnZIVM3/5dn/nhjdvFbPzn0SC7SKHNkLHgxRlov6By2IrM9GkA8Pk+wRJ
      field(
        '5a585850617a64486e5a49564d332f35646e2f6e686a64764662507a6e30534337534b484e6b4c486778526c6f763642793249724d39476b4138506b2b77524a',
        100,
      ),
      // TEMPLATE_CODE rLDxWFXE6wFjIKoMTKC1bA==
      field('724c4478574658453677466a494b6f4d544b433162413d3d', 50),
      field('534d53', 5), // FALLBACK_TYPE SMS
      field('bfb9bee020c8aec0ce', 90), // SMSMSG 예약 확인, never encrypted
      whole('b3bbbfeb'), // TEXT 내용
    ],
    encode: () => encodeDeliver({ ...kko, ...bySms }, sealed('2')),
    packet: { type: 'deliverKko', values: read2 },
    opened: { of: { deliverType: 'KKO', ...read2 }, fields: { ...numbers, ...keys } },
  },
  {
    name: 'DELIVER KKO with the text too encrypted (2.2.6)',
    rows: [
      ...header('64', '333939'), // d, 399 = 375 + 24
      field('39', 1), // ENCODE 9
      field('4b4b4f', 4), // DELIVER_TYPE KKO
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 50),
      // SENDER_KEY ZXXPazdHnZIVM3/5dn/nhjdvFbPzn0SC7SKHNkLHgxRlov6By2IrM9GkA8Pk+wRJ
      field(
        '5a585850617a64486e5a49564d332f35646e2f6e686a64764662507a6e30534337534b484e6b4c486778526c6f763642793249724d39476b4138506b2b77524a',
        100,
      ),
      // TEMPLATE_CODE rLDxWFXE6wFjIKoMTKC1bA==
      field('724c4478574658453677466a494b6f4d544b433162413d3d', 50),
      field('534d53', 5), // FALLBACK_TYPE SMS
      field('bfb9bee020c8aec0ce', 90), // SMSMSG 예약 확인, never encrypted
      whole('2f4b5457443132656d64644c514c48335770584271513d3d'), // TEXT /KTWD12emddLQLH3WpXBqQ== (내용)
    ],
    encode: () => encodeDeliver({ ...kko, ...bySms }, sealed('9')),
    packet: { type: 'deliverKko', values: read9 },
    opened: { of: { deliverType: 'KKO', ...read9 }, fields: { ...numbers, ...keys, text: '내용' } },
  },
  {
    name: 'DELIVER KKO with the most that fits when everything is encrypted (2.2.6)',
    rows: [
      ...header('64', '33303633'), // d, 3063 = 375 + 2688
      field('39', 1), // ENCODE 9
      field('4b4b4f', 4), // DELIVER_TYPE KKO
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 50),
      // SENDER_KEY
      field(
        '30314d7246314b6577547a4651614e42697654496a685a48784f44526c634f584e646d78557742724974425676526131516d68372f72555154704b4d6e497574322f48493159356a5976554e717764745570577269673d3d',
        100,
      ),
      // TEMPLATE_CODE SDl+DgRY7UPQPwoGUZ3P/pXBu31u1Z+Vo3+qXhQPyMI=
      field('53446c2b446752593755505150776f47555a33502f70584275333175315a2b566f332b7158685150794d493d', 50),
      field('4e4f4e', 5), // FALLBACK_TYPE NON
      field('', 90), // SMSMSG
      ascii(SEALED_2000), // TEXT, 1000 times 가
    ],
    encode: () => encodeDeliver({ ...kko, ...most }, sealed('9')),
    packet: { type: 'deliverKko', values: mostRead },
    opened: { of: { deliverType: 'KKO', ...mostRead }, fields: { ...numbers, ...most } },
  },
];

checkVectors(vectors);
