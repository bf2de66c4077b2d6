/** DELIVER KFI and KFW at their limits, laid out by hand (LGHV 2.2.5). */
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
const read = {
  encode: '0',
  deliverType: 'KFI',
  msgId: '42',
  gubun: 'r',
  contentsType: 'IMT',
  ...numbers,
  senderKey: 'key',
  adFlag: 'N',
  kSubject: '새 소식',
} as const;
const { encode: _plain, ...kfi } = read;
const bare = { fileName: '', fileKey: '', fileSize: 0 };
const button = {
  dataType: 'z',
  text: '"button":[{"name":"웹링크","type":"WL","url_mobile":"http://www.naver.com"}]',
} as const;
const buttonBytes = whole(
  '22627574746f6e223a5b7b226e616d65223a22c0a5b8b5c5a9222c2274797065223a22574c222c22' +
    '75726c5f6d6f62696c65223a22687474703a2f2f7777772e6e617665722e636f6d227d5d',
);
const buttonRead = { ...bare, dataType: 'z', data: buttonBytes } as const;
const full = {
  msgId: '9'.repeat(20),
  gubun: 'p',
  destAddr: '1'.repeat(50),
  callback: '2'.repeat(50),
  senderKey: 'k'.repeat(100),
  adFlag: 'Y',
  kSubject: `${'가'.repeat(10)}A`,
} as const;
const fullWide = { ...full, deliverType: 'KFW' } as const;
const long = { dataType: 'i', fileName: 'image-of-20-bytes.jp' } as const;
const fullParts = (byte: number) => [
  { dataType: 't', text: '가'.repeat(1000) } as const,
  { ...long, fileKey: '12345678901', bytes: file(byte, 307_200) },
  { ...long, fileKey: '12345678902', fileSize: 307_200 },
  button,
];
const fullPartsRead = (byte: number) => [
  { ...bare, dataType: 't', data: whole(times('b0a1', 1000)) } as const,
  { ...long, fileKey: '12345678901', fileSize: 307_200, data: file(byte, 307_200) },
  { ...long, fileKey: '12345678902', fileSize: 307_200, data: whole('') },
  buttonRead,
];

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER KFI with everything at its limit (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4b4649', 4), // DELIVER_TYPE KFI
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('70', 1), // GUBUN p
      field('494d54', 4), // CONTENTS_TYPE IMT
      field(times('31', 50), 50), // DESTADDR full
      field(times('32', 50), 50), // CALLBACK full
      field(times('6b', 100), 100), // SENDER_KEY
      field('59', 1), // AD_FLAG Y
      field('', 28), // RESERVED
      field('b0a1b0a1b0a1b0a1b0a1b0a1b0a1b0a1b0a1b0a141', 21), // KSUBJECT, 10 times 가, A
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
      field('3132333435363738393032', 12), // FILE_KEY 12345678902
      field('', 8), // DATA_SIZE
      field('333037323030', 8), // FILE_SIZE 307200
      field('', 1), // TEMP1
      field('7a', 1), // DATATYPE z
      field('', 20), // FILE_NAME
      field('', 12), // FILE_KEY
      field('3736', 8), // DATA_SIZE 76
      field('', 8), // FILE_SIZE
      // DATA "button":[{"name":"웹링크","type":"WL","url_mobile":"http://www.naver.com"}]
      whole(
        '22627574746f6e223a5b7b226e616d65223a22c0a5b8b5c5a9222c2274797065223a22574c222c22' +
          '75726c5f6d6f62696c65223a22687474703a2f2f7777772e6e617665722e636f6d227d5d',
      ),
    ],
    encode: () => encodeDeliver({ ...kfi, ...full, parts: fullParts(0xd1) }, plain),
    packet: { type: 'deliverKakaoImage', values: { ...read, ...full, parts: fullPartsRead(0xd1) } },
  },
  {
    name: 'DELIVER KFW with everything at its limit (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4b4657', 4), // DELIVER_TYPE KFW
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('70', 1), // GUBUN p
      field('494d54', 4), // CONTENTS_TYPE IMT
      field(times('31', 50), 50), // DESTADDR full
      field(times('32', 50), 50), // CALLBACK full
      field(times('6b', 100), 100), // SENDER_KEY
      field('59', 1), // AD_FLAG Y
      field('', 28), // RESERVED
      field('b0a1b0a1b0a1b0a1b0a1b0a1b0a1b0a1b0a1b0a141', 21), // KSUBJECT, 10 times 가, A
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
      file(0xd2, 307200), // DATA
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('696d6167652d6f662d32302d62797465732e6a70', 20), // FILE_NAME image-of-20-bytes.jp
      field('3132333435363738393032', 12), // FILE_KEY 12345678902
      field('', 8), // DATA_SIZE
      field('333037323030', 8), // FILE_SIZE 307200
      field('', 1), // TEMP1
      field('7a', 1), // DATATYPE z
      field('', 20), // FILE_NAME
      field('', 12), // FILE_KEY
      field('3736', 8), // DATA_SIZE 76
      field('', 8), // FILE_SIZE
      // DATA "button":[{"name":"웹링크","type":"WL","url_mobile":"http://www.naver.com"}]
      whole(
        '22627574746f6e223a5b7b226e616d65223a22c0a5b8b5c5a9222c2274797065223a22574c222c22' +
          '75726c5f6d6f62696c65223a22687474703a2f2f7777772e6e617665722e636f6d227d5d',
      ),
    ],
    encode: () => encodeDeliver({ ...kfi, ...fullWide, parts: fullParts(0xd2) }, plain),
    packet: { type: 'deliverKakaoImage', values: { ...read, ...fullWide, parts: fullPartsRead(0xd2) } },
  },
];

checkVectors(vectors);
