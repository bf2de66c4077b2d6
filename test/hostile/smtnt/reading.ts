import { createDecipheriv } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { GOLDEN_IV, GOLDEN_KEY } from '@pabal/protocol-smtnt/testing';

/** A packet as this second reading of the specification has it. */
export interface ReadPacket {
  readonly method: string;
  readonly body?: Readonly<Record<string, string | number>>;
  readonly name?: string;
}

/** What it comes to: a packet, or undefined where there is none. */
export type Reading = ReadPacket | undefined;

/**
 * The bodies of SMTNT 3.3, typed once more: `#` marks a number, `?` what may be absent. The names of an answer that
 * repeats the request are those of the request.
 */
const FIELDS: Readonly<Record<string, string>> = {
  BindReq: 'BindId BindPwd #Version',
  BindRes: '#Result ?BindId ?#Speed ?#BeginTime ?#EndTime ?#EffectiveTime',
  MsgSendReq: `UserMsgId UserMsgSubId #MsgType PhoneNo CallbackNo TranId Subject Message KakaoAdFlag KakaoNationCode
    KakaoSenderKey KakaoTemplateCode #KakaoTimeout KakaoButton #FileCount FileType1 FileName1 FileType2 FileName2
    FileType3 FileName3 UserData ?kakaoImageLink ?kakaoUserKey ?kakaoTitle ?kakaoQuick ?kakaoWide ?rcsMessageBaseId
    ?rcsButton ?#rcsHeader ?rcsFooter ?rcsCopyAllowed ?rcsAgencyId ?rcsBrandKey ?rcsAgencyKey ?ResellerCode`,
  MsgSendRes: 'UserMsgId ?UserMsgSubId ?PhoneNo ?#MsgType #Result ?UserData',
  ReportReq: `UserMsgId ?UserMsgSubId ?ServerMsgId ?#MsgType ?PhoneNo #Result ?Telecom ?DeliveryTime ?UserData`,
  ReportRes: 'UserMsgId UserMsgSubId ServerMsgId #Result',
  SpamReq: 'SpamId PhoneNo DenyNo',
  SpamRes: 'SpamId PhoneNo DenyNo #Result',
  ChangePhoneReq: 'ServerMsgId PhoneNo ChangePhoneNo',
  ChangePhoneRes: 'ServerMsgId PhoneNo ChangePhoneNo #Result',
  UploadFileNameReq: 'FileExtension',
  UploadFileNameRes: '#Result ?FileName',
  UploadFileReq: 'Data',
  UploadFileDataReq: 'Data',
  UploadFileFinishReq: 'FileName #FileSize',
  UploadFileFinishRes: '#Result',
  UnBindReq: 'BindId',
  UnBindRes: '#Result',
};
const NO_BODY = new Set(['PrivateKeyReq', 'AliveReq', 'AliveRes']);
const ALWAYS_SEALED = new Set(['BindReq', 'BindRes', 'UnBindReq', 'UnBindRes']);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The names of the methods, and of their fields. */
export const methodNames: readonly string[] = [...Object.keys(FIELDS), ...NO_BODY, 'PrivateKeyRes'];

/** Reads the compressed part of a frame with nothing but Node. */
export function readPacked(bytes: Uint8Array, isEncrypted: boolean, maxBytes: number): Reading {
  try {
    const envelope = asObject(JSON.parse(unpackedText(bytes, maxBytes)));
    const method = asObject(envelope?.get('Header'))?.get('Method');
    return typeof method === 'string' ? readBody(method, envelope?.get('Body'), isEncrypted) : undefined;
  } catch {
    return undefined;
  }
}

/** @throws anything when it is no zlib stream, or one of more than `maxBytes`. */
function unpackedText(bytes: Uint8Array, maxBytes: number): string {
  return inflateSync(bytes, { maxOutputLength: maxBytes }).toString('utf8');
}

/** Whether the Body stands as a text, as encrypted ones do. */
export function looksSealed(bytes: Uint8Array, maxBytes: number): boolean {
  try {
    return /"Body" *: *"/.test(unpackedText(bytes, maxBytes));
  } catch {
    return false;
  }
}

function readBody(method: string, given: unknown, isEncrypted: boolean): Reading {
  if (NO_BODY.has(method)) return { method, body: {} };
  if (method === 'PrivateKeyRes') return readKey(given);
  const fields = Object.entries(FIELDS).find(([name]) => name === method)?.[1];
  if (fields === undefined) return { method: 'unrecognised', name: method };
  const isSealed = isEncrypted || ALWAYS_SEALED.has(method);
  if (isEncrypted && typeof given !== 'string' && !ALWAYS_SEALED.has(method)) return undefined;
  const body = asObject(isSealed && typeof given === 'string' ? unsealed(given) : given);
  if (!body) return undefined;
  const read: Record<string, string | number> = {};
  for (const field of fields.split(/\s+/)) {
    const name = field.replace(/^\??#?/, '');
    const value = body.get(name) ?? undefined;
    if (value === undefined && field.startsWith('?')) continue;
    const known = field.includes('#') ? asNumber(value) : asText(value);
    if (known === undefined) return undefined;
    read[name] = known;
  }
  return { method, body: read };
}

function readKey(given: unknown): Reading {
  const texts = [...(asObject(given) ?? [])].filter(([, value]) => typeof value === 'string');
  const named = new Map(texts);
  const only = texts.length === 1 ? texts[0]?.[1] : undefined;
  const key = typeof given === 'string' ? given : (named.get('PrivateKey') ?? named.get('Key') ?? only);
  return typeof key === 'string' && key !== ''
    ? { method: 'PrivateKeyRes', body: { PrivateKey: key } }
    : undefined;
}

function unsealed(given: string): unknown {
  const text = given.replaceAll(/\s/g, '');
  if (!BASE64.test(text)) return undefined;
  const decipher = createDecipheriv('aes-128-cbc', GOLDEN_KEY, GOLDEN_IV);
  return JSON.parse(Buffer.concat([decipher.update(text, 'base64'), decipher.final()]).toString('utf8'));
}

/** A map, so that nothing which every object has can pass for a member. */
function asObject(value: unknown): Map<string, unknown> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? new Map(Object.entries(value)) : undefined;
}

function asNumber(value: unknown): number | undefined {
  const isNumber = typeof value === 'string' ? /^\s*-?\d{1,15}\s*$/.test(value) : Number.isSafeInteger(value);
  // Minus nothing is nothing.
  return isNumber ? Number(value) || 0 : undefined;
}

function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}
