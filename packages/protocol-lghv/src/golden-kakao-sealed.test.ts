/** DELIVER KKT, KKM and KFT under every ENCODE, laid out by hand (LGHV 2.2.7). */
import { encodeDeliver } from './encode-deliver.js';
import {
  ascii,
  checkVectors,
  field,
  type GoldenVector,
  header,
  sealed,
  times,
  whole,
} from './testing/golden.js';
import { BUTTONS, buttons, EXTEND, extend } from './testing/golden-kakao.js';
import { SEALED_2000 } from './testing/golden-sealed.js';

const numbers = { destAddr: '01012345678', callback: '0212345678' };
const keys = { senderKey: '0123456789abcdef0123456789abcdef01234567', templateCode: 'welcome_01' };
const kkt = {
  deliverType: 'KKT',
  msgId: '42',
  gubun: 'r',
  ...numbers,
  ...keys,
  text: '내용',
  buttons,
  extend,
} as const;
const freeText = { deliverType: 'KFT', templateCode: '' } as const;
const { buttons: btnData, ...common } = kkt;
const read1 = {
  ...common,
  encode: '1',
  btnData,
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
const freeRead = { ...read9, ...freeText, btnData: '', extend: '' } as const;
const most = { senderKey: 'k'.repeat(63), templateCode: 'T'.repeat(31), text: '가'.repeat(1000) };
const mostRead = {
  ...read9,
  senderKey: '01MrF1KewTzFQaNBivTIjhZHxODRlcOXNdmxUwBrItBVvRa1Qmh7/rUQTpKMnIut2/HI1Y5jYvUNqwdtUpWrig==',
  templateCode: 'SDl+DgRY7UPQPwoGUZ3P/pXBu31u1Z+Vo3+qXhQPyMI=',
  text: SEALED_2000,
  btnData: 'b'.repeat(3000),
  extend: 'e'.repeat(3000),
} as const;

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER KKT with both numbers encrypted (2.2.7)',
    rows: [
      ...header('64', '393334'), // d, 934 = 292 + 4 + 143 + 495
      field('31', 1), // ENCODE 1
      field('4b4b54', 4), // DELIVER_TYPE KKT
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 50),
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('77656c636f6d655f3031', 50), // TEMPLATE_CODE welcome_01
      field('34', 4), // TEXT_SIZE 4
      field('313433', 4), // BUTTON_SIZE 143
      field('343935', 4), // EXTEND_SIZE 495
      whole('b3bbbfeb'), // TEXT 내용
      BUTTONS, // BTN_DATA, never encrypted
      EXTEND, // EXTEND, never encrypted
    ],
    encode: () => encodeDeliver(kkt, sealed('1')),
    packet: { type: 'deliverKakao', values: read1 },
    opened: { of: read1, fields: numbers },
  },
  {
    name: 'DELIVER KKT with sender key and template too encrypted (2.2.7)',
    rows: [
      ...header('64', '393334'), // d, 934 = 292 + 4 + 143 + 495
      field('32', 1), // ENCODE 2
      field('4b4b54', 4), // DELIVER_TYPE KKT
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
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
      field('34', 4), // TEXT_SIZE 4
      field('313433', 4), // BUTTON_SIZE 143
      field('343935', 4), // EXTEND_SIZE 495
      whole('b3bbbfeb'), // TEXT 내용
      BUTTONS, // BTN_DATA, never encrypted
      EXTEND, // EXTEND, never encrypted
    ],
    encode: () => encodeDeliver(kkt, sealed('2')),
    packet: { type: 'deliverKakao', values: read2 },
    opened: { of: read2, fields: { ...numbers, ...keys } },
  },
  {
    name: 'DELIVER KKT with the text too encrypted (2.2.7)',
    rows: [
      ...header('64', '393534'), // d, 954 = 292 + 24 + 143 + 495
      field('39', 1), // ENCODE 9
      field('4b4b54', 4), // DELIVER_TYPE KKT
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
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
      field('3234', 4), // TEXT_SIZE 24
      field('313433', 4), // BUTTON_SIZE 143
      field('343935', 4), // EXTEND_SIZE 495
      whole('2f4b5457443132656d64644c514c48335770584271513d3d'), // TEXT /KTWD12emddLQLH3WpXBqQ== (내용)
      BUTTONS, // BTN_DATA, never encrypted
      EXTEND, // EXTEND, never encrypted
    ],
    encode: () => encodeDeliver(kkt, sealed('9')),
    packet: { type: 'deliverKakao', values: read9 },
    opened: { of: read9, fields: { ...numbers, ...keys, text: '내용' } },
  },
  {
    name: 'DELIVER KKM with everything encrypted (2.2.7)',
    rows: [
      ...header('64', '393534'), // d, 954 = 292 + 24 + 143 + 495
      field('39', 1), // ENCODE 9
      field('4b4b4d', 4), // DELIVER_TYPE KKM
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
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
      field('3234', 4), // TEXT_SIZE 24
      field('313433', 4), // BUTTON_SIZE 143
      field('343935', 4), // EXTEND_SIZE 495
      whole('2f4b5457443132656d64644c514c48335770584271513d3d'), // TEXT /KTWD12emddLQLH3WpXBqQ== (내용)
      BUTTONS, // BTN_DATA, never encrypted
      EXTEND, // EXTEND, never encrypted
    ],
    encode: () => encodeDeliver({ ...kkt, deliverType: 'KKM' }, sealed('9')),
    packet: { type: 'deliverKakao', values: { ...read9, deliverType: 'KKM' } },
    opened: { of: { ...read9, deliverType: 'KKM' }, fields: { ...numbers, ...keys, text: '내용' } },
  },
  {
    name: 'DELIVER KFT with everything encrypted (2.2.7)',
    rows: [
      ...header('64', '393534'), // d, 954 = 292 + 24 + 143 + 495
      field('39', 1), // ENCODE 9
      field('4b4654', 4), // DELIVER_TYPE KFT
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
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
      field('3234', 4), // TEXT_SIZE 24
      field('313433', 4), // BUTTON_SIZE 143
      field('343935', 4), // EXTEND_SIZE 495
      whole('2f4b5457443132656d64644c514c48335770584271513d3d'), // TEXT /KTWD12emddLQLH3WpXBqQ== (내용)
      BUTTONS, // BTN_DATA, never encrypted
      EXTEND, // EXTEND, never encrypted
    ],
    encode: () => encodeDeliver({ ...kkt, deliverType: 'KFT' }, sealed('9')),
    packet: { type: 'deliverKakao', values: { ...read9, deliverType: 'KFT' } },
    opened: { of: { ...read9, deliverType: 'KFT' }, fields: { ...numbers, ...keys, text: '내용' } },
  },
  {
    name: 'DELIVER KFT without a template, encrypted: nothing stays nothing (2.2.7)',
    rows: [
      ...header('64', '333136'), // d, 316 = 292 + 24
      field('39', 1), // ENCODE 9
      field('4b4654', 4), // DELIVER_TYPE KFT
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
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
      field('', 50), // TEMPLATE_CODE
      field('3234', 4), // TEXT_SIZE 24
      field('30', 4), // BUTTON_SIZE 0
      field('30', 4), // EXTEND_SIZE 0
      whole('2f4b5457443132656d64644c514c48335770584271513d3d'), // TEXT /KTWD12emddLQLH3WpXBqQ== (내용)
    ],
    encode: () => encodeDeliver({ ...kkt, ...freeText, buttons: '', extend: '' }, sealed('9')),
    packet: { type: 'deliverKakao', values: freeRead },
    opened: { of: freeRead, fields: { ...numbers, senderKey: keys.senderKey, text: '내용' } },
  },
  {
    name: 'DELIVER KKT with the most that fits when everything is encrypted (2.2.7)',
    rows: [
      ...header('64', '38393830'), // d, 8980 = 292 + 2688 + 3000 + 3000
      field('39', 1), // ENCODE 9
      field('4b4b54', 4), // DELIVER_TYPE KKT
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
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
      field('32363838', 4), // TEXT_SIZE 2688
      field('33303030', 4), // BUTTON_SIZE 3000
      field('33303030', 4), // EXTEND_SIZE 3000
      ascii(SEALED_2000), // TEXT, 1000 times 가
      whole(times('62', 3000)), // BTN_DATA
      whole(times('65', 3000)), // EXTEND
    ],
    encode: () =>
      encodeDeliver({ ...kkt, ...most, buttons: 'b'.repeat(3000), extend: 'e'.repeat(3000) }, sealed('9')),
    packet: { type: 'deliverKakao', values: mostRead },
    opened: { of: mostRead, fields: { ...numbers, ...most } },
  },
];

checkVectors(vectors);
