/** DELIVER MMS at its limits, laid out by hand (LGHV 2.2.5). */
import { encodeDeliver } from './encode-deliver.js';
import {
  checkVectors,
  field,
  file,
  type GoldenVector,
  header,
  plain,
  times,
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
const full = {
  msgId: '9'.repeat(20),
  destAddr: '1'.repeat(50),
  callback: '2'.repeat(40),
  reseller: '1234567890',
  subject: '나'.repeat(25),
};
const largest = { dataType: 'i', fileName: 'image-of-20-bytes.jp', fileKey: '12345678901' } as const;
const files = [0xd1, 0xd2, 0xd3].map((byte) => file(byte, 307_200));
const fullInput = {
  ...full,
  parts: [
    { dataType: 't', text: '가'.repeat(1000) } as const,
    ...files.map((bytes) => ({ ...largest, bytes })),
  ],
};
const fullRead = {
  ...full,
  parts: [
    { ...bare, dataType: 't', data: whole(times('b0a1', 1000)) } as const,
    ...files.map((data) => ({ ...largest, fileSize: 307_200, data })),
  ],
};
const names = { dataType: 'i', fileName: 'test.jpg', fileKey: '' } as const;
const most = { ...names, bytes: file(0xd8, 9668) };
const mostRead = { ...names, fileSize: 9668, data: most.bytes };

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER MMS with everything at its limit (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('30', 1), // GUBUN 0
      field('494d54', 4), // CONTENTS_TYPE IMT
      field(times('31', 50), 50), // DESTADDR full
      field(times('32', 40), 40), // CALLBACK full
      field('31323334353637383930', 10), // RESELLER 1234567890
      field(times('b3aa', 25), 150), // SUBJECT, 25 times 나: 50 bytes, NULs to the 150th
      field('34', 1), // DATACNT 4
      field('', 1), // TEMP1
      field('74', 1), // DATATYPE t
      field('', 20), // FILE_NAME
      field('', 12), // FILE_KEY
      field('32303030', 8), // DATA_SIZE 2000
      field('', 8), // FILE_SIZE
      whole(times('b0a1', 1000)), // DATA, 1000 times 가
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('696d6167652d6f662d32302d62797465732e6a70', 20), // FILE_NAME image-of-20-bytes.jp
      field('3132333435363738393031', 12), // FILE_KEY 12345678901
      field('333037323030', 8), // DATA_SIZE 307200
      field('333037323030', 8), // FILE_SIZE 307200
      file(0xd1, 307200), // DATA
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('696d6167652d6f662d32302d62797465732e6a70', 20), // FILE_NAME image-of-20-bytes.jp
      field('3132333435363738393031', 12), // FILE_KEY 12345678901
      field('333037323030', 8), // DATA_SIZE 307200
      field('333037323030', 8), // FILE_SIZE 307200
      file(0xd2, 307200), // DATA
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('696d6167652d6f662d32302d62797465732e6a70', 20), // FILE_NAME image-of-20-bytes.jp
      field('3132333435363738393031', 12), // FILE_KEY 12345678901
      field('333037323030', 8), // DATA_SIZE 307200
      field('333037323030', 8), // FILE_SIZE 307200
      file(0xd3, 307200), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, ...fullInput }, plain),
    packet: { type: 'deliverMms', values: { ...read, ...fullRead } },
  },
  {
    name: 'DELIVER MMS with the largest MSGLEN that counts the parts (2.2.5)',
    rows: [
      ...header('64', '39393939'), // d, 9999 = 281 + 50 + 9668
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d47', 4), // CONTENTS_TYPE IMG
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('31', 1), // DATACNT 1
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('746573742e6a7067', 20), // FILE_NAME test.jpg
      field('', 12), // FILE_KEY
      field('39363638', 8), // DATA_SIZE 9668
      field('39363638', 8), // FILE_SIZE 9668
      file(0xd8, 9668), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [most] }, { ...plain, mmsLength: 'total' }),
    packet: { type: 'deliverMms', values: { ...read, contentsType: 'IMG', parts: [mostRead] } },
  },
];

checkVectors(vectors);
