import { encodeKakao, encodeKko, type KakaoInput, type KkoInput } from './deliver-kakao.js';
import { encodeLms, type LmsInput } from './deliver-lms.js';
import { encodeKakaoImage, encodeMms, type KakaoImageInput, type MmsInput } from './deliver-mms.js';
import { encodeSms, type SmsInput } from './deliver-sms.js';
import type { DeliverOptions } from './sealing.js';

/** A message in plain words, before its encryption. */
export type DeliverInput = SmsInput | LmsInput | MmsInput | KakaoImageInput | KkoInput | KakaoInput;

/** What stands in DELIVER_TYPE (LGHV 2). */
export type DeliverType = DeliverInput['deliverType'];

/**
 * A DELIVER frame of any type.
 * @throws FieldError where a value breaks its limit in plain words, or outgrows its field when encrypted.
 */
export function encodeDeliver(input: DeliverInput, options: DeliverOptions): Uint8Array<ArrayBuffer> {
  switch (input.deliverType) {
    case 'SMS':
      return encodeSms(input, options);
    case 'LMS':
      return encodeLms(input, options);
    case 'MMS':
      return encodeMms(input, options);
    case 'KFI':
    case 'KFW':
      return encodeKakaoImage(input, options);
    case 'KKO':
      return encodeKko(input, options);
    case 'KKT':
    case 'KKM':
    case 'KFT':
      return encodeKakao(input, options);
    default:
      return input satisfies never;
  }
}
