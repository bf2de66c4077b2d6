import type { Tps } from './packets.js';

/** Every DELIVER_TYPE with the rate that it counts towards (LGHV 2, 2.2.2, 2.2.8). */
export const DELIVER_TYPES = {
  SMS: 'sms',
  LMS: 'lms',
  MMS: 'mms',
  KKO: 'kko',
  KKT: 'kko',
  KKM: 'kko',
  KFT: 'kkf',
  KFI: 'kkf',
  KFW: 'kkf',
} as const satisfies Readonly<Record<string, keyof Tps>>;

/** One of the nine types. */
export type DeliverType = keyof typeof DELIVER_TYPES;

/** The type of that name. */
export function typeOf(name: string): DeliverType | undefined {
  return Object.hasOwn(DELIVER_TYPES, name) ? (name as DeliverType) : undefined;
}

/** Whether a submit goes to Kakao, and may end with Kakao's own codes. */
export function isKakao(type: string): boolean {
  return type.startsWith('K');
}

/** RTN_TYPE of a report: Alimtalk ends as KKO, FriendTalk as KKF, the rest as itself (LGHV 2.2.9). */
export function returnType(type: string): string {
  const known = typeOf(type);
  return known && isKakao(type) ? DELIVER_TYPES[known].toUpperCase() : type;
}
