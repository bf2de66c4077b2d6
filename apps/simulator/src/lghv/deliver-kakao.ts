import { judgeFragment } from './buttons.js';
import { expectText, readHead } from './deliver-head.js';
import type { DeliverReader } from './deliver-reader.js';
import { readDomesticText } from './deliver-text.js';
import { judgeExtend } from './extend.js';
import { isDigits } from './fields.js';
import { readSenderKey, readTemplateCode } from './kakao-names.js';
import { judgeKakaoText } from './kakao-text.js';

const FIXED_BYTES = 292;
const MOST_BYTES = 3000;

/**
 * KKT, KKM, KFT (LGHV 2.2.7): the head of 130 bytes, SENDER_KEY 100, TEMPLATE_CODE 50, TEXT_SIZE 4, BUTTON_SIZE 4,
 * EXTEND_SIZE 4, then TEXT, BTN_DATA and EXTEND of these sizes. The fields add up to 292 bytes.
 */
export function readKakao(reader: DeliverReader): void {
  const { body, deliver, type } = reader;
  if (body.length < FIXED_BYTES) {
    reader.refuse('deliver-length', `${type} of ${body.length} bytes`);
    return;
  }
  const { gubun, contents } = readHead(reader, { encodes: '0129', gubuns: 'rup', callbackBytes: 50 });
  expectText(reader, contents);
  Object.assign(deliver.extra, { ENCODE: reader.encode, GUBUN: gubun, CONTENTS_TYPE: contents });
  readSenderKey(reader);
  readTemplateCode(reader);
  const places = readPlaces(reader);
  if (!places) return;
  const [textEnd, buttonEnd] = places;
  const plain = reader.reveal('TEXT', body.subarray(FIXED_BYTES, textEnd), reader.hidesText);
  if (plain) {
    deliver.text = readDomesticText(reader, 'TEXT', plain);
    judgeKakaoText(reader, deliver.text);
  }
  if (buttonEnd > textEnd) {
    const value = judgeFragment(reader, 'BTN_DATA', body.subarray(textEnd, buttonEnd), false);
    if (value) deliver.extra.BTN_DATA = value.button;
  }
  if (body.length > buttonEnd) {
    const extend = judgeExtend(reader, body.subarray(buttonEnd), gubun);
    if (extend) deliver.extra.EXTEND = extend;
  }
}

/** Where TEXT and BTN_DATA end; undefined where the sizes do not add up to the body. */
function readPlaces(reader: DeliverReader): [number, number] | undefined {
  const names = ['TEXT', 'BUTTON', 'EXTEND'];
  const sizes = names.map((name) => {
    const value = reader.field(`${name}_SIZE`, 4);
    if (value !== '' && !isDigits(value)) {
      reader.refuse('kakao-sizes', `${name}_SIZE is no number`);
      return undefined;
    }
    return Number(value);
  });
  const [text, button, extend] = sizes;
  if (text === undefined || button === undefined || extend === undefined) return undefined;
  const sum = FIXED_BYTES + text + button + extend;
  if (sum !== reader.body.length) {
    reader.refuse('kakao-sizes', `sizes that add up to ${sum} in a body of ${reader.body.length}`);
    return undefined;
  }
  if (text < 1) {
    reader.refuse('kakao-limits', 'TEXT of 0 bytes');
    return undefined;
  }
  names.forEach((name, i) => {
    if ((sizes[i] ?? 0) > MOST_BYTES) reader.refuse('kakao-limits', `${name} of ${sizes[i]} bytes`);
  });
  return [FIXED_BYTES + text, FIXED_BYTES + text + button];
}
