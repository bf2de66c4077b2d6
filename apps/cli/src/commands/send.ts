import type { MessageTimeline, PabalClient } from '@pabal/client';
import { MessageRefused, RedisUnavailable } from '@pabal/client';
import { type MessageInput, parseMessage } from '@pabal/message';
import { parseDuration } from '@pabal/session';
import type { Command, Flags, Given, Io } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG, textFlag, textsFlag } from '../command.js';
import { CliFailure, UsageError } from '../failure.js';
import { cellValue } from '../rows/cells.js';
import { checkReadable } from '../rows/file.js';
import { configOf, withClient } from '../session.js';
import { storeImage } from './images.js';
import { sendFile } from './send-file.js';
import { resultLine, standLine } from './show.js';

/** Flags that are fields of a message. */
const FIELD_FLAGS = {
  to: { field: 'to', value: 'NUMBER', help: 'recipient' },
  from: { field: 'from', value: 'NUMBER', help: 'registered sender number' },
  text: { field: 'text', value: 'TEXT', help: 'what it says' },
  channel: { field: 'channel', value: 'NAME', help: 'sms (default), lms, mms, alimtalk, friendtalk, rcs' },
  subject: { field: 'subject', value: 'TEXT', help: 'of an LMS or MMS' },
  priority: { field: 'priority', value: 'NAME', help: 'urgent, normal (default) or bulk' },
  id: { field: 'id', value: 'ID', help: 'your own id: the same id twice is one message' },
  ref: { field: 'ref', value: 'TEXT', help: 'comes back in the result' },
  'reply-to': { field: 'replyTo', value: 'NAME', help: 'its result goes to results-<NAME>' },
  'send-at': { field: 'sendAt', value: 'TIME', help: 'not before this ISO 8601 time' },
  'expires-at': { field: 'expiresAt', value: 'TIME', help: 'not after this ISO 8601 time' },
  ttl: { field: 'ttlSeconds', value: 'SECONDS', help: 'not later than so long after it was enqueued' },
  gateway: { field: 'gateway', value: 'NAME', help: 'over this gateway only' },
  reseller: { field: 'reseller', value: 'DIGITS', help: 'reseller registration number' },
} as const;

const FLAGS: Flags = {
  ...Object.fromEntries(
    Object.entries(FIELD_FLAGS).map(([name, { value, help }]) => [
      name,
      { type: 'string', value, help } as const,
    ]),
  ),
  image: {
    type: 'string',
    value: 'FILE',
    many: true,
    help: 'a JPEG that goes with it, also several times; an mms unless --channel says otherwise',
  },
  webhook: { type: 'string', value: 'NAME', help: 'its result is delivered to this webhook' },
  'url-callback': { type: 'boolean', help: 'the SMS carries a URL to be called back' },
  route: { type: 'string', value: 'NAME', help: 'route; default default' },
  wait: { type: 'boolean', help: 'follow it to its final result; exit 0 only if it was delivered' },
  timeout: { type: 'string', value: 'TIME', help: 'with --wait: give up after 30s, 5m, …' },
  file: { type: 'string', value: 'FILE', help: 'send a list: .csv or .jsonl' },
  'skip-bad': { type: 'boolean', help: 'with --file: send the good rows of a list with bad ones' },
  batch: { type: 'string', value: 'NAME', help: 'with --file: begins the ids of rows without one' },
  encoding: { type: 'string', value: 'NAME', help: 'of the file: utf-8 (default) or cp949' },
  ...CONFIG_FLAG,
  ...JSON_FLAG,
};

/** The longest that a timer of Node waits, ms: 24 days and a bit. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

const FILE_FLAGS = ['skip-bad', 'batch', 'encoding'];

/** `pabal send` */
export const sendCommand: Command = {
  name: 'send',
  summary: 'enqueues one message, or a list of them',
  notes: [
    'A list: the columns of a CSV file are message fields (kakao.templateCode for nested ones), a line of a JSONL file is',
    'a message. An SMS needs channel, to, from and text. Every row is checked first; with bad rows nothing is sent, and',
    'each is listed with line, field and reason.',
  ],
  flags: FLAGS,
  run: async (given, io) => {
    checkFlags(given);
    const limit = timeoutOf(given);
    const config = configOf(given, io);
    const file = textFlag(given, 'file');
    const route = textFlag(given, 'route') ?? 'default';
    if (file === undefined) checkMessage(given);
    else await checkReadable(file);
    return withClient(config, (client) =>
      file === undefined
        ? sendOne(client, { given, route, limit }, io)
        : sendFile(client, { file, given, route }, io),
    );
  },
};

function checkFlags(given: Given): void {
  const has = (name: string) => given.flags[name] !== undefined;
  if (has('file')) {
    const clash = [...Object.keys(FIELD_FLAGS), 'image', 'webhook', 'url-callback', 'wait', 'timeout'].find(
      has,
    );
    if (clash !== undefined)
      throw new UsageError(`--${clash} does not go with --file: see pabal send --help`);
    return;
  }
  const lone = FILE_FLAGS.find(has);
  if (lone !== undefined) throw new UsageError(`--${lone} goes with --file only: see pabal send --help`);
  if (has('timeout') && !has('wait')) throw new UsageError('--timeout goes with --wait only');
  const needed = has('image') ? ['to', 'from'] : ['to', 'from', 'text'];
  const missing = needed.filter((name) => !has(name));
  if (missing.length > 0) {
    throw new UsageError(`${missing.map((name) => `--${name}`).join(', ')} missing: see pabal send --help`);
  }
  const ttl = textFlag(given, 'ttl');
  if (ttl !== undefined && !/^\d+$/.test(ttl))
    throw new UsageError('--ttl must be a whole number of seconds');
}

/**
 * Says what is wrong with the message itself, whether or not Redis is there.
 * @throws MessageRefused
 */
function checkMessage(given: Given): void {
  // Which ids its images will have does not matter here.
  const files = textsFlag(given, 'image').map((_, place) => `image-${place}`);
  const parsed = parseMessage(messageOfFlags(given, files), { makeId: () => 'made-later', now: Date.now() });
  if (!parsed.ok) throw new MessageRefused(parsed.problems);
}

/**
 * How long `--wait` waits, ms.
 * @throws UsageError before anything is sent, since a message whose command failed would be sent again
 */
function timeoutOf(given: Given): number | undefined {
  const text = textFlag(given, 'timeout');
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms === undefined || ms > MAX_TIMEOUT_MS) {
    throw new UsageError('--timeout must be a duration such as 30s or 5m, at most 24d');
  }
  return ms;
}

/**
 * The message that the flags describe, unchecked. Pure.
 * @param files ids of its images
 */
export function messageOfFlags(given: Given, files: readonly string[] = []): Record<string, unknown> {
  const message: Record<string, unknown> =
    files.length === 0 ? { channel: 'sms' } : { channel: 'mms', text: '', files };
  for (const [name, { field }] of Object.entries(FIELD_FLAGS)) {
    const text = textFlag(given, name);
    if (text !== undefined) message[field] = cellValue(field, text);
  }
  const webhook = textFlag(given, 'webhook');
  if (webhook !== undefined) message.webhook = { name: webhook };
  if (isSet(given, 'url-callback')) message.urlCallback = true;
  return message;
}

interface OneJob {
  readonly given: Given;
  readonly route: string;
  /** Longest wait for the result, ms. */
  readonly limit: number | undefined;
}

async function sendOne(client: PabalClient, { given, route, limit }: OneJob, io: Io): Promise<number> {
  const json = isSet(given, 'json');
  const files: string[] = [];
  for (const path of textsFlag(given, 'image')) files.push((await storeImage(client, path)).id);
  const { id } = await client
    .send(messageOfFlags(given, files) as unknown as MessageInput, { route })
    .catch(explain);
  if (!isSet(given, 'wait')) {
    io.out(json ? JSON.stringify({ id }) : id);
    return EXIT.done;
  }
  if (!json) io.err(id);
  const result = await client
    .follow(id, {
      signal: stopAfter(limit, io),
      onChange: (timeline: MessageTimeline) => {
        if (!json) io.err(`  ${standLine(timeline)}`);
      },
    })
    .catch((error: unknown) => {
      if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')) {
        throw new CliFailure(`${id} has no result yet; pabal message ${id} tells where it stands`);
      }
      throw error;
    });
  io.out(json ? JSON.stringify(result) : resultLine(result));
  return result.status === 'delivered' ? EXIT.done : EXIT.failed;
}

function stopAfter(limit: number | undefined, io: Io): AbortSignal {
  const stop = io.stopSignal();
  return limit === undefined ? stop : AbortSignal.any([stop, AbortSignal.timeout(limit)]);
}

/** An id that was made here is told, so that the repeat is the same message. */
function explain(error: unknown): never {
  const id = error instanceof RedisUnavailable ? error.interrupted.pending[0]?.id : undefined;
  if (id === undefined) throw error;
  const again = `Repeat the command with --id ${id}: if it was taken already, the two are one message.`;
  throw new CliFailure(`${(error as Error).message}. ${again}`, { cause: error });
}
