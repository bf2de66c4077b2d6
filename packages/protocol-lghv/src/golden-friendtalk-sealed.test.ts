/** DELIVER KFI and KFW under every ENCODE, laid out by hand (LGHV 2.2.5). */
import { encodeDeliver } from './encode-deliver.js';
import {
  ascii,
  checkVectors,
  field,
  type GoldenVector,
  header,
  sealed,
  TEXT_PART,
  whole,
} from './testing/golden.js';

const numbers = { destAddr: '01012345678', callback: '0212345678' };
const SENDER_KEY = '0123456789abcdef0123456789abcdef01234567';
const image = { dataType: 'i', fileName: 'i.jpg', fileKey: 'k1', bytes: whole('c0c0') } as const;
const kfi = {
  deliverType: 'KFI',
  msgId: '42',
  gubun: 'r',
  ...numbers,
  senderKey: SENDER_KEY,
  adFlag: 'N',
  kSubject: '소식',
  parts: [{ dataType: 't', text: '내용' }, image],
} as const;
const bare = { fileName: '', fileKey: '', fileSize: 0 };
const textRead = { ...bare, dataType: 't', data: whole('b3bbbfeb') } as const;
const imageRead = {
  dataType: 'i',
  fileName: 'i.jpg',
  fileKey: 'k1',
  fileSize: 2,
  data: whole('c0c0'),
} as const;
const read1 = {
  ...kfi,
  encode: '1',
  contentsType: 'IMT',
  destAddr: 'hPFncLerVaaFVOVki8mUPA==',
  callback: 'qwO/ih7ZVPW0m1z+RfZYDQ==',
  parts: [textRead, imageRead],
} as const;
const read2 = {
  ...read1,
  encode: '2',
  senderKey: 'ZXXPazdHnZIVM3/5dn/nhjdvFbPzn0SC7SKHNkLHgxRlov6By2IrM9GkA8Pk+wRJ',
} as const;
const read9 = {
  ...read2,
  encode: '9',
  parts: [{ ...textRead, data: ascii('/KTWD12emddLQLH3WpXBqQ==') }, imageRead],
} as const;
const longestKey = {
  ...read2,
  contentsType: 'IMG',
  senderKey: '01MrF1KewTzFQaNBivTIjhZHxODRlcOXNdmxUwBrItBVvRa1Qmh7/rUQTpKMnIut2/HI1Y5jYvUNqwdtUpWrig==',
  parts: [imageRead],
} as const;

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER KFI with both numbers encrypted (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('31', 1), // ENCODE 1
      field('4b4649', 4), // DELIVER_TYPE KFI
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('494d54', 4), // CONTENTS_TYPE IMT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 50),
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('4e', 1), // AD_FLAG N
      field('', 28), // RESERVED
      field('bcd2bdc4', 21), // KSUBJECT 소식
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('6b31', 12), // FILE_KEY k1
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA
    ],
    encode: () => encodeDeliver({ ...kfi, deliverType: 'KFI' }, sealed('1')),
    packet: { type: 'deliverKakaoImage', values: { ...read1, deliverType: 'KFI' } },
    opened: { of: { ...read1, deliverType: 'KFI' }, fields: numbers },
  },
  {
    name: 'DELIVER KFI with the sender key too encrypted (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('32', 1), // ENCODE 2
      field('4b4649', 4), // DELIVER_TYPE KFI
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('494d54', 4), // CONTENTS_TYPE IMT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 50),
      // SENDER_KEY ZXXPazdHnZIVM3/5dn/nhjdvFbPzn0SC7SKHNkLHgxRlov6By2IrM9GkA8Pk+wRJ
      field(
        '5a585850617a64486e5a49564d332f35646e2f6e686a64764662507a6e30534337534b484e6b4c486778526c6f763642793249724d39476b4138506b2b77524a',
        100,
      ),
      field('4e', 1), // AD_FLAG N
      field('', 28), // RESERVED
      field('bcd2bdc4', 21), // KSUBJECT 소식
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('6b31', 12), // FILE_KEY k1
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA
    ],
    encode: () => encodeDeliver({ ...kfi, deliverType: 'KFI' }, sealed('2')),
    packet: { type: 'deliverKakaoImage', values: { ...read2, deliverType: 'KFI' } },
    opened: { of: { ...read2, deliverType: 'KFI' }, fields: { ...numbers, senderKey: SENDER_KEY } },
  },
  {
    name: 'DELIVER KFI with the text too encrypted (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('39', 1), // ENCODE 9
      field('4b4649', 4), // DELIVER_TYPE KFI
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('494d54', 4), // CONTENTS_TYPE IMT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 50),
      // SENDER_KEY ZXXPazdHnZIVM3/5dn/nhjdvFbPzn0SC7SKHNkLHgxRlov6By2IrM9GkA8Pk+wRJ
      field(
        '5a585850617a64486e5a49564d332f35646e2f6e686a64764662507a6e30534337534b484e6b4c486778526c6f763642793249724d39476b4138506b2b77524a',
        100,
      ),
      field('4e', 1), // AD_FLAG N
      field('', 28), // RESERVED
      field('bcd2bdc4', 21), // KSUBJECT 소식
      field('32', 1), // DATACNT 2
      field('', 1), // TEMP1
      field('74', 1), // DATATYPE t
      field('', 20), // FILE_NAME
      field('', 12), // FILE_KEY
      field('3234', 8), // DATA_SIZE 24
      field('', 8), // FILE_SIZE
      whole('2f4b5457443132656d64644c514c48335770584271513d3d'), // DATA /KTWD12emddLQLH3WpXBqQ== (내용)
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('6b31', 12), // FILE_KEY k1
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA
    ],
    encode: () => encodeDeliver({ ...kfi, deliverType: 'KFI' }, sealed('9')),
    packet: { type: 'deliverKakaoImage', values: { ...read9, deliverType: 'KFI' } },
    opened: {
      of: { ...read9, deliverType: 'KFI' },
      fields: { ...numbers, senderKey: SENDER_KEY, parts: [textRead, imageRead] },
    },
  },
  {
    name: 'DELIVER KFW with the sender key too encrypted (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('32', 1), // ENCODE 2
      field('4b4657', 4), // DELIVER_TYPE KFW
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('494d54', 4), // CONTENTS_TYPE IMT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 50),
      // SENDER_KEY ZXXPazdHnZIVM3/5dn/nhjdvFbPzn0SC7SKHNkLHgxRlov6By2IrM9GkA8Pk+wRJ
      field(
        '5a585850617a64486e5a49564d332f35646e2f6e686a64764662507a6e30534337534b484e6b4c486778526c6f763642793249724d39476b4138506b2b77524a',
        100,
      ),
      field('4e', 1), // AD_FLAG N
      field('', 28), // RESERVED
      field('bcd2bdc4', 21), // KSUBJECT 소식
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('6b31', 12), // FILE_KEY k1
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA
    ],
    encode: () => encodeDeliver({ ...kfi, deliverType: 'KFW' }, sealed('2')),
    packet: { type: 'deliverKakaoImage', values: { ...read2, deliverType: 'KFW' } },
    opened: { of: { ...read2, deliverType: 'KFW' }, fields: { ...numbers, senderKey: SENDER_KEY } },
  },
  {
    name: 'DELIVER KFW with the text too encrypted (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('39', 1), // ENCODE 9
      field('4b4657', 4), // DELIVER_TYPE KFW
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('494d54', 4), // CONTENTS_TYPE IMT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 50),
      // SENDER_KEY ZXXPazdHnZIVM3/5dn/nhjdvFbPzn0SC7SKHNkLHgxRlov6By2IrM9GkA8Pk+wRJ
      field(
        '5a585850617a64486e5a49564d332f35646e2f6e686a64764662507a6e30534337534b484e6b4c486778526c6f763642793249724d39476b4138506b2b77524a',
        100,
      ),
      field('4e', 1), // AD_FLAG N
      field('', 28), // RESERVED
      field('bcd2bdc4', 21), // KSUBJECT 소식
      field('32', 1), // DATACNT 2
      field('', 1), // TEMP1
      field('74', 1), // DATATYPE t
      field('', 20), // FILE_NAME
      field('', 12), // FILE_KEY
      field('3234', 8), // DATA_SIZE 24
      field('', 8), // FILE_SIZE
      whole('2f4b5457443132656d64644c514c48335770584271513d3d'), // DATA /KTWD12emddLQLH3WpXBqQ== (내용)
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('6b31', 12), // FILE_KEY k1
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA
    ],
    encode: () => encodeDeliver({ ...kfi, deliverType: 'KFW' }, sealed('9')),
    packet: { type: 'deliverKakaoImage', values: { ...read9, deliverType: 'KFW' } },
    opened: {
      of: { ...read9, deliverType: 'KFW' },
      fields: { ...numbers, senderKey: SENDER_KEY, parts: [textRead, imageRead] },
    },
  },
  {
    name: 'DELIVER KFI with the longest sender key that fits when encrypted (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('32', 1), // ENCODE 2
      field('4b4649', 4), // DELIVER_TYPE KFI
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('494d47', 4), // CONTENTS_TYPE IMG
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 50),
      // SENDER_KEY
      field(
        '30314d7246314b6577547a4651614e42697654496a685a48784f44526c634f584e646d78557742724974425676526131516d68372f72555154704b4d6e497574322f48493159356a5976554e717764745570577269673d3d',
        100,
      ),
      field('4e', 1), // AD_FLAG N
      field('', 28), // RESERVED
      field('bcd2bdc4', 21), // KSUBJECT 소식
      field('31', 1), // DATACNT 1
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('6b31', 12), // FILE_KEY k1
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA
    ],
    encode: () => encodeDeliver({ ...kfi, senderKey: 'k'.repeat(63), parts: [image] }, sealed('2')),
    packet: { type: 'deliverKakaoImage', values: longestKey },
    opened: { of: longestKey, fields: { ...numbers, senderKey: 'k'.repeat(63) } },
  },
];

checkVectors(vectors);
