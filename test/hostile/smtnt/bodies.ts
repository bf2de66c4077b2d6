import { createCipheriv } from 'node:crypto';
import { GOLDEN_IV, GOLDEN_KEY, goldenVectors } from '@pabal/protocol-smtnt/testing';
import type { Random } from '../harness/random.js';
import { damaged } from './packing.js';
import { methodNames } from './reading.js';

const SEALED = /^(Un)?Bind/;
const LETTERS = [
  '0',
  '1',
  '9',
  'a',
  'Z',
  ' ',
  '"',
  '\\',
  '\n',
  '\u0001',
  '/',
  '가',
  '뷁',
  'é',
  '😀',
  '\u2028',
] as const;

/** Values as JSON, of every kind that a field may be mistaken for. */
const values: readonly string[] = [
  ...[
    'null',
    'true',
    'false',
    '[]',
    '{}',
    '[["80"]]',
    '{"Result":0}',
    '""',
    '" "',
    '"\\u0000"',
    '"가\\ud83d"',
  ],
  ...[
    '0',
    '-0',
    '1',
    '-1',
    '1e2',
    '0.5',
    '1e400',
    '9007199254740991',
    '9007199254740993',
    '20251122000000000001',
  ],
  ...['"0"', '" 7 "', '"-12"', '"+1"', '"0x10"', '"1e3"', '"007"', '"9007199254740993"', '"٣"', '"1\\u00a0"'],
  ...[
    '"a\\"b\\\\c"',
    '"\\/"',
    '"😀"',
    '"\\ud83d\\ude00"',
    '01',
    '.5',
    'NaN',
    'undefined',
    "'a'",
    '"',
    '{',
    ']',
  ],
];
const names: readonly string[] = [
  ...[
    '__proto__',
    'constructor',
    'toString',
    'Header',
    'Body',
    'Result',
    'result',
    'UserMsgId',
    ' UserMsgId',
    '',
  ],
  ...['PrivateKey', 'Key', 'ResultMessage', 'UserId', 'length', '0'],
];
const methods: readonly string[] = [
  ...[
    '"UploadFileRes"',
    '"constructor"',
    '"__proto__"',
    '"bindres"',
    '"BindRes "',
    '""',
    '5',
    'null',
    '["BindRes"]',
  ],
  ...['{"Method":"BindRes"}', '"\\u0042indRes"', '"가"', 'true'],
];

/** AES-128-CBC as a text of JSON. A wrong key, a cut, a letter that Base64 lacks: each as it may come. */
function sealed(plain: string, random: Random, isSpoiled: boolean): string {
  const key = isSpoiled && random.chance(1 / 3) ? 'another-key-0123' : GOLDEN_KEY;
  const cipher = createCipheriv('aes-128-cbc', key, GOLDEN_IV);
  const bytes = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  const text = (isSpoiled && random.chance(1 / 3) ? Buffer.from(damaged(bytes, random)) : bytes).toString(
    'base64',
  );
  if (!isSpoiled) return random.chance(1 / 8) ? `"${text.replaceAll(/.{64}/g, '$&\\r\\n')}"` : `"${text}"`;
  const at = random.below(text.length + 1);
  return `"${random.pick([text, text.slice(0, at), `${text.slice(0, at)}=${text.slice(at)}`, `${text.slice(0, at)}-_`, ''])}"`;
}

/** Changes members of an object that is typed in one piece, without reading it. */
function reshaped(body: string, random: Random): string {
  let text = body;
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const members = [...text.matchAll(/"(\w+)":("(?:[^"\\]|\\.)*"|-?\d+)/g)];
    const member = members[random.below(Math.max(1, members.length))];
    if (!member) return text;
    const [whole, name = ''] = member;
    const by = (put: string) => text.slice(0, member.index) + put + text.slice(member.index + whole.length);
    const value = random.pick(values);
    switch (random.below(5)) {
      case 0:
        text = by(`"${name}":${value},${whole}`);
        break;
      case 1:
        text = by(`${whole},"${name}":${value}`);
        break;
      case 2:
        text = by(`"${random.pick(names)}":${value}`);
        break;
      case 3:
        text = by(`${whole} , "${random.pick(names)}" :\t${value}`);
        break;
      default:
        text = by(`"${name}":${value}`);
    }
  }
  return text;
}

/** The same members with other values of their own kind. */
export function otherValues(body: string, random: Random): string {
  return body.replaceAll(
    /"(\w+)":("(?:[^"\\]|\\.)*"|-?\d+)/g,
    (whole: string, name: string, value: string) => {
      if (random.chance(0.6)) return whole;
      const text = Array.from({ length: random.below(20) }, () => random.pick(LETTERS)).join('');
      return `"${name}":${value.startsWith('"') ? JSON.stringify(text) : random.between(-9999, 99_999)}`;
    },
  );
}

/** One envelope as JSON text or bytes: good in about a third of cases, else of a shape that is not the table's. */
export function hostileText(random: Random): string | Buffer {
  const vector = random.pick(goldenVectors);
  const isEncrypted = random.chance(0.5);
  // The long ones would make this a test of Node's zlib.
  const body =
    vector.body !== undefined && vector.body.length > 3000 && !random.chance(1 / 50) ? '{}' : vector.body;
  const shape = random.below(8);
  const method =
    shape === 0 ? random.pick(methods) : `"${shape === 1 ? random.pick(methodNames) : vector.method}"`;
  const plain = body !== undefined && shape > 3 ? reshaped(body, random) : body;
  const isSealed = (isEncrypted || SEALED.test(vector.method)) && !random.chance(1 / 10);
  const shown = plain === undefined ? undefined : isSealed ? sealed(plain, random, shape === 2) : plain;
  const text = envelope(method, shape === 3 ? random.pick(values) : shown, random);
  return random.chance(1 / 12) ? misspelt(text, random) : text;
}

function envelope(method: string, body: string | undefined, random: Random): string {
  const header = `"Header":{"Method":${method}}`;
  const rest = body === undefined ? '' : `,"Body":${body}`;
  switch (random.below(24)) {
    case 0:
      return `[{${header}${rest}}]`;
    case 1:
      return body === undefined ? 'null' : body;
    case 2:
      return `{"Header":[${method}]${rest}}`;
    case 3:
      return `{"__proto__":{${header}${rest}}}`;
    case 4:
      return `{${rest.slice(1)}${rest === '' ? '' : ','}${header},"Tail":[{}]}`;
    case 5:
      return `{${header}${rest}${rest}}`;
    case 6:
      return `\n{\t${header} ${rest} }\r\n`;
    default:
      return `{${header}${rest}}`;
  }
}

/** Bytes that are no UTF-8, a mark before the text, something behind it, or another charset. */
function misspelt(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length + 1);
  const within = (put: Uint8Array) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at)]);
  switch (random.below(6)) {
    case 0:
      return Buffer.from(`\ufeff${text}`);
    case 1:
      return within(Buffer.from([0xed, 0xa0, 0xbd]));
    case 2:
      return within(Buffer.from([random.pick([0xff, 0xc0, 0x80, 0xe3, 0xf4])]));
    case 3:
      return Buffer.from(text, random.pick(['utf16le', 'latin1']));
    case 4:
      return Buffer.concat([bytes, random.pick([Buffer.from('\0'), Buffer.from('{}'), random.bytes(3)])]);
    default:
      return Buffer.from(damaged(bytes, random));
  }
}
