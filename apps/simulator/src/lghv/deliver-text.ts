import { expectText, readHead, readReseller } from './deliver-head.js';
import type { DeliverReader } from './deliver-reader.js';
import { judgeKakaoText } from './kakao-text.js';

const SMS_BYTES = 130;
const SMS_TEXT_BYTES = 90;
const SMS_FIELD_BYTES = 300;
const LMS_BYTES = 280;
/** The text of an LMS and of a part t. */
const LONG_TEXT_BYTES = 2000;
/** 2,000 bytes after AES and Base64. */
const LONG_ENCRYPTED_BYTES = 2688;
const SUBJECT_BYTES = 50;

/** SMS (LGHV 2.2.3): the head of 120 bytes, RESELLER 10, TEXT 1 to 300. */
export function readSms(reader: DeliverReader): void {
  if (!hasText(reader, SMS_BYTES, SMS_FIELD_BYTES)) return;
  const { gubun, contents } = readHead(reader, { encodes: '019', gubuns: '013', callbackBytes: 40 });
  expectText(reader, contents);
  const reseller = readReseller(reader);
  reader.deliver.extra = sharedExtra(reader.encode, gubun, contents, reseller);
  const plain = reader.reveal('TEXT', reader.body.subarray(SMS_BYTES), reader.hidesText);
  if (!plain) return;
  if (gubun === '3') {
    readInternationalText(reader, plain);
    return;
  }
  if (plain.length > SMS_TEXT_BYTES) reader.refuse('sms-text-length', `TEXT of ${plain.length} bytes`);
  reader.deliver.text = readDomesticText(reader, 'TEXT', plain);
}

/** LMS (LGHV 2.2.4): the head of 120 bytes, RESELLER 10, SUBJECT 150, TEXT 1 to 2000, more where it is encrypted. */
export function readLms(reader: DeliverReader): void {
  if (!hasText(reader, LMS_BYTES, reader.hidesText ? LONG_ENCRYPTED_BYTES : LONG_TEXT_BYTES)) return;
  const { gubun, contents } = readHead(reader, { encodes: '0129', gubuns: '0', callbackBytes: 40 });
  expectText(reader, contents);
  const reseller = readReseller(reader);
  reader.deliver.extra = sharedExtra(reader.encode, gubun, contents, reseller);
  readSubject(reader);
  const plain = reader.reveal('TEXT', reader.body.subarray(LMS_BYTES), reader.hidesText);
  if (!plain) return;
  if (plain.length > LONG_TEXT_BYTES) reader.refuse('lms-text-length', `TEXT of ${plain.length} bytes`);
  reader.deliver.text = readDomesticText(reader, 'TEXT', plain);
}

/** SUBJECT, 150 bytes: 50 at most where it is not encrypted (LGHV 2.2.4, 2.2.5). */
export function readSubject(reader: DeliverReader): void {
  const wire = reader.field('SUBJECT', 150);
  if (!reader.hidesNames && wire.length > SUBJECT_BYTES) {
    reader.refuse('subject-length', `SUBJECT of ${wire.length} bytes`);
  }
  const plain = reader.revealField('SUBJECT', wire, reader.hidesNames);
  if (plain) reader.deliver.subject = reader.decode('SUBJECT', plain);
}

/** Text of a variable length: it holds no NUL. */
export function readDomesticText(reader: DeliverReader, name: string, plain: Buffer): string {
  if (plain.includes(0)) reader.refuse('text-nul', `${name} of ${plain.length} bytes`);
  return reader.decode(name, plain);
}

/** The text of a part t is used as that of an LMS is, and of a FriendTalk it is one for Kakao (LGHV 2.2.5). */
export function readPartText(reader: DeliverReader, name: string, wire: Buffer): string | undefined {
  const plain = reader.reveal(name, wire, reader.hidesText);
  if (!plain) return undefined;
  const isMms = reader.type === 'MMS';
  if (isMms && plain.length > LONG_TEXT_BYTES) {
    reader.refuse('mms-text-length', `${name} of ${plain.length} bytes`);
  }
  const text = readDomesticText(reader, name, plain);
  if (!isMms) judgeKakaoText(reader, text, name);
  return text;
}

/** Whether the body has its fixed fields and a text behind them; a text that is too long is told and still read. */
export function hasText(reader: DeliverReader, fixedBytes: number, mostBytes: number): boolean {
  const textBytes = reader.body.length - fixedBytes;
  if (textBytes < 1 || textBytes > mostBytes) {
    reader.refuse('deliver-length', `${reader.type} of ${reader.body.length} bytes`);
  }
  return textBytes >= 1;
}

function readInternationalText(reader: DeliverReader, plain: Buffer): void {
  const nul = plain.indexOf(0);
  if (nul !== plain.length - 1) reader.refuse('international-nul', `TEXT of ${plain.length} bytes`);
  const bytes = nul < 0 ? plain : plain.subarray(0, nul);
  try {
    reader.deliver.text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The decoder's one complaint is that the bytes are not UTF-8.
    reader.refuse('international-charset', `TEXT of ${plain.length} bytes`);
  }
}

const MOST_SHARED = 1000;
const shared = new Map<string, Record<string, unknown>>();

/** One object for all texts with the same few values, of which there may be millions. */
function sharedExtra(
  encode: string,
  gubun: string,
  contents: string,
  reseller: string,
): Record<string, unknown> {
  const key = `${encode} ${gubun} ${contents} ${reseller}`;
  let extra = shared.get(key);
  if (!extra) {
    extra = Object.freeze({ ENCODE: encode, GUBUN: gubun, CONTENTS_TYPE: contents, RESELLER: reseller });
    if (shared.size < MOST_SHARED) shared.set(key, extra);
  }
  return extra;
}
