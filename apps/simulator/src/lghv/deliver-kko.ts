import { expectText, readHead } from './deliver-head.js';
import type { DeliverReader } from './deliver-reader.js';
import { hasText, readDomesticText } from './deliver-text.js';
import { readSenderKey, readTemplateCode } from './kakao-names.js';
import { judgeKakaoText } from './kakao-text.js';

const KKO_BYTES = 375;
const TEXT_FIELD_BYTES = 5000;
/** The longest text that the gateway itself sends as SMS where SMSMSG is empty. */
const SMS_TEXT_BYTES = 90;
const FALLBACK_TYPES = ['SMS', 'LMS', 'NON'];

/**
 * KKO (LGHV 2.2.6): the head of 130 bytes, SENDER_KEY 100, TEMPLATE_CODE 50, FALLBACK_TYPE 5, SMSMSG 90, TEXT 1 to
 * 5000. SMSMSG is never encrypted.
 */
export function readKko(reader: DeliverReader): void {
  if (!hasText(reader, KKO_BYTES, TEXT_FIELD_BYTES)) return;
  const { gubun, contents } = readHead(reader, { encodes: '0129', gubuns: '0', callbackBytes: 50 });
  expectText(reader, contents);
  const { extra } = reader.deliver;
  Object.assign(extra, { ENCODE: reader.encode, GUBUN: gubun, CONTENTS_TYPE: contents });
  readSenderKey(reader);
  readTemplateCode(reader);
  const fallback = reader.field('FALLBACK_TYPE', 5);
  if (!FALLBACK_TYPES.includes(fallback)) reader.refuse('fallback-type', 'FALLBACK_TYPE');
  const smsMsg = reader.decode('SMSMSG', Buffer.from(reader.field('SMSMSG', 90), 'latin1'));
  extra.FALLBACK_TYPE = fallback;
  extra.SMSMSG = smsMsg;
  const plain = reader.reveal('TEXT', reader.body.subarray(KKO_BYTES), reader.hidesText);
  if (plain) {
    const text = readDomesticText(reader, 'TEXT', plain);
    judgeKakaoText(reader, text);
    reader.deliver.text = text;
  }
  if (fallback !== 'SMS' && smsMsg !== '')
    reader.refuse('smsmsg-unused', `SMSMSG beside another FALLBACK_TYPE`);
  if (fallback === 'SMS' && smsMsg === '' && plain && plain.length > SMS_TEXT_BYTES) {
    reader.refuse('smsmsg-missing', `TEXT of ${plain.length} bytes without SMSMSG`);
  }
}
