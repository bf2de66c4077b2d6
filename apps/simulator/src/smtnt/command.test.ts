import { afterEach, describe, expect, it } from '@jest/globals';
import type { SimulatorHandle } from '../common/index.js';
import { smtntCommand } from './command.js';

describe('pabal simulate smtnt', () => {
  let handle: SimulatorHandle | undefined;
  afterEach(async () => {
    await handle?.close();
    handle = undefined;
  });

  it('starts with the flags that it was given', async () => {
    const flags = '--port 0 --speed 7 --begin 8 --end 21 --effective 12 --account a:b:c --credit 5';
    handle = await smtntCommand.start([...flags.split(' '), '--fault', 'slowAck=500']);
    expect(handle.stats().details).toEqual({
      accounts: {
        a: {
          session: 0,
          grant: { speed: 7, begin: 8, end: 21, effective: 12 },
          credit: 5,
          unanswered: 0,
          remembered: 0,
          files: 0,
        },
      },
    });
    expect(handle.ports.smtnt).toBeGreaterThan(0);
  });

  it('opens an encrypted port beside the plain one', async () => {
    handle = await smtntCommand.start('--port 0 --encrypted-port 0 --private-key-field bare'.split(' '));
    expect(handle.ports.encrypted).toBeGreaterThan(0);
    expect(handle.ports.encrypted).not.toBe(handle.ports.smtnt);
  });

  it('takes every flag that says how the server behaves', async () => {
    const flags =
      '--port 0 --mode encrypted --upload-method UploadFileReq --answer-chunks --single-use-files --forget-files ' +
      '--over-rate-code 11 --not-logged-in-code 3 --header-form mixed --zlib-level mixed --numbers-as-strings ' +
      '--extra-keys --logout-answer BindRes --capture 5';
    handle = await smtntCommand.start(flags.split(' '));
    expect(Object.keys(handle.ports)).toEqual(['smtnt']);
  });

  it.each([
    ['--spede 5', /./],
    ['--speed many', /--speed must be a number/],
    ['--encrypted-port 65536', /--encrypted-port must be a port from 0 to 65535, is 65536/],
    ['--begin 25', /begin must be a whole number from 0 to 24, is 25/],
    ['--account nobody', /--account must be ID:PASSWORD/],
    ['--key short', /crypto.key must be 16 bytes, is 5/],
    ['--check-order sideways', /checkOrder must be duplicate-first or credit-first/],
    ['--mode secret', /mode must be plain or encrypted, is secret/],
    ['--mode encrypted --encrypted-port 0', /encryptedPort stands beside a plain port/],
    ['--upload-method Upload', /uploadMethod must be both or UploadFileReq or UploadFileDataReq/],
    ['--over-rate-code 905', /overRateCode must be 903 or 11, is 905/],
    ['--zlib-level 12', /zlibLevel must be mixed or a whole number from 0 to 9, is 12/],
  ])('refuses %s with a usage error', async (flags, message) => {
    const start = smtntCommand.start(['--port', '0', ...flags.split(' ')]);
    await expect(start).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
  });
});
