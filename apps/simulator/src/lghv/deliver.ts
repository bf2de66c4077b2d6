import iconv from 'iconv-lite';
import type { LghvCipher } from './crypto.js';
import { type Charset, firstBadByte, isDigits, readField } from './fields.js';
import type { Tps } from './packets.js';
import type { LghvRule } from './rules.js';

/** Every DELIVER_TYPE with the rate that it counts towards (LGHV 2, 2.2.2). */
export const DELIVER_TYPES: Readonly<Record<string, keyof Tps>> = {
  SMS: 'sms',
  LMS: 'lms',
  MMS: 'mms',
  KKO: 'kko',
  KKT: 'kko',
  KKM: 'kko',
  KFT: 'kkf',
  KFI: 'kkf',
  KFW: 'kkf',
};

/** A DELIVER as far as it could be read; `code` is '0' or the refusal that its fields deserve. */
export interface Deliver {
  type: string;
  msgId: string;
  /** DESTADDR as it came, perhaps encrypted: DELIVER_ACK repeats it. */
  wireTo: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  code: string;
}

/** What a DELIVER is judged with. */
export interface DeliverContext {
  readonly cipher: LghvCipher;
  readonly charset: Charset;
  readonly resellerRequired: boolean;
  breach(rule: LghvRule, detail: string): void;
}

const FORMAT_ERROR = '3';
const INVALID_PHONE = '7';
const SENDER_FORMAT = '29';

/** The sizes that differ between SMS (2.2.3) and LMS (2.2.4). Base64 may make the text of an LMS longer. */
const SHAPES = {
  SMS: { fixed: 130, textFieldBytes: 300, encryptedTextBytes: 300, encodes: '019', gubuns: '013' },
  LMS: { fixed: 280, textFieldBytes: 2000, encryptedTextBytes: 2688, encodes: '0129', gubuns: '0' },
} as const;

const SMS_TEXT_BYTES = 90;
const LMS_TEXT_BYTES = 2000;
const SUBJECT_BYTES = 50;

/** The DELIVER_TYPE of a body, for the server and the rate that it counts towards. */
export function deliverType(body: Buffer): string {
  return body.length < 5 ? '' : readField(body, 1, 4).value;
}

/** Reads and judges an SMS or an LMS: ENCODE 1, DELIVER_TYPE 4, MSG_ID 20, GUBUN 1, CONTENTS_TYPE 4, … */
export function readDeliver(type: 'SMS' | 'LMS', body: Buffer, context: DeliverContext): Deliver {
  const shape = SHAPES[type];
  const deliver: Deliver = {
    type,
    msgId: body.length < 25 ? '' : readField(body, 5, 20).value,
    wireTo: '',
    to: '',
    from: '',
    subject: '',
    text: '',
    code: '0',
  };
  const refuse = (rule: LghvRule, detail: string, code = FORMAT_ERROR): void => {
    if (deliver.code === '0') deliver.code = code;
    context.breach(rule, detail);
  };
  const encode = body.toString('latin1', 0, 1);
  const textBytes = body.length - shape.fixed;
  const textLimit = encode === '9' ? shape.encryptedTextBytes : shape.textFieldBytes;
  if (textBytes < 1 || textBytes > textLimit) {
    refuse('deliver-length', `${type} of ${body.length} bytes`);
    if (textBytes < 1) return deliver;
  }
  const field = (name: string, at: number, size: number): string => {
    const { value, padded } = readField(body, at, size);
    if (!padded) refuse('field-padding', name);
    return value;
  };
  if (!shape.encodes.includes(encode)) refuse('deliver-encode', `${type} with another ENCODE`);
  field('MSG_ID', 5, 20);
  const gubun = field('GUBUN', 25, 1);
  const contents = field('CONTENTS_TYPE', 26, 4);
  deliver.wireTo = field('DESTADDR', 30, 50);
  const wireFrom = field('CALLBACK', 80, 40);
  const reseller = field('RESELLER', 120, 10);
  if (!isDigits(deliver.msgId)) refuse('msg-id-digits', `MSG_ID of ${deliver.msgId.length} characters`);
  if (gubun === '' || !shape.gubuns.includes(gubun)) refuse('deliver-gubun', `${type} with another GUBUN`);
  if (contents !== 'TXT') refuse('contents-type', `${type} with another CONTENTS_TYPE`);

  const hidesNumbers = encode === '1' || encode === '2' || encode === '9';
  const reveal = (name: string, value: string): string | undefined => {
    if (!hidesNumbers) return value;
    const plain = context.cipher.decrypt(value);
    if (!plain) refuse('encrypted-field', `${name} of ${value.length} bytes`);
    return plain?.toString('latin1');
  };
  const to = reveal('DESTADDR', deliver.wireTo);
  const from = reveal('CALLBACK', wireFrom);
  deliver.to = to ?? '';
  deliver.from = from ?? '';
  if (to !== undefined) {
    if (!isDigits(to)) refuse('destaddr-digits', `DESTADDR of ${to.length} characters`, INVALID_PHONE);
    else if (deliver.code === '0' && !isPossibleRecipient(to, gubun === '3')) deliver.code = INVALID_PHONE;
  }
  if (from !== undefined) {
    if (!isDigits(from)) refuse('callback-digits', `CALLBACK of ${from.length} characters`, SENDER_FORMAT);
    else if (deliver.code === '0' && (from.length < 8 || from.length > 11)) deliver.code = SENDER_FORMAT;
  }
  if (reseller === '') {
    if (context.resellerRequired) refuse('reseller-missing', 'RESELLER');
  } else if (!isDigits(reseller) || reseller.length !== 9) {
    refuse('reseller-digits', `RESELLER of ${reseller.length} characters`);
  }

  if (type === 'LMS') readSubject(deliver, field('SUBJECT', 130, 150), encode, context, refuse);
  readText(deliver, body.subarray(shape.fixed), encode, gubun, context, refuse);
  return deliver;
}

type Refuse = (rule: LghvRule, detail: string) => void;

function readSubject(
  deliver: Deliver,
  wire: string,
  encode: string,
  context: DeliverContext,
  refuse: Refuse,
): void {
  let plain: Buffer | undefined = Buffer.from(wire, 'latin1');
  if ((encode === '2' || encode === '9') && wire !== '') {
    plain = context.cipher.decrypt(wire);
    if (!plain) {
      refuse('encrypted-field', `SUBJECT of ${wire.length} bytes`);
      return;
    }
  } else if (plain.length > SUBJECT_BYTES) {
    refuse('subject-length', `SUBJECT of ${plain.length} bytes`);
  }
  const bad = firstBadByte(plain, context.charset);
  if (bad >= 0) refuse('text-charset', `SUBJECT, byte ${bad}`);
  deliver.subject = iconv.decode(plain, 'cp949');
}

function readText(
  deliver: Deliver,
  wire: Buffer,
  encode: string,
  gubun: string,
  context: DeliverContext,
  refuse: Refuse,
): void {
  let plain: Buffer | undefined = wire;
  if (encode === '9') {
    plain = context.cipher.decrypt(wire.toString('latin1'));
    if (!plain) {
      refuse('encrypted-field', `TEXT of ${wire.length} bytes`);
      return;
    }
  }
  if (deliver.type === 'SMS' && gubun === '3') {
    readInternationalText(deliver, plain, refuse);
    return;
  }
  if (plain.includes(0)) refuse('text-nul', `TEXT of ${plain.length} bytes`);
  if (deliver.type === 'SMS' && plain.length > SMS_TEXT_BYTES) {
    refuse('sms-text-length', `TEXT of ${plain.length} bytes`);
  }
  if (deliver.type === 'LMS' && plain.length > LMS_TEXT_BYTES) {
    refuse('lms-text-length', `TEXT of ${plain.length} bytes`);
  }
  const bad = firstBadByte(plain, context.charset);
  if (bad >= 0) refuse('text-charset', `TEXT, byte ${bad}`);
  deliver.text = iconv.decode(plain, 'cp949');
}

function readInternationalText(deliver: Deliver, plain: Buffer, refuse: Refuse): void {
  const nul = plain.indexOf(0);
  if (nul !== plain.length - 1) refuse('international-nul', `TEXT of ${plain.length} bytes`);
  const bytes = nul < 0 ? plain : plain.subarray(0, nul);
  try {
    deliver.text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The decoder's one complaint is that the bytes are not UTF-8.
    refuse('international-charset', `TEXT of ${plain.length} bytes`);
  }
}

/** A number that could exist: the gateway answers 7 for any other, which is no breach of the protocol. */
function isPossibleRecipient(to: string, international: boolean): boolean {
  return international
    ? !to.startsWith('0') && to.length >= 7 && to.length <= 15
    : to.startsWith('0') && to.length >= 8 && to.length <= 12;
}
