import { CHANNELS, type Channel } from '@pabal/message';
import { durationSchema } from '@pabal/session';
import { z } from 'zod';
import { KEY_BYTES } from './crypto.js';

const text = z.string().min(1);
const keyText = z
  .string()
  .refine((value) => Buffer.byteLength(value, 'utf8') >= KEY_BYTES, `must have at least ${KEY_BYTES} bytes`);

const account = z.strictObject({ bindId: text.max(100), password: text.max(100) });

/** One login of the gateway. */
export type SmtntAccount = z.infer<typeof account>;

const SINGLE = ['bindId', 'password'] as const;

const deadlines = z.strictObject(
  Object.fromEntries(CHANNELS.map((channel) => [channel, durationSchema.optional()])) as Record<
    Channel,
    z.ZodOptional<typeof durationSchema>
  >,
);

/** The block of an SMTNT gateway in the configuration. Durations are milliseconds once parsed. */
export const configSchema = z
  .strictObject({
    protocol: z.literal('smtnt'),
    host: text,
    port: z.number().int().min(1).max(65_535),
    /** One login; or `accounts` for several. */
    bindId: text.max(100).optional(),
    password: text.max(100).optional(),
    accounts: z.array(account).min(1).optional(),
    crypto: z.strictObject({
      key: keyText,
      iv: keyText,
      mode: z
        .literal('plain', 'must be "plain": the port of encrypted connections is not served yet')
        .default('plain'),
    }),
    /** ResellerCode of messages that name none, 9 digits. */
    reseller: z
      .string()
      .regex(/^\d{9}$/, 'must be 9 digits')
      .optional(),
    /** From a message to its answer; a later one closes the connection. */
    ackTimeout: durationSchema.default(10_000),
    /** Messages in flight at once. Without it, two seconds of the granted rate. */
    window: z.number().int().min(1).max(10_000).optional(),
    /** Messages that one recipient may get from an account within 5 s; 0 sets no limit. */
    recipientBurst: z.number().int().min(0).default(3),
    /** AliveReq after so long without a byte from us; the server closes after 30 s. */
    aliveAfter: durationSchema.pipe(z.number().min(1).max(20_000)).default(15_000),
    /**
     * The wait after a refused login, growing while the refusal repeats, and after an AliveReq without an answer. The
     * specification says 30 s.
     */
    loginRetry: durationSchema.pipe(z.number().min(1)).default(30_000),
    /** How long the gateway knows a UserMsgId again (send result 320). */
    duplicateMemory: durationSchema.default(3_600_000),
    /** Added to each second in which the granted rate holds. */
    paceGuardMs: z.number().int().min(0).max(1000).default(5),
    /** How long a report is waited for: one duration, or one by channel. Without it, EffectiveTime and one hour more. */
    reportDeadline: z.union([durationSchema, deadlines]).optional(),
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
