const u16 = (value: number) => [value >> 8, value & 0xff];
const segment = (marker: number, content: readonly number[]) => [
  0xff,
  marker,
  ...u16(content.length + 2),
  ...content,
];

/**
 * The shortest thing that every reader of headers takes for a baseline JPEG (ITU-T T.81 B.2), one grey component, filled
 * up with a comment so that it has a wanted number of bytes or a content of its own.
 * @param bytes wanted size, where it is more than the 38 bytes that the rest needs
 */
export function jpegBytes(
  width: number,
  height: number,
  { bytes = 0, comment = '' }: { readonly bytes?: number; readonly comment?: string } = {},
): Uint8Array {
  const start = [
    0xff,
    0xd8,
    ...segment(0xe0, [...new TextEncoder().encode('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
  ];
  const frame = segment(0xc0, [8, ...u16(height), ...u16(width), 1, 1, 0x11, 0]);
  const scan = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 0x00];
  const note = comment === '' ? [] : segment(0xfe, [...new TextEncoder().encode(comment)]);
  const body = [...start, ...note, ...frame, ...scan];
  const filled = new Uint8Array(Math.max(bytes, body.length + 2));
  filled.set(body);
  filled.set([0xff, 0xd9], filled.length - 2);
  return filled;
}
