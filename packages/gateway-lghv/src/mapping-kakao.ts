import { type KakaoPart, kakaoFormOf, type MessageV1 } from '@pabal/message';
import type { DeliverInput, PartInput } from '@pabal/protocol-lghv';
import { encodeText, type TextOptions } from '@pabal/wire';
import type { LghvConfig } from './config.js';
import { buttonData, extendData, imageData, yesOrNo } from './kakao-json.js';
import { type ImagePart, textPart } from './mapping-mms.js';
import type { Numbers } from './mapping-text.js';

export type KakaoType = 'KKO' | 'KKT' | 'KKM' | 'KFT' | 'KFI' | 'KFW';

type KakaoConfig = Pick<LghvConfig, 'alimtalkType' | 'kakaoUrlImage'>;

/** What is no text and no button has a FILE_NAME. */
const URL_IMAGE_NAME = 'image.jpg';
const NO_PART: KakaoPart = {};
const FRIENDTALK = { text: 'KFT', image: 'KFI', wide: 'KFW' } as const;
const GUBUN = { realtime: 'r', push: 'u', polling: 'p' } as const;

/**
 * DELIVER_TYPE of an Alimtalk or FriendTalk. An Alimtalk is a KKM where its template has an image, save for an item list,
 * which is a KKT with or without one (LGHV 2.2.7).
 */
export function kakaoTypeOf(
  message: MessageV1,
  { alimtalkType }: Pick<KakaoConfig, 'alimtalkType'>,
): KakaoType {
  const form = kakaoFormOf(message);
  if (message.channel === 'alimtalk') return form === 'image' ? 'KKM' : alimtalkType;
  return FRIENDTALK[form];
}

/** DELIVER of a Kakao type (LGHV 2.2.5 to 2.2.7). */
export function kakaoDeliver(
  message: MessageV1,
  numbers: Numbers,
  config: KakaoConfig & { readonly text: TextOptions },
  images: readonly ImagePart[],
): DeliverInput {
  const { kakao = NO_PART, subject, text } = message;
  const { delivery = 'realtime', senderKey = '', templateCode = '' } = kakao;
  const deliverType = kakaoTypeOf(message, config);
  const gubun = GUBUN[delivery];
  switch (deliverType) {
    case 'KKO':
      // The gateway's own second try is never used: whether and how another way is tried is decided by the fleet.
      return { deliverType, ...numbers, senderKey, templateCode, fallbackType: 'NON', smsMsg: '', text };
    case 'KKT':
    case 'KKM':
    case 'KFT': {
      const json = { buttons: buttonData(kakao), extend: extendData(kakao) };
      return { deliverType, ...numbers, gubun, senderKey, templateCode, text, ...json };
    }
    case 'KFI':
    case 'KFW': {
      const adFlag = yesOrNo(kakao.adFlag === true);
      const parts = [...textPart(text), ...images, ...urlImage(kakao, config), ...buttonPart(kakao)];
      return { deliverType, ...numbers, gubun, senderKey, adFlag, kSubject: subject ?? '', parts };
    }
    default:
      return deliverType satisfies never;
  }
}

function buttonPart(kakao: KakaoPart): readonly PartInput[] {
  const text = buttonData(kakao);
  return text === '' ? [] : [{ dataType: 'z', text }];
}

/** The specification leaves open which DATATYPE an image has that is given by its URL: the option says it. */
function urlImage(
  { image }: KakaoPart,
  { kakaoUrlImage: dataType, text }: Pick<KakaoConfig, 'kakaoUrlImage'> & { readonly text: TextOptions },
): readonly PartInput[] {
  if (image?.url === undefined) return [];
  const data = imageData(image);
  const bytes = encodeText(data, text, 'kakao.image');
  if (dataType === 'z') return [{ dataType, text: data }];
  return [{ dataType, fileName: URL_IMAGE_NAME, fileKey: '', bytes }];
}
