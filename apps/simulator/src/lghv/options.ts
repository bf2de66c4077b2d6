import type { JudgeOptions, Random } from '../common/index.js';
import { createCipher, type LghvCipher } from './crypto.js';
import type { Charset } from './fields.js';
import { DEFAULT_OUTCOMES, type Outcomes } from './outcomes.js';
import type { Tps } from './packets.js';

/** Someone who may log in. */
export interface LghvAccount {
  readonly userId: string;
  readonly password: string;
  /** Default `S1` to `S4`. */
  readonly agentIds?: readonly string[];
  /** A reseller must send RESELLER with every message; default false. */
  readonly reseller?: boolean;
}

/** A delay in milliseconds, or a range from which each is drawn. */
export type DelayMs = number | readonly [number, number];

/** Settings that can change while the simulator runs (`configure`, `POST /config`). */
export interface LghvSettings {
  /** Granted submits a second, from the next BIND on; default sms 100, lms 50, mms 10, kko 50, kkf 50. */
  readonly tps: Tps;
  /** What GRANT says of each server; default `Y`. */
  readonly serverStatus: { readonly sms: string; readonly mms: string };
  /** Messages that can still be accepted; -1 (default) for no limit. */
  readonly credit: number;
  /** Which of 17 and 12 answers a duplicate without credit; default `duplicate-first`. */
  readonly checkOrder: 'duplicate-first' | 'credit-first';
  /** How long an accepted MSG_ID is remembered; default 24 h. */
  readonly duplicateMemoryMs: number;
  /** DELIVER_ACK 17 for more than this many accepted messages to one recipient; default none. */
  readonly recipientBlock: { readonly limit: number; readonly withinMs: number } | null;
  /** Default 0. */
  readonly ackDelayMs: DelayMs;
  /** From acceptance to the first REPORT; default 100. */
  readonly reportDelayMs: DelayMs;
  /** After which time an unacknowledged REPORT is sent again; default 10,000. */
  readonly reportRepeatMs: number;
  /** Unacknowledged REPORTs on their way at a time for one agent; default 1,000. */
  readonly reportWindow: number;
  /**
   * `undisturbed` (default) answers and counts an overstepped rate only where no stall of the simulator itself
   * explains it; `always` does so in every case.
   */
  readonly overRate: 'undisturbed' | 'always';
  /** DELIVERs against MSG_MSEC that are tolerated before the session is dropped; default 10. */
  readonly ignoredPauseLimit: number;
  /** Which Hangul a text may hold; default `cp949`. */
  readonly charset: Charset;
  /** How long an image can be used again; default 24 h. */
  readonly imageMemoryMs: number;
  /** The server that takes Kakao types; default `mms`. */
  readonly kakaoServer: 'sms' | 'mms' | 'any';
  /** Answers chosen by the recipient's last four digits; `{}` for none. */
  readonly recipients: Outcomes;
}

/** Settings to be changed; of `tps` only the rates that change. */
export interface LghvChange extends Partial<Omit<LghvSettings, 'tps'>> {
  readonly tps?: Partial<Tps>;
}

/** What `startLghvSimulator` takes; every part has a default. */
export interface LghvOptions extends JudgeOptions, LghvChange {
  /** The address to listen on; default 127.0.0.1. The admin server is always on loopback. */
  readonly host?: string;
  /** The address that GRANT names for the servers; default `host`. */
  readonly advertise?: string;
  /** Ports; default 0, any free one. */
  readonly grantPort?: number;
  readonly smsPort?: number;
  readonly mmsPort?: number;
  readonly adminPort?: number;
  /** What GRANT calls the servers (sid); default `smsclient1` and `mmsclient1`. */
  readonly serverIds?: { readonly sms: string; readonly mms: string };
  /** Default: `demo` with password `demo-password`. */
  readonly accounts?: readonly LghvAccount[];
  /** Key and IV, 16 bytes each; default `pabal-demo-key-1` and `pabal-demo-iv-01`. */
  readonly crypto?: { readonly key: string; readonly iv: string };
  /** Multiplies the limits of LINK_CHECK, idle time and the wait after a refused login; default 1. */
  readonly timeScale?: number;
}

/** The options with every default filled in. */
export interface ResolvedOptions {
  readonly host: string;
  readonly advertise: string;
  readonly grantPort: number;
  readonly smsPort: number;
  readonly mmsPort: number;
  readonly adminPort: number;
  readonly serverIds: { readonly sms: string; readonly mms: string };
  readonly accounts: ReadonlyMap<string, Required<LghvAccount>>;
  readonly cipher: LghvCipher;
  readonly timeScale: number;
  settings: LghvSettings;
}

export const DEFAULT_ACCOUNT = { userId: 'demo', password: 'demo-password' } as const;
export const DEFAULT_CRYPTO = { key: 'pabal-demo-key-1', iv: 'pabal-demo-iv-01' } as const;
export const DEFAULT_SERVER_IDS = { sms: 'smsclient1', mms: 'mmsclient1' };
const DEFAULT_AGENTS = ['S1', 'S2', 'S3', 'S4'];
const DEFAULT_TPS: Tps = { sms: 100, lms: 50, mms: 10, kko: 50, kkf: 50 };

export const DEFAULT_SETTINGS: LghvSettings = {
  tps: DEFAULT_TPS,
  serverStatus: { sms: 'Y', mms: 'Y' },
  credit: -1,
  checkOrder: 'duplicate-first',
  duplicateMemoryMs: 24 * 3600 * 1000,
  recipientBlock: null,
  ackDelayMs: 0,
  reportDelayMs: 100,
  reportRepeatMs: 10_000,
  reportWindow: 1000,
  overRate: 'undisturbed',
  ignoredPauseLimit: 10,
  charset: 'cp949',
  imageMemoryMs: 24 * 3600 * 1000,
  kakaoServer: 'mms',
  recipients: DEFAULT_OUTCOMES,
};

/** Fills in the defaults. Throws TypeError naming the option that makes no sense. */
export function resolveOptions(options: LghvOptions): ResolvedOptions {
  const timeScale = options.timeScale ?? 1;
  if (!(timeScale > 0)) throw new TypeError('timeScale must be above 0');
  const accounts = options.accounts ?? [DEFAULT_ACCOUNT];
  const { key, iv } = options.crypto ?? DEFAULT_CRYPTO;
  return {
    host: options.host ?? '127.0.0.1',
    advertise: options.advertise ?? options.host ?? '127.0.0.1',
    grantPort: options.grantPort ?? 0,
    smsPort: options.smsPort ?? 0,
    mmsPort: options.mmsPort ?? 0,
    adminPort: options.adminPort ?? 0,
    serverIds: options.serverIds ?? DEFAULT_SERVER_IDS,
    accounts: new Map(
      accounts.map((one) => [one.userId, { agentIds: DEFAULT_AGENTS, reseller: false, ...one }]),
    ),
    cipher: createCipher(key, iv),
    timeScale,
    settings: changeSettings(DEFAULT_SETTINGS, pickSettings(options)),
  };
}

function pickSettings(options: LghvOptions): LghvChange {
  const known = new Set(Object.keys(DEFAULT_SETTINGS));
  return Object.fromEntries(
    Object.entries(options).filter(([key, value]) => known.has(key) && value !== undefined),
  );
}

const CHECKS: { readonly [K in keyof LghvSettings]: (value: unknown) => boolean } = {
  tps: (value) =>
    isObject(value) && Object.entries(value).every(([kind, rate]) => kind in DEFAULT_TPS && isRate(rate)),
  serverStatus: (value) =>
    isObject(value) && ['sms', 'mms'].every((kind) => ['Y', 'N', 'R'].includes(String(value[kind]))),
  credit: (value) => Number.isInteger(value) && (value as number) >= -1,
  checkOrder: (value) => value === 'duplicate-first' || value === 'credit-first',
  duplicateMemoryMs: isMs,
  recipientBlock: (value) =>
    value === null || (isObject(value) && Number.isInteger(value.limit) && isMs(value.withinMs)),
  ackDelayMs: isDelay,
  reportDelayMs: isDelay,
  reportRepeatMs: (value) => isMs(value) && (value as number) > 0,
  reportWindow: (value) => Number.isInteger(value) && (value as number) > 0,
  overRate: (value) => value === 'undisturbed' || value === 'always',
  ignoredPauseLimit: (value) => Number.isInteger(value) && (value as number) >= 0,
  charset: (value) => value === 'euc-kr' || value === 'cp949',
  imageMemoryMs: isMs,
  kakaoServer: (value) => value === 'sms' || value === 'mms' || value === 'any',
  recipients: (value) => isObject(value) && Object.entries(value).every(isOutcomeEntry),
};

/** The words of a setting that has a few; the others are numbers. */
const WORDS: { readonly [K in keyof LghvSettings]?: string } = {
  tps: 'whole numbers from 0 to 99999 for sms, lms, mms, kko and kkf',
  serverStatus: 'Y, N or R',
  checkOrder: 'duplicate-first or credit-first',
  overRate: 'undisturbed or always',
  charset: 'euc-kr or cp949',
  kakaoServer: 'sms, mms or any',
};

/** `settings` with `change` on top. Throws TypeError for a name that is unknown or a value out of range. */
export function changeSettings(settings: LghvSettings, change: unknown): LghvSettings {
  if (!isObject(change)) throw new TypeError('settings must be an object');
  const merged: Record<string, unknown> = { ...settings };
  for (const [name, value] of Object.entries(change)) {
    if (!Object.hasOwn(CHECKS, name)) {
      throw new TypeError(`unknown setting ${name}; known: ${Object.keys(CHECKS).join(', ')}`);
    }
    const partly = (name === 'serverStatus' || name === 'tps') && isObject(value);
    merged[name] = partly ? { ...settings[name], ...value } : value;
    if (!CHECKS[name as keyof LghvSettings](merged[name])) {
      const words = WORDS[name as keyof LghvSettings];
      throw new TypeError(`setting ${name} is out of range${words === undefined ? '' : `: it is ${words}`}`);
    }
  }
  return merged as unknown as LghvSettings;
}

/** The delay, or one drawn from its range. */
export function drawDelay(delay: DelayMs, random: Random): number {
  return typeof delay === 'number' ? delay : delay[0] + (delay[1] - delay[0]) * random();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRate(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 99_999;
}

function isMs(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}

function isDelay(value: unknown): boolean {
  return (
    isMs(value) || (Array.isArray(value) && value.length === 2 && value.every(isMs) && value[0] <= value[1])
  );
}

function isOutcomeEntry([digits, outcome]: [string, unknown]): boolean {
  if (!/^\d{4}$/.test(digits) || !isObject(outcome)) return false;
  return Object.entries(outcome).every(([key, value]) =>
    key === 'times'
      ? Number.isInteger(value)
      : key === 'kakao'
        ? typeof value === 'boolean'
        : (key === 'ack' || key === 'report') && typeof value === 'string',
  );
}
