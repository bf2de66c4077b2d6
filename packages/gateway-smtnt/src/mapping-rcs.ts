import { type MessageV1, type Problem, rcsTypeOf } from '@pabal/message';
import { type BodyOf, msgTypes } from '@pabal/protocol-smtnt';
import { given } from './given.js';

const TYPES = {
  sms: msgTypes.rcsSms,
  lms: msgTypes.rcsLms,
  mms: msgTypes.rcsMms,
  template: msgTypes.rcsTemplate,
} as const;

type RcsFields = Pick<
  BodyOf<'MsgSendReq'>,
  | 'MsgType'
  | 'rcsMessageBaseId'
  | 'rcsButton'
  | 'rcsHeader'
  | 'rcsFooter'
  | 'rcsCopyAllowed'
  | 'rcsAgencyId'
  | 'rcsBrandKey'
  | 'rcsAgencyKey'
>;

/**
 * The RCS fields of a MsgSendReq, those that are used. Buttons stand as the JSON text of their list, one entry a card,
 * `{}` for a card without; where no card has any, they are not used.
 */
export function rcsFields(message: MessageV1): RcsFields {
  const { rcs = {} } = message;
  const { buttons = [], copyAllowed, header } = rcs;
  return {
    MsgType: TYPES[rcsTypeOf(message)],
    ...given({
      rcsMessageBaseId: rcs.messageBaseId,
      rcsButton: buttons.some((card) => Object.keys(card).length > 0) ? JSON.stringify(buttons) : undefined,
      rcsHeader: header === undefined ? undefined : Number(header),
      rcsFooter: rcs.footer,
      rcsCopyAllowed: copyAllowed === undefined ? undefined : copyAllowed ? 'Y' : 'N',
      rcsAgencyId: rcs.agencyId,
      rcsBrandKey: rcs.brandKey,
      rcsAgencyKey: rcs.agencyKey,
    }),
  };
}

/** What an RCS message must have, and what only one of its types carries. */
export function rcsProblems(message: MessageV1): readonly Problem[] {
  const { channel, files, rcs = {}, subject } = message;
  if (channel !== 'rcs') return [];
  const type = rcsTypeOf(message);
  const problems: Problem[] = [];
  if (rcs.messageBaseId === undefined) {
    problems.push({
      field: 'rcs.messageBaseId',
      rule: 'required',
      message: 'rcs.messageBaseId is required for rcs',
    });
  }
  if (files !== undefined && type !== 'mms') {
    const text = 'files is carried by this gateway for an RCS mms only';
    problems.push({ field: 'files', rule: 'not-for-gateway', message: text, limit: 'mms', actual: type });
  }
  if (subject !== undefined && type !== 'lms' && type !== 'mms') {
    const text = 'subject is carried by this gateway for an RCS lms or mms only';
    problems.push({
      field: 'subject',
      rule: 'not-for-gateway',
      message: text,
      limit: 'lms, mms',
      actual: type,
    });
  }
  return problems;
}
