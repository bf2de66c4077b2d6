import { isInternational, type MessageV1, type Problem } from '@pabal/message';
import type { DeliverInput } from '@pabal/protocol-lghv';
import { problemOf } from './mapping-problem.js';

/** What every DELIVER has: MSG_ID, DESTADDR, CALLBACK. */
export interface Numbers {
  readonly msgId: string;
  readonly destAddr: string;
  readonly callback: string;
}

/** DELIVER SMS (LGHV 2.2.3). */
export function smsDeliver(message: MessageV1, numbers: Numbers, reseller: string | undefined): DeliverInput {
  return { deliverType: 'SMS', ...numbers, reseller, gubun: gubunOf(message), text: message.text };
}

/** DELIVER LMS (LGHV 2.2.4). */
export function lmsDeliver(message: MessageV1, numbers: Numbers, reseller: string | undefined): DeliverInput {
  return { deliverType: 'LMS', ...numbers, reseller, subject: message.subject ?? '', text: message.text };
}

/** GUBUN of an SMS: international, URL callback, domestic. */
function gubunOf(message: MessageV1): '0' | '1' | '3' {
  if (isInternational(message.to)) return '3';
  return message.urlCallback ? '1' : '0';
}

export function smsProblems(message: MessageV1): readonly Problem[] {
  if (!message.urlCallback || !isInternational(message.to)) return [];
  return [problemOf('urlCallback', 'not-for-gateway', 'is for Korean numbers only')];
}
