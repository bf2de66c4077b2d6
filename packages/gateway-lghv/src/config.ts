import { CHANNELS, type Channel } from '@pabal/message';
import { encodeBind } from '@pabal/protocol-lghv';
import { durationSchema } from '@pabal/session';
import { FieldError } from '@pabal/wire';
import { z } from 'zod';
import { aesCipher, KEY_BYTES } from './cipher.js';

/** An account without reports for so long gets no more (72 h). */
const REPORT_DEADLINE_MS = 72 * 3_600_000;

/** The server keeps an image for 24 hours (LGHV 3.2); our clock is not its own. */
const IMAGE_KEPT_MS = 24 * 3_600_000;
const IMAGE_REUSE_MS = 23 * 3_600_000;

const ascii = (max: number) =>
  z
    .string()
    .regex(/^[!-~]+$/, 'must be printable ASCII without spaces')
    .max(max);
const keyText = z
  .string()
  .refine((value) => Buffer.byteLength(value, 'utf8') === KEY_BYTES, `must have exactly ${KEY_BYTES} bytes`);
/** YAML reads an unquoted digit as a number. */
const letter = <const Values extends readonly string[]>(values: Values) =>
  z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.enum(values));
const deadlines = z.strictObject(
  Object.fromEntries(CHANNELS.map((channel) => [channel, durationSchema.optional()])) as Record<
    Channel,
    z.ZodOptional<typeof durationSchema>
  >,
);

/**
 * The block of an LGHV gateway in the configuration. Durations are milliseconds once parsed. The descriptions are what
 * `docs/configuration.md` says.
 */
export const configSchema = z
  .strictObject({
    protocol: z.literal('lghv'),
    grantUrl: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .describe('Where GRANT asks for servers (LGHV 1.3.1)'),
    userId: ascii(20).describe('USER_ID: printable ASCII, at most 20'),
    agentId: z
      .union([ascii(6), z.array(ascii(6)).min(1)])
      .describe('AGENT_ID, at most 6; one, or several: each has sessions and a granted rate of its own'),
    password: ascii(50).describe('Printable ASCII, at most 50, less if it is sent encrypted'),
    crypto: z.strictObject({
      key: keyText.describe('AES-128 key, exactly 16 bytes'),
      iv: keyText.describe('AES-128 initialisation vector, exactly 16 bytes'),
    }),
    bindEncode: letter(['0', '1']).default('0').describe('`1`: BIND carries the password encrypted'),
    encode: letter(['0', '1', '2', '9'])
      .default('0')
      .describe('What DELIVER encrypts: `1` numbers, `2` the subject too, `9` the text too'),
    report: z
      .enum(['M', 'A'])
      .default('M')
      .describe('Reports with the necessary fields (`M`), or with all (`A`)'),
    strictTail: z
      .boolean()
      .default(false)
      .describe('Refuse headers whose tail is not 00 FE FF; otherwise they are counted and logged once'),
    charset: z.enum(['cp949', 'euc-kr']).default('cp949').describe('Charset of texts to Korean numbers'),
    unmappable: z
      .enum(['reject', 'replace'])
      .default('reject')
      .describe('Characters that the charset lacks: refused, or sent as `?`'),
    mmsLength: z
      .enum(['fixed', 'total'])
      .default('fixed')
      .describe(
        'MSGLEN of MMS and image FriendTalk: `fixed` 281 (four digits hold no image), or `total` where the whole fits',
      ),
    alimtalkType: z
      .enum(['KKT', 'KKO'])
      .default('KKT')
      .describe(
        'How an Alimtalk without an image goes: `KKT`, or `KKO` for old agreements, which takes the bare text of a template',
      ),
    kakaoUrlImage: z
      .enum(['z', 'i'])
      .default('z')
      .describe(
        'DATATYPE of a FriendTalk image given by its URL, which LGHV 2.2.5 leaves open: `z` as of buttons, or `i` as of images',
      ),
    imageReuse: durationSchema
      .pipe(z.number().max(IMAGE_KEPT_MS, 'must be at most 24h: the gateway keeps images no longer'))
      .default(IMAGE_REUSE_MS)
      .describe(
        'How long after an image was taken its name stands for it, for the same sender number; `0` always sends the data',
      ),
    reseller: z
      .string()
      .regex(/^\d{9}$/, 'must be 9 digits')
      .optional()
      .describe('RESELLER of messages that name none, 9 digits'),
    servers: z
      .record(z.string().min(1), z.array(z.enum(CHANNELS)))
      .optional()
      .describe(
        "Channels by server id, where GRANT's names do not begin with `sms` (SMS) or `mms` (LMS, MMS, Kakao)",
      ),
    recipientBurst: z
      .number()
      .int()
      .min(0)
      .default(3)
      .describe(
        'Messages that one recipient may get from all agents of the account within 5 s; 0 sets no limit',
      ),
    ackTimeout: durationSchema
      .default(10_000)
      .describe(
        'From a message to its answer; a later one closes the connection. Three images of 300 KB need 1 Mbit/s for it',
      ),
    window: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe(
        'Messages of a type in flight at once on a connection. Without it two seconds of the granted rate, 32 to 2000',
      ),
    paceGuardMs: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .default(5)
      .describe('Milliseconds added to each second in which the granted rate holds'),
    linkCheck: durationSchema
      .pipe(z.number().min(1).max(60_000))
      .default(45_000)
      .describe(
        'LINK_CHECK: on SEND after so long without a DELIVER, on RECV always. The gateway asks for 30 to 60 s',
      ),
    loginRetry: durationSchema
      .pipe(z.number().min(1))
      .default(10_000)
      .describe(
        'The wait after a refused login, growing while the refusal repeats. The gateway asks for at least 10 s',
      ),
    grantTimeout: durationSchema
      .pipe(z.number().min(1))
      .default(5_000)
      .describe('How long GRANT may take to answer'),
    duplicateMemory: durationSchema
      .default(3_600_000)
      .describe(
        'How long the gateway knows a MSG_ID again (DELIVER_ACK 17): an uncertain message is offered again only while younger',
      ),
    reportDeadline: z
      .union([durationSchema, deadlines])
      .default(REPORT_DEADLINE_MS)
      .describe('How long a report is waited for: one duration, or one by channel'),
  })
  .transform(({ agentId, ...rest }, context) => {
    const agentIds = typeof agentId === 'string' ? [agentId] : agentId;
    if (new Set(agentIds).size !== agentIds.length) {
      context.addIssue({ code: 'custom', path: ['agentId'], message: 'must not hold the same agent twice' });
    }
    return { ...rest, agentIds };
  })
  .superRefine((config, context) => {
    const problem = unwritableLogin(config);
    if (problem) context.addIssue({ code: 'custom', path: ['password'], message: problem });
  });

/** A checked configuration, defaults filled in. */
export type LghvConfig = z.infer<typeof configSchema>;

/** An encrypted password may outgrow its field; better told before the first login than by it. */
function unwritableLogin(config: Pick<LghvConfig, 'bindEncode' | 'crypto' | 'password'>): string | undefined {
  const { bindEncode: encode, crypto, password } = config;
  try {
    const cipher = aesCipher(crypto.key, crypto.iv);
    encodeBind({ lineType: 'S', userId: 'u', agentId: 'a', password, report: 'M', encode, cipher });
    return undefined;
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return `must have at most ${error.limit} bytes when encrypted, it has ${error.actual}`;
  }
}

/** How long a report may still come after a submit of this channel, ms. */
export function reportDeadlineMs(config: LghvConfig, channel: Channel): number {
  const { reportDeadline } = config;
  if (typeof reportDeadline === 'number') return reportDeadline;
  return reportDeadline[channel] ?? REPORT_DEADLINE_MS;
}
