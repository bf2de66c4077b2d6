import type { JudgeOptions } from '../common/index.js';
import { oneOf } from './checks.js';
import type { SmtntCrypto } from './crypto.js';
import type { PortMode } from './packets.js';
import {
  checkCredit,
  DEFAULT_GRANT,
  DEFAULT_SETTINGS,
  type Grant,
  pickGrant,
  pickSettings,
  type SmtntSettings,
} from './settings.js';

/** One BindId that may log in. What is not granted here is granted as the simulator's options say. */
export interface SmtntAccount extends Partial<Grant> {
  readonly bindId: string;
  readonly password: string;
  /** Login is refused with 6. */
  readonly suspended?: boolean;
  /** Addresses it may come from; any where absent. Others are refused with 3. */
  readonly addresses?: readonly string[];
  /** Messages that are paid for, -1 without limit; at 0 a submit is refused with 906. Default: that of the options. */
  readonly credit?: number;
  /** Registered sender numbers; any where absent. Others are refused with 316. */
  readonly senders?: readonly string[];
  /** A reseller must name its ResellerCode, else 39. */
  readonly reseller?: boolean;
}

/** What `startSmtntSimulator` takes; every part has a default. */
export interface SmtntOptions extends JudgeOptions, Partial<SmtntSettings>, Partial<Grant> {
  /** The address to listen on; default 127.0.0.1. The admin server is always on loopback. */
  readonly host?: string;
  /** Default 0, any free one. */
  readonly port?: number;
  /** What `port` speaks: `plain` (default) encrypts the login alone, `encrypted` everything. */
  readonly mode?: PortMode;
  /** A second port that encrypts everything, beside a plain one; 0 for any free one. Default: none. */
  readonly encryptedPort?: number;
  readonly adminPort?: number;
  /** Default: `test001` with password `demo-password`. */
  readonly accounts?: readonly SmtntAccount[];
  /** Key (of the plain port) and IV (of both), 16 bytes each; default `pabal-demo-key-1` and `pabal-demo-iv-01`. */
  readonly crypto?: SmtntCrypto;
  /** Messages that are paid for, for every account that does not say otherwise; default -1, without limit. */
  readonly credit?: number;
  /** How long an accepted UserMsgId is answered with 320; default 24 h. */
  readonly duplicateMemoryMs?: number;
  /** Multiplies the 30 s of idle time and of the wait after a refused login; default 1. */
  readonly timeScale?: number;
  /** Largest compressed packet that is read; default 65,536 bytes. */
  readonly maxFrameBytes?: number;
  /** Largest inflated packet that is read; default 262,144 bytes. */
  readonly maxInflatedBytes?: number;
}

/** An account with its grant and credit filled in. */
export type ResolvedAccount = SmtntAccount & Grant & { readonly credit: number };

/** The options with every default filled in. */
export interface ResolvedOptions {
  readonly host: string;
  readonly port: number;
  readonly mode: PortMode;
  readonly encryptedPort: number | undefined;
  readonly adminPort: number;
  /** What keys of connections follow from. */
  readonly seed: number;
  readonly accounts: readonly ResolvedAccount[];
  readonly crypto: SmtntCrypto;
  readonly duplicateMemoryMs: number;
  readonly timeScale: number;
  readonly maxFrameBytes: number;
  readonly maxInflatedBytes: number;
  readonly settings: SmtntSettings;
}

export const DEFAULT_ACCOUNT = { bindId: 'test001', password: 'demo-password' } as const;
export const DEFAULT_CRYPTO = { key: 'pabal-demo-key-1', iv: 'pabal-demo-iv-01' } as const;

/** Fills in what is absent. Throws TypeError naming the option that makes no sense. */
export function resolveOptions(options: SmtntOptions): ResolvedOptions {
  const timeScale = options.timeScale ?? 1;
  if (!(timeScale > 0)) throw new TypeError(`timeScale must be above 0, is ${timeScale}`);
  const duplicateMemoryMs = options.duplicateMemoryMs ?? 24 * 3_600_000;
  if (!(duplicateMemoryMs >= 0)) {
    throw new TypeError(`duplicateMemoryMs must not be negative, is ${duplicateMemoryMs}`);
  }
  const grant = { ...DEFAULT_GRANT, ...pickGrant(options) };
  const credit = checkCredit(options.credit ?? -1);
  const accounts = (options.accounts ?? [DEFAULT_ACCOUNT]).map(
    (account: SmtntAccount): ResolvedAccount => ({
      ...account,
      ...grant,
      ...pickGrant(account),
      credit: checkCredit(account.credit ?? credit),
    }),
  );
  if (new Set(accounts.map(({ bindId }) => bindId)).size !== accounts.length) {
    throw new TypeError('accounts: a bindId is named twice');
  }
  const mode = options.mode ?? 'plain';
  const modes = oneOf('plain', 'encrypted');
  if (!modes.holds(mode)) throw new TypeError(`mode must be ${modes.wanted}, is ${String(mode)}`);
  if (mode === 'encrypted' && options.encryptedPort !== undefined) {
    throw new TypeError('encryptedPort stands beside a plain port, and mode is encrypted');
  }
  return {
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    mode,
    encryptedPort: options.encryptedPort,
    seed: options.seed ?? 1,
    adminPort: options.adminPort ?? 0,
    accounts,
    crypto: checkCrypto(options.crypto ?? DEFAULT_CRYPTO),
    duplicateMemoryMs,
    timeScale,
    maxFrameBytes: options.maxFrameBytes ?? 65_536,
    maxInflatedBytes: options.maxInflatedBytes ?? 262_144,
    settings: { ...DEFAULT_SETTINGS, ...pickSettings(options) },
  };
}

function checkCrypto(crypto: SmtntCrypto): SmtntCrypto {
  for (const name of ['key', 'iv'] as const) {
    const bytes = Buffer.byteLength(crypto[name]);
    if (bytes !== 16) throw new TypeError(`crypto.${name} must be 16 bytes, is ${bytes}`);
  }
  return crypto;
}
