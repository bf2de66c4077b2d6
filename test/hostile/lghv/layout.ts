/**
 * LGHV 1.1.3 as its tables have it, typed from the specification and used by nothing but the hostile tests: the codec's
 * own tables are what is judged. Sizes in bytes, rows in wire order.
 */

/** What a field may hold, and how leniently it is read. */
export type Rule =
  /** One of these values, then NULs. What stands behind the first NUL is not looked at. */
  | { readonly kind: 'one of'; readonly values: readonly string[]; readonly name?: string }
  /** One digit or more. */
  | { readonly kind: 'digits'; readonly name: string }
  /** A number from 0; nothing at all is 0; spaces around it and leading zeros are let pass. */
  | { readonly kind: 'number'; readonly name?: string; readonly zeroIsNul?: boolean; readonly for?: string }
  /** Characters of one byte. Every byte is read, only printable ones are written. */
  | { readonly kind: 'characters'; readonly name: string; readonly most?: number }
  /** Text in the charset of the message. */
  | { readonly kind: 'text'; readonly name: string }
  /** NULs; whatever stands there is not looked at. */
  | { readonly kind: 'nothing' }
  /** A text of variable size, to the end of the body or as long as the number `sizedBy` says. */
  | {
      readonly kind: 'variable text';
      readonly name: string;
      readonly least: number;
      readonly most: number;
      readonly sizedBy?: string;
      readonly utf8WithNul?: boolean;
    }
  /** As many parts as DATACNT says. */
  | { readonly kind: 'parts' };

export interface Row {
  readonly size: number;
  readonly rule: Rule;
}

/** 300 KB, the most of one DATA (2.2.5). */
export const MAX_DATA = 300 * 1024;
export const MAX_PARTS = 4;
/** Bytes of an encrypted text of 2000 bytes: 126 blocks of 16, four characters for three of them. */
const SEALED_2000 = Math.ceil((126 * 16) / 3) * 4;

const oneOf = (size: number, values: readonly string[], name?: string): Row => ({
  size,
  rule: name === undefined ? { kind: 'one of', values } : { kind: 'one of', values, name },
});
const characters = (size: number, name: string, most?: number): Row => ({
  size,
  rule: most === undefined ? { kind: 'characters', name } : { kind: 'characters', name, most },
});
const number = (size: number, name: string): Row => ({ size, rule: { kind: 'number', name } });
const sizeFor = (size: number, of: string): Row => ({ size, rule: { kind: 'number', for: of } });
const nothing = (size: number): Row => ({ size, rule: { kind: 'nothing' } });
const text = (size: number, name: string): Row => ({ size, rule: { kind: 'text', name } });
const msgId: Row = { size: 20, rule: { kind: 'digits', name: 'msgId' } };
const toTheEnd = (least: number, most: number): Row => ({
  size: 0,
  rule: { kind: 'variable text', name: 'text', least, most },
});
const sized = (name: string, least: number, most: number): Row => ({
  size: 0,
  rule: { kind: 'variable text', name, least, most, sizedBy: name },
});

/** Appendix 2. */
const CONTENTS = ['TXT', 'IMG', 'ADO', 'MOV', 'IMT', 'IMA', 'TXA', 'MOT', 'ITA'];

/** What all DELIVERs begin with. A value that is fixed has no name: it is no part of what is read. */
function deliver(encode: readonly string[], type: Row, gubun: readonly string[], contents: Row): Row[] {
  return [
    oneOf(1, encode, 'encode'),
    type,
    msgId,
    oneOf(1, gubun, 'gubun'),
    contents,
    characters(50, 'destAddr'),
  ];
}

const TXT = oneOf(4, ['TXT']);
const ENCODES = ['0', '1', '2', '9'];
const SMS_ENCODES = ['0', '1', '9'];
const PUSH = ['r', 'u', 'p'];
const numbers40 = [characters(40, 'callback'), characters(10, 'reseller')];
const report: Row[] = [
  characters(5, 'result'),
  characters(4, 'deliverType'),
  characters(4, 'rtnType'),
  msgId,
  characters(15, 'deliverTime'),
  characters(6, 'netId'),
];
const abroad = (utf8WithNul: boolean): Row[] => [
  ...deliver(utf8WithNul ? ['0', '1'] : ['9'], oneOf(4, ['SMS']), ['3'], TXT),
  ...numbers40,
  {
    size: 0,
    rule: { kind: 'variable text', name: 'text', least: utf8WithNul ? 2 : 1, most: 300, utf8WithNul },
  },
];

/** Every packet, by the name under which the codec gives it. */
export const PACKETS = {
  bind: [
    oneOf(1, ['0', '1'], 'encode'),
    oneOf(1, ['S', 'R'], 'lineType'),
    characters(20, 'userId'),
    characters(6, 'agentId'),
    characters(50, 'userPwd'),
    oneOf(1, ['A', 'M'], 'report'),
    characters(21, 'info'),
  ],
  bindAck: [
    characters(5, 'result'),
    ...['tpsSms', 'tpsLms', 'tpsMms', 'tpsKko', 'tpsKkf'].map((name) => number(5, name)),
    nothing(5),
    nothing(5),
  ],
  deliverSms: [...deliver(SMS_ENCODES, oneOf(4, ['SMS']), ['0', '1'], TXT), ...numbers40, toTheEnd(1, 300)],
  /** ENCODE 0 and 1: UTF-8 and a NUL (1.1). */
  deliverInternationalSms: abroad(true),
  /** ENCODE 9: Base64, whose NUL is encrypted with the text. */
  sealedInternationalSms: abroad(false),
  deliverLms: [
    ...deliver(ENCODES, oneOf(4, ['LMS']), ['0'], TXT),
    ...numbers40,
    text(150, 'subject'),
    toTheEnd(1, SEALED_2000),
  ],
  deliverMms: [
    ...deliver(ENCODES, oneOf(4, ['MMS']), ['0'], oneOf(4, CONTENTS, 'contentsType')),
    ...numbers40,
    text(150, 'subject'),
    sizeFor(1, 'parts'),
    { size: 0, rule: { kind: 'parts' } },
  ],
  deliverKakaoImage: [
    ...deliver(ENCODES, oneOf(4, ['KFI', 'KFW'], 'deliverType'), PUSH, oneOf(4, CONTENTS, 'contentsType')),
    characters(50, 'callback'),
    characters(100, 'senderKey'),
    oneOf(1, ['Y', 'N'], 'adFlag'),
    nothing(28),
    text(21, 'kSubject'),
    sizeFor(1, 'parts'),
    { size: 0, rule: { kind: 'parts' } },
  ],
  deliverKko: [
    ...deliver(ENCODES, oneOf(4, ['KKO']), ['0'], TXT),
    characters(50, 'callback'),
    characters(100, 'senderKey'),
    characters(50, 'templateCode'),
    oneOf(5, ['SMS', 'LMS', 'NON'], 'fallbackType'),
    text(90, 'smsMsg'),
    toTheEnd(1, 5000),
  ],
  deliverKakao: [
    ...deliver(ENCODES, oneOf(4, ['KKT', 'KKM', 'KFT'], 'deliverType'), PUSH, TXT),
    characters(50, 'callback'),
    characters(100, 'senderKey'),
    characters(50, 'templateCode'),
    sizeFor(4, 'text'),
    sizeFor(4, 'btnData'),
    sizeFor(4, 'extend'),
    sized('text', 1, 3000),
    sized('btnData', 0, 3000),
    sized('extend', 0, 3000),
  ],
  deliverAck: [
    characters(5, 'result'),
    characters(4, 'deliverType'),
    msgId,
    number(7, 'msgMsec'),
    characters(50, 'destAddr'),
    nothing(6),
  ],
  report,
  reportAll: [
    ...report,
    characters(20, 'userId'),
    characters(6, 'sid'),
    characters(20, 'destAddr'),
    nothing(1),
    characters(7, 'billId'),
  ],
  reportAck: [oneOf(5, ['0']), msgId, nothing(7)],
  linkCheck: [oneOf(1, ['S', 'R'], 'code')],
  linkAck: [characters(5, 'result')],
} as const satisfies Record<string, readonly Row[]>;
export type PacketName = keyof typeof PACKETS;

/** The repeated part of MMS, KFI and KFW before its DATA, 50 bytes (2.2.5). */
export const PART: readonly Row[] = [
  nothing(1),
  oneOf(1, ['t', 'i', 'z', 'e'], 'dataType'),
  characters(20, 'fileName'),
  characters(12, 'fileKey', 11),
  { size: 8, rule: { kind: 'number', zeroIsNul: true, for: 'data' } },
  { size: 8, rule: { kind: 'number', zeroIsNul: true, name: 'fileSize' } },
];
export const PART_HEAD = 50;
/** Bytes of MMS, KFI and KFW before their parts. */
export const BEFORE_PARTS = 281;

/** MSGTYPE of each packet (2.1). */
export const LETTERS: Readonly<Record<PacketName, string>> = {
  bind: 'b',
  bindAck: 'B',
  deliverSms: 'd',
  deliverInternationalSms: 'd',
  sealedInternationalSms: 'd',
  deliverLms: 'd',
  deliverMms: 'd',
  deliverKakaoImage: 'd',
  deliverKko: 'd',
  deliverKakao: 'd',
  deliverAck: 'D',
  report: 'r',
  reportAll: 'r',
  reportAck: 'R',
  linkCheck: 'l',
  linkAck: 'L',
};
