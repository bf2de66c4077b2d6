/** DELIVER MMS under every ENCODE, laid out by hand (LGHV 2.2.5). */
import { encodeDeliver } from './encode-deliver.js';
import {
  ascii,
  checkVectors,
  field,
  type GoldenVector,
  header,
  sealed,
  TEXT_PART,
  times,
  whole,
} from './testing/golden.js';
import { SEALED_2000 } from './testing/golden-sealed.js';

const numbers = { destAddr: '01012345678', callback: '0212345678' };
const mms = {
  deliverType: 'MMS',
  msgId: '42',
  ...numbers,
  reseller: '123456789',
  subject: '가나',
  parts: [
    { dataType: 't', text: '내용' },
    { dataType: 'i', fileName: 'i.jpg', fileKey: 'k1', bytes: whole('c0c0') },
  ],
} as const;
const bare = { fileName: '', fileKey: '', fileSize: 0 };
const plainText = whole('b3bbbfeb');
const imageRead = {
  dataType: 'i',
  fileName: 'i.jpg',
  fileKey: 'k1',
  fileSize: 2,
  data: whole('c0c0'),
} as const;
const read1 = {
  encode: '1',
  msgId: '42',
  gubun: '0',
  contentsType: 'IMT',
  destAddr: 'hPFncLerVaaFVOVki8mUPA==',
  callback: 'qwO/ih7ZVPW0m1z+RfZYDQ==',
  reseller: '123456789',
  subject: '가나',
  parts: [{ ...bare, dataType: 't', data: plainText }, imageRead],
} as const;
const read2 = { ...read1, encode: '2', subject: 'sZbXqbDlazalVS/JZh+kdw==' } as const;
const read9 = {
  ...read2,
  encode: '9',
  parts: [{ ...bare, dataType: 't', data: ascii('/KTWD12emddLQLH3WpXBqQ==') }, imageRead],
} as const;
const longest = {
  msgId: '9'.repeat(20),
  reseller: '1234567890',
  subject: '나'.repeat(25),
  parts: [{ dataType: 't', text: '가'.repeat(1000) }],
} as const;
const longText = { ...bare, dataType: 't', data: whole(times('b0a1', 1000)) } as const;
const longestRead = {
  ...read9,
  msgId: '9'.repeat(20),
  contentsType: 'TXT',
  reseller: '1234567890',
  subject: '9SlQfzaz7olI9ruV/jDArGjgN3tTUpKnnhlj41V70wNx4CUOwlqohpR18V/tHf+aWfe5BJAsXwTeDMVC00yxvA==',
  parts: [{ ...longText, data: ascii(SEALED_2000) }],
} as const;

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER MMS with both numbers encrypted (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('31', 1), // ENCODE 1
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d54', 4), // CONTENTS_TYPE IMT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('313233343536373839', 10), // RESELLER 123456789
      field('b0a1b3aa', 150), // SUBJECT 가나
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('6b31', 12), // FILE_KEY k1
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA, a file, never encrypted
    ],
    encode: () => encodeDeliver(mms, sealed('1')),
    packet: { type: 'deliverMms', values: read1 },
    opened: { of: { deliverType: 'MMS', ...read1 }, fields: numbers },
  },
  {
    name: 'DELIVER MMS with the subject too encrypted (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('32', 1), // ENCODE 2
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d54', 4), // CONTENTS_TYPE IMT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('313233343536373839', 10), // RESELLER 123456789
      // SUBJECT sZbXqbDlazalVS/JZh+kdw== (가나)
      field('735a62587162446c617a616c56532f4a5a682b6b64773d3d', 150),
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('6b31', 12), // FILE_KEY k1
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA, a file, never encrypted
    ],
    encode: () => encodeDeliver(mms, sealed('2')),
    packet: { type: 'deliverMms', values: read2 },
    opened: { of: { deliverType: 'MMS', ...read2 }, fields: { ...numbers, subject: '가나' } },
  },
  {
    name: 'DELIVER MMS with the text too encrypted (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('39', 1), // ENCODE 9
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d54', 4), // CONTENTS_TYPE IMT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('313233343536373839', 10), // RESELLER 123456789
      // SUBJECT sZbXqbDlazalVS/JZh+kdw== (가나)
      field('735a62587162446c617a616c56532f4a5a682b6b64773d3d', 150),
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
      whole('c0c0'), // DATA, a file, never encrypted
    ],
    encode: () => encodeDeliver(mms, sealed('9')),
    packet: { type: 'deliverMms', values: read9 },
    opened: {
      of: { deliverType: 'MMS', ...read9 },
      fields: {
        ...numbers,
        subject: '가나',
        parts: [{ ...bare, dataType: 't', data: plainText }, imageRead],
      },
    },
  },
  {
    name: 'DELIVER MMS with the longest texts encrypted (2.2.5)',
    rows: [
      ...header('64', '33303139'), // d, 3019 = 281 + 50 + 2688
      field('39', 1), // ENCODE 9
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('31323334353637383930', 10), // RESELLER 1234567890
      // SUBJECT, 25 times 나
      field(
        '39536c51667a617a376f6c49397275562f6a444172476a674e33745455704b6e6e686c6a3431563730774e783443554f776c716f6870523138562f7448662b6157666535424a417358775465444d56433030797876413d3d',
        150,
      ),
      field('31', 1), // DATACNT 1
      field('', 1), // TEMP1
      field('74', 1), // DATATYPE t
      field('', 20), // FILE_NAME
      field('', 12), // FILE_KEY
      field('32363838', 8), // DATA_SIZE 2688
      field('', 8), // FILE_SIZE
      ascii(SEALED_2000), // DATA, 1000 times 가
    ],
    encode: () => encodeDeliver({ ...mms, ...longest }, { ...sealed('9'), mmsLength: 'total' }),
    packet: { type: 'deliverMms', values: longestRead },
    opened: {
      of: { deliverType: 'MMS', ...longestRead },
      fields: { ...numbers, subject: '나'.repeat(25), parts: [longText] },
    },
  },
];

checkVectors(vectors);
