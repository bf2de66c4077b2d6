import {
  COMMON_FLAGS,
  COMMON_USAGE,
  commonChoices,
  flagNumber,
  flagPort,
  readFlags,
  type SimulatorCommand,
  UsageError,
} from '../common/index.js';
import {
  DEFAULT_ACCOUNT,
  DEFAULT_CRYPTO,
  DEFAULT_SERVER_IDS,
  type LghvAccount,
  type LghvOptions,
} from './options.js';
import type { Tps } from './packets.js';
import { startLghvSimulator } from './simulator.js';

const FLAGS = {
  ...COMMON_FLAGS,
  advertise: { type: 'string' },
  'grant-port': { type: 'string' },
  'sms-port': { type: 'string' },
  'mms-port': { type: 'string' },
  tps: { type: 'string' },
  account: { type: 'string', multiple: true },
  key: { type: 'string' },
  iv: { type: 'string' },
  credit: { type: 'string' },
  'check-order': { type: 'string' },
  'duplicate-memory': { type: 'string' },
  'over-rate': { type: 'string' },
  charset: { type: 'string' },
  'image-memory': { type: 'string' },
  'kakao-server': { type: 'string' },
  'server-status': { type: 'string' },
  'server-ids': { type: 'string' },
} as const;

const KINDS = ['sms', 'lms', 'mms', 'kko', 'kkf'] as const;

/** `pabal simulate lghv`. */
export const lghvCommand: SimulatorCommand = {
  gateway: 'lghv',
  usage: `usage: pabal simulate lghv [flags]
  --grant-port N --sms-port N --mms-port N    where to listen (default 8480, any free, any free)
  --advertise ADDRESS                         what GRANT names as the servers' address (default: --host)
  --tps sms=100,lms=50,mms=10,kko=50,kkf=50   granted submits a second
  --account USER:PASSWORD[:S1+S2[:reseller]]  who may log in (default ${DEFAULT_ACCOUNT.userId}:${DEFAULT_ACCOUNT.password}); repeatable
  --key TEXT --iv TEXT                        16 bytes each (default ${DEFAULT_CRYPTO.key}, ${DEFAULT_CRYPTO.iv})
  --credit N                                  messages that can be accepted (default: no limit)
  --check-order duplicate-first|credit-first  which of 17 and 12 answers when both are true
  --duplicate-memory MS                       how long a MSG_ID is remembered (default 24 h)
  --over-rate undisturbed|always              whether a stall of the simulator excuses an overstepped rate
  --charset euc-kr|cp949                      which Hangul a text may hold (default cp949)
  --image-memory MS                           how long an image can be used again (default 24 h)
  --kakao-server sms|mms|any                  the server that takes Kakao types (default mms)
  --server-status sms=Y,mms=R                 what GRANT says of each server: Y, N or R (default Y)
  --server-ids sms=A1,mms=B7                  what GRANT calls them (default smsclient1, mmsclient1)
${COMMON_USAGE}`,
  async start(flags) {
    const options = optionsOf(flags);
    try {
      return await startLghvSimulator(options);
    } catch (error) {
      if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
      throw error;
    }
  },
};

function optionsOf(flags: readonly string[]): LghvOptions {
  const given = readFlags(flags, FLAGS);
  const number = (name: keyof typeof FLAGS & keyof typeof given): number | undefined => {
    const value = given[name];
    return typeof value === 'string' ? flagNumber(name, value) : undefined;
  };
  const port = (name: 'grant-port' | 'sms-port' | 'mms-port'): number | undefined => {
    const value = given[name];
    return value === undefined ? undefined : flagPort(name, value);
  };
  const options: Record<string, unknown> = {
    ...commonChoices(given),
    advertise: given.advertise,
    grantPort: port('grant-port') ?? 8480,
    smsPort: port('sms-port'),
    mmsPort: port('mms-port'),
    credit: number('credit'),
    duplicateMemoryMs: number('duplicate-memory'),
    checkOrder: given['check-order'],
    overRate: given['over-rate'],
    charset: given.charset,
    imageMemoryMs: number('image-memory'),
    kakaoServer: given['kakao-server'],
    serverStatus: readByServer('server-status', given['server-status'], { sms: 'Y', mms: 'Y' }),
    serverIds: readByServer('server-ids', given['server-ids'], DEFAULT_SERVER_IDS),
    tps: given.tps === undefined ? undefined : readTps(given.tps),
    accounts: given.account?.map(readAccount),
  };
  if (given.key !== undefined || given.iv !== undefined) {
    options.crypto = { key: given.key ?? DEFAULT_CRYPTO.key, iv: given.iv ?? DEFAULT_CRYPTO.iv };
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function readTps(text: string): Partial<Tps> {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [kind = '', rate = ''] = part.split('=', 2);
      if (!KINDS.some((known) => known === kind)) {
        throw new UsageError(`--tps knows ${KINDS.join(', ')}; not ${kind}`);
      }
      return [kind, flagNumber(`tps ${kind}`, rate)];
    }),
  );
}

function readAccount(text: string): LghvAccount {
  const [userId = '', password = '', agents = '', role] = text.split(':', 4);
  if (userId === '' || password === '' || (role !== undefined && role !== 'reseller')) {
    throw new UsageError('--account must be USER:PASSWORD[:S1+S2[:reseller]]');
  }
  const account = { userId, password, reseller: role === 'reseller' };
  return agents === '' ? account : { ...account, agentIds: agents.split('+') };
}

/** `sms=…,mms=…`, what is not given as it stands in `otherwise`. */
function readByServer(
  flag: string,
  text: string | undefined,
  otherwise: { readonly sms: string; readonly mms: string },
): { readonly sms: string; readonly mms: string } | undefined {
  if (text === undefined) return undefined;
  const values = { ...otherwise };
  for (const part of text.split(',')) {
    const [server, value = ''] = part.split('=', 2);
    if ((server !== 'sms' && server !== 'mms') || value === '') {
      throw new UsageError(`--${flag} must be sms=VALUE,mms=VALUE`);
    }
    values[server] = value;
  }
  return values;
}
