import iconv from 'iconv-lite';
import { compareFields, describeFault, type FieldFault, numberOf, textOf } from './fields.js';
import { isObject, type JsonObject } from './packets.js';
import type { Breach, SmtntRuleId } from './rules.js';
import { isAlwaysThere, RICH_FIELDS, SUBMIT_FIELDS } from './submit-fields.js';

const SMS = 4;
const LMS = 6;
/** Largest Message in CP949 bytes, by MsgType. */
const TEXT_LIMITS: Readonly<Record<number, number>> = { [SMS]: 90, [LMS]: 2000 };

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
  const limit = TEXT_LIMITS[submit.msgType];
  if (limit === undefined) {
    note(5, 'submit-message-type', `MsgType ${submit.msgType} is not carried, only 4 and 6`);
    return { submit, code, breaches };
  }
  judgeText(submit, limit, note);
  const mistyped = faults.filter(({ kind }) => kind === 'type').map(({ name }) => name);
  judgeUnused(body, submit, mistyped, note);
  judgeFiles(body, submit, note);
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
  };
}

function judgeText(submit: Submit, limit: number, note: Note): void {
  if (submit.message === '') note(18, 'submit-text-empty', 'Message is empty');
  const bytes = iconv.encode(submit.message, 'cp949');
  if (bytes.length > limit)
    note(908, 'submit-text-length', `Message of ${bytes.length} bytes, limit ${limit}`);
  if (iconv.decode(bytes, 'cp949') !== submit.message) note(5, 'submit-charset', 'Message');
  if (submit.subject === '') return;
  if (submit.msgType === SMS) note(19, 'submit-subject', 'Subject on an SMS');
  if (iconv.decode(iconv.encode(submit.subject, 'cp949'), 'cp949') !== submit.subject) {
    note(5, 'submit-charset', 'Subject');
  }
}

function judgeUnused(body: JsonObject, submit: Submit, mistyped: readonly string[], note: Note): void {
  for (const name of RICH_FIELDS) {
    const value = body[name];
    if (value !== undefined && value !== '' && value !== 0 && !mistyped.includes(name)) {
      note(19, 'submit-unused-field', `${name} on MsgType ${submit.msgType}`);
    }
  }
}

function judgeFiles(body: JsonObject, submit: Submit, note: Note): void {
  const count = numberOf(body, 'FileCount');
  let named = 0;
  for (const n of [1, 2, 3]) {
    const type = textOf(body, `FileType${n}`);
    if (textOf(body, `FileName${n}`) !== '') named += 1;
    else if (type !== '') note(909, 'submit-files', `FileType${n} without FileName${n}`);
    if (type !== '' && type !== 'IMG') note(909, 'submit-files', `FileType${n} is not IMG`);
  }
  if (count !== named) note(909, 'submit-files', `FileCount ${count} with ${named} named files`);
  else if (count > 0 && submit.msgType === SMS) note(909, 'submit-files', `FileCount ${count} on an SMS`);
  else if (count > 0) note(16, 'submit-files', `${count} files that were never uploaded`);
}

function judgeReseller(code: string, rules: ContentRules, note: Note): void {
  if (code === '' && !rules.reseller) return;
  if (code === '') note(39, 'submit-reseller', 'ResellerCode is empty on the account of a reseller');
  else if (!/^\d{9}$/.test(code)) {
    note(19, 'submit-reseller', `ResellerCode of ${code.length} characters is not 9 digits`);
  }
}
