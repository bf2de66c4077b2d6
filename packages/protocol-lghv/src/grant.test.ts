import { describe, expect, it } from '@jest/globals';
import { fromBase64, fromLatin1, ProtocolError, toLatin1 } from '@pabal/wire';
import { grantRequestBody, parseGrantAnswer } from './grant.js';

describe('GRANT', () => {
  it('asks with id and password encrypted, in Base64, percent-encoded', () => {
    // AES-128-CBC of demo and secret12, made with openssl.
    const sealed: Record<string, string> = {
      demo: '9IC5VT6yapIAODNQir+UuA==',
      secret12: 'kjL1ZKq2vdOW6xjQLsUivQ==',
    };
    const cipher = {
      encrypt: (bytes: Uint8Array) => fromBase64(sealed[toLatin1(bytes)] ?? ''),
      decrypt: () => fromLatin1(''),
    };
    expect(grantRequestBody('demo', 'secret12', cipher)).toBe(
      'id=9IC5VT6yapIAODNQir%2BUuA%3D%3D&pw=kjL1ZKq2vdOW6xjQLsUivQ%3D%3D',
    );
  });

  it('names servers, of which only those with status Y are usable now', () => {
    const answer =
      '{"serverInfo":[{"sid":"smsclient1","ip":"1.2.3.4","port":"5001","status":"Y"},' +
      '{"sid":"mmsclient1","ip":"1.2.3.5","port":8100,"status":"N","more":1},' +
      '{"sid":"mmsclient2","ip":"1.2.3.6","port":"8100","status":"R"}]}\n';
    expect(parseGrantAnswer(answer)).toEqual({
      kind: 'servers',
      servers: [
        { sid: 'smsclient1', ip: '1.2.3.4', port: 5001, status: 'Y', usable: true },
        { sid: 'mmsclient1', ip: '1.2.3.5', port: 8100, status: 'N', usable: false },
        { sid: 'mmsclient2', ip: '1.2.3.6', port: 8100, status: 'R', usable: false },
      ],
    });
  });

  it.each([
    ['FAIL : NOT FOUND AGENT', 'not-found-agent'],
    ['FAIL : NOT FOUND AGENT"', 'not-found-agent'],
    ['"FAIL : ERROR"', 'error'],
    ['FAIL:ERROR\r\n', 'error'],
    ['FAIL : <b>차단</b>', 'b-b'],
  ])('says FAIL: %j', (answer, code) => {
    expect(parseGrantAnswer(answer)).toEqual({ kind: 'failed', code });
  });

  it('may name no server at all', () => {
    expect(parseGrantAnswer('{"serverInfo":[]}')).toEqual({ kind: 'servers', servers: [] });
  });

  const server = (change: object) =>
    JSON.stringify({ serverInfo: [{ sid: 'a', ip: '1.2.3.4', port: '1', status: 'Y', ...change }] });

  it.each([
    '',
    'hello',
    '<html></html>',
    'null',
    '[]',
    '{}',
    '{"serverInfo":{}}',
    '{"serverInfo":[null]}',
    server({ sid: '' }),
    server({ sid: 'a b' }),
    server({ ip: 'http://x/' }),
    server({ ip: 1 }),
    server({ port: '0' }),
    server({ port: '65536' }),
    server({ port: '1e3' }),
    server({ port: null }),
    server({ status: 1 }),
    '{"serverInfo":[{"sid":"a","ip":"b","port":1,"status":"Y"},{"sid":"a","ip":"b","port":2,"status":"Y"}]}',
    JSON.stringify({ serverInfo: Array.from({ length: 65 }, () => ({})) }),
  ])('is refused where it is neither: %s', (answer) => {
    const parsing = () => parseGrantAnswer(answer);
    expect(parsing).toThrow(ProtocolError);
    expect(parsing).toThrow(expect.objectContaining({ reason: 'bad-grant' }));
  });

  it('is refused in time where it is nothing but quotes, as long as an answer may be', () => {
    const start = Date.now();
    expect(() => parseGrantAnswer(`a${'"'.repeat(65_535)}b`)).toThrow(ProtocolError);
    expect(Date.now() - start).toBeLessThan(1000);
  });
});
