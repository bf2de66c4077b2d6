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
import { DEFAULT_ACCOUNT, DEFAULT_CRYPTO, type SmtntAccount, type SmtntOptions } from './options.js';
import { startSmtntSimulator } from './server.js';

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
  credit: { type: 'string' },
  'check-order': { type: 'string' },
  'duplicate-memory': { type: 'string' },
  'over-rate': { type: 'string' },
  'recipient-burst': { type: 'string' },
  mode: { type: 'string' },
  'encrypted-port': { type: 'string' },
  'private-key-field': { type: 'string' },
  'upload-method': { type: 'string' },
  'answer-chunks': { type: 'boolean' },
  'single-use-files': { type: 'boolean' },
  'forget-files': { type: 'boolean' },
  'over-rate-code': { type: 'string' },
  'not-logged-in-code': { type: 'string' },
  'header-form': { type: 'string' },
  'zlib-level': { type: 'string' },
  'numbers-as-strings': { type: 'boolean' },
  'extra-keys': { type: 'boolean' },
  'logout-answer': { type: 'string' },
} as const;

/** `pabal simulate smtnt`. */
export const smtntCommand: SimulatorCommand = {
  gateway: 'smtnt',
  usage: `usage: pabal simulate smtnt [flags]
  --port N                                    where to listen (default 8490)
  --speed N                                   granted MsgSendReq a second (default 100)
  --begin HOUR --end HOUR                     hours of the day, Korean time, in which sending is allowed (0, 24)
  --effective HOURS                           validity of a message (default 3)
  --account ID:PASSWORD                       who may log in (default ${DEFAULT_ACCOUNT.bindId}:${DEFAULT_ACCOUNT.password}); repeatable
  --key TEXT --iv TEXT                        16 bytes each (default ${DEFAULT_CRYPTO.key}, ${DEFAULT_CRYPTO.iv})
  --credit N                                  messages that can be accepted (default: no limit)
  --check-order duplicate-first|credit-first  which of 320 and 906 answers when both are true
  --duplicate-memory MS                       how long a UserMsgId is remembered (default 24 h)
  --over-rate undisturbed|always              whether a stall of the simulator excuses an overstepped rate
  --recipient-burst N                         one more to a recipient within 5 s is reported as failed (default: off)
  --mode plain|encrypted                      whether --port encrypts the login alone (default) or everything
  --encrypted-port N                          a second port that encrypts everything (default: none)
  --private-key-field NAME|bare               how PrivateKeyRes names its key (default PrivateKey)
  --upload-method both|UploadFileReq|UploadFileDataReq   how chunks must come (default both)
  --answer-chunks                             answers each chunk with UploadFileRes
  --single-use-files                          a file serves the first accepted message that names it
  --forget-files                              a file serves only the login under which it was uploaded
  --over-rate-code 903|11                     what answers a message over the rate (default 903)
  --not-logged-in-code 902|3                  what answers a request before the login (default 902)
  --header-form exact|space|lowercase|uppercase|mixed    how Content-Length is written (default exact)
  --zlib-level 0-9|mixed                      effort of the compression (default 9)
  --numbers-as-strings                        writes the numbers of a Body as texts
  --extra-keys                                adds keys to each Body that the document does not have
  --logout-answer UnBindRes|BindRes           what UnBindReq is answered with (default UnBindRes)
${COMMON_USAGE}`,
  async start(flags) {
    const options = optionsOf(flags);
    try {
      return await startSmtntSimulator(options);
    } catch (error) {
      if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
      throw error;
    }
  },
};

function optionsOf(flags: readonly string[]): SmtntOptions {
  const given = readFlags(flags, FLAGS);
  const number = (name: keyof typeof FLAGS): number | undefined => {
    const value = given[name];
    return typeof value === 'string' ? flagNumber(name, value) : undefined;
  };
  const port = (name: 'port' | 'encrypted-port'): number | undefined => {
    const value = given[name];
    return value === undefined ? undefined : flagPort(name, value);
  };
  const options: Record<string, unknown> = {
    ...commonChoices(given),
    port: port('port') ?? 8490,
    speed: number('speed'),
    begin: number('begin'),
    end: number('end'),
    effective: number('effective'),
    credit: number('credit'),
    duplicateMemoryMs: number('duplicate-memory'),
    recipientBurst: number('recipient-burst'),
    checkOrder: given['check-order'],
    overRate: given['over-rate'],
    accounts: given.account?.map(readAccount),
    mode: given.mode,
    encryptedPort: port('encrypted-port'),
    privateKeyField: given['private-key-field'],
    uploadMethod: given['upload-method'],
    answerChunks: given['answer-chunks'],
    fileNames: given['single-use-files'] ? 'single-use' : undefined,
    keepFiles: given['forget-files'] ? 'until-login' : undefined,
    overRateCode: number('over-rate-code'),
    notLoggedInCode: number('not-logged-in-code'),
    headerForm: given['header-form'],
    zlibLevel: given['zlib-level'] === 'mixed' ? 'mixed' : number('zlib-level'),
    numbersAsStrings: given['numbers-as-strings'],
    extraKeys: given['extra-keys'],
    logoutAnswer: given['logout-answer'],
  };
  if (given.key !== undefined || given.iv !== undefined) {
    options.crypto = { key: given.key ?? DEFAULT_CRYPTO.key, iv: given.iv ?? DEFAULT_CRYPTO.iv };
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function readAccount(text: string): SmtntAccount {
  const split = text.indexOf(':');
  if (split < 1 || split === text.length - 1) throw new UsageError('--account must be ID:PASSWORD');
  return { bindId: text.slice(0, split), password: text.slice(split + 1) };
}
