import type { KakaoPart } from './kakao-part.js';
import { BUTTON_NAME_CHARACTERS, KAKAO_HIGHLIGHT } from './kakao-schema.js';
import type { ContentShape } from './message-schema.js';
import { type Problem, required } from './problem.js';
import { characterCount } from './text-characters.js';

type KakaoChannel = 'alimtalk' | 'friendtalk';
type Kakao = NonNullable<ContentShape['kakao']>;

/** What only one of both channels has; on the other it is refused rather than lost. */
const ONLY: Readonly<Record<KakaoChannel, readonly (keyof KakaoPart)[]>> = {
  alimtalk: ['title', 'quickReplies', 'header', 'items', 'highlight', 'price', 'currency'],
  friendtalk: ['wide', 'userKey'],
};

/** Buttons that need a template. */
const TEMPLATE_BUTTONS: ReadonlySet<string> = new Set(['DS', 'P1', 'P2', 'P3', 'TN']);

/** Buttons that have room beside quick replies, and beside a wide image. */
const FEW_BUTTONS = 2;

/** Seconds that Kakao may try (LGHV 2.2.7); push says nothing of its own. */
const TIMEOUT_SECONDS = {
  realtime: { min: 5, max: 30 },
  polling: { min: 10, max: 86_400 },
  push: { min: 1, max: 86_400 },
} as const;

/** Rules of the part `kakao` that hang on the channel or on several of its fields. */
export function kakaoProblems(shape: ContentShape, channel: KakaoChannel, prefix: string): Problem[] {
  const { kakao = {} } = shape;
  const at = `${prefix}kakao.`;
  return [
    ...requiredProblems(kakao, channel, at),
    ...onlyProblems(kakao, channel, at),
    ...buttonProblems(shape, kakao, channel, at),
    ...timeoutProblems(kakao, at),
    ...(channel === 'friendtalk' ? imageProblems(shape, prefix) : templateImageProblems(kakao, at)),
    ...fileProblems(shape, channel, prefix),
  ];
}

function requiredProblems(kakao: Kakao, channel: KakaoChannel, at: string): Problem[] {
  const problems: Problem[] = [];
  if (kakao.senderKey === undefined) problems.push(required(`${at}senderKey`, `for ${channel}`));
  if (channel === 'alimtalk' && kakao.templateCode === undefined) {
    problems.push(required(`${at}templateCode`, `for ${channel}`));
  }
  return problems;
}

function notForChannel(field: string, limit: KakaoChannel, actual: KakaoChannel): Problem {
  return { field, rule: 'not-for-channel', message: `${field} is for ${limit} only`, limit, actual };
}

function onlyProblems(kakao: Kakao, channel: KakaoChannel, at: string): Problem[] {
  const other = channel === 'alimtalk' ? 'friendtalk' : 'alimtalk';
  return ONLY[other]
    .filter((key) => kakao[key] !== undefined && kakao[key] !== false)
    .map((key) => notForChannel(at + key, other, channel));
}

function tooLong(field: string, unit: string, limit: number, actual: number, where: string): Problem[] {
  if (actual <= limit) return [];
  const message = `${field} must be at most ${limit} ${unit} ${where}, it has ${actual}`;
  return [{ field, rule: 'too-long', message, limit, actual }];
}

function buttonProblems(shape: ContentShape, kakao: Kakao, channel: KakaoChannel, at: string): Problem[] {
  const { buttons = [], quickReplies = [] } = kakao;
  const names = (field: string, list: readonly { readonly name: string }[]) =>
    list.flatMap(({ name }, index) => {
      const where = `on ${channel}`;
      const max = BUTTON_NAME_CHARACTERS[channel];
      return tooLong(`${at}${field}.${index}.name`, 'characters', max, characterCount(name), where);
    });
  const template = channel === 'alimtalk' ? [] : buttons;
  return [
    ...names('buttons', buttons),
    ...names('quickReplies', quickReplies),
    ...template.flatMap(({ type }, index) =>
      TEMPLATE_BUTTONS.has(type) ? [notForChannel(`${at}buttons.${index}.type`, 'alimtalk', channel)] : [],
    ),
    ...fewButtons(shape, buttons.length, quickReplies.length, at),
  ];
}

function fewButtons(shape: ContentShape, buttons: number, quickReplies: number, at: string): Problem[] {
  const field = `${at}buttons`;
  if (quickReplies > 0) return tooLong(field, 'entries', FEW_BUTTONS, buttons, 'beside quick replies');
  if (shape.kakao?.wide !== true) return [];
  return tooLong(field, 'entries', FEW_BUTTONS, buttons, 'beside a wide image');
}

function timeoutProblems({ delivery = 'realtime', timeoutSeconds: actual }: Kakao, at: string): Problem[] {
  if (actual === undefined) return [];
  const { min, max } = TIMEOUT_SECONDS[delivery];
  if (actual >= min && actual <= max) return [];
  const field = `${at}timeoutSeconds`;
  const limit = `${min}-${max}`;
  return [
    {
      field,
      rule: 'range',
      message: `${field} must be ${limit} for ${delivery}, it is ${actual}`,
      limit,
      actual,
    },
  ];
}

/** A FriendTalk has one image: a file, or an address at Kakao. */
function imageProblems({ files = [], kakao = {} }: ContentShape, prefix: string): Problem[] {
  const { image, wide } = kakao;
  const field = `${prefix}kakao.image.url`;
  if (image?.url !== undefined && files.length > 0) {
    return [{ field, rule: 'exclusive', message: `${field} must not stand beside files: give one of them` }];
  }
  if (files.length > 0 || image?.url !== undefined) return [];
  if (image !== undefined) return [required(field, 'without files')];
  return wide === true ? [required(field, 'for a wide FriendTalk without files')] : [];
}

/** The image of an Alimtalk is its template's: a message says that there is one, and no more. */
function templateImageProblems({ highlight, image }: Kakao, at: string): Problem[] {
  const problems: Problem[] = [];
  if (image?.url !== undefined) problems.push(notForChannel(`${at}image.url`, 'friendtalk', 'alimtalk'));
  if (image?.link !== undefined) problems.push(notForChannel(`${at}image.link`, 'friendtalk', 'alimtalk'));
  if (highlight === undefined || image === undefined) return problems;
  for (const key of ['title', 'description'] as const) {
    const actual = characterCount(highlight[key]);
    const limit = KAKAO_HIGHLIGHT.image[key];
    problems.push(...tooLong(`${at}highlight.${key}`, 'characters', limit, actual, 'beside an image'));
  }
  return problems;
}

function fileProblems({ files = [] }: ContentShape, channel: KakaoChannel, prefix: string): Problem[] {
  return tooLong(`${prefix}files`, 'entries', 1, files.length, `on ${channel}`);
}
