import {
  chars,
  choice,
  constant,
  digits,
  type PacketOf,
  packet,
  personal,
  sizeOf,
  text,
  variableText,
} from '@pabal/wire';
import { encodeFrame } from './header.js';
import { checkKakaoText, type DeliverOptions, needValue, sealKey, sealNumber, sealText } from './sealing.js';

/** 1,000 characters take at most three bytes each in any charset that a text field has. */
const PLAIN_TEXT_BYTES = 3000;

/** DELIVER KKO, an Alimtalk without buttons, 375 bytes + TEXT (LGHV 2.2.6). */
export const deliverKko = packet('DELIVER KKO', [
  choice('encode', 1, ['0', '1', '2', '9']), //   0   1  1: numbers, 2: and key and template, 9: and the text
  constant('deliverType', 4, 'KKO'), //   1   4
  digits('msgId', 20), //   5  20
  choice('gubun', 1, ['0']), //  25   1
  constant('contentsType', 4, 'TXT'), //  26   4
  personal(chars('destAddr', 50)), //  30  50
  personal(chars('callback', 50)), //  80  50
  personal(chars('senderKey', 100)), // 130 100
  chars('templateCode', 50), // 230  50
  choice('fallbackType', 5, ['SMS', 'LMS', 'NON']), // 280   5  what the gateway sends instead
  personal(text('smsMsg', 90)), // 285  90  its SMS; never encrypted
  personal(variableText('text', { minBytes: 1, maxBytes: 5000 })), // 375
]);
export type DeliverKko = PacketOf<typeof deliverKko>;

/** DELIVER KKT (Alimtalk), KKM (with an image), KFT (FriendTalk): 292 bytes + three of variable size (LGHV 2.2.7). */
export const deliverKakao = packet('DELIVER KKT, KKM, KFT', [
  choice('encode', 1, ['0', '1', '2', '9']), //   0   1  1: numbers, 2: and key and template, 9: and the text
  choice('deliverType', 4, ['KKT', 'KKM', 'KFT']), //   1   4
  digits('msgId', 20), //   5  20
  choice('gubun', 1, ['r', 'u', 'p']), //  25   1  realtime, push, polling
  constant('contentsType', 4, 'TXT'), //  26   4
  personal(chars('destAddr', 50)), //  30  50
  personal(chars('callback', 50)), //  80  50
  personal(chars('senderKey', 100)), // 130 100
  chars('templateCode', 50), // 230  50  KFT has none
  sizeOf('textSize', 4, 'text'), // 280   4
  sizeOf('buttonSize', 4, 'btnData'), // 284   4
  sizeOf('extendSize', 4, 'extend'), // 288   4
  personal(variableText('text', { minBytes: 1, maxBytes: 3000, sizedBy: 'textSize' })), // 292
  personal(variableText('btnData', { maxBytes: 3000, sizedBy: 'buttonSize' })), // "button":[…]
  personal(variableText('extend', { maxBytes: 3000, sizedBy: 'extendSize' })), // a JSON object
]);
export type DeliverKakao = PacketOf<typeof deliverKakao>;

interface TalkInput {
  /** 1 to 20 digits. */
  readonly msgId: string;
  /** Digits. */
  readonly destAddr: string;
  /** Digits. */
  readonly callback: string;
  readonly senderKey: string;
  readonly templateCode: string;
  /** At most 1,000 characters. */
  readonly text: string;
}

/** An Alimtalk without buttons, in plain words. */
export interface KkoInput extends TalkInput {
  readonly deliverType: 'KKO';
  /** What the gateway sends where Kakao fails: nothing, an SMS, an LMS. */
  readonly fallbackType: 'NON' | 'SMS' | 'LMS';
  /** The text of that SMS, at most 90 bytes; may be empty. */
  readonly smsMsg: string;
}

/** An Alimtalk (KKT), one with an image template (KKM), or a FriendTalk without an image (KFT), in plain words. */
export interface KakaoInput extends TalkInput {
  readonly deliverType: 'KKT' | 'KKM' | 'KFT';
  readonly gubun: 'r' | 'u' | 'p';
  /** The fragment `"button":[…]` without outer braces; empty for none. */
  readonly buttons: string;
  /** A JSON object; empty for none. */
  readonly extend: string;
}

/** A DELIVER KKO frame. @throws FieldError */
export function encodeKko(input: KkoInput, options: DeliverOptions): Uint8Array<ArrayBuffer> {
  needValue('templateCode', input.templateCode);
  const { fallbackType, smsMsg } = input;
  const values = { ...sealed(input, options), gubun: '0', fallbackType, smsMsg } as const;
  return encodeFrame('DELIVER', deliverKko, values, options.text);
}

/** A DELIVER KKT, KKM or KFT frame. @throws FieldError */
export function encodeKakao(input: KakaoInput, options: DeliverOptions): Uint8Array<ArrayBuffer> {
  const { buttons, deliverType, extend, gubun } = input;
  // A FriendTalk is free text: it may go without a template.
  if (deliverType !== 'KFT') needValue('templateCode', input.templateCode);
  const values = { ...sealed(input, options), deliverType, gubun, btnData: buttons, extend };
  return encodeFrame('DELIVER', deliverKakao, values, options.text);
}

function sealed(input: TalkInput, options: DeliverOptions) {
  const { msgId, senderKey, templateCode, text: plain } = input;
  needValue('senderKey', senderKey);
  checkKakaoText(plain);
  return {
    encode: options.encode,
    msgId,
    destAddr: sealNumber('destAddr', input.destAddr, options),
    callback: sealNumber('callback', input.callback, options),
    senderKey: sealKey('senderKey', senderKey, options),
    templateCode: sealKey('templateCode', templateCode, options),
    text: options.encode === '9' ? sealText('text', plain, PLAIN_TEXT_BYTES, options) : plain,
  };
}
