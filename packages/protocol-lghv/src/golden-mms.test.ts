/** DELIVER MMS and its parts, laid out by hand (LGHV 2.2.5, 3). */
import { encodeDeliver } from './encode-deliver.js';
import {
  checkVectors,
  field,
  file,
  type GoldenVector,
  header,
  plain,
  TEXT_PART,
  whole,
} from './testing/golden.js';

const numbers = { destAddr: '01012345678', callback: '0212345678' };
const mms = { deliverType: 'MMS', msgId: '42', ...numbers, subject: '안내' } as const;
const read = {
  encode: '0',
  msgId: '42',
  gubun: '0',
  contentsType: 'IMT',
  ...numbers,
  reseller: '',
  subject: '안내',
} as const;
const bare = { fileName: '', fileKey: '', fileSize: 0 };
const text = { dataType: 't', text: '내용' } as const;
const textRead = { ...bare, dataType: 't', data: whole('b3bbbfeb') } as const;
const testJpg = { dataType: 'i', fileName: 'test.jpg', fileKey: '12300012345' } as const;
const image = { ...testJpg, bytes: file(0xd8, 307_200) };
const image300 = { ...testJpg, fileSize: 307_200, data: file(0xd8, 307_200) };
const kept = { ...testJpg, fileSize: 307_200 };
const keptRead = { ...kept, data: new Uint8Array() };
const images = [
  { dataType: 'i', fileName: 'a.jpg', fileKey: 'k1', data: file(0xa1, 3) },
  { dataType: 'i', fileName: 'b.jpg', fileKey: 'k2', data: file(0xa2, 4) },
  { dataType: 'i', fileName: 'c.jpg', fileKey: '', data: file(0xa3, 5) },
] as const;
const three = images.map(({ data, ...names }) => ({ ...names, bytes: data }));
const threeRead = images.map((each) => ({ ...each, fileSize: each.data.length }));

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER MMS of a text and an image of 300 KB, as in 3.1 (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d54', 4), // CONTENTS_TYPE IMT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('746573742e6a7067', 20), // FILE_NAME test.jpg
      field('3132333030303132333435', 12), // FILE_KEY 12300012345
      field('333037323030', 8), // DATA_SIZE 307200
      field('333037323030', 8), // FILE_SIZE 307200
      file(0xd8, 307200), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [text, image] }, plain),
    packet: { type: 'deliverMms', values: { ...read, parts: [textRead, image300] } },
  },
  {
    name: 'DELIVER MMS that uses an image again, as in 3.2 (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d54', 4), // CONTENTS_TYPE IMT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('746573742e6a7067', 20), // FILE_NAME test.jpg
      field('3132333030303132333435', 12), // FILE_KEY 12300012345
      field('', 8), // DATA_SIZE
      field('333037323030', 8), // FILE_SIZE 307200
    ],
    encode: () => encodeDeliver({ ...mms, parts: [text, kept] }, plain),
    packet: { type: 'deliverMms', values: { ...read, parts: [textRead, keptRead] } },
  },
  {
    name: 'DELIVER MMS that uses an image again, its MSGLEN counting the parts (2.2.5)',
    rows: [
      ...header('64', '333835'), // d, 385 = 281 + 50 + 4 + 50
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d54', 4), // CONTENTS_TYPE IMT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('746573742e6a7067', 20), // FILE_NAME test.jpg
      field('3132333030303132333435', 12), // FILE_KEY 12300012345
      field('', 8), // DATA_SIZE
      field('333037323030', 8), // FILE_SIZE 307200
    ],
    encode: () => encodeDeliver({ ...mms, parts: [text, kept] }, { ...plain, mmsLength: 'total' }),
    packet: { type: 'deliverMms', values: { ...read, parts: [textRead, keptRead] } },
  },
  {
    name: 'DELIVER MMS of a text and three images (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d54', 4), // CONTENTS_TYPE IMT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('34', 1), // DATACNT 4
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('612e6a7067', 20), // FILE_NAME a.jpg
      field('6b31', 12), // FILE_KEY k1
      field('33', 8), // DATA_SIZE 3
      field('33', 8), // FILE_SIZE 3
      whole('a1a1a1'), // DATA
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('622e6a7067', 20), // FILE_NAME b.jpg
      field('6b32', 12), // FILE_KEY k2
      field('34', 8), // DATA_SIZE 4
      field('34', 8), // FILE_SIZE 4
      whole('a2a2a2a2'), // DATA
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('632e6a7067', 20), // FILE_NAME c.jpg
      field('', 12), // FILE_KEY
      field('35', 8), // DATA_SIZE 5
      field('35', 8), // FILE_SIZE 5
      whole('a3a3a3a3a3'), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [text, ...three] }, plain),
    packet: { type: 'deliverMms', values: { ...read, parts: [textRead, ...threeRead] } },
  },
  {
    name: 'DELIVER MMS of a text and three images, its MSGLEN counting the parts (2.2.5)',
    rows: [
      ...header('64', '343937'), // d, 497 = 281 + 54 + 53 + 54 + 55
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d54', 4), // CONTENTS_TYPE IMT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('34', 1), // DATACNT 4
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('612e6a7067', 20), // FILE_NAME a.jpg
      field('6b31', 12), // FILE_KEY k1
      field('33', 8), // DATA_SIZE 3
      field('33', 8), // FILE_SIZE 3
      whole('a1a1a1'), // DATA
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('622e6a7067', 20), // FILE_NAME b.jpg
      field('6b32', 12), // FILE_KEY k2
      field('34', 8), // DATA_SIZE 4
      field('34', 8), // FILE_SIZE 4
      whole('a2a2a2a2'), // DATA
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('632e6a7067', 20), // FILE_NAME c.jpg
      field('', 12), // FILE_KEY
      field('35', 8), // DATA_SIZE 5
      field('35', 8), // FILE_SIZE 5
      whole('a3a3a3a3a3'), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [text, ...three] }, { ...plain, mmsLength: 'total' }),
    packet: { type: 'deliverMms', values: { ...read, parts: [textRead, ...threeRead] } },
  },
];

checkVectors(vectors);
