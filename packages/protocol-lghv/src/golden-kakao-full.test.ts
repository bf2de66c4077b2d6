/** DELIVER KKT, KKM and KFT at their limits, laid out by hand (LGHV 2.2.7). */
import { encodeDeliver } from './encode-deliver.js';
import { checkVectors, field, type GoldenVector, header, plain, times, whole } from './testing/golden.js';

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
const full = {
  msgId: '9'.repeat(20),
  gubun: 'p',
  destAddr: '1'.repeat(50),
  callback: '2'.repeat(50),
  senderKey: 'k'.repeat(100),
  templateCode: 'T'.repeat(50),
  text: '가'.repeat(1000),
  buttons: 'b'.repeat(3000),
  extend: '나'.repeat(1500),
} as const;
const { buttons: btnData, ...others } = full;
const fullRead = { ...others, btnData };

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER KKT with every field full (2.2.7)',
    rows: [
      ...header('64', '38323932'), // d, 8292 = 292 + 2000 + 3000 + 3000
      field('30', 1), // ENCODE 0
      field('4b4b54', 4), // DELIVER_TYPE KKT
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('70', 1), // GUBUN p
      field('545854', 4), // CONTENTS_TYPE TXT
      field(times('31', 50), 50), // DESTADDR full
      field(times('32', 50), 50), // CALLBACK full
      field(times('6b', 100), 100), // SENDER_KEY
      field(times('54', 50), 50), // TEMPLATE_CODE
      field('32303030', 4), // TEXT_SIZE 2000
      field('33303030', 4), // BUTTON_SIZE 3000
      field('33303030', 4), // EXTEND_SIZE 3000
      whole(times('b0a1', 1000)), // TEXT, 1000 times 가
      whole(times('62', 3000)), // BTN_DATA
      whole(times('b3aa', 1500)), // EXTEND, 1500 times 나
    ],
    encode: () => encodeDeliver({ ...kkt, ...full, deliverType: 'KKT' }, plain),
    packet: { type: 'deliverKakao', values: { ...read, ...fullRead, deliverType: 'KKT' } },
  },
  {
    name: 'DELIVER KKM with every field full (2.2.7)',
    rows: [
      ...header('64', '38323932'), // d, 8292 = 292 + 2000 + 3000 + 3000
      field('30', 1), // ENCODE 0
      field('4b4b4d', 4), // DELIVER_TYPE KKM
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('70', 1), // GUBUN p
      field('545854', 4), // CONTENTS_TYPE TXT
      field(times('31', 50), 50), // DESTADDR full
      field(times('32', 50), 50), // CALLBACK full
      field(times('6b', 100), 100), // SENDER_KEY
      field(times('54', 50), 50), // TEMPLATE_CODE
      field('32303030', 4), // TEXT_SIZE 2000
      field('33303030', 4), // BUTTON_SIZE 3000
      field('33303030', 4), // EXTEND_SIZE 3000
      whole(times('b0a1', 1000)), // TEXT, 1000 times 가
      whole(times('62', 3000)), // BTN_DATA
      whole(times('b3aa', 1500)), // EXTEND, 1500 times 나
    ],
    encode: () => encodeDeliver({ ...kkt, ...full, deliverType: 'KKM' }, plain),
    packet: { type: 'deliverKakao', values: { ...read, ...fullRead, deliverType: 'KKM' } },
  },
  {
    name: 'DELIVER KFT with every field full (2.2.7)',
    rows: [
      ...header('64', '38323932'), // d, 8292 = 292 + 2000 + 3000 + 3000
      field('30', 1), // ENCODE 0
      field('4b4654', 4), // DELIVER_TYPE KFT
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('70', 1), // GUBUN p
      field('545854', 4), // CONTENTS_TYPE TXT
      field(times('31', 50), 50), // DESTADDR full
      field(times('32', 50), 50), // CALLBACK full
      field(times('6b', 100), 100), // SENDER_KEY
      field(times('54', 50), 50), // TEMPLATE_CODE
      field('32303030', 4), // TEXT_SIZE 2000
      field('33303030', 4), // BUTTON_SIZE 3000
      field('33303030', 4), // EXTEND_SIZE 3000
      whole(times('b0a1', 1000)), // TEXT, 1000 times 가
      whole(times('62', 3000)), // BTN_DATA
      whole(times('b3aa', 1500)), // EXTEND, 1500 times 나
    ],
    encode: () => encodeDeliver({ ...kkt, ...full, deliverType: 'KFT' }, plain),
    packet: { type: 'deliverKakao', values: { ...read, ...fullRead, deliverType: 'KFT' } },
  },
];

checkVectors(vectors);
