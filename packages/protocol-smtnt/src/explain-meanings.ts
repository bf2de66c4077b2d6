import { loginCode } from './login-codes.js';
import { msgTypes } from './methods.js';
import { ackMeaning, sendCode } from './send-codes.js';

/** What a value means, in both languages. */
export interface Meaning {
  readonly en: string;
  readonly ko: string;
}

const MSG_TYPES: Readonly<Record<number, Meaning>> = {
  [msgTypes.sms]: { en: 'SMS', ko: 'SMS' },
  [msgTypes.lmsOrMms]: { en: 'LMS or MMS', ko: 'LMS/MMS' },
  [msgTypes.alimtalk]: { en: 'Alimtalk', ko: '알림톡' },
  [msgTypes.alimtalkImage]: { en: 'Alimtalk with an image', ko: '알림톡 이미지' },
  [msgTypes.friendtalk]: { en: 'FriendTalk', ko: '친구톡' },
  [msgTypes.rcsSms]: { en: 'RCS SMS', ko: 'RCS SMS' },
  [msgTypes.rcsLms]: { en: 'RCS LMS', ko: 'RCS LMS' },
  [msgTypes.rcsMms]: { en: 'RCS MMS', ko: 'RCS MMS' },
  [msgTypes.rcsTemplate]: { en: 'RCS template', ko: 'RCS 템플릿' },
};

const ADVERTISEMENT: Readonly<Record<string, Meaning>> = {
  Y: { en: 'an advertisement', ko: '광고' },
  N: { en: 'no advertisement', ko: '광고 아님' },
};

/** Fields whose values are letters or numbers that stand for something (SMTNT 3.3.6). */
const FLAGS: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
  KakaoAdFlag: ADVERTISEMENT,
  rcsHeader: {
    0: { en: 'no advertisement', ko: '광고 문구 아님' },
    1: { en: 'an advertisement', ko: '광고 문구' },
  },
  KakaoNationCode: { 82: { en: 'Korea', ko: '한국' } },
  kakaoWide: {
    Y: { en: 'wide image', ko: '와이드 이미지' },
    N: { en: 'ordinary image', ko: '일반 이미지' },
  },
  rcsCopyAllowed: {
    Y: { en: 'the handset may copy it', ko: '복사 허용' },
    N: { en: 'the handset may not copy it', ko: '복사 금지' },
  },
  FileType1: { IMG: { en: 'image', ko: '이미지' } },
  FileType2: { IMG: { en: 'image', ko: '이미지' } },
  FileType3: { IMG: { en: 'image', ko: '이미지' } },
};

/** Numbers that count something. */
const UNITS: Readonly<Record<string, (value: number) => Meaning>> = {
  MsgType: (value) => MSG_TYPES[value] ?? UNKNOWN,
  Speed: (value) => ({ en: `${value} MsgSendReq a second`, ko: `초당 ${value}건` }),
  BeginTime: (value) => ({ en: `sending from ${value}:00 KST`, ko: `발송 시작 ${value}시` }),
  EndTime: (value) => ({ en: `sending until ${value}:00 KST`, ko: `발송 종료 ${value}시` }),
  EffectiveTime: (value) => ({ en: `valid for ${value} h`, ko: `유효시간 ${value}시간` }),
  FileSize: (value) => ({ en: `${value} bytes`, ko: `${value}바이트` }),
};

const UNKNOWN: Meaning = { en: 'not in the specification', ko: '규격에 없는 값' };
const DONE: Meaning = { en: 'done', ko: '정상' };
const NOT_DONE: Meaning = { en: 'not done', ko: '처리되지 않음' };

/** What the value of a field means; undefined where it says itself what it is. */
export function meaningOf(method: string, field: string, value: string | number): Meaning | undefined {
  if (field === 'Result') return resultMeaning(method, Number(value));
  const flags = Object.hasOwn(FLAGS, field) ? FLAGS[field] : undefined;
  if (flags) return value === '' ? undefined : (flags[String(value)] ?? UNKNOWN);
  return Object.hasOwn(UNITS, field) ? UNITS[field]?.(Number(value)) : undefined;
}

/** Result stands for three things: the end of a login (3.3.3.1), of sending (3.4), or of what was to be stored. */
function resultMeaning(method: string, code: number): Meaning {
  switch (method) {
    case 'BindRes':
    case 'UnBindRes':
      return loginCode(code);
    case 'MsgSendRes': {
      const { en, ko } = sendCode(code);
      const meaning = ackMeaning(code);
      return { en: meaning === 'refused' ? en : `${en}: ${ACK_WORDS[meaning]}`, ko };
    }
    case 'ReportReq': {
      const { en, ko, certainty } = sendCode(code);
      return { en: certainty === 'uncertain' ? `${en}: not certain` : en, ko };
    }
    case 'UploadFileFinishRes':
      return sendCode(code);
    default:
      return code === 0 ? DONE : NOT_DONE;
  }
}

const ACK_WORDS = {
  accepted: 'accepted',
  duplicate: 'this UserMsgId is known already',
  throttled: 'not taken now',
  outsideHours: 'not taken now',
  notLoggedIn: 'not taken before the next login',
} as const;
