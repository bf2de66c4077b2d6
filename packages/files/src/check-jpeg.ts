import { JPG } from 'image-size/types/jpg';

/**
 * The most that any gateway takes of a file, bytes (SMTNT 3.3: 1 MByte for all files of a message). What a gateway
 * takes less of, or of fewer pixels, is its own to refuse.
 */
export const MAX_FILE_BYTES = 1_048_576;

/** Which rule a file breaks. */
export type FileRule = 'empty' | 'too-large' | 'not-jpeg' | 'truncated' | 'no-dimensions';

/** A file that is not to be stored. Names the rule with its limit, never the content. */
export class FileError extends Error {
  readonly code = 'file-refused';
  override readonly name = 'FileError';
  readonly rule: FileRule;
  readonly limit: number | string | undefined;
  readonly actual: number | string | undefined;

  constructor(rule: FileRule, message: string, sizes: { limit?: number | string; actual?: number | string }) {
    super(message);
    this.rule = rule;
    this.limit = sizes.limit;
    this.actual = sizes.actual;
  }
}

/** Pixels, as they are stored: a turn that EXIF asks for is not made. */
export interface JpegSize {
  readonly width: number;
  readonly height: number;
}

/** Start of image, and the marker that must follow it: a JPEG begins so whatever its flavour. */
const BEGINS = [0xff, 0xd8, 0xff] as const;
/** End of image. */
const ENDS = [0xff, 0xd9] as const;

/**
 * Checks that these bytes are a whole JPEG and reads its size in pixels.
 *
 * The picture is not decoded. A few hundred bytes can declare 65,535 x 65,535 pixels, so a decoder at the door would be
 * the way to stop the process that stands there; and what a decoder accepts says little about what a carrier's handset
 * accepts. So the cheap checks go first, in this order: bytes, beginning, end, and only then the headers, by the JPEG
 * reader of `image-size` alone. Its readers of other formats have known endless loops (GHSA-5p2g-fcmc-qvqq); none of
 * them is loaded. The JPEG reader moves forward with every step, so its work is bounded by the file's size.
 *
 * @throws FileError
 */
export function checkJpeg(bytes: Uint8Array): JpegSize {
  const { length } = bytes;
  if (length === 0) throw new FileError('empty', 'the file is empty', { actual: 0 });
  if (length > MAX_FILE_BYTES) {
    const message = `the file must be at most ${MAX_FILE_BYTES} bytes, it has ${length}`;
    throw new FileError('too-large', message, { limit: MAX_FILE_BYTES, actual: length });
  }
  if (!BEGINS.every((byte, index) => bytes[index] === byte)) {
    const actual = hex(bytes.subarray(0, BEGINS.length));
    throw new FileError('not-jpeg', 'the file is not a JPEG', { limit: hex(BEGINS), actual });
  }
  const end = bytes.subarray(Math.max(BEGINS.length, length - ENDS.length));
  if (!ENDS.every((byte, index) => end[index] === byte)) {
    const message = 'the JPEG does not end with its end marker: it is cut, or something follows it';
    throw new FileError('truncated', message, { limit: hex(ENDS), actual: hex(end) });
  }
  return sizeOf(bytes);
}

function sizeOf(bytes: Uint8Array): JpegSize {
  const size = readHeaders(bytes);
  if (size && size.width > 0 && size.height > 0) return size;
  const actual = size ? `${size.width}x${size.height}` : 'none';
  throw new FileError('no-dimensions', 'the headers of the JPEG tell no width and height', { actual });
}

function readHeaders(bytes: Uint8Array): JpegSize | undefined {
  try {
    const { width, height } = JPG.calculate(withoutLeadingFrame(bytes));
    return { width, height };
  } catch {
    return undefined; // whatever it says of broken headers, they tell no size
  }
}

/** As many bytes as a frame header with one component per byte value can have, and the start of image. */
const FRAME_BYTES = 2 + 2 + 8 + 3 * 255;
const EMPTY_COMMENT = [0xff, 0xfe, 0x00, 0x02] as const;

/** The reader takes the first segment for one that is never a frame: before a frame that stands there goes a comment. */
function withoutLeadingFrame(bytes: Uint8Array): Uint8Array {
  const marker = bytes[3] ?? 0;
  if (marker < 0xc0 || marker > 0xc2) return bytes;
  const [start, frame] = [bytes.subarray(0, 2), bytes.subarray(2, FRAME_BYTES)];
  return Uint8Array.from([...start, ...EMPTY_COMMENT, ...frame]);
}

function hex(bytes: Iterable<number>): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
