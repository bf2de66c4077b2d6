import type { Judge } from '../common/index.js';
import { DuplicateMemory } from './duplicates.js';
import { ImageStore } from './images.js';
import { changeSettings, type LghvSettings, type ResolvedOptions } from './options.js';
import type { Tps } from './packets.js';
import { RateDomain } from './rate-domain.js';
import { RecipientCounter } from './recipients.js';
import { ReportQueue } from './reports.js';
import type { LghvRule } from './rules.js';

/** Whether a server takes SMS or everything else. */
export type ServerKind = 'sms' | 'mms';

/** What the gateway keeps of USER_ID + AGENT_ID over all servers and connections. */
export interface Agent {
  readonly userId: string;
  readonly agentId: string;
  readonly resellerRequired: boolean;
  readonly rates: Readonly<Record<keyof Tps, RateDomain>>;
  readonly reports: ReportQueue;
}

interface Granted {
  readonly order: number;
  readonly status: LghvSettings['serverStatus'];
}

/** The state that all servers of the simulated gateway share. */
export class Gateway {
  readonly judge: Judge<LghvRule>;
  readonly options: ResolvedOptions;
  readonly duplicates = new DuplicateMemory();
  readonly recipients = new RecipientCounter();
  readonly images = new ImageStore();
  readonly #agents = new Map<string, Agent>();
  /** Who holds each line (user, agent, server, S or R): a second login is refused while it lives. */
  readonly #bound = new Map<string, object>();
  readonly #grants = new Map<string, Granted>();
  readonly #endedByUs = new Map<string, number>();
  readonly #refusedAt = new Map<string, number>();
  /** Outcome numbers that answer a limited number of times: how often each MSG_ID met its own. */
  readonly #met = new Map<string, number>();
  #order = 0;

  constructor(judge: Judge<LghvRule>, options: ResolvedOptions) {
    this.judge = judge;
    this.options = options;
    judge.details = () => ({
      bound: [...this.#bound.keys()],
      reportsPending: [...this.#agents.values()].reduce((sum, { reports }) => sum + reports.pending, 0),
      duplicateMemory: this.duplicates.size,
      images: this.images.size,
      credit: this.settings.credit,
    });
  }

  get settings(): LghvSettings {
    return this.options.settings;
  }

  configure(change: unknown): void {
    this.options.settings = changeSettings(this.options.settings, change);
  }

  /** Takes one from the credit; false where none is left. */
  takeCredit(): boolean {
    const { credit } = this.settings;
    if (credit === 0) return false;
    if (credit > 0) this.options.settings = { ...this.settings, credit: credit - 1 };
    return true;
  }

  /** The agent, where the account exists and has it. */
  agent(userId: string, agentId: string): Agent | undefined {
    const account = this.options.accounts.get(userId);
    if (!account?.agentIds.includes(agentId)) return undefined;
    const name = `${userId}/${agentId}`;
    let agent = this.#agents.get(name);
    if (!agent) {
      const rate = (kind: keyof Tps): RateDomain =>
        new RateDomain(this.judge, `${name}/${kind}`, this.settings.tps[kind]);
      agent = {
        userId,
        agentId,
        resellerRequired: account.reseller,
        rates: { sms: rate('sms'), lms: rate('lms'), mms: rate('mms'), kko: rate('kko'), kkf: rate('kkf') },
        reports: new ReportQueue(this.judge, () => this.settings),
      };
      this.#agents.set(name, agent);
    }
    return agent;
  }

  /** Holds the agent to the rates as they are set now: a login for sending was told them. */
  holdToRates({ rates }: Agent): void {
    for (const kind of Object.keys(rates) as (keyof Tps)[]) rates[kind].grant(this.settings.tps[kind]);
  }

  /** Notes that this account was told its servers, and what they were said to be. */
  granted(userId: string): void {
    this.#grants.set(userId, { order: ++this.#order, status: this.settings.serverStatus });
  }

  /** Whether the account asked for GRANT since the gateway last ended this line's connection. */
  hasFreshGrant(userId: string, line: string): boolean {
    const granted = this.#grants.get(userId);
    return granted !== undefined && granted.order > (this.#endedByUs.get(line) ?? 0);
  }

  /** Whether GRANT, when it was last asked for, called the server usable. */
  wasUsable(userId: string, kind: ServerKind): boolean {
    return (this.#grants.get(userId)?.status[kind] ?? 'Y') === 'Y';
  }

  /** Notes that the gateway, not the client, ended the connection of this line. */
  endedByGateway(line: string): void {
    this.#endedByUs.set(line, ++this.#order);
  }

  refused(line: string, at: number): void {
    this.#refusedAt.set(line, at);
  }

  /** Milliseconds since the last refused BIND of this line; undefined where there was none since a success. */
  sinceRefusal(line: string, now: number): number | undefined {
    const at = this.#refusedAt.get(line);
    return at === undefined ? undefined : now - at;
  }

  /** Gives the line to `session`; false while another one holds it. */
  bind(line: string, session: object): boolean {
    if (this.#bound.has(line)) return false;
    this.#bound.set(line, session);
    this.#refusedAt.delete(line);
    return true;
  }

  release(line: string, session: object): void {
    if (this.#bound.get(line) === session) this.#bound.delete(line);
  }

  /** Counts one more meeting of a MSG_ID with its outcome, and tells how many there were before. */
  meet(userId: string, msgId: string): number {
    const key = `${userId} ${msgId}`;
    const before = this.#met.get(key) ?? 0;
    this.#met.set(key, before + 1);
    return before;
  }
}
