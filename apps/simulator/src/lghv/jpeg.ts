const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

/**
 * Why bytes are no JPEG: undefined where they begin with SOI, go on with segments whose lengths hold, have a frame
 * header and a scan, and end with EOI (ITU-T T.81, annex B).
 */
export function jpegFault(bytes: Buffer): string | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return 'no SOI at its beginning';
  if (bytes.at(-2) !== 0xff || bytes.at(-1) !== EOI) return 'no EOI at its end';
  let at = 2;
  let framed = false;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return `no marker at byte ${at}`;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      // A marker may be preceded by any number of these fill bytes.
      at += 1;
      continue;
    }
    if (isFrame(marker)) framed = true;
    if (marker === SOS) return framed ? undefined : 'a scan without a frame';
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return `a segment of ${length} bytes at byte ${at}`;
    at += 2 + length;
  }
  return 'no scan';
}

/** SOF0 to SOF15; DHT, JPG and DAC lie among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
