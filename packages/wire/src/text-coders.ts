/**
 * What every platform of JavaScript has beyond the language (WHATWG Encoding), declared here because this package takes
 * no platform's types. They are faster than anything written in the language; they know no Korean charset everywhere.
 */
declare class TextDecoder {
  constructor(label: string, options: { readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}

declare class TextEncoder {
  encode(text: string): Uint8Array;
}

/** A BOM is a character like any other. */
const ignoreBOM = true;

/** Bytes that mean nothing become U+FFFD. */
export const UTF8_DECODER = new TextDecoder('utf-8', { ignoreBOM });
/** For code units in memory: little-endian, as on all machines that run JavaScript today. */
export const UTF16_DECODER = new TextDecoder('utf-16le', { ignoreBOM });
/** Writes U+FFFD for half a surrogate pair: whoever must refuse it looks before. */
export const UTF8_ENCODER = new TextEncoder();
