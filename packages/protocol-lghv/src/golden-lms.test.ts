/** DELIVER LMS, laid out by hand (LGHV 2.2.4). */
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
const lms = { deliverType: 'LMS', msgId: '42', ...numbers } as const;
const read = { encode: '0', msgId: '42', gubun: '0', ...numbers, reseller: '' } as const;
const full = {
  msgId: '9'.repeat(20),
  destAddr: '1'.repeat(50),
  callback: '2'.repeat(40),
  reseller: '1234567890',
};
const numbersSealed = {
  ...read,
  encode: '1',
  destAddr: 'hPFncLerVaaFVOVki8mUPA==',
  callback: 'qwO/ih7ZVPW0m1z+RfZYDQ==',
  reseller: '123456789',
  subject: '가나',
  text: '다',
} as const;
const subjectSealed = { ...numbersSealed, encode: '2', subject: 'sZbXqbDlazalVS/JZh+kdw==' } as const;
const allSealed = { ...subjectSealed, encode: '9', text: 'bPzZ5nuO63mcaML5I1qO1w==' } as const;
const longest = { subject: '나'.repeat(25), text: '가'.repeat(1000) };
const mostSealed = {
  ...allSealed,
  msgId: '9'.repeat(20),
  reseller: '1234567890',
  subject: '9SlQfzaz7olI9ruV/jDArGjgN3tTUpKnnhlj41V70wNx4CUOwlqohpR18V/tHf+aWfe5BJAsXwTeDMVC00yxvA==',
  text: SEALED_2000,
} as const;

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER LMS (2.2.4)',
    rows: [
      ...header('64', '323839'), // d, 289 = 280 + 9
      field('30', 1), // ENCODE 0
      field('4c4d53', 4), // DELIVER_TYPE LMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      whole('bfb9bee020c8aec0ce'), // TEXT 예약 확인
    ],
    encode: () => encodeDeliver({ ...lms, subject: '안내', text: '예약 확인' }, plain),
    packet: { type: 'deliverLms', values: { ...read, subject: '안내', text: '예약 확인' } },
  },
  {
    name: 'DELIVER LMS with every field as long as it may be (2.2.4)',
    rows: [
      ...header('64', '32323830'), // d, 2280 = 280 + 2000
      field('30', 1), // ENCODE 0
      field('4c4d53', 4), // DELIVER_TYPE LMS
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      field(times('31', 50), 50), // DESTADDR full
      field(times('32', 40), 40), // CALLBACK full
      field('31323334353637383930', 10), // RESELLER 1234567890
      field(times('b3aa', 25), 150), // SUBJECT, 25 times 나: 50 bytes, NULs to the 150th
      whole(times('b0a1', 1000)), // TEXT, 1000 times 가
    ],
    encode: () =>
      encodeDeliver({ ...lms, ...full, subject: '나'.repeat(25), text: '가'.repeat(1000) }, plain),
    packet: {
      type: 'deliverLms',
      values: { ...read, ...full, subject: '나'.repeat(25), text: '가'.repeat(1000) },
    },
  },
  {
    name: 'DELIVER LMS without a subject, with the shortest text (2.2.4)',
    rows: [
      ...header('64', '323831'), // d, 281 = 280 + 1, which is no count of parts here
      field('30', 1), // ENCODE 0
      field('4c4d53', 4), // DELIVER_TYPE LMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('', 150), // SUBJECT
      whole('41'), // TEXT A
    ],
    encode: () => encodeDeliver({ ...lms, subject: '', text: 'A' }, plain),
    packet: { type: 'deliverLms', values: { ...read, subject: '', text: 'A' } },
  },
  {
    name: 'DELIVER LMS with both numbers encrypted (2.2.4)',
    rows: [
      ...header('64', '323832'), // d, 282 = 280 + 2
      field('31', 1), // ENCODE 1
      field('4c4d53', 4), // DELIVER_TYPE LMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('313233343536373839', 10), // RESELLER 123456789
      field('b0a1b3aa', 150), // SUBJECT 가나
      whole('b4d9'), // TEXT 다
    ],
    encode: () => encodeDeliver({ ...lms, reseller: '123456789', subject: '가나', text: '다' }, sealed('1')),
    packet: { type: 'deliverLms', values: numbersSealed },
    opened: { of: { deliverType: 'LMS', ...numbersSealed }, fields: numbers },
  },
  {
    name: 'DELIVER LMS with the subject encrypted too (2.2.4)',
    rows: [
      ...header('64', '323832'), // d, 282 = 280 + 2
      field('32', 1), // ENCODE 2
      field('4c4d53', 4), // DELIVER_TYPE LMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('313233343536373839', 10), // RESELLER 123456789
      // SUBJECT sZbXqbDlazalVS/JZh+kdw== (가나)
      field('735a62587162446c617a616c56532f4a5a682b6b64773d3d', 150),
      whole('b4d9'), // TEXT 다
    ],
    encode: () => encodeDeliver({ ...lms, reseller: '123456789', subject: '가나', text: '다' }, sealed('2')),
    packet: { type: 'deliverLms', values: subjectSealed },
    opened: { of: { deliverType: 'LMS', ...subjectSealed }, fields: { ...numbers, subject: '가나' } },
  },
  {
    name: 'DELIVER LMS with everything encrypted (2.2.4)',
    rows: [
      ...header('64', '333034'), // d, 304 = 280 + 24
      field('39', 1), // ENCODE 9
      field('4c4d53', 4), // DELIVER_TYPE LMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR hPFncLerVaaFVOVki8mUPA== (01012345678)
      field('6850466e634c657256616146564f566b69386d5550413d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('313233343536373839', 10), // RESELLER 123456789
      // SUBJECT sZbXqbDlazalVS/JZh+kdw== (가나)
      field('735a62587162446c617a616c56532f4a5a682b6b64773d3d', 150),
      whole('62507a5a356e754f36336d63614d4c354931714f31773d3d'), // TEXT bPzZ5nuO63mcaML5I1qO1w== (다)
    ],
    encode: () => encodeDeliver({ ...lms, reseller: '123456789', subject: '가나', text: '다' }, sealed('9')),
    packet: { type: 'deliverLms', values: allSealed },
    opened: { of: { deliverType: 'LMS', ...allSealed }, fields: { ...numbers, subject: '가나', text: '다' } },
  },
  {
    name: 'DELIVER LMS with the most that fits when everything is encrypted (2.2.4)',
    rows: [
      ...header('64', '32393638'), // d, 2968 = 280 + 2688
      field('39', 1), // ENCODE 9
      field('4c4d53', 4), // DELIVER_TYPE LMS
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
      ascii(SEALED_2000), // TEXT, 1000 times 가
    ],
    encode: () =>
      encodeDeliver({ ...lms, ...longest, msgId: '9'.repeat(20), reseller: '1234567890' }, sealed('9')),
    packet: { type: 'deliverLms', values: mostSealed },
    opened: { of: { deliverType: 'LMS', ...mostSealed }, fields: { ...numbers, ...longest } },
  },
];

checkVectors(vectors);
