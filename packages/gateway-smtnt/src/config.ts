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
    port: z.number().int().min(1).max(65_535).describe('Its port for connections that are not encrypted'),
    bindId: text.max(100).optional().describe('BindId of the one login; or `accounts` for several'),
    password: text.max(100).optional().describe('Password of the one login'),
    accounts: z
      .array(account)
      .min(1)
      .optional()
      .describe('Several logins: each has a session and a granted rate of its own'),
    crypto: z.strictObject({
      key: keyText.describe('AES-128 key of the login, at least 16 bytes; the first 16 count'),
      iv: keyText.describe('AES-128 initialisation vector, at least 16 bytes; the first 16 count'),
      mode: z
        .literal('plain', 'must be "plain": the port of encrypted connections is not served yet')
        .default('plain')
        .describe('Only the login is encrypted; the port of encrypted connections is not served yet'),
    }),
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
    if (new Set(logins.map((each) => each.bindId)).size !== logins.length) {
      problem('accounts', 'must not hold the same bindId twice');
    }
    return { ...rest, accounts: logins };
  });

/** A checked configuration, defaults filled in, one or more accounts. */
export type SmtntConfig = z.infer<typeof configSchema>;
