/** What a JPEG is, as far as the gateway looks into it. */
export type ReadJpeg =
  | { readonly ok: true; readonly width: number; readonly height: number }
  | { readonly ok: false; readonly why: string };

const MARK = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
/** C0 to CF begin a frame, but for the tables of Huffman and arithmetic coding and the reserved C8. */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);
/** Bytes of a frame header up to its width: length, precision, height, width. */
const FRAME_HEADER_BYTES = 7;

/** Reads width and height (pixels) from the segments before the first scan; the image must begin and end as a JPEG. */
export function readJpeg(bytes: Uint8Array): ReadJpeg {
  const at = (index: number): number => bytes[index] ?? 0;
  const word = (index: number): number => at(index) * 256 + at(index + 1);
  if (bytes.length < 4 || at(0) !== MARK || at(1) !== START_OF_IMAGE) return no('it has no SOI');
  if (at(bytes.length - 2) !== MARK || at(bytes.length - 1) !== END_OF_IMAGE) return no('it has no EOI');
  let place = 2;
  while (place + 4 <= bytes.length) {
    if (at(place) !== MARK) return no(`byte ${place} is no marker`);
    const marker = at(place + 1);
    if (marker === MARK) {
      place += 1; // Any number of fill bytes may stand before a marker.
      continue;
    }
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) break;
    const length = word(place + 2);
    if (length < 2) return no(`the segment at byte ${place} has no length`);
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker)) {
      if (length < FRAME_HEADER_BYTES) return no('its frame header is too short');
      const [height, width] = [word(place + 5), word(place + 7)];
      return width > 0 && height > 0 ? { ok: true, width, height } : no('it has no area');
    }
    place += 2 + length;
  }
  return no('it has no frame before its scan');
}

function no(why: string): ReadJpeg {
  return { ok: false, why };
}
