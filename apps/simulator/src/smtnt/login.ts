import type { SmtntCrypto } from './crypto.js';
import { compareFields, describeFault, type FieldSpec, numberOf, textOf } from './fields.js';
import type { AccountState, Gateway } from './gateway.js';
import type { JsonObject } from './packets.js';
import type { Breach } from './rules.js';
import { openBody } from './sealing.js';
import type { ServerPacket } from './server-packets.js';

const BIND_FIELDS: readonly FieldSpec[] = [
  { name: 'BindId', type: 'string' },
  { name: 'BindPwd', type: 'string' },
  { name: 'Version', type: 'number' },
];
const UNBIND_FIELDS: readonly FieldSpec[] = [{ name: 'BindId', type: 'string' }];

/** After a refused login and after an unanswered AliveReq (SMTNT 1.2). */
const RETURN_MS = 30_000;
/** How much earlier is still taken for the clocks' difference. */
const RETURN_TOLERANCE_MS = 100;
/** What `refuseLogin` answers unless told otherwise: a system error. */
const DEFAULT_REFUSAL = 1;

/** Result codes of the login (SMTNT 3.3.3.1). */
const LOGIN = {
  ok: 0,
  double: 2,
  address: 3,
  id: 4,
  password: 5,
  suspended: 6,
  version: 7,
  data: 911,
} as const;

export interface LoginJudgement {
  readonly code: number;
  /** As the client wrote it; empty where it could not be read. */
  readonly bindId: string;
  readonly account: AccountState | undefined;
  readonly breaches: readonly Breach[];
}

/** Judges a BindReq that is to be encrypted with `crypto`. Only the first reason for a refusal is told. */
export function judgeLogin(
  gateway: Gateway,
  crypto: SmtntCrypto,
  body: unknown,
  address: string,
): LoginJudgement {
  const read = readEncrypted(crypto, body, BIND_FIELDS, 'bind-body', 'bind-fields');
  const bindId = textOf(read.value, 'BindId');
  const account = gateway.accounts.get(bindId);
  const breaches = [...read.breaches];
  const refused = (code: number, breach?: Breach): LoginJudgement => {
    if (breach) breaches.push(breach);
    return { code, bindId, account, breaches };
  };
  if (!read.usable) return refused(LOGIN.data);
  const version = numberOf(read.value, 'Version');
  if (version !== 1)
    return refused(LOGIN.version, { rule: 'bind-version', detail: `Version ${version}, must be 1` });
  if (!account) return refused(LOGIN.id, { rule: 'bind-id', detail: 'BindId was not issued' });
  const { config } = account;
  if (config.addresses && !config.addresses.includes(address)) {
    return refused(LOGIN.address, { rule: 'bind-address', detail: `${address} is not registered` });
  }
  if (textOf(read.value, 'BindPwd') !== config.password) {
    return refused(LOGIN.password, { rule: 'bind-password', detail: 'BindPwd is not the one issued' });
  }
  if (config.suspended) return refused(LOGIN.suspended, { rule: 'bind-suspended', detail: 'BindId' });
  if (account.holder) {
    // Also what a rightful successor meets while the kernel still keeps the old socket: worth knowing, no breach.
    gateway.judge.note('double-login');
    return refused(LOGIN.double);
  }
  const fault = gateway.judge.faults.strike('refuseLogin');
  return refused(fault ? Number(fault.value ?? DEFAULT_REFUSAL) : LOGIN.ok);
}

/**
 * Whether this client was told to stay away longer, by what it gives as its name (by its address where it gives none
 * that was issued). It is asked once per login, and the refusal is forgotten.
 */
export function judgeReturn(
  gateway: Gateway,
  judgement: LoginJudgement,
  address: string,
): Breach | undefined {
  const who = visitor(judgement, address);
  const refusal = gateway.refusals.get(who);
  if (!refusal) return undefined;
  gateway.refusals.delete(who);
  if (refusal.holder?.closed) return undefined;
  const waited = gateway.judge.clock.now() - refusal.at;
  const limit = gateway.scaled(RETURN_MS);
  if (waited >= limit - gateway.scaled(RETURN_TOLERANCE_MS)) return undefined;
  return {
    rule: refusal.what === 'refused' ? 'reconnect-too-soon' : 'reconnect-after-silence',
    detail: `after ${Math.round(waited)} ms, limit ${limit} ms`,
  };
}

/** Notes a refused login. */
export function rememberRefusal(gateway: Gateway, judgement: LoginJudgement, address: string): void {
  const holder = judgement.code === LOGIN.double ? judgement.account?.holder : undefined;
  gateway.refuse(visitor(judgement, address), {
    at: gateway.judge.clock.now(),
    what: 'refused',
    ...(holder ? { holder } : {}),
  });
}

/** BindRes (SMTNT 3.3.3): the grant where the login succeeded, zeros where it was refused. */
export function bindRes(judgement: LoginJudgement): ServerPacket {
  const { code, bindId, account } = judgement;
  const granted = code === LOGIN.ok ? account?.granted : undefined;
  const body = {
    Result: code,
    BindId: bindId,
    Speed: granted?.speed ?? 0,
    BeginTime: granted?.begin ?? 0,
    EndTime: granted?.end ?? 0,
    EffectiveTime: granted?.effective ?? 0,
  };
  return { method: 'BindRes', body };
}

/** Judges an UnBindReq of a logged-in session and makes the answer; `code` 0 logs it out. */
export function judgeLogout(
  gateway: Gateway,
  crypto: SmtntCrypto,
  body: unknown,
  bindId: string,
): { code: number; breaches: Breach[]; answer: ServerPacket } {
  const read = readEncrypted(crypto, body, UNBIND_FIELDS, 'unbind-body', 'unbind-body');
  const breaches = [...read.breaches];
  const isOurs = textOf(read.value, 'BindId') === bindId;
  if (read.usable && !isOurs)
    breaches.push({ rule: 'unbind-body', detail: 'BindId is not that of the session' });
  const code = read.usable && isOurs ? LOGIN.ok : LOGIN.data;
  return { code, breaches, answer: { method: gateway.settings.logoutAnswer, body: { Result: code } } };
}

function visitor(judgement: LoginJudgement, address: string): string {
  return judgement.account ? judgement.bindId : `address ${address}`;
}

function readEncrypted(
  crypto: SmtntCrypto,
  body: unknown,
  table: readonly FieldSpec[],
  bodyRule: Breach['rule'],
  fieldRule: Breach['rule'],
): { usable: boolean; value: JsonObject; breaches: readonly Breach[] } {
  const opened = openBody(body, crypto);
  if (!opened.ok) return { usable: false, value: {}, breaches: [{ rule: bodyRule, detail: opened.why }] };
  const breaches: Breach[] = [];
  if (!opened.compact) breaches.push({ rule: 'json-compact', detail: 'the encrypted JSON is not compact' });
  let usable = true;
  for (const fault of compareFields(opened.value, table)) {
    breaches.push({ rule: fieldRule, detail: describeFault(fault) });
    if (fault.kind === 'missing' || fault.kind === 'type') usable = false;
  }
  return { usable, value: opened.value, breaches };
}
