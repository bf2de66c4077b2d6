import { hashApiKey, makeApiKey } from '@pabal/api';
import { API_SCOPES } from '@pabal/runtime';
import type { Command } from '../command.js';
import { EXIT, isSet, JSON_FLAG, textFlag } from '../command.js';
import { UsageError } from '../failure.js';

const NAME = /^(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*$/;

/** `pabal key` */
export const keyCommand: Command = {
  name: 'key',
  summary: 'makes a key for the HTTP API, and the line of the configuration with its hash',
  words: [{ name: 'NAME', required: true }],
  notes: ['The key is printed once and kept nowhere. The line goes into api.keys; restart the API with it.'],
  flags: {
    scopes: {
      type: 'string',
      value: 'LIST',
      help: `what it may do, by commas: ${API_SCOPES.join(', ')}; default send,read,results`,
    },
    'per-second': { type: 'string', value: 'N', help: 'messages a second that it may send' },
    'reply-to': { type: 'string', value: 'NAME', help: 'its results go to results-<NAME>' },
    webhook: { type: 'string', value: 'NAME', help: 'its results are delivered to this webhook' },
    ...JSON_FLAG,
  },
  run: async (given, io) => {
    const [name = ''] = given.words;
    if (!NAME.test(name)) {
      throw new UsageError('a name must be 1 to 40 characters of a-z, 0-9 and single hyphens between them');
    }
    const key = makeApiKey();
    const entry = {
      name,
      hash: hashApiKey(key),
      ...scopesOf(textFlag(given, 'scopes')),
      ...perSecondOf(textFlag(given, 'per-second')),
      ...replyToOf(textFlag(given, 'reply-to')),
      ...webhookOf(textFlag(given, 'webhook'), textFlag(given, 'reply-to')),
    };
    if (isSet(given, 'json')) {
      io.out(JSON.stringify({ key, entry }));
      return EXIT.done;
    }
    io.out(`key, for the service (shown only now): ${key}`);
    io.out('line, for api.keys in the configuration:');
    io.out(`    - ${yamlFlow(entry)}`);
    return EXIT.done;
  },
};

function scopesOf(text: string | undefined): { readonly scopes?: readonly string[] } {
  if (text === undefined) return {};
  const scopes = text.split(',').map((scope) => scope.trim());
  const known: readonly string[] = API_SCOPES;
  const unknown = scopes.find((scope) => !known.includes(scope));
  if (unknown === undefined) return { scopes: [...new Set(scopes)] };
  throw new UsageError(`--scopes takes ${API_SCOPES.join(', ')}, separated by commas`);
}

function perSecondOf(text: string | undefined): { readonly perSecond?: number } {
  if (text === undefined) return {};
  if (/^[1-9]\d{0,8}$/.test(text)) return { perSecond: Number(text) };
  throw new UsageError('--per-second must be a whole number, at least 1');
}

function replyToOf(text: string | undefined): { readonly replyTo?: string } {
  if (text === undefined) return {};
  if (NAME.test(text)) return { replyTo: text };
  throw new UsageError('--reply-to must be a name as it stands in replies, without results- before it');
}

function webhookOf(text: string | undefined, replyTo: string | undefined): { readonly webhook?: string } {
  if (text === undefined) return {};
  if (replyTo !== undefined) throw new UsageError('--webhook and --reply-to exclude one another');
  if (NAME.test(text)) return { webhook: text };
  throw new UsageError('--webhook must be a name as it stands in webhooks');
}

/** One line of YAML: what JSON allows, without the quotes that YAML does not need. */
function yamlFlow(entry: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(entry).map(([name, value]) => {
    const list = Array.isArray(value) ? `[${value.join(', ')}]` : undefined;
    return `${name}: ${list ?? (name === 'hash' ? JSON.stringify(value) : String(value))}`;
  });
  return `{ ${parts.join(', ')} }`;
}
