import { CHANNELS, type Channel } from '@pabal/message';
import { durationSchema } from '@pabal/session';
import { z } from 'zod';
import { KEY_BYTES } from './crypto.js';

const text = z.string().min(1);
const keyText = z
  .string()
  .refine((value) => Buffer.byteLength(value, 'utf8') >= KEY_BYTES, `must have at least ${KEY_BYTES} bytes`);

const account = z.strictObject({
  bindId: text.max(100).describe('BindId of this login'),
  password: text.max(100).describe('Its password'),
});

/** One login of the gateway. */
export type SmtntAccount = z.infer<typeof account>;

/**
 * Most bytes of a file in a chunk, so that its packet stays within 2,048 bytes (SMTNT 1.2), counted before it is
 * compressed: Base64 makes four characters of three bytes, and in an encrypted packet twice.
 */
const MAX_PLAIN_CHUNK = 1440;
const MAX_ENCRYPTED_CHUNK = 1080;

const SINGLE = ['bindId', 'password'] as const;

const deadlines = z.strictObject(
  Object.fromEntries(CHANNELS.map((channel) => [channel, durationSchema.optional()])) as Record<
    Channel,
    z.ZodOptional<typeof durationSchema>
  >,
);

/**
 * The block of an SMTNT gateway in the configuration. Durations are milliseconds once parsed. The descriptions are what
 * `docs/configuration.md` says.
 */
export const configSchema = z
  .strictObject({
    protocol: z.literal('smtnt'),
    host: text.describe('Host of the gateway'),
    port: z
      .number()
      .int()
      .min(1)
      .max(65_535)
      .describe('Its port; connections that are encrypted have one of their own'),
    bindId: text.max(100).optional().describe('BindId of the one login; or `accounts` for several'),
    password: text.max(100).optional().describe('Password of the one login'),
    accounts: z
      .array(account)
      .min(1)
      .optional()
      .describe('Several logins: each has a session and a granted rate of its own'),
    crypto: z.strictObject({
      key: keyText
        .optional()
        .describe(
          'AES-128 key of the login, at least 16 bytes; the first 16 count. Required with `mode: plain`; with `encrypted` the gateway gives one at each login',
        ),
      iv: keyText.describe('AES-128 initialisation vector, at least 16 bytes; the first 16 count'),
      mode: z
        .enum(['plain', 'encrypted'])
        .default('plain')
        .describe('`plain`: only the login is encrypted; `encrypted`: everything, on the port for it'),
    }),
    privateKeyField: text
      .max(100)
      .optional()
      .describe(
        'With `mode: encrypted`: the field of PrivateKeyRes that holds the key. Without it the key is found where it is the only text, or is named `PrivateKey` or `Key`',
      ),
    uploadMethod: z
      .enum(['UploadFileReq', 'UploadFileDataReq'])
      .default('UploadFileReq')
      .describe('The method of a piece of a file: the document has both names'),
    uploadChunk: z
      .number()
      .int()
      .min(1)
      .max(MAX_PLAIN_CHUNK)
      .default(1024)
      .describe(
        `Bytes of a file in one packet, which may have 2,048 bytes; with \`mode: encrypted\` at most ${MAX_ENCRYPTED_CHUNK}`,
      ),
    uploadReuse: durationSchema
      .default(0)
      .describe(
        'How long the name of an uploaded file is used again for the same file within a login. 0: every message uploads its own, since the document promises nothing else',
      ),
    kakaoButtonForm: z
      .enum(['array', 'object'])
      .default('array')
      .describe(
        'How KakaoButton and kakaoQuick hold their list: `array` `[…]`, or `object` `{"button":[…]}` and `{"quick_reply":[…]}`. The document does not say',
      ),
    reseller: z
      .string()
      .regex(/^\d{9}$/, 'must be 9 digits')
      .optional()
      .describe('ResellerCode of messages that name none, 9 digits'),
    ackTimeout: durationSchema
      .default(10_000)
      .describe('From a message to its answer; a later one closes the connection'),
    window: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe('Messages in flight at once. Without it two seconds of the granted rate, 32 to 2000'),
    recipientBurst: z
      .number()
      .int()
      .min(0)
      .default(3)
      .describe('Messages that one recipient may get from an account within 5 s; 0 sets no limit'),
    aliveAfter: durationSchema
      .pipe(z.number().min(1).max(20_000))
      .default(15_000)
      .describe('AliveReq after so long without a byte from us; the server closes after 30 s'),
    loginRetry: durationSchema
      .pipe(z.number().min(1))
      .default(30_000)
      .describe(
        'The wait after a refused login, growing while the refusal repeats, and after an AliveReq without an answer. The gateway asks for 30 s',
      ),
    duplicateMemory: durationSchema
      .default(3_600_000)
      .describe(
        'How long the gateway knows a UserMsgId again (send result 320): an uncertain message is offered again only while younger',
      ),
    paceGuardMs: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .default(5)
      .describe('Milliseconds added to each second in which the granted rate holds'),
    reportDeadline: z
      .union([durationSchema, deadlines])
      .optional()
      .describe(
        'How long a report is waited for: one duration, or one by channel. Without it EffectiveTime (told at login) and one hour more; 72 h before a login told it',
      ),
  })
  .transform(({ bindId, password, accounts, ...rest }, context) => {
    const single = bindId !== undefined && password !== undefined ? [{ bindId, password }] : [];
    const logins = accounts ?? single;
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (accounts !== undefined) {
      for (const key of SINGLE) {
        if ({ bindId, password }[key] !== undefined) problem(key, 'must not stand beside accounts');
      }
    } else {
      for (const key of SINGLE) {
        if ({ bindId, password }[key] === undefined) problem(key, 'is required, or accounts instead');
      }
    }
    const { key, mode } = rest.crypto;
    if (mode === 'plain' && key === undefined) {
      const message = 'is required with mode plain';
      context.addIssue({ code: 'custom', path: ['crypto', 'key'], message });
    }
    if (mode === 'encrypted' && rest.uploadChunk > MAX_ENCRYPTED_CHUNK) {
      problem('uploadChunk', `must be at most ${MAX_ENCRYPTED_CHUNK} with crypto.mode encrypted`);
    }
    if (new Set(logins.map((each) => each.bindId)).size !== logins.length) {
      problem('accounts', 'must not hold the same bindId twice');
    }
    return { ...rest, accounts: logins };
  });

/** A checked configuration, defaults filled in, one or more accounts. */
export type SmtntConfig = z.infer<typeof configSchema>;
