import iconv from 'iconv-lite';
import { compareFields, describeFault, type FieldFault, numberOf, textOf } from './fields.js';
import { type MessageType, messageTypeOf } from './message-types.js';
import { isObject, type JsonObject } from './packets.js';
import type { Breach, SmtntRuleId } from './rules.js';
import { isAlwaysThere, SUBMIT_FIELDS } from './submit-fields.js';
import { fileNamesOf, judgeFileFields } from './submit-files.js';
import { judgeRich, richOf } from './submit-rich.js';

/** What a MsgSendReq says, read as far as its fields allow. */
export interface Submit {
  readonly userMsgId: string;
  readonly userMsgSubId: string;
  readonly msgType: number;
  readonly phoneNo: string;
  readonly callbackNo: string;
  readonly subject: string;
  readonly message: string;
  readonly userData: string;
  /** The files that it names, in order. */
  readonly fileNames: readonly string[];
  /** Its Kakao and RCS fields, under their names; undefined where it uses none. */
  readonly rich: Readonly<Record<string, string | number>> | undefined;
}

export interface ContentJudgement {
  readonly submit: Submit;
  /** 0, or the result code (SMTNT 3.4) of the first breach that makes the message unacceptable. */
  readonly code: number;
  readonly breaches: readonly Breach[];
}

/** What of the account bears on the content. */
export interface ContentRules {
  readonly reseller?: boolean;
}

/**
 * Judges everything about a MsgSendReq that needs no memory. Unknown fields and a wrong order are counted, but do not
 * keep the message from being accepted; all else does.
 */
export function judgeContent(body: unknown, rules: ContentRules): ContentJudgement {
  if (!isObject(body)) {
    const breach: Breach = { rule: 'submit-body', detail: 'Body is not an object' };
    return { submit: readSubmit({}), code: 911, breaches: [breach] };
  }
  const submit = readSubmit(body);
  const breaches: Breach[] = [];
  let code = 0;
  const note = (answer: number, rule: SmtntRuleId, detail: string) => {
    breaches.push({ rule, detail });
    if (code === 0) code = answer;
  };

  const faults = compareFields(body, SUBMIT_FIELDS, isAlwaysThere);
  for (const fault of faults) {
    const serves = fault.kind === 'unknown' || fault.kind === 'order';
    note(serves ? 0 : 19, FIELD_RULES[fault.kind], describeFault(fault));
  }
  if (!/^\d{1,20}$/.test(submit.userMsgId)) {
    note(19, 'submit-message-id', `UserMsgId of ${submit.userMsgId.length} characters is not 1-20 digits`);
  }
  if (!/^\d{8,15}$/.test(submit.phoneNo)) {
    note(19, 'submit-recipient', `PhoneNo of ${submit.phoneNo.length} characters is not 8-15 digits`);
  }
  if (!/^\d{3,15}$/.test(submit.callbackNo)) {
    note(19, 'submit-callback', `CallbackNo of ${submit.callbackNo.length} characters is not 3-15 digits`);
  }
  const type = messageTypeOf(submit.msgType);
  if (!type) {
    note(5, 'submit-message-type', `MsgType ${submit.msgType} is not in the table`);
    return { submit, code, breaches };
  }
  judgeText(submit, type, note);
  const mistyped = new Set(faults.filter(({ kind }) => kind === 'type').map(({ name }) => name));
  judgeRich(body, type, mistyped, note);
  judgeFileFields(body, type, note);
  judgeReseller(textOf(body, 'ResellerCode'), rules, note);
  return { submit, code, breaches };
}

type Note = (answer: number, rule: SmtntRuleId, detail: string) => void;

const FIELD_RULES = {
  missing: 'submit-field-missing',
  unknown: 'submit-field-unknown',
  type: 'submit-field-type',
  order: 'submit-field-order',
} as const satisfies Record<FieldFault['kind'], SmtntRuleId>;

function readSubmit(body: JsonObject): Submit {
  return {
    userMsgId: textOf(body, 'UserMsgId'),
    userMsgSubId: textOf(body, 'UserMsgSubId'),
    msgType: numberOf(body, 'MsgType'),
    phoneNo: textOf(body, 'PhoneNo'),
    callbackNo: textOf(body, 'CallbackNo'),
    subject: textOf(body, 'Subject'),
    message: textOf(body, 'Message'),
    userData: textOf(body, 'UserData'),
    fileNames: fileNamesOf(body),
    rich: richOf(body),
  };
}

function judgeText(submit: Submit, type: MessageType, note: Note): void {
  const { message, subject } = submit;
  if (message === '') note(18, 'submit-text-empty', 'Message is empty');
  if (subject !== '' && !type.subject) note(19, 'submit-subject', `Subject on ${type.name}`);
  if (!type.text) return;
  const { unit, most } = type.text;
  if (unit === 'characters') {
    const { length } = [...message];
    if (length > most) note(35, 'submit-text-characters', `Message of ${length} characters, limit ${most}`);
    return;
  }
  const bytes = iconv.encode(message, 'cp949');
  if (bytes.length > most) note(908, 'submit-text-length', `Message of ${bytes.length} bytes, limit ${most}`);
  if (iconv.decode(bytes, 'cp949') !== message) note(5, 'submit-charset', 'Message');
  if (type.subject && iconv.decode(iconv.encode(subject, 'cp949'), 'cp949') !== subject) {
    note(5, 'submit-charset', 'Subject');
  }
}

function judgeReseller(code: string, rules: ContentRules, note: Note): void {
  if (code === '' && !rules.reseller) return;
  if (code === '') note(39, 'submit-reseller', 'ResellerCode is empty on the account of a reseller');
  else if (!/^\d{9}$/.test(code)) {
    note(19, 'submit-reseller', `ResellerCode of ${code.length} characters is not 9 digits`);
  }
}
