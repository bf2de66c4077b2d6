import type { AccountState, Gateway } from './gateway.js';
import { isObject, type JsonObject } from './packets.js';
import {
  checkCredit,
  GRANT_NAMES,
  type Grant,
  pickGrant,
  pickSettings,
  SETTING_NAMES,
  type SmtntSettings,
} from './settings.js';

/** What can be changed, or made to happen, while the simulator runs. A new grant counts from the next login on. */
export interface SmtntChange extends Partial<SmtntSettings>, Partial<Grant> {
  /** The BindId that grant, credit and notices are meant for; every one where absent. */
  readonly bindId?: string;
  /** Messages that are paid for from now on; -1 without limit. */
  readonly credit?: number;
  /** Sends SpamReq: the person at `phoneNo` called the opt-out number `denyNo`. */
  readonly spam?: { readonly phoneNo: string; readonly denyNo: string };
  /** Sends ChangePhoneReq: who had `phoneNo` is at `changePhoneNo` now. */
  readonly numberChange?: { readonly phoneNo: string; readonly changePhoneNo: string };
}

const KNOWN = new Set(['bindId', 'credit', 'spam', 'numberChange', ...GRANT_NAMES, ...SETTING_NAMES]);

/** Checks all of a change, then applies it. Throws TypeError for anything unknown or out of range. */
export function applyChange(gateway: Gateway, change: unknown): void {
  if (!isObject(change)) throw new TypeError('a change must be an object');
  const unknown = Object.keys(change).find((key) => !KNOWN.has(key));
  if (unknown !== undefined) {
    throw new TypeError(`unknown setting ${unknown}; known: ${[...KNOWN].join(', ')}`);
  }
  const accounts = accountsOf(gateway, change.bindId);
  const settings = pickSettings(change);
  const grant = pickGrant(change);
  const credit = change.credit === undefined ? undefined : checkCredit(change.credit);
  const spam = notice(change, 'spam', ['phoneNo', 'denyNo']);
  const moved = notice(change, 'numberChange', ['phoneNo', 'changePhoneNo']);

  gateway.settings = { ...gateway.settings, ...settings };
  for (const account of accounts) {
    account.grant = { ...account.grant, ...grant };
    if (credit !== undefined) account.credit = credit;
    if (spam) gateway.pushSpam(account, spam[0], spam[1]);
    if (moved) gateway.pushNumberChange(account, moved[0], moved[1]);
  }
}

function accountsOf(gateway: Gateway, bindId: unknown): AccountState[] {
  if (bindId === undefined) return [...gateway.accounts.values()];
  const account = gateway.accounts.get(String(bindId));
  if (!account) throw new TypeError('bindId is not that of an account');
  return [account];
}

function notice(
  change: JsonObject,
  name: string,
  keys: readonly [string, string],
): readonly [string, string] | undefined {
  const given = change[name];
  if (given === undefined) return undefined;
  const numbers = keys.map((key) => (isObject(given) ? given[key] : undefined));
  for (const [i, number] of numbers.entries()) {
    if (typeof number !== 'string' || !/^\d{3,15}$/.test(number)) {
      throw new TypeError(`${name}.${keys[i]} must be 3 to 15 digits`);
    }
  }
  return numbers as unknown as readonly [string, string];
}
