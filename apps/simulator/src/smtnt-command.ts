import {
  COMMON_FLAGS,
  COMMON_USAGE,
  commonChoices,
  flagNumber,
  readFlags,
  type SimulatorCommand,
  UsageError,
} from './common/index.js';
import { SMTNT_DEFAULTS, type SmtntAccountOptions, startSmtntSimulator } from './smtnt/index.js';

const FLAGS = {
  ...COMMON_FLAGS,
  port: { type: 'string' },
  speed: { type: 'string' },
  begin: { type: 'string' },
  end: { type: 'string' },
  effective: { type: 'string' },
  account: { type: 'string', multiple: true },
  key: { type: 'string' },
  iv: { type: 'string' },
  'duplicate-memory': { type: 'string' },
} as const;

const NUMBERS = ['port', 'speed', 'begin', 'end', 'effective'] as const;

/** `pabal simulate smtnt`. */
export const smtntCommand: SimulatorCommand = {
  gateway: 'smtnt',
  usage: `usage: pabal simulate smtnt [flags]
  --port N                   where to listen (default ${SMTNT_DEFAULTS.port})
  --speed N                  MsgSendReq a second (default ${SMTNT_DEFAULTS.speed})
  --begin HOUR --end HOUR    the hours of the day in Korea in which sending is allowed (default 0 and 24)
  --effective HOURS          the validity of a message (default ${SMTNT_DEFAULTS.effective})
  --account ID:PASSWORD      who may log in (default ${SMTNT_DEFAULTS.accounts[0].bindId}:${SMTNT_DEFAULTS.accounts[0].password}); repeatable
  --key TEXT --iv TEXT       16 bytes each (default ${SMTNT_DEFAULTS.crypto.key}, ${SMTNT_DEFAULTS.crypto.iv})
  --duplicate-memory MS      how long a UserMsgId is remembered (default 24 h)
${COMMON_USAGE}`,
  async start(flags) {
    const given = readFlags(flags, FLAGS);
    const options: Record<string, unknown> = { ...commonChoices(given) };
    for (const name of NUMBERS) {
      const value = given[name];
      if (value !== undefined) options[name] = flagNumber(name, value);
    }
    const memory = given['duplicate-memory'];
    if (memory !== undefined) options.duplicateMemoryMs = flagNumber('duplicate-memory', memory);
    if (given.account) options.accounts = given.account.map(readAccount);
    if (given.key !== undefined || given.iv !== undefined) {
      const { key, iv } = SMTNT_DEFAULTS.crypto;
      options.crypto = { key: given.key ?? key, iv: given.iv ?? iv };
    }
    try {
      return await startSmtntSimulator(options);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new UsageError(error.message, { cause: error });
    }
  },
};

function readAccount(text: string): SmtntAccountOptions {
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1) throw new UsageError('--account must be ID:PASSWORD');
  return { bindId: text.slice(0, colon), password: text.slice(colon + 1) };
}
