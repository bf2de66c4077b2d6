import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { aesCipher as lghvCipher } from '@pabal/gateway-lghv';
import { aesCipher, nodeCompression } from '@pabal/gateway-smtnt';
import { type DeliverOptions, encodeDeliver } from '@pabal/protocol-lghv';
import { Codec, frame, type KnownPacket } from '@pabal/protocol-smtnt';
import type { Io } from '../command.js';
import { main } from '../main.js';
import { displayWidth } from '../table.js';

const KEY = '0123456789abcdef';
const IV = 'fedcba9876543210';
const codec = new Codec({ cipher: aesCipher(KEY, IV), compression: nodeCompression });

const TEXT = '예약번호 48213이 확정되었습니다';
const PHONE = '01087654321';
const sent: KnownPacket = {
  method: 'ReportReq',
  body: { UserMsgId: '77', PhoneNo: PHONE, MsgType: 4, Result: 8, Telecom: 'SKT', UserData: TEXT },
};
const report = codec.encode(sent);
const bind = codec.encode({ method: 'BindReq', body: { BindId: 'demo', BindPwd: 'sesame-937', Version: 1 } });

interface Ran {
  readonly exit: number;
  readonly out: string[];
  readonly err: string[];
}

async function pabal(
  args: readonly string[],
  { stdin, ...surroundings }: { stdin?: Uint8Array } & Partial<Io> = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    outTaken: async (line) => void out.push(line),
    err: (line) => void err.push(line),
    outRaw: () => {},
    errRaw: () => {},
    readIn: async () => stdin ?? new Uint8Array(),
    inIsTerminal: stdin === undefined,
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 80,
    rows: 24,
    env: {},
    onStop: () => {},
    stopSignal: () => new AbortController().signal,
    ...surroundings,
  };
  return { exit: await main(['decode', ...args], io), out, err };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function file(content: Uint8Array | string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'pabal-decode-')), 'capture');
  writeFileSync(path, content);
  return path;
}

describe('pabal decode smtnt', () => {
  it('explains a frame in a table, with what its codes mean', async () => {
    const { exit, out } = await pabal(['smtnt', '--hex', hex(report)]);
    expect(exit).toBe(0);
    expect(out[0]).toBe(`#1 ReportReq: ${report.length} bytes at offset 0`);
    expect(out.find((line) => line.includes('Result'))).toMatch(/\b38\b.*Result.*number.*8.*handset is off/);
    expect(out.find((line) => line.includes('PhoneNo'))).toContain('010****4321');
  });

  it('says meanings in Korean where that is asked for', async () => {
    const { out } = await pabal(['smtnt', '--hex', hex(report), '--lang', 'ko']);
    expect(out.find((line) => line.includes('Result'))).toContain('단말기 Power Off');
  });

  it.each([
    ['bytes of standard input', { stdin: report }, []],
    ['bytes of a file', {}, [file(report)]],
    ['hex of a file', {}, [file(`${hex(report).match(/../g)?.join(' ')}\n`)]],
    ['hex of standard input, asked for by a hyphen', { stdin: Buffer.from(hex(report)) }, ['-']],
    ['bytes that are said to be binary', { stdin: report }, ['--binary']],
  ])('takes %s', async (_name, surroundings, args) => {
    const { exit, out } = await pabal(['smtnt', ...args], surroundings);
    expect(out[0]).toContain('ReportReq');
    expect(exit).toBe(0);
  });

  it('numbers the frames of a capture', async () => {
    const { exit, out } = await pabal(['smtnt'], { stdin: Buffer.concat([report, bind]) });
    expect(exit).toBe(0);
    expect(out.filter((line) => line.startsWith('#'))).toEqual([
      `#1 ReportReq: ${report.length} bytes at offset 0`,
      `#2 BindReq: ${bind.length} bytes at offset ${report.length}`,
    ]);
  });

  it('explains a cut frame up to the break, says where and why, and fails', async () => {
    const { exit, out } = await pabal(['smtnt', '--hex', hex(report.subarray(0, report.length - 20))]);
    expect(exit).toBe(1);
    expect(out.some((line) => line.includes('UserMsgId'))).toBe(true);
    expect(out.at(-1)).toContain(`broken at offset ${report.length - 20}`);
    expect(out.at(-1)).toContain('(incomplete)');
  });
});

describe('pabal decode lghv', () => {
  const sms = (options: Partial<DeliverOptions> = {}) =>
    encodeDeliver(
      { deliverType: 'SMS', gubun: '0', msgId: '77', destAddr: PHONE, callback: '15881234', text: TEXT },
      { text: { charset: 'cp949', unmappable: 'reject' }, encode: '0', ...options },
    );
  const row = (out: readonly string[], name: string) => out.find((line) => line.includes(` ${name} `)) ?? '';

  it('explains a frame with its fields in the letters of the specification', async () => {
    const { exit, out } = await pabal(['lghv', '--hex', hex(sms())]);
    expect(exit).toBe(0);
    expect(out[0]).toBe(`#1 DELIVER SMS: ${sms().length} bytes at offset 0`);
    expect(row(out, 'MSG_ID')).toContain('77');
    expect(row(out, 'DESTADDR')).toContain('010****4321');
    expect(out.join('\n')).not.toContain('48213');
    expect(out.join('\n')).not.toContain(
      Buffer.from('8765')
        .toString('hex')
        .replace(/(..)(?=.)/g, '$1 '),
    );
  });

  it('reads texts in the charset that is named', async () => {
    const { out } = await pabal(['lghv', '--hex', hex(sms()), '--reveal'], {
      columns: 300,
      outIsTerminal: true,
    });
    expect(row(out, 'TEXT')).toContain(TEXT);
    const other = await pabal(['lghv', '--hex', hex(sms()), '--reveal', '--charset', 'utf-8'], {
      columns: 300,
    });
    expect(row(other.out, 'TEXT')).not.toContain(TEXT);
  });

  it('opens encrypted fields with a key', async () => {
    const sealed = hex(sms({ encode: '9', cipher: lghvCipher(KEY, IV) }));
    const view = { columns: 300, outIsTerminal: true };
    const closed = await pabal(['lghv', '--hex', sealed, '--reveal'], view);
    expect(closed.out.join('\n')).not.toContain(PHONE);
    const opened = await pabal(['lghv', '--hex', sealed, '--reveal', '--key', KEY, '--iv', IV], view);
    expect(row(opened.out, 'DESTADDR')).toContain(PHONE);
    const masked = await pabal(['lghv', '--hex', sealed, '--key', KEY, '--iv', IV], view);
    expect(masked.out.join('\n')).not.toContain(PHONE);
  });

  it('explains a cut frame up to the break', async () => {
    const { exit, out } = await pabal(['lghv', '--hex', hex(sms().subarray(0, 60))]);
    expect(exit).toBe(1);
    expect(row(out, 'MSG_ID')).toContain('77');
    expect(out.join('\n')).toMatch(/broken at offset \d+: /);
  });

  it('says so when the bytes are those of the other protocol', async () => {
    const swapped = await pabal(['smtnt', '--hex', hex(sms())]);
    expect([swapped.exit, swapped.err]).toEqual([1, ['These bytes begin like lghv: pabal decode lghv']]);
    const other = await pabal(['lghv', '--hex', hex(report)]);
    expect([other.exit, other.err]).toEqual([1, ['These bytes begin like smtnt: pabal decode smtnt']]);
    expect(other.out.at(-1)).toContain('broken at offset 1: MSGLEN is no number (bad-length)');
    const cut = await pabal(['lghv', '--hex', hex(sms().subarray(0, 60))]);
    expect([cut.exit, cut.err]).toEqual([1, []]);
  });

  it('gives the reason of a break once', async () => {
    const { out } = await pabal(['smtnt', '--hex', hex(sms())]);
    expect(out.at(-1)).toBe('  broken at offset 0: bad-header: Content-Length name');
  });

  it('needs a key and its initialisation vector together', async () => {
    const { exit, err } = await pabal(['lghv', '--hex', '00', '--key', KEY]);
    expect([exit, err.join()]).toEqual([2, 'LGHV needs a key and its initialisation vector: --key and --iv']);
  });
});

describe('what is private', () => {
  const everything = Buffer.concat([report, bind]);
  const keys = ['--key', KEY, '--iv', IV];
  /** In any form that could be read back: as text, and as the hex of its bytes. */
  const told = (text: string, secret: string) =>
    [
      secret,
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret)
        .toString('hex')
        .replace(/(..)(?=.)/g, '$1 '),
    ].filter((form) => text.toLowerCase().includes(form.toLowerCase()));

  it.each([
    ['a table', []],
    ['JSON', ['--json']],
    ['a table with Korean meanings', ['--lang', 'ko']],
  ])('stands in no %s', async (_name, args) => {
    const { exit, out, err } = await pabal(['smtnt', ...keys, ...args], { stdin: everything });
    const text = [...out, ...err].join('\n');
    expect(exit).toBe(0);
    for (const secret of [PHONE, PHONE.slice(3, 7), TEXT, '48213', 'sesame-937', KEY, IV, '예약']) {
      expect(told(text, secret)).toEqual([]);
    }
    // The compressed bytes spell all of it.
    expect(told(text, hex(report.subarray(40, 48)))).toEqual([]);
  });

  it.each([
    ['a table', []],
    ['JSON', ['--json']],
  ])('stands in %s where it is asked for', async (_name, args) => {
    const { out } = await pabal(['smtnt', ...keys, '--reveal', ...args], {
      stdin: everything,
      columns: 400,
      outIsTerminal: true,
    });
    const text = out.join('\n');
    for (const secret of [PHONE, TEXT, 'sesame-937']) expect(text).toContain(secret);
  });

  it('stays out of what is said of broken input', async () => {
    for (let cut = 1; cut < report.length; cut += 7) {
      const { exit, out, err } = await pabal(['smtnt', '--binary'], { stdin: report.subarray(0, cut) });
      expect(exit).toBe(1);
      expect(told([...out, ...err].join('\n'), PHONE.slice(3, 7))).toEqual([]);
    }
    const { exit, err } = await pabal(['smtnt', '--input', 'hex'], { stdin: Buffer.from(TEXT) });
    expect(exit).toBe(1);
    expect(err.join()).toBe(
      'the input is no hex: line 1, column 1 is no hex digit. Bytes as they are: --binary',
    );
  });
});

describe('keys', () => {
  const rows = (out: readonly string[]) => out.filter((line) => line.includes('BindId'));

  it('open a login from flags, from the environment, or from the gateway of a configuration', async () => {
    const config = file(
      `redis: { url: "redis://127.0.0.1:6379" }
gateways:
  blue: { protocol: smtnt, host: h, port: 1, bindId: a, password: b, crypto: { key: "${KEY}", iv: "${IV}" } }
routes: { default: { gateways: [blue], policy: balance } }
`,
    );
    const env = { PABAL_DECODE_KEY: KEY, PABAL_DECODE_IV: IV };
    const runs = [
      await pabal(['smtnt', '--key', KEY, '--iv', IV], { stdin: bind }),
      await pabal(['smtnt'], { stdin: bind, env }),
      await pabal(['smtnt', '--config', config, '--gateway', 'blue'], { stdin: bind }),
    ];
    for (const { exit, out, err } of runs) {
      expect([exit, err]).toEqual([0, []]);
      expect(rows(out)[0]).toContain('demo');
    }
  });

  it('are not needed to be told that a body is encrypted', async () => {
    const { exit, out } = await pabal(['smtnt'], { stdin: bind });
    expect(exit).toBe(0);
    expect(rows(out)).toEqual([]);
    expect(out.join('\n')).toContain('a key opens it');
  });

  it('that do not fit are a failure of the capture', async () => {
    const { exit, out } = await pabal(['smtnt', '--key', IV, '--iv', KEY], { stdin: bind });
    expect(exit).toBe(1);
    expect(out.at(-1)).toContain('cannot-decrypt');
  });
});

describe('the command line', () => {
  it.each([
    [[], 'PROTOCOL is missing'],
    [['fax', '--hex', '00'], 'not fax'],
    [['smtnt'], 'say what to decode'],
    [['smtnt', 'file', '--hex', '00'], 'does not go with a file'],
    [['smtnt', '--hex', '00', '--lang', 'jp'], '--lang must be'],
    [['smtnt', '--hex', '00', '--charset', 'cp949'], 'SMTNT is UTF-8'],
    [['smtnt', '--hex', '00', '--input', 'base64'], '--input must be'],
    [['smtnt', '--hex', '00', '--key', KEY], '--iv'],
    [['smtnt', '--hex', '00', '--key', 'short', '--iv', IV], 'must have 16 bytes'],
    [['smtnt', '--hex', '00', '--config', 'x.yaml'], 'needs --gateway'],
    [['smtnt', '--hex', '00', '--gateway', 'x', '--key', KEY], 'brings its own key'],
  ])('%j is not understood', async (args, said) => {
    const { exit, err } = await pabal(args);
    expect(exit).toBe(2);
    expect(err.join('\n')).toContain(said);
  });

  it.each([
    [['smtnt', '--hex', ''], 'no bytes'],
    [['smtnt', '/nowhere/at/all'], 'cannot be read (ENOENT)'],
    [['smtnt', '--hex', '4'], 'no whole number of bytes'],
  ])('%j fails', async (args, said) => {
    const { exit, err } = await pabal(args);
    expect(exit).toBe(1);
    expect(err.join('\n')).toContain(said);
  });

  it('warns in its help that a key on the command line is kept by the shell', async () => {
    const { exit, out } = await pabal(['--help']);
    expect(exit).toBe(0);
    expect(out.join('\n')).toContain('shell history');
  });
});

describe('the table', () => {
  const wide = frame(
    nodeCompression.deflate(
      Buffer.from(
        JSON.stringify({
          Header: { Method: 'UploadFileFinishReq' },
          Body: { FileName: '한글파일이름'.repeat(9), FileSize: 1 },
        }),
      ),
    ),
  );

  it.each([64, 80, 100, 132, 200])('keeps within %i columns of a terminal', async (columns) => {
    for (const reveal of [[], ['--reveal']]) {
      const surroundings = { stdin: Buffer.concat([wide, report]), outIsTerminal: true, columns };
      const { out } = await pabal(['smtnt', ...reveal], surroundings);
      expect(Math.max(...out.map(displayWidth))).toBeLessThanOrEqual(columns);
    }
  });

  it('says how many bytes of a long field it leaves out', async () => {
    const { out } = await pabal(['smtnt'], { stdin: wide });
    const file = out.find((line) => line.includes('FileName')) ?? '';
    expect(file).toMatch(/ \+\d+ /);
  });
});
