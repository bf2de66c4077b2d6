/** DELIVER SMS to foreign numbers: UTF-8 with a final NUL, laid out by hand (LGHV 1.1, 2.2.3). */
import { encodeDeliver } from './encode-deliver.js';
import {
  checkVectors,
  field,
  type GoldenVector,
  header,
  plain,
  sealed,
  times,
  whole,
} from './testing/golden.js';

const numbers = { destAddr: '8613800000000', callback: '0212345678' };
const sms = { deliverType: 'SMS', msgId: '20251122000000000001', gubun: '3', ...numbers } as const;
const { deliverType: _constant, ...fields } = sms;
const read = { encode: '0', ...fields, reseller: '' } as const;
const full = {
  msgId: '9'.repeat(20),
  destAddr: '1'.repeat(50),
  callback: '2'.repeat(40),
  reseller: '1234567890',
};
const longest = `${'가'.repeat(98)}😀A`;
const numbersSealed = {
  ...read,
  encode: '1',
  destAddr: '3iPoYDM8aMaKs/b5mT5ZyQ==',
  callback: 'qwO/ih7ZVPW0m1z+RfZYDQ==',
  reseller: '123456789',
  text: 'Hi 가',
} as const;
const allSealed = { ...numbersSealed, encode: '9', text: 'BzUIBIHm5Nb4Uo06iM8Rxg==' } as const;
const mostSealed = {
  ...allSealed,
  reseller: '',
  text:
    'ZIJ/ymtOjhHYxK8YMTATqSg6OynS02BbWMVXF5ouXMS83mGBXd4TnjEXkr+x+g4wYvewunYM7GjbmrZvFWCHfvKmMN7o+r4vQ9lL' +
    'C/H53fsXXwExd4tXrixy9nwKMYWi31962vFoRz6sKvOPhr77jGi/neJQg8Y5ThhbKheVNxEd0kwdwFYe0Rf0v3zqLav0e9+fNeAx' +
    '48QLTjN83bNsZ8rH4rq6xVIk1sIwVzL9I5ML/mVwmGNSi0ncZaXNs74d+YsAEOBRGz9FJ5Ynf4MWjYy+/7l7v4li3qzm+X43Rc4=',
} as const;

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER SMS to a foreign number (1.1, 2.2.3)',
    rows: [
      ...header('64', '313437'), // d, 147 = 130 + 17
      field('30', 1), // ENCODE 0
      field('534d53', 4), // DELIVER_TYPE SMS
      field('3230323531313232303030303030303030303031', 20), // MSG_ID 20251122000000000001, full
      field('33', 1), // GUBUN 3
      field('545854', 4), // CONTENTS_TYPE TXT
      field('38363133383030303030303030', 50), // DESTADDR 8613800000000
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      whole('ec9588eb859520e4bda0e5a5bd20486900'), // TEXT 안녕 你好 Hi in UTF-8, final NUL
    ],
    encode: () => encodeDeliver({ ...sms, text: '안녕 你好 Hi' }, plain),
    packet: { type: 'deliverInternationalSms', values: { ...read, text: '안녕 你好 Hi' } },
  },
  {
    name: 'DELIVER SMS to a foreign number with every field full (2.2.3)',
    rows: [
      ...header('64', '343330'), // d, 430 = 130 + 300
      field('30', 1), // ENCODE 0
      field('534d53', 4), // DELIVER_TYPE SMS
      field(times('39', 20), 20), // MSG_ID 99999999999999999999, full
      field('33', 1), // GUBUN 3
      field('545854', 4), // CONTENTS_TYPE TXT
      field(times('31', 50), 50), // DESTADDR full
      field(times('32', 40), 40), // CALLBACK full
      field('31323334353637383930', 10), // RESELLER 1234567890
      // TEXT, 98 times 가, an emoji, A: 299 bytes of UTF-8, final NUL
      whole(`${times('eab080', 98)}f09f988041 00`),
    ],
    encode: () => encodeDeliver({ ...sms, ...full, text: longest }, plain),
    packet: { type: 'deliverInternationalSms', values: { ...read, ...full, text: longest } },
  },
  {
    name: 'DELIVER SMS to a foreign number with both numbers encrypted (2.2.3)',
    rows: [
      ...header('64', '313337'), // d, 137 = 130 + 7
      field('31', 1), // ENCODE 1
      field('534d53', 4), // DELIVER_TYPE SMS
      field('3230323531313232303030303030303030303031', 20), // MSG_ID 20251122000000000001, full
      field('33', 1), // GUBUN 3
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR 3iPoYDM8aMaKs/b5mT5ZyQ== (8613800000000)
      field('3369506f59444d38614d614b732f62356d54355a79513d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('313233343536373839', 10), // RESELLER 123456789
      whole('486920eab08000'), // TEXT Hi 가 in UTF-8, final NUL
    ],
    encode: () => encodeDeliver({ ...sms, reseller: '123456789', text: 'Hi 가' }, sealed('1')),
    packet: { type: 'deliverInternationalSms', values: numbersSealed },
    opened: { of: { deliverType: 'SMS', ...numbersSealed }, fields: numbers },
  },
  {
    name: 'DELIVER SMS to a foreign number with everything encrypted, its NUL too (2.2.3)',
    rows: [
      ...header('64', '313534'), // d, 154 = 130 + 24
      field('39', 1), // ENCODE 9
      field('534d53', 4), // DELIVER_TYPE SMS
      field('3230323531313232303030303030303030303031', 20), // MSG_ID 20251122000000000001, full
      field('33', 1), // GUBUN 3
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR 3iPoYDM8aMaKs/b5mT5ZyQ== (8613800000000)
      field('3369506f59444d38614d614b732f62356d54355a79513d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('313233343536373839', 10), // RESELLER 123456789
      // TEXT BzUIBIHm5Nb4Uo06iM8Rxg== (Hi 가, NUL)
      whole('427a55494249486d354e6234556f3036694d385278673d3d'),
    ],
    encode: () => encodeDeliver({ ...sms, reseller: '123456789', text: 'Hi 가' }, sealed('9')),
    packet: { type: 'deliverInternationalSms', values: allSealed },
    opened: { of: { deliverType: 'SMS', ...allSealed }, fields: { ...numbers, text: 'Hi 가' } },
  },
  {
    name: 'DELIVER SMS to a foreign number with the longest text that fits when encrypted (2.2.3)',
    rows: [
      ...header('64', '343330'), // d, 430 = 130 + 300
      field('39', 1), // ENCODE 9
      field('534d53', 4), // DELIVER_TYPE SMS
      field('3230323531313232303030303030303030303031', 20), // MSG_ID 20251122000000000001, full
      field('33', 1), // GUBUN 3
      field('545854', 4), // CONTENTS_TYPE TXT
      // DESTADDR 3iPoYDM8aMaKs/b5mT5ZyQ== (8613800000000)
      field('3369506f59444d38614d614b732f62356d54355a79513d3d', 50),
      // CALLBACK qwO/ih7ZVPW0m1z+RfZYDQ== (0212345678)
      field('71774f2f6968375a565057306d317a2b52665a5944513d3d', 40),
      field('', 10), // RESELLER
      // TEXT, 74 times 가 (222 bytes of UTF-8) and a NUL: 300 characters of Base64
      whole(
        '5a494a2f796d744f6a684859784b38594d544154715367364f796e5330324262574d565846356f75' +
          '584d5338336d4742586434546e6a45586b722b782b67347759766577756e594d37476a626d725a76' +
          '4657434866764b6d4d4e376f2b72347651396c4c432f483533667358587745786434745872697879' +
          '396e774b4d595769333139363276466f527a36734b764f50687237376a47692f6e654a5167385935' +
          '546868624b6865564e784564306b7764774659653052663076337a714c61763065392b664e654178' +
          '3438514c546a4e3833624e735a387248347271367856496b31734977567a4c3949354d4c2f6d5677' +
          '6d474e5369306e635a61584e733734642b597341454f4252477a39464a35596e66344d576a59792b' +
          '2f376c3776346c6933717a6d2b5834335263343d',
      ),
    ],
    encode: () => encodeDeliver({ ...sms, text: '가'.repeat(74) }, sealed('9')),
    packet: { type: 'deliverInternationalSms', values: mostSealed },
    opened: { of: { deliverType: 'SMS', ...mostSealed }, fields: { ...numbers, text: '가'.repeat(74) } },
  },
];

checkVectors(vectors);
