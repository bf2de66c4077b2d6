import { bindAckCode } from './bind-ack-codes.js';
import { deliverAckCode } from './deliver-ack-codes.js';
import { reportCode } from './report-codes.js';

/** What a letter or a code means, in both languages. */
export interface Meaning {
  readonly en: string;
  readonly ko: string;
}

type Letters = Readonly<Record<string, Meaning>>;

const mean = (en: string, ko: string): Meaning => ({ en, ko });

const DELIVER_TYPES: Letters = {
  SMS: mean('short message', '단문 메시지'),
  LMS: mean('long message', '장문 메시지'),
  MMS: mean('message with files', '첨부파일이 있는 장문 메시지'),
  KKO: mean('Alimtalk without buttons', '버튼 없는 알림톡'),
  KKT: mean('Alimtalk', '알림톡'),
  KKM: mean('Alimtalk with an image', '이미지형 알림톡'),
  KFT: mean('FriendTalk', '텍스트형 친구톡'),
  KFI: mean('FriendTalk with an image', '이미지형 친구톡'),
  KFW: mean('FriendTalk with a wide image', '와이드 이미지형 친구톡'),
};

const SERVED_AS: Letters = {
  SMS: mean('sent as an SMS', 'SMS로 처리'),
  LMS: mean('sent as an LMS', 'LMS로 처리'),
  MMS: mean('sent as an MMS', 'MMS로 처리'),
};

const LINES: Letters = {
  S: mean('send: submits', 'SEND: 전송 세션'),
  R: mean('receive: reports', 'RECV: 결과 수신 세션'),
};

/** Letters by the name of their row (LGHV 2.1, 2.2, appendix 2). */
const LETTERS: Readonly<Record<string, Letters>> = {
  msgType: {
    b: mean('BIND: login', 'BIND: 접속 인증'),
    B: mean('BIND_ACK: answer to a login', 'BIND_ACK: 인증 응답'),
    d: mean('DELIVER: a message', 'DELIVER: 메시지 전송'),
    D: mean('DELIVER_ACK: answer to a message', 'DELIVER_ACK: 접수 응답'),
    r: mean('REPORT: a result', 'REPORT: 전송 결과'),
    R: mean('REPORT_ACK: answer to a result', 'REPORT_ACK: 결과 응답'),
    l: mean('LINK_CHECK: keepalive', 'LINK_CHECK: 연결 확인'),
    L: mean('LINK_ACK: answer to a keepalive', 'LINK_ACK: 연결 확인 응답'),
  },
  deliverType: DELIVER_TYPES,
  rtnType: {
    ...SERVED_AS,
    KKO: mean('sent as an Alimtalk', '알림톡으로 처리'),
    KKF: mean('sent as a FriendTalk', '친구톡으로 처리'),
  },
  lineType: LINES,
  code: LINES,
  report: {
    A: mean('reports with all fields', '전체 통지'),
    M: mean('reports with the necessary fields', '필수값만 통지'),
  },
  gubun: {
    0: mean('domestic', '국내'),
    1: mean('with a URL callback', 'URL 콜백'),
    3: mean('international', '국제'),
    r: mean('realtime', '실시간'),
    u: mean('push', '푸시'),
    p: mean('polling', '폴링'),
  },
  contentsType: {
    TXT: mean('text only', '텍스트'),
    IMG: mean('image only', '이미지'),
    ADO: mean('audio only', '오디오'),
    MOV: mean('video only', '동영상'),
    IMT: mean('image and text', '이미지와 텍스트'),
    IMA: mean('image and audio', '이미지와 오디오'),
    TXA: mean('text and audio', '텍스트와 오디오'),
    MOT: mean('text and video', '텍스트와 동영상'),
    ITA: mean('text, image and audio', '텍스트, 이미지, 오디오'),
  },
  adFlag: { Y: mean('an advertisement', '광고'), N: mean('no advertisement', '광고 아님') },
  fallbackType: {
    SMS: mean('an SMS where Kakao fails', '실패 시 SMS로 재전송'),
    LMS: mean('an LMS where Kakao fails', '실패 시 LMS로 재전송'),
    NON: mean('nothing where Kakao fails', '재전송하지 않음'),
  },
  dataType: {
    t: mean('text', '텍스트'),
    i: mean('image', '이미지'),
    z: mean('Kakao buttons', '카카오 버튼'),
    e: mean('other', '기타'),
  },
  netId: {
    SKT: mean('SK Telecom', 'SK텔레콤'),
    KTF: mean('KT', 'KT'),
    LGT: mean('LG U+', 'LG유플러스'),
    ETC: mean('another carrier', '기타'),
  },
};

const NUMBERS = mean('both numbers are encrypted', '수신번호, 회신번호 암호화');
const NOTHING = mean('nothing is encrypted', '암호화하지 않음');

const DELIVER_ENCODE: Letters = {
  0: NOTHING,
  1: NUMBERS,
  2: mean(
    'the numbers and the subject, or the sender key and template code, are encrypted',
    '번호와 제목(또는 발신키, 템플릿코드) 암호화',
  ),
  9: mean('the same as 2 and the text are encrypted', '2번 항목과 메시지 내용 암호화'),
};
const BIND_ENCODE: Letters = {
  0: NOTHING,
  1: mean('the password is encrypted', '암호를 암호화'),
};

/** What this value of this row means; undefined where it stands for itself. */
export function meaningOf(
  packet: string,
  row: string,
  value: string,
  deliverType: string | undefined,
): Meaning | undefined {
  if (row === 'encode') return own(packet === 'BIND' ? BIND_ENCODE : DELIVER_ENCODE, value);
  if (row === 'result') return resultMeaning(packet, value, deliverType);
  const letters = own(LETTERS, row);
  return letters && own(letters, value);
}

/** RESULT stands before DELIVER_TYPE: the type is given by whoever looked ahead. */
function resultMeaning(packet: string, value: string, deliverType: string | undefined): Meaning | undefined {
  if (packet === 'BIND_ACK') {
    const row = bindAckCode(value);
    return row
      ? mean(`${row.name}: ${row.en}`, row.ko)
      : mean('refused by an unlisted code', '규격에 없는 거절');
  }
  if (packet === 'LINK_ACK' || packet === 'REPORT_ACK') {
    return value === '0' ? mean('success', '성공') : mean('error', '에러');
  }
  const code = packet === 'DELIVER_ACK' ? deliverAckCode(value, deliverType) : reportCode(value, deliverType);
  const names = code.names.length === 0 ? '' : `${code.names.join(', ')}: `;
  // Of what is accepted nothing is certain yet, and its own words say so.
  const isAccepted = 'verdict' in code && code.verdict === 'accepted';
  return mean(`${names}${code.en}${isAccepted ? '' : ` (${code.certainty})`}`, code.ko);
}

function own<Value>(of: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}
