import { type Given, type Io, textFlag } from '../command.js';
import { CliFailure, UsageError } from '../failure.js';
import { readWhole } from '../read-whole.js';
import { HexError, parseHex } from './hex.js';

/** How the bytes were written down; `auto` looks at them. */
export type InputForm = 'auto' | 'hex' | 'binary';

/** A capture is read at once; nobody reads the explanation of a longer one. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The captured bytes that a command line names.
 * @throws UsageError where it names none, or two
 */
export async function readCapture(given: Given, io: Io): Promise<Uint8Array> {
  const hex = textFlag(given, 'hex');
  const file = given.words[1];
  const form = formOf(given);
  if (hex !== undefined) {
    if (file !== undefined) throw new UsageError('--hex does not go with a file: see pabal decode --help');
    if (form === 'binary')
      throw new UsageError('--hex does not go with binary input: see pabal decode --help');
    return fromText(hex);
  }
  if (file === undefined && io.inIsTerminal) {
    throw new UsageError(
      'say what to decode: --hex TEXT, a file, or bytes on standard input; see pabal decode --help',
    );
  }
  const raw =
    file === undefined || file === '-' ? await io.readIn(MOST_BYTES) : await readWhole(file, MOST_BYTES);
  if (raw.length > MOST_BYTES)
    throw new CliFailure(`more than ${MOST_BYTES} bytes: cut out what is asked about`);
  return captured(raw, form);
}

/** The bytes of a capture that was written down in some form. Pure. @throws CliFailure where it is no hex. */
export function captured(raw: Uint8Array, form: InputForm): Uint8Array {
  const isHex = form === 'hex' || (form === 'auto' && looksLikeHex(raw));
  return isHex ? fromText(Buffer.from(raw).toString('utf8')) : raw;
}

/** Text alone, that begins with two hex digits or an offset: no frame of either protocol does. */
function looksLikeHex(raw: Uint8Array): boolean {
  const text = Buffer.from(raw).toString('latin1');
  return /^[\t\n\r -~]*$/.test(text) && /^\s*(0x|\\x)?[0-9a-f]{2}/i.test(text);
}

function fromText(text: string): Uint8Array {
  try {
    return parseHex(text);
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    throw new CliFailure(`the input is no hex: ${error.message}. Bytes as they are: --binary`);
  }
}

function formOf(given: Given): InputForm {
  const said = textFlag(given, 'input') ?? 'auto';
  if (said !== 'auto' && said !== 'hex' && said !== 'binary') {
    throw new UsageError('--input must be hex, binary or auto');
  }
  if (given.flags.binary !== true) return said;
  if (said === 'hex') throw new UsageError('--binary does not go with --input hex');
  return 'binary';
}
