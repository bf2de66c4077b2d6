import type { ExplainedFrame } from '@pabal/wire';
import type { Command, Given, Io } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG, textFlag } from '../command.js';
import { CliFailure, UsageError } from '../failure.js';
import { CHARSETS, EXPLAINERS, likelyProtocol } from './explainers.js';
import { readCapture } from './input.js';
import { frameJson } from './json.js';
import { KEY_VARIABLES, keysOf } from './keys.js';
import type { Language } from './shown.js';
import { frameTable } from './table.js';

/** `pabal decode PROTOCOL [FILE]` */
export const decodeCommand: Command = {
  name: 'decode',
  summary: 'explains captured bytes of a gateway connection field by field',
  words: [
    { name: 'PROTOCOL', required: true },
    { name: 'FILE', required: false },
  ],
  notes: [
    'PROTOCOL is lghv or smtnt. Takes one direction of a connection, one frame or many, from a file, --hex or standard',
    'input: bytes as they are, hex digits, or a dump of xxd, hexdump -C or tcpdump -X without the headers of IP and TCP.',
    'Numbers, texts and secrets are masked, in their bytes too. Exit 0 when every frame is whole, 1 when one is broken:',
    'it is explained up to the break, and the line below it says where and why.',
    '',
    'On an encrypted SMTNT connection the gateway sends the key, in PrivateKeyRes: to open what was sent to it, put what',
    'came from the gateway before it (cat from-gateway to-gateway | pabal decode smtnt --gateway NAME).',
    '',
    'A key opens what is encrypted. What stands on a command line lands in the shell history and in the list of processes:',
    `prefer --gateway NAME, which takes the key from the configuration, or ${KEY_VARIABLES.key} and ${KEY_VARIABLES.iv}.`,
  ],
  flags: {
    hex: {
      type: 'string',
      value: 'TEXT',
      help: 'the bytes in hex; blanks, colons and 0x may stand between them',
    },
    input: { type: 'string', value: 'FORM', help: 'hex, binary or auto (default: looks at the input)' },
    binary: { type: 'boolean', help: 'the same as --input binary' },
    reveal: { type: 'boolean', help: 'shows numbers, texts and secrets in full' },
    lang: { type: 'string', value: 'LANG', help: 'of meanings: en (default) or ko' },
    charset: { type: 'string', value: 'NAME', help: 'of LGHV texts: cp949 (default), euc-kr or utf-8' },
    gateway: { type: 'string', value: 'NAME', help: 'opens what is encrypted with the key of this gateway' },
    key: { type: 'string', value: 'TEXT', help: 'the AES-128 key; better from --gateway or the environment' },
    iv: {
      type: 'string',
      value: 'TEXT',
      help: 'its initialisation vector; alone for SMTNT keys in the capture',
    },
    ...CONFIG_FLAG,
    ...JSON_FLAG,
  },
  run: async (given, io) => {
    const protocol = given.words[0] ?? '';
    const explainer = Object.hasOwn(EXPLAINERS, protocol) ? EXPLAINERS[protocol] : undefined;
    if (!explainer)
      throw new UsageError(`PROTOCOL is ${Object.keys(EXPLAINERS).join(' or ')}, not ${protocol}`);
    const language = languageOf(given);
    const charset = charsetOf(given, protocol);
    const keys = keysOf(given, io, protocol);
    const bytes = await readCapture(given, io);
    if (bytes.length === 0) throw new CliFailure('there are no bytes to decode');
    const frames = explainer(bytes, charset === undefined ? keys : { ...keys, charset });
    print(frames, { reveal: isSet(given, 'reveal'), language }, isSet(given, 'json'), io);
    const likely = likelyProtocol(bytes);
    if (frames[0]?.problem && likely !== undefined && likely !== protocol)
      io.err(`These bytes begin like ${likely}: pabal decode ${likely}`);
    return frames.some(({ problem }) => problem) ? EXIT.failed : EXIT.done;
  },
};

function print(
  frames: readonly ExplainedFrame[],
  view: { readonly reveal: boolean; readonly language: Language },
  json: boolean,
  io: Io,
): void {
  const columns = io.outIsTerminal ? io.columns : undefined;
  for (const [index, frame] of frames.entries()) {
    if (json) {
      io.out(frameJson(frame, view));
      continue;
    }
    if (index > 0) io.out('');
    for (const line of frameTable(frame, index, { ...view, columns })) io.out(line);
  }
}

function languageOf(given: Given): Language {
  const said = textFlag(given, 'lang') ?? 'en';
  if (said === 'en' || said === 'ko') return said;
  throw new UsageError('--lang must be en or ko');
}

function charsetOf(given: Given, protocol: string): string | undefined {
  const said = textFlag(given, 'charset');
  if (said === undefined) return undefined;
  if (protocol !== 'lghv') throw new UsageError('--charset goes with lghv: SMTNT is UTF-8');
  if (CHARSETS.some((known) => known === said)) return said;
  throw new UsageError(`--charset must be ${CHARSETS.join(', ')}`);
}
