import { describe, expect, it } from '@jest/globals';
import { fromBase64, ProtocolError } from '@pabal/wire';
import { Codec } from './codec.js';
import { portableCompression } from './compression.js';
import { createFrameReader } from './frame.js';
import { joined, utf8 } from './testing/bytes.js';
import { turningCipher } from './testing/cipher.js';
import {
  AT_LIMIT,
  BOMB,
  brokenStreams,
  OVER_LIMIT,
  STREAM_BODY,
  zlibStreams,
} from './testing/golden-streams.js';

const LIMIT = 64 * 1024;
const codec = new Codec({ cipher: turningCipher, maxInflatedBytes: LIMIT });
const report = { method: 'ReportReq', body: JSON.parse(STREAM_BODY) };
const packed = fromBase64(zlibStreams[0]?.[1] ?? '');
/** The bodies that a stream of this header line and these bytes comes to. */
const bodiesBehind = (line: string, bytes = packed) =>
  [...createFrameReader().push(joined(utf8(line), bytes))].map(({ body }) => body);

describe('a stream of zlib (SMTNT 3)', () => {
  it.each(zlibStreams)('is read with %s', (_how, base64) => {
    expect(codec.decode(fromBase64(base64))).toEqual(report);
  });

  it.each(brokenStreams)('is not %s', (_what, base64) => {
    expect(() => codec.decode(fromBase64(base64))).toThrow(
      expect.objectContaining({ reason: 'inflate-failed' }),
    );
  });

  it('may unpack to the limit and no byte more', () => {
    expect(portableCompression.inflate(fromBase64(AT_LIMIT), LIMIT)).toHaveLength(LIMIT);
    for (const bomb of [OVER_LIMIT, BOMB]) {
      expect(() => portableCompression.inflate(fromBase64(bomb), LIMIT)).toThrow(
        new ProtocolError('inflate-too-long', `more than ${LIMIT} bytes`),
      );
    }
  });

  it('is refused wherever it is cut off', () => {
    for (const [how, base64] of zlibStreams) {
      const bytes = fromBase64(base64);
      for (let end = 0; end < bytes.length; end++) {
        expect([how, end, outcome(() => codec.decode(bytes.subarray(0, end)))]).toEqual([
          how,
          end,
          'inflate-failed',
        ]);
      }
    }
  });
});

describe('a header line (SMTNT 3)', () => {
  const length = packed.length;

  it.each([
    ['as printed', `Content-Length:${length}\r\n`],
    ['in small letters', `content-length:${length}\r\n`],
    ['in capitals', `CONTENT-LENGTH:${length}\r\n`],
    ['in letters of any case', `cOnTeNt-lEnGtH:${length}\r\n`],
    ['with a space after the colon', `Content-Length: ${length}\r\n`],
    ['with spaces on both sides of the number', `Content-Length:   ${length}  \r\n`],
    ['with zeros before the number', `Content-Length:000${length}\r\n`],
  ])('is read %s', (_how, line) => {
    const [body, ...others] = bodiesBehind(line);
    expect(others).toEqual([]);
    expect(codec.decode(body ?? new Uint8Array())).toEqual(report);
  });

  it.each([
    ['a minus', `Content-Length:-${length}\r\n`],
    ['a plus', `Content-Length:+${length}\r\n`],
    ['a fraction', `Content-Length:${length}.0\r\n`],
    ['an exponent', `Content-Length:1e2\r\n`],
    ['hex digits', `Content-Length:0x80\r\n`],
    ['two numbers', `Content-Length:1 2\r\n`],
    ['no number', 'Content-Length:\r\n'],
    ['blanks for a number', 'Content-Length:   \r\n'],
    ['a number of eleven digits', 'Content-Length:00000000135\r\n'],
    ['no colon', `Content-Length ${length}\r\n`],
    ['a space before the colon', `Content-Length :${length}\r\n`],
    ['another hyphen', `Content\rLength:${length}\r\n`],
    ['no hyphen', `ContentLength:${length}\r\n`],
    ['another name', `Content-Width:${length}\r\n`],
    ['a line before it', `\r\nContent-Length:${length}\r\n`],
    ['LF alone at its end', `Content-Length:${length}\n`],
    ['CR alone at its end', `Content-Length:${length}\r`],
    ['a tab', `Content-Length:\t${length}\r\n`],
    ['full-width digits', 'Content-Length:１３５\r\n'],
    ['no end of blanks', `Content-Length:${' '.repeat(60)}`],
    ['zeros without end', `Content-Length:${'0'.repeat(60)}`],
  ])('is none with %s', (_what, line) => {
    expect(outcome(() => bodiesBehind(line))).toBe('bad-header');
  });

  it('that promises more than a packet may have is refused before it is waited for', () => {
    for (const size of [256 * 1024 + 41, 2 ** 31, 9_999_999_999]) {
      expect(outcome(() => bodiesBehind(`Content-Length:${size}\r\n`, new Uint8Array()))).toBe(
        'frame-too-long',
      );
    }
  });

  it('that promises nothing makes a packet that cannot be unpacked', () => {
    const [body] = bodiesBehind('Content-Length:0\r\n', new Uint8Array());
    expect(outcome(() => codec.decode(body ?? packed))).toBe('inflate-failed');
  });
});

describe('values that a reader could take for others', () => {
  const read = (json: string) => codec.decode(portableCompression.deflate(utf8(json)));
  const res = (fields: string) => `{"Header":{"Method":"MsgSendRes"},"Body":{${fields}}}`;

  it.each([
    ['a number that is not exact for a text', '"UserMsgId":20251122000000000001,"Result":0', 'UserMsgId'],
    ['a fraction for a text', '"UserMsgId":1.5,"Result":0', 'UserMsgId'],
    ['a number without end for a text', '"UserMsgId":1e400,"Result":0', 'UserMsgId'],
    ['a truth for a text', '"UserMsgId":true,"Result":0', 'UserMsgId'],
    ['a list for a text', '"UserMsgId":["80"],"Result":0', 'UserMsgId'],
    ['nothing for a text', '"UserMsgId":null,"Result":0', 'UserMsgId'],
    ['a truth for a number', '"UserMsgId":"80","Result":false', 'Result'],
    ['a list for a number', '"UserMsgId":"80","Result":[0]', 'Result'],
    ['an empty text for a number', '"UserMsgId":"80","Result":""', 'Result'],
    ['blanks for a number', '"UserMsgId":"80","Result":" "', 'Result'],
    ['a fraction for a number', '"UserMsgId":"80","Result":0.5', 'Result'],
    ['hex for a number', '"UserMsgId":"80","Result":"0x0"', 'Result'],
    ['a plus for a number', '"UserMsgId":"80","Result":"+0"', 'Result'],
    ['two numbers for one', '"UserMsgId":"80","Result":"0 0"', 'Result'],
    ['a number that is not exact', '"UserMsgId":"80","Result":9007199254740993', 'Result'],
    ['the same in quotes', '"UserMsgId":"80","Result":"9007199254740993"', 'Result'],
    ['nothing for a number', '"UserMsgId":"80","Result":null', 'Result'],
  ])('are refused: %s', (_what, fields, field) => {
    expect(() => read(res(fields))).toThrow(
      expect.objectContaining({
        reason: 'wrong-shape',
        message: expect.stringContaining(`MsgSendRes.${field} `),
      }),
    );
  });

  it('are taken as JSON has them: the last of a key that stands twice', () => {
    expect(read(res('"UserMsgId":"1","Result":7,"UserMsgId":"2","Result":0'))).toEqual({
      method: 'MsgSendRes',
      body: { UserMsgId: '2', Result: 0 },
    });
  });

  it('never come from what every object has', () => {
    const odd = '"__proto__":{"UserMsgId":"80","Result":0},"constructor":{"Result":0}';
    expect(outcome(() => read(res(odd)))).toBe('wrong-shape');
    expect(outcome(() => read('{"__proto__":{"Header":{"Method":"AliveReq"}}}'))).toBe('wrong-shape');
    expect(Object.hasOwn({}, 'UserMsgId')).toBe(false);
  });

  it('are a number in quotes, with blanks and a minus', () => {
    expect(read(res('"UserMsgId":"80","Result":" -12 "'))).toMatchObject({ body: { Result: -12 } });
  });
});

/** The reason of the ProtocolError that it ends in. */
function outcome(run: () => unknown): string {
  try {
    run();
    return 'read';
  } catch (error) {
    if (error instanceof ProtocolError) return error.reason;
    throw error;
  }
}
