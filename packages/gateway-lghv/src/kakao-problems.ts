import type { KakaoPart, MessageV1, Problem } from '@pabal/message';
import type { LghvConfig } from './config.js';
import { type KakaoType, kakaoTypeOf } from './mapping-kakao.js';
import { countProblems } from './mapping-mms.js';
import { problemOf } from './mapping-problem.js';

type Key = keyof KakaoPart;

const KEYS: readonly Key[] = ['senderKey', 'templateCode'];
const EXTEND: readonly Key[] = [
  'adFlag',
  'timeoutSeconds',
  'title',
  'price',
  'currency',
  'header',
  'highlight',
  'items',
  'quickReplies',
];
const TEXT_FORM: readonly Key[] = [...KEYS, 'delivery', 'buttons', ...EXTEND];
const IMAGE_FORM: readonly Key[] = ['senderKey', 'delivery', 'adFlag', 'buttons', 'image', 'wide'];

/** What each type has a place for (LGHV 2.2.5 to 2.2.7). An Alimtalk's image belongs to its template. */
const PLACES: Readonly<Record<KakaoType, readonly Key[]>> = {
  KKO: KEYS,
  KKT: [...TEXT_FORM, 'image'],
  KKM: [...TEXT_FORM, 'image'],
  KFT: TEXT_FORM,
  KFI: IMAGE_FORM,
  KFW: IMAGE_FORM,
};

/** Values that ask for nothing beyond what a type without the field does anyway. */
const NEUTRAL: KakaoPart = { adFlag: false, delivery: 'realtime', nationCode: '82', wide: false };

/** Seconds that Kakao may try, by delivery (LGHV 2.2.7). */
const TIMEOUTS = { realtime: [5, 30], polling: [10, 86_400], push: undefined } as const;

/** Everything about a Kakao message that this gateway has no place for, or takes in other bounds. */
export function kakaoProblems(
  message: MessageV1,
  config: Pick<LghvConfig, 'alimtalkType'>,
): readonly Problem[] {
  const { kakao = {} } = message;
  const type = kakaoTypeOf(message, config);
  return [
    ...placeProblems(kakao, type),
    ...timeoutProblems(kakao, type),
    ...(message.channel === 'alimtalk' ? templateImageProblems(message) : friendImageProblems(message)),
    ...subjectProblems(message, type),
  ];
}

function placeProblems(kakao: KakaoPart, type: KakaoType): readonly Problem[] {
  const given = Object.keys(kakao) as Key[];
  return given
    .filter((key) => !PLACES[type].includes(key) && !asksNothing(key, kakao[key]))
    .map((key) => noPlace(`kakao.${key}`, type));
}

function asksNothing(key: Key, value: unknown): boolean {
  return value === undefined || value === NEUTRAL[key] || (Array.isArray(value) && value.length === 0);
}

function noPlace(field: string, type: KakaoType): Problem {
  return problemOf(field, 'not-for-gateway', `has no place in a ${type} of this gateway`, { actual: type });
}

function timeoutProblems(kakao: KakaoPart, type: KakaoType): readonly Problem[] {
  const { delivery = 'realtime', timeoutSeconds: actual } = kakao;
  const field = 'kakao.timeoutSeconds';
  if (actual === undefined || !PLACES[type].includes('timeoutSeconds')) return [];
  const range = TIMEOUTS[delivery];
  if (!range)
    return [problemOf(field, 'not-for-gateway', 'is for realtime and polling only', { actual: delivery })];
  const [least, most] = range;
  if (actual >= least && actual <= most) return [];
  const limit = `${least}-${most}`;
  return [problemOf(field, 'range', `must be ${limit} for ${delivery}, it is ${actual}`, { limit, actual })];
}

/** The image of an Alimtalk stands in its template: a message can only say that there is one. */
function templateImageProblems({ files = [], kakao }: MessageV1): readonly Problem[] {
  const inTemplate = 'cannot be given here: the image of an Alimtalk is that of its template';
  return [
    ...(kakao?.image?.url === undefined ? [] : ['kakao.image.url']),
    ...(kakao?.image?.link === undefined ? [] : ['kakao.image.link']),
    ...(files.length === 0 ? [] : ['files']),
  ].map((field) => problemOf(field, 'not-for-gateway', inTemplate));
}

/** A FriendTalk has one image: a file, or a URL with or without a link. */
function friendImageProblems({ files = [], kakao }: MessageV1): readonly Problem[] {
  const image = kakao?.image;
  const problems = [...countProblems(files.length, 1)];
  if (image?.url !== undefined && files.length > 0) {
    problems.push(problemOf('kakao.image.url', 'exclusive', 'must not stand beside files: give one of them'));
  }
  if (image !== undefined && image.url === undefined) {
    if (files.length === 0)
      problems.push(problemOf('kakao.image.url', 'required', 'is required without files'));
    else if (image.link !== undefined) {
      problems.push(problemOf('kakao.image.link', 'not-for-gateway', 'needs an image by its URL'));
    }
  }
  return problems;
}

/** KSUBJECT (LGHV 2.2.5) is the only subject of a Kakao type. */
function subjectProblems({ subject }: MessageV1, type: KakaoType): readonly Problem[] {
  return subject === undefined || type === 'KFI' || type === 'KFW' ? [] : [noPlace('subject', type)];
}
