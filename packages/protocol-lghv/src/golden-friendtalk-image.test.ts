/** DELIVER KFI and KFW, FriendTalk with an image, laid out by hand (LGHV 2.2.5). */
import { encodeDeliver } from './encode-deliver.js';
import {
  ascii,
  checkVectors,
  field,
  type GoldenVector,
  header,
  plain,
  TEXT_PART,
  whole,
} from './testing/golden.js';

const numbers = { destAddr: '01012345678', callback: '0212345678' };
const SENDER_KEY = '0123456789abcdef0123456789abcdef01234567';
const read = {
  encode: '0',
  deliverType: 'KFI',
  msgId: '42',
  gubun: 'r',
  contentsType: 'IMT',
  ...numbers,
  senderKey: SENDER_KEY,
  adFlag: 'N',
  kSubject: '새 소식',
} as const;
const { encode: _plain, ...kfi } = read;
const wide = { deliverType: 'KFW', gubun: 'u', adFlag: 'Y', kSubject: '' } as const;
const polling = { deliverType: 'KFW', gubun: 'p', adFlag: 'N', kSubject: '' } as const;
const bare = { fileName: '', fileKey: '', fileSize: 0 };
const text = { dataType: 't', text: '내용' } as const;
const textRead = { ...bare, dataType: 't', data: whole('b3bbbfeb') } as const;
const image = { dataType: 'i', fileName: 'i.jpg', fileKey: 'k1', bytes: whole('c0c0') } as const;
const imageRead = {
  dataType: 'i',
  fileName: 'i.jpg',
  fileKey: 'k1',
  fileSize: 2,
  data: whole('c0c0'),
} as const;
const kept = { dataType: 'i', fileName: 'i.jpg', fileKey: 'k1', fileSize: 2 } as const;
const keptRead = { ...kept, data: whole('') };
const button = {
  dataType: 'z',
  text: '"button":[{"name":"웹링크","type":"WL","url_mobile":"http://www.naver.com"}]',
} as const;
const buttonBytes = whole(
  '22627574746f6e223a5b7b226e616d65223a22c0a5b8b5c5a9222c2274797065223a22574c222c22' +
    '75726c5f6d6f62696c65223a22687474703a2f2f7777772e6e617665722e636f6d227d5d',
);
const buttonRead = { ...bare, dataType: 'z', data: buttonBytes } as const;
const address = {
  dataType: 'z',
  text: '"image":{"img_url":"https://mud-kage.kakao.com/dn/xx/img.jpg","img_link":"https://www.google.co.kr/"}',
} as const;
const addressRead = { ...bare, dataType: 'z', data: ascii(address.text) } as const;

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER KFI of a text, an image and a button (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4b4649', 4), // DELIVER_TYPE KFI
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('494d54', 4), // CONTENTS_TYPE IMT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('4e', 1), // AD_FLAG N
      field('', 28), // RESERVED
      field('bbf520bcd2bdc4', 21), // KSUBJECT 새 소식
      field('33', 1), // DATACNT 3
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('6b31', 12), // FILE_KEY k1
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA
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
    encode: () => encodeDeliver({ ...kfi, parts: [text, image, button] }, plain),
    packet: { type: 'deliverKakaoImage', values: { ...read, parts: [textRead, imageRead, buttonRead] } },
  },
  {
    name: 'DELIVER KFW of a text, a button and an image by its address (2.2.5)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4b4657', 4), // DELIVER_TYPE KFW
      field('3432', 20), // MSG_ID 42
      field('75', 1), // GUBUN u
      field('494d54', 4), // CONTENTS_TYPE IMT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('59', 1), // AD_FLAG Y
      field('', 28), // RESERVED
      field('', 21), // KSUBJECT
      field('33', 1), // DATACNT 3
      ...TEXT_PART, // DATA 1 내용
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
      field('', 1), // TEMP1
      field('7a', 1), // DATATYPE z
      field('', 20), // FILE_NAME
      field('', 12), // FILE_KEY
      field('313031', 8), // DATA_SIZE 101
      field('', 8), // FILE_SIZE
      // DATA "image":{"img_url":"https://mud-kage.kakao.com/dn/xx/img.jpg","img_link":"https://www.google.co.kr/"}
      whole(
        '22696d616765223a7b22696d675f75726c223a2268747470733a2f2f6d75642d6b6167652e6b616b' +
          '616f2e636f6d2f646e2f78782f696d672e6a7067222c22696d675f6c696e6b223a2268747470733a' +
          '2f2f7777772e676f6f676c652e636f2e6b722f227d',
      ),
    ],
    encode: () => encodeDeliver({ ...kfi, ...wide, parts: [text, button, address] }, plain),
    packet: {
      type: 'deliverKakaoImage',
      values: { ...read, ...wide, parts: [textRead, buttonRead, addressRead] },
    },
  },
  {
    name: 'DELIVER KFW that uses an image again, its MSGLEN counting the parts (2.2.5)',
    rows: [
      ...header('64', '333835'), // d, 385 = 281 + 54 + 50
      field('30', 1), // ENCODE 0
      field('4b4657', 4), // DELIVER_TYPE KFW
      field('3432', 20), // MSG_ID 42
      field('70', 1), // GUBUN p
      field('494d54', 4), // CONTENTS_TYPE IMT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('4e', 1), // AD_FLAG N
      field('', 28), // RESERVED
      field('', 21), // KSUBJECT
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('6b31', 12), // FILE_KEY k1
      field('', 8), // DATA_SIZE
      field('32', 8), // FILE_SIZE 2
    ],
    encode: () =>
      encodeDeliver({ ...kfi, ...polling, parts: [text, kept] }, { ...plain, mmsLength: 'total' }),
    packet: { type: 'deliverKakaoImage', values: { ...read, ...polling, parts: [textRead, keptRead] } },
  },
];

checkVectors(vectors);
