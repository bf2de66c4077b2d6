import { type Judge, type NumberColumn, SlidingSecond } from '../common/index.js';
import { DuplicateMemory } from './duplicates.js';
import { FileStore } from './file-store.js';
import type { ResolvedAccount, ResolvedOptions } from './options.js';
import { type Push, PushBook } from './pushes.js';
import type { SmtntRuleId } from './rules.js';
import type { ServerPacket } from './server-packets.js';
import type { Grant, SmtntSettings } from './settings.js';

/** A connection, as far as judging what came over it needs it. */
export interface SessionLink {
  readonly number: number;
  readonly closed: boolean;
  send(packet: ServerPacket): void;
  /** Writes bytes that are no packet. */
  sendRaw(bytes: Uint8Array): void;
  /** Writes what is queued, then closes. */
  end(): void;
  /** Closes at once. */
  cut(): void;
}

/** Why and when a login was refused, until the client came back. */
export interface Refusal {
  readonly at: number;
  readonly what: 'refused' | 'silence';
  /** The refusal was only because this session was still there: its own owner may come back at any time. */
  readonly holder?: SessionLink;
}

/** What the gateway knows about one BindId, over all its sessions. */
export class AccountState {
  readonly config: ResolvedAccount;
  /** Under what was granted last. */
  arrivals: NumberColumn;
  readonly duplicates: DuplicateMemory;
  readonly pushes: PushBook;
  readonly files = new FileStore();
  /** Recent arrivals by recipient, only with the option recipientBurst. */
  readonly recent = new Map<string, number[]>();
  /** How often ids were refused that are to be accepted in the end. */
  readonly met = new Map<string, number>();
  /** Messages that are paid for; -1 without limit. */
  credit: number;
  /** The session that is logged in, until its socket is gone. */
  holder: SessionLink | undefined;
  /** What the next BindRes will grant. */
  grant: Grant;
  /** What the last BindRes granted, and what the client is held to. */
  granted: Grant;
  pace: SlidingSecond;

  constructor(config: ResolvedAccount, gateway: Gateway) {
    const { judge, options } = gateway;
    this.config = config;
    this.credit = config.credit;
    this.grant = config;
    this.granted = config;
    this.pace = new SlidingSecond(config.speed);
    this.arrivals = judge.rates.domain(config.bindId, config.speed);
    this.duplicates = new DuplicateMemory(options.duplicateMemoryMs);
    this.pushes = new PushBook(judge.delays, () => ({
      repeatMs: gateway.settings.reportRepeatMs,
      window: gateway.settings.reportWindow,
    }));
  }
}

/** One account as the statistics show it. */
export interface AccountDetails {
  /** The session that is logged in; 0 for none. */
  readonly session: number;
  readonly grant: Grant;
  /** -1 without limit. */
  readonly credit: number;
  /** Reports, opt-outs and number changes that are due and not answered. */
  readonly unanswered: number;
  /** UserMsgIds that would be answered with 320. */
  readonly remembered: number;
  /** Names of uploaded files, those that serve no more included. */
  readonly files: number;
}

/** The whole of the simulated gateway but its sockets. */
export class Gateway {
  readonly judge: Judge<SmtntRuleId>;
  readonly options: ResolvedOptions;
  settings: SmtntSettings;
  readonly accounts: ReadonlyMap<string, AccountState>;
  /** Refused logins by who tried; the oldest goes when there are too many. */
  readonly refusals = new Map<string, Refusal>();
  #lastServerId = 0;

  constructor(judge: Judge<SmtntRuleId>, options: ResolvedOptions) {
    this.judge = judge;
    this.options = options;
    this.settings = options.settings;
    this.accounts = new Map(
      options.accounts.map((account) => [account.bindId, new AccountState(account, this)]),
    );
  }

  /** What stands at each account, for the statistics. */
  details(): Record<string, AccountDetails> {
    const entries = [...this.accounts].map(([bindId, account]) => {
      const { holder, credit, pushes, duplicates, granted, files } = account;
      const { speed, begin, end, effective } = granted;
      const grant = { speed, begin, end, effective };
      const session = holder?.number ?? 0;
      const remembered = duplicates.size;
      return [bindId, { session, grant, credit, unanswered: pushes.open, remembered, files: files.size }];
    });
    return Object.fromEntries(entries);
  }

  /** A wait that the specification fixes, stretched or shrunk by `timeScale`. */
  scaled(ms: number): number {
    return ms * this.options.timeScale;
  }

  /** The gateway's own number for a message, opt-out or number change. */
  nextServerId(): string {
    this.#lastServerId += 1;
    return String(700_000 + this.#lastServerId);
  }

  /** Notes that `who` may not come back for a while. */
  refuse(who: string, refusal: Refusal): void {
    this.refusals.delete(who);
    this.refusals.set(who, refusal);
    if (this.refusals.size <= MOST_REFUSALS) return;
    for (const oldest of this.refusals.keys()) {
      this.refusals.delete(oldest);
      break;
    }
  }

  /** Tells an account of an opt-out (SMTNT 3.3.10); repeated until SpamRes. */
  pushSpam(account: AccountState, phoneNo: string, denyNo: string): void {
    const id = this.nextServerId();
    account.pushes.add(notice('SpamReq', `SpamRes:${id}`, { SpamId: id, PhoneNo: phoneNo, DenyNo: denyNo }));
  }

  /** Tells an account that a recipient has another number now (SMTNT 3.3.12); repeated until ChangePhoneRes. */
  pushNumberChange(account: AccountState, phoneNo: string, changePhoneNo: string): void {
    const id = this.nextServerId();
    const echo = { ServerMsgId: id, PhoneNo: phoneNo, ChangePhoneNo: changePhoneNo };
    account.pushes.add(notice('ChangePhoneReq', `ChangePhoneRes:${id}`, echo));
  }
}

const MOST_REFUSALS = 1000;

function notice(method: string, key: string, echo: Readonly<Record<string, string>>): Push {
  const nothing = (): void => undefined;
  return {
    key,
    packet: () => ({ method, body: echo }),
    echo,
    copies: 1,
    onSent: nothing,
    onAnswered: nothing,
  };
}
