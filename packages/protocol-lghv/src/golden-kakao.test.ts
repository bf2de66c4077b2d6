/** DELIVER KKT, KKM and KFT, laid out by hand (LGHV 2.2.7). */
import { encodeDeliver } from './encode-deliver.js';
import { checkVectors, field, type GoldenVector, header, plain, whole } from './testing/golden.js';
import { BUTTONS, buttons, EXTEND, extend } from './testing/golden-kakao.js';

const numbers = { destAddr: '01012345678', callback: '0212345678' };
const keys = { senderKey: '0123456789abcdef0123456789abcdef01234567', templateCode: 'welcome_01' };
const read = {
  encode: '0',
  deliverType: 'KKT',
  msgId: '42',
  gubun: 'r',
  ...numbers,
  ...keys,
  text: '내용',
  btnData: '',
  extend: '',
} as const;
const { btnData: _none, encode: _plain, ...common } = read;
const kkt = { ...common, buttons: '' } as const;
const freeText = { deliverType: 'KFT', templateCode: '' } as const;

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER KKT without buttons, realtime (2.2.7)',
    rows: [
      ...header('64', '323936'), // d, 296 = 292 + 4
      field('30', 1), // ENCODE 0
      field('4b4b54', 4), // DELIVER_TYPE KKT
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('77656c636f6d655f3031', 50), // TEMPLATE_CODE welcome_01
      field('34', 4), // TEXT_SIZE 4
      field('30', 4), // BUTTON_SIZE 0
      field('30', 4), // EXTEND_SIZE 0
      whole('b3bbbfeb'), // TEXT 내용
    ],
    encode: () => encodeDeliver({ ...kkt, deliverType: 'KKT', gubun: 'r' }, plain),
    packet: { type: 'deliverKakao', values: { ...read, deliverType: 'KKT', gubun: 'r' } },
  },
  {
    name: 'DELIVER KKM without buttons, push (2.2.7)',
    rows: [
      ...header('64', '323936'), // d, 296 = 292 + 4
      field('30', 1), // ENCODE 0
      field('4b4b4d', 4), // DELIVER_TYPE KKM
      field('3432', 20), // MSG_ID 42
      field('75', 1), // GUBUN u
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('77656c636f6d655f3031', 50), // TEMPLATE_CODE welcome_01
      field('34', 4), // TEXT_SIZE 4
      field('30', 4), // BUTTON_SIZE 0
      field('30', 4), // EXTEND_SIZE 0
      whole('b3bbbfeb'), // TEXT 내용
    ],
    encode: () => encodeDeliver({ ...kkt, deliverType: 'KKM', gubun: 'u' }, plain),
    packet: { type: 'deliverKakao', values: { ...read, deliverType: 'KKM', gubun: 'u' } },
  },
  {
    name: 'DELIVER KFT without buttons, polling (2.2.7)',
    rows: [
      ...header('64', '323936'), // d, 296 = 292 + 4
      field('30', 1), // ENCODE 0
      field('4b4654', 4), // DELIVER_TYPE KFT
      field('3432', 20), // MSG_ID 42
      field('70', 1), // GUBUN p
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('77656c636f6d655f3031', 50), // TEMPLATE_CODE welcome_01
      field('34', 4), // TEXT_SIZE 4
      field('30', 4), // BUTTON_SIZE 0
      field('30', 4), // EXTEND_SIZE 0
      whole('b3bbbfeb'), // TEXT 내용
    ],
    encode: () => encodeDeliver({ ...kkt, deliverType: 'KFT', gubun: 'p' }, plain),
    packet: { type: 'deliverKakao', values: { ...read, deliverType: 'KFT', gubun: 'p' } },
  },
  {
    name: 'DELIVER KKT with buttons and the whole EXTEND of the specification (2.2.7)',
    rows: [
      ...header('64', '393334'), // d, 934 = 292 + 4 + 143 + 495
      field('30', 1), // ENCODE 0
      field('4b4b54', 4), // DELIVER_TYPE KKT
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('77656c636f6d655f3031', 50), // TEMPLATE_CODE welcome_01
      field('34', 4), // TEXT_SIZE 4
      field('313433', 4), // BUTTON_SIZE 143
      field('343935', 4), // EXTEND_SIZE 495
      whole('b3bbbfeb'), // TEXT 내용
      BUTTONS, // BTN_DATA
      EXTEND, // EXTEND
    ],
    encode: () => encodeDeliver({ ...kkt, deliverType: 'KKT', buttons, extend }, plain),
    packet: { type: 'deliverKakao', values: { ...read, deliverType: 'KKT', btnData: buttons, extend } },
  },
  {
    name: 'DELIVER KKM with buttons and the whole EXTEND of the specification (2.2.7)',
    rows: [
      ...header('64', '393334'), // d, 934 = 292 + 4 + 143 + 495
      field('30', 1), // ENCODE 0
      field('4b4b4d', 4), // DELIVER_TYPE KKM
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('77656c636f6d655f3031', 50), // TEMPLATE_CODE welcome_01
      field('34', 4), // TEXT_SIZE 4
      field('313433', 4), // BUTTON_SIZE 143
      field('343935', 4), // EXTEND_SIZE 495
      whole('b3bbbfeb'), // TEXT 내용
      BUTTONS, // BTN_DATA
      EXTEND, // EXTEND
    ],
    encode: () => encodeDeliver({ ...kkt, deliverType: 'KKM', buttons, extend }, plain),
    packet: { type: 'deliverKakao', values: { ...read, deliverType: 'KKM', btnData: buttons, extend } },
  },
  {
    name: 'DELIVER KFT with buttons and the whole EXTEND of the specification (2.2.7)',
    rows: [
      ...header('64', '393334'), // d, 934 = 292 + 4 + 143 + 495
      field('30', 1), // ENCODE 0
      field('4b4654', 4), // DELIVER_TYPE KFT
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('77656c636f6d655f3031', 50), // TEMPLATE_CODE welcome_01
      field('34', 4), // TEXT_SIZE 4
      field('313433', 4), // BUTTON_SIZE 143
      field('343935', 4), // EXTEND_SIZE 495
      whole('b3bbbfeb'), // TEXT 내용
      BUTTONS, // BTN_DATA
      EXTEND, // EXTEND
    ],
    encode: () => encodeDeliver({ ...kkt, deliverType: 'KFT', buttons, extend }, plain),
    packet: { type: 'deliverKakao', values: { ...read, deliverType: 'KFT', btnData: buttons, extend } },
  },
  {
    name: 'DELIVER KFT without a template, with EXTEND alone (2.2.7)',
    rows: [
      ...header('64', '373931'), // d, 791 = 292 + 4 + 495
      field('30', 1), // ENCODE 0
      field('4b4654', 4), // DELIVER_TYPE KFT
      field('3432', 20), // MSG_ID 42
      field('72', 1), // GUBUN r
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 50), // CALLBACK 0212345678
      // SENDER_KEY 0123456789abcdef0123456789abcdef01234567
      field('30313233343536373839616263646566303132333435363738396162636465663031323334353637', 100),
      field('', 50), // TEMPLATE_CODE
      field('34', 4), // TEXT_SIZE 4
      field('30', 4), // BUTTON_SIZE 0
      field('343935', 4), // EXTEND_SIZE 495
      whole('b3bbbfeb'), // TEXT 내용
      EXTEND, // EXTEND
    ],
    encode: () => encodeDeliver({ ...kkt, ...freeText, extend }, plain),
    packet: { type: 'deliverKakao', values: { ...read, ...freeText, extend } },
  },
];

checkVectors(vectors);
