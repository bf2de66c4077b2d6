import { afterEach, describe, expect, it } from '@jest/globals';
import type { SmtntOptions } from './options.js';
import { encrypted, type RawClient, sms } from './testing/raw-client.js';
import { World } from './testing/world.js';

const BIND_RES = '{"Result":0,"BindId":"test001","Speed":100,"BeginTime":0,"EndTime":24,"EffectiveTime":3}';

describe('the form of what the server writes', () => {
  let world: World;
  let client: RawClient;
  const start = async (options: SmtntOptions) => {
    world = await World.start(options);
    client = await world.connect();
  };
  afterEach(() => world.stop());

  it.each([
    ['exact', /^Content-Length:\d+$/],
    ['space', /^Content-Length: \d+$/],
    ['lowercase', /^content-length:\d+$/],
    ['uppercase', /^CONTENT-LENGTH:\d+$/],
  ] as const)('has %s headers', async (headerForm, form) => {
    await start({ headerForm });
    await client.bind();
    await client.settled();
    expect(client.headers).toEqual([expect.stringMatching(form), expect.stringMatching(form)]);
  });

  it('mixes headers in an order that follows from the seed', async () => {
    const headersUnder = async (seed: number) => {
      await start({ headerForm: 'mixed', seed });
      await client.bind();
      for (let i = 0; i < 20; i++) await client.settled();
      await world.stop();
      return client.headers.map((header) => header.replace(/\d+/, ''));
    };
    const headers = await headersUnder(3);
    expect(new Set(headers).size).toBe(4);
    expect(await headersUnder(3)).toEqual(headers);
    expect(await headersUnder(4)).not.toEqual(headers);
  });

  /** The second byte of each zlib stream that was sent: it tells the effort. */
  const efforts = () =>
    world.simulator
      .captures({ direction: 'sent' })
      .map(({ hex }) => hex.slice(hex.indexOf('0d0a') + 4, hex.indexOf('0d0a') + 8));

  it.each([
    [0, '7801'],
    [1, '7801'],
    [6, '789c'],
    [9, '78da'],
  ])('compresses at level %i', async (zlibLevel, head) => {
    await start({ zlibLevel, capture: 10 });
    await client.bind();
    expect(efforts()).toEqual([head]);
  });

  it('mixes levels', async () => {
    await start({ zlibLevel: 'mixed', capture: 100 });
    await client.bind();
    for (let i = 0; i < 40; i++) await client.settled();
    expect(new Set(efforts())).toEqual(new Set(['7801', '785e', '789c', '78da']));
  });

  it('writes numbers as texts', async () => {
    await start({ numbersAsStrings: true });
    expect(await client.bind()).toEqual({
      ...Object.fromEntries(
        Object.entries(JSON.parse(BIND_RES) as Record<string, unknown>).map(([name, value]) => [
          name,
          String(value),
        ]),
      ),
    });
    expect(await world.submit(client, sms())).toBe('0');
  });

  it('adds keys that the document does not have', async () => {
    await start({ extraKeys: true });
    const expected = { ...JSON.parse(BIND_RES), ResultMessage: '', UserId: 'gateway' };
    expect(await client.bind()).toEqual(expected);
    await world.submit(client, sms());
    world.clock.advance(10);
    expect(await client.expect('ReportReq')).toMatchObject({ ResultMessage: '', UserId: 'gateway' });
  });

  it('leaves the key of a connection the only one in its Body', async () => {
    await start({ extraKeys: true, mode: 'encrypted' });
    client.send('PrivateKeyReq');
    expect(Object.keys(await client.expect('PrivateKeyRes'))).toEqual(['PrivateKey']);
  });

  it.each(['UnBindRes', 'BindRes'] as const)('answers UnBindReq with %s', async (logoutAnswer) => {
    await start({ logoutAnswer });
    await client.bind();
    client.send('UnBindReq', encrypted('{"BindId":"test001"}'));
    expect(await client.decrypted(logoutAnswer)).toEqual({ Result: 0 });
    await client.closed;
    expect(world.broken()).toEqual({});
  });

  it('can change while the simulator runs', async () => {
    await start({});
    await client.bind();
    world.simulator.configure({ headerForm: 'space' });
    await client.settled();
    expect(client.headers[1]).toMatch(/^Content-Length: \d+$/);
  });

  it.each([
    [{ headerForm: 'none' }, /headerForm must be exact or space or lowercase/],
    [{ zlibLevel: 10 }, /zlibLevel must be mixed or a whole number from 0 to 9, is 10/],
    [{ numbersAsStrings: 1 }, /numbersAsStrings must be true or false, is 1/],
    [{ privateKeyField: '' }, /privateKeyField must be bare or a name of letters/],
    [{ logoutAnswer: 'None' }, /logoutAnswer must be UnBindRes or BindRes/],
    [{ fileNames: 'none' }, /fileNames must be reusable or single-use/],
    [{ overRateCode: 12 }, /overRateCode must be 903 or 11, is 12/],
  ])('refuses %j by name', async (change, message) => {
    await start({});
    expect(() => world.simulator.configure(change as object)).toThrow(message);
  });
});
