/** How long a Message may be: bytes in CP949, or characters. */
export type TextLimit =
  | { readonly unit: 'bytes'; readonly most: number }
  | { readonly unit: 'characters'; readonly most: number };

/** What one MsgType of SMTNT 3.3.6 may and must carry. */
export interface MessageType {
  readonly name: string;
  /** Undefined where the document sets no limit. */
  readonly text: TextLimit | undefined;
  /** Subject is for long messages (SMTNT 3.3.6, 제목). */
  readonly subject: boolean;
  /** Files that it may name. */
  readonly mostFiles: number;
  /** The Kakao and RCS fields that it may use; all others stay empty. */
  readonly fields: ReadonlySet<string>;
  /** Those that it can't do without, with the result code (SMTNT 3.4) for one that is empty. */
  readonly needs: Readonly<Record<string, number>>;
}

const SMS_TEXT: TextLimit = { unit: 'bytes', most: 90 };
const LMS_TEXT: TextLimit = { unit: 'bytes', most: 2000 };
const KAKAO_TEXT: TextLimit = { unit: 'characters', most: 1000 };

const KAKAO = ['KakaoAdFlag', 'KakaoNationCode', 'KakaoSenderKey', 'KakaoTimeout', 'KakaoButton'];
const ALIMTALK = new Set([...KAKAO, 'KakaoTemplateCode', 'kakaoTitle', 'kakaoQuick']);
const FRIENDTALK = new Set([...KAKAO, 'kakaoImageLink', 'kakaoUserKey', 'kakaoWide']);
const RCS = new Set([
  'rcsMessageBaseId',
  'rcsButton',
  'rcsHeader',
  'rcsFooter',
  'rcsCopyAllowed',
  'rcsAgencyId',
  'rcsBrandKey',
  'rcsAgencyKey',
]);
const NONE: ReadonlySet<string> = new Set();

const SENDER_KEY = { KakaoSenderKey: 22 };
const TEMPLATE = { ...SENDER_KEY, KakaoTemplateCode: 36 };

const plain = { fields: NONE, needs: {} };
const alimtalk = { text: KAKAO_TEXT, subject: false, fields: ALIMTALK, needs: TEMPLATE };
const rcs = { text: undefined, fields: RCS, needs: {} };

/** Every MsgType of the table, by its number. */
const MESSAGE_TYPES: ReadonlyMap<number, MessageType> = new Map([
  [4, { name: 'SMS', text: SMS_TEXT, subject: false, mostFiles: 0, ...plain }],
  [6, { name: 'LMS/MMS', text: LMS_TEXT, subject: true, mostFiles: 3, ...plain }],
  [7, { name: 'Alimtalk', mostFiles: 0, ...alimtalk }],
  [71, { name: 'Alimtalk with image', mostFiles: 1, ...alimtalk }],
  [
    8,
    {
      name: 'FriendTalk',
      text: KAKAO_TEXT,
      subject: false,
      mostFiles: 1,
      fields: FRIENDTALK,
      needs: SENDER_KEY,
    },
  ],
  [9, { name: 'RCS SMS', subject: false, mostFiles: 0, ...rcs }],
  [10, { name: 'RCS LMS', subject: true, mostFiles: 0, ...rcs }],
  [11, { name: 'RCS MMS', subject: true, mostFiles: 3, ...rcs }],
  [12, { name: 'RCS template', subject: false, mostFiles: 0, ...rcs, needs: { rcsMessageBaseId: 36 } }],
]);

/** What a MsgType may carry; undefined for a number that is not in the table. */
export function messageTypeOf(msgType: number): MessageType | undefined {
  return MESSAGE_TYPES.get(msgType);
}
