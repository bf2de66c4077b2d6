import { type KakaoPart, kakaoFormOf, type MessageV1, type Problem } from '@pabal/message';
import { type BodyOf, msgTypes } from '@pabal/protocol-smtnt';
import { given } from './given.js';

/** How buttons stand in their text: the list alone, or an object that names it as Kakao's own interface does. */
export type KakaoButtonForm = 'array' | 'object';

/** Korea (SMTNT 3.3.6). */
const DEFAULT_NATION_CODE = '82';

type KakaoChannel = 'alimtalk' | 'friendtalk';

/** Parts for which the gateway has no field, on either channel or on one of them. Refused, since they would be lost. */
const NOT_CARRIED: Readonly<Record<KakaoChannel, readonly (keyof KakaoPart)[]>> = {
  alimtalk: ['delivery', 'price', 'currency', 'header', 'items', 'highlight', 'wide', 'userKey'],
  friendtalk: [
    'delivery',
    'price',
    'currency',
    'header',
    'items',
    'highlight',
    'title',
    'quickReplies',
    'templateCode',
  ],
};

type KakaoFields = Pick<
  BodyOf<'MsgSendReq'>,
  | 'MsgType'
  | 'KakaoAdFlag'
  | 'KakaoNationCode'
  | 'KakaoSenderKey'
  | 'KakaoTemplateCode'
  | 'KakaoTimeout'
  | 'KakaoButton'
  | 'kakaoImageLink'
  | 'kakaoUserKey'
  | 'kakaoTitle'
  | 'kakaoQuick'
  | 'kakaoWide'
>;

/**
 * The Kakao fields of a MsgSendReq. An Alimtalk is of type 71 when its template has an image, which `kakao.image` says; a
 * FriendTalk is of type 8 with and without one.
 */
export function kakaoFields(message: MessageV1, form: KakaoButtonForm): KakaoFields {
  const { channel, kakao = {} } = message;
  const { adFlag, buttons = [], image, quickReplies = [], title, userKey, wide } = kakao;
  return {
    MsgType: channel === 'friendtalk' ? msgTypes.friendtalk : alimtalkType(message),
    KakaoAdFlag: adFlag === undefined ? '' : yesOrNo(adFlag),
    KakaoNationCode: kakao.nationCode ?? DEFAULT_NATION_CODE,
    KakaoSenderKey: kakao.senderKey ?? '',
    KakaoTemplateCode: kakao.templateCode ?? '', // of an Alimtalk alone
    KakaoTimeout: kakao.timeoutSeconds ?? 0,
    KakaoButton: listText('button', buttons, form) ?? '',
    ...given({
      kakaoImageLink: image?.link,
      kakaoUserKey: userKey,
      kakaoTitle: title,
      kakaoQuick: listText('quick_reply', quickReplies, form),
      // Only a FriendTalk has the field (SMTNT 3.3.6); on an Alimtalk `wide: false` asks for nothing.
      kakaoWide: wide === undefined || channel === 'alimtalk' ? undefined : yesOrNo(wide),
    }),
  };
}

function alimtalkType(message: MessageV1): number {
  return kakaoFormOf(message) === 'image' ? msgTypes.alimtalkImage : msgTypes.alimtalk;
}

function yesOrNo(value: boolean): string {
  return value ? 'Y' : 'N';
}

function listText(name: string, list: readonly object[], form: KakaoButtonForm): string | undefined {
  if (list.length === 0) return undefined;
  return JSON.stringify(form === 'array' ? list : { [name]: list });
}

/** What of a Kakao message this gateway can't carry, and what it must have (SMTNT 3.3.6). */
export function kakaoProblems(message: MessageV1): readonly Problem[] {
  const { channel, kakao = {}, subject } = message;
  if (channel !== 'alimtalk' && channel !== 'friendtalk') return [];
  const problems: Problem[] = [];
  if (kakao.senderKey === undefined) problems.push(missing('kakao.senderKey', channel));
  if (channel === 'alimtalk' && kakao.templateCode === undefined) {
    problems.push(missing('kakao.templateCode', channel));
  }
  const refused: string[] = NOT_CARRIED[channel]
    .filter((part) => kakao[part] !== undefined && kakao[part] !== false)
    .map((part) => `kakao.${part}`);
  if (kakao.image?.url !== undefined) refused.push('kakao.image.url');
  if (kakao.image?.link !== undefined && channel === 'alimtalk') refused.push('kakao.image.link');
  if (subject !== undefined) refused.push('subject');
  return [...problems, ...refused.map((field) => notCarried(field, channel))];
}

function missing(field: string, channel: KakaoChannel): Problem {
  return { field, rule: 'required', message: `${field} is required for ${channel}` };
}

function notCarried(field: string, channel: KakaoChannel): Problem {
  const message = `${field} is not carried by this gateway for ${channel}`;
  return { field, rule: 'not-for-gateway', message, actual: channel };
}
