import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { encrypted, type RawClient } from './testing/raw-client.js';
import { fileName, finish, jpeg, sendChunks, upload, uploaded, withFiles } from './testing/uploads.js';
import { World } from './testing/world.js';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('SMTNT uploads', () => {
  let world: World;
  let client: RawClient;
  const start = async (...[options]: Parameters<typeof World.start>) => {
    world = await World.start(options);
    client = await world.login();
  };
  afterEach(() => world.stop());

  it.each(['UploadFileReq', 'UploadFileDataReq'])(
    'takes a file in chunks of %s, which it does not answer',
    async (method) => {
      await start();
      const name = await uploaded(client, jpeg({ bytes: 10_000 }), method);
      expect(name).toMatch(/^[0-9a-f]{32}\.jpg$/);
      expect(await client.settled()).toEqual([]);
      expect(world.account()).toMatchObject({ files: 1 });
      expect(world.broken()).toEqual({});
    },
  );

  it('keeps the digests of the files of a message in their order', async () => {
    await start();
    const images = [jpeg({ width: 10 }), jpeg({ width: 20 }), jpeg({ bytes: 9000 })];
    const names = [];
    for (const image of images) names.push(await uploaded(client, image));
    expect(await world.submit(client, withFiles(...names))).toBe(0);
    expect(world.simulator.submits()[0]?.files).toEqual(images.map(sha256));
  });

  it('takes 1 MByte in one file, and in three', async () => {
    await start();
    const whole = await uploaded(client, jpeg({ bytes: 1_048_576 }));
    expect(await world.submit(client, withFiles(whole))).toBe(0);
    const thirds = [];
    for (const bytes of [349_525, 349_525, 349_526]) thirds.push(await uploaded(client, jpeg({ bytes })));
    expect(await world.submit(client, { ...withFiles(...thirds), UserMsgId: '81' })).toBe(0);
    expect(world.broken()).toEqual({});
  });

  it.each([
    [1960, 2048, {}],
    [1964, 2052, { 'upload-packet-size': 1 }],
  ])('judges a chunk of %i characters by its packet of %i bytes', async (characters, bytes, broken) => {
    await start();
    await fileName(client);
    const Data = 'A'.repeat(characters);
    const payload = deflateSync(JSON.stringify({ Header: { Method: 'UploadFileReq' }, Body: { Data } }), {
      level: 0,
    });
    const packet = Buffer.concat([Buffer.from(`Content-Length:${payload.length}\r\n`), payload]);
    expect(packet).toHaveLength(bytes);
    client.raw(packet);
    await client.settled();
    expect(world.broken()).toEqual(broken);
  });

  it.each([
    [1024, 768, 0],
    [1025, 768, 910],
    [1024, 769, 910],
  ])('answers an image of %ix%i with %i', async (width, height, result) => {
    await start();
    expect(await upload(client, jpeg({ width, height }))).toMatchObject({ result });
  });

  it('answers chunks where it is told to', async () => {
    await start({ answerChunks: true });
    const name = await fileName(client);
    client.send('UploadFileReq', { Data: jpeg().toString('base64') });
    expect(await client.expect('UploadFileRes')).toEqual({ Result: 0 });
    client.send('UploadFileReq', { Data: '?' });
    expect(await client.expect('UploadFileRes')).toEqual({ Result: 911 });
    expect(await finish(client, name, 100)).toBe(0);
  });

  it('asks for the whole upload again after one that was refused', async () => {
    await start();
    const name = await fileName(client);
    sendChunks(client, jpeg());
    expect(await finish(client, name, 99)).toBe(910);
    expect(await finish(client, name, 100)).toBe(16);
    expect(await world.submit(client, withFiles(name))).toBe(16);
    expect(world.broken()).toEqual({
      'upload-finish-size': 1,
      'upload-finish-name': 1,
      'submit-file-name': 1,
    });
  });

  it('lets an upload that was cut off begin anew', async () => {
    await start();
    await fileName(client);
    sendChunks(client, jpeg());
    await client.settled();
    await world.hangUp(client);
    client = await world.login();
    expect(await upload(client, jpeg())).toMatchObject({ result: 0 });
    expect(world.broken()).toEqual({});
  });

  it('refuses a finished upload under refuseUpload', async () => {
    await start({ faults: { refuseUpload: { value: 907, count: 1 } } });
    expect(await upload(client, jpeg())).toMatchObject({ result: 907 });
    expect(await upload(client, jpeg())).toMatchObject({ result: 0 });
    expect(world.broken()).toEqual({});
  });

  it('takes a finished upload and does not say so under unansweredUpload', async () => {
    await start({ faults: { unansweredUpload: { count: 1 } } });
    const name = await fileName(client);
    sendChunks(client, jpeg());
    client.send('UploadFileFinishReq', { FileName: name, FileSize: jpeg().length });
    expect(await client.settled()).toEqual([]);
    expect(await world.submit(client, withFiles(name))).toBe(0);
    expect(world.broken()).toEqual({});
  });

  it('loses a file when a message names it under imageForgotten, and takes it anew', async () => {
    await start({ faults: { imageForgotten: { count: 1 } } });
    const name = await uploaded(client, jpeg());
    expect(await world.submit(client, withFiles(name))).toBe(16);
    expect(await world.submit(client, withFiles(name))).toBe(16);
    expect(await world.submit(client, withFiles(await uploaded(client, jpeg())))).toBe(0);
    expect(world.broken()).toEqual({});
  });

  it.each([902, 3] as const)('answers uploads before the login with %i', async (notLoggedInCode) => {
    world = await World.start({ notLoggedInCode });
    client = await world.connect();
    client.send('UploadFileNameReq', { FileExtension: '.jpg' });
    expect(await client.expect('UploadFileNameRes')).toEqual({ Result: notLoggedInCode, FileName: '' });
    expect(await finish(client, 'a.jpg', 1)).toBe(notLoggedInCode);
    expect(world.broken()).toEqual({ 'login-first': 2 });
  });

  describe('of which a name', () => {
    const again = (name: string, UserMsgId: string) => ({ ...withFiles(name), UserMsgId });

    it('serves many messages', async () => {
      await start();
      const name = await uploaded(client, jpeg());
      expect(await world.submit(client, again(name, '1'))).toBe(0);
      expect(await world.submit(client, again(name, '2'))).toBe(0);
      expect(world.broken()).toEqual({});
    });

    it('serves one message where names are used up, whose repeat is still a duplicate', async () => {
      await start({ fileNames: 'single-use' });
      const name = await uploaded(client, jpeg());
      expect(await world.submit(client, again(name, '1'))).toBe(0);
      expect(await world.submit(client, again(name, '1'))).toBe(320);
      expect(await world.submit(client, again(name, '2'))).toBe(16);
      expect(world.simulator.stats().notes).toEqual({ 'file-forgotten': 1 });
      expect(world.broken()).toEqual({});
    });

    it('is not used up by a message that was refused', async () => {
      await start({ fileNames: 'single-use' });
      const name = await uploaded(client, jpeg());
      const refused = { ...again(name, '1'), PhoneNo: '01000009028' };
      expect(await world.submit(client, refused)).toBe(316);
      expect(await world.submit(client, again(name, '2'))).toBe(0);
    });

    it.each([
      ['always', 0],
      ['until-login', 16],
    ] as const)('is kept %s', async (keepFiles, result) => {
      await start({ keepFiles });
      const name = await uploaded(client, jpeg());
      client.send('UnBindReq', encrypted('{"BindId":"test001"}'));
      await world.loggedOut();
      client = await world.login();
      expect(await world.submit(client, again(name, '1'))).toBe(result);
      expect(world.broken()).toEqual({});
    });

    it('stands for its bytes: a repeat under another name of the same file is the same message', async () => {
      await start();
      const [first, second] = [await uploaded(client, jpeg()), await uploaded(client, jpeg())];
      expect(first).not.toBe(second);
      expect(await world.submit(client, again(first, '1'))).toBe(0);
      expect(await world.submit(client, again(second, '1'))).toBe(320);
      expect(world.broken()).toEqual({});
    });

    it('does not stand for another file under the same UserMsgId', async () => {
      await start();
      const [first, second] = [await uploaded(client, jpeg()), await uploaded(client, jpeg({ width: 1 }))];
      expect(await world.submit(client, again(first, '1'))).toBe(0);
      expect(await world.submit(client, again(second, '1'))).toBe(320);
      expect(world.broken()).toEqual({ 'message-id-reused': 1 });
    });

    it('follows from the seed', async () => {
      const nameUnder = async (seed: number) => {
        await start({ seed });
        const name = await fileName(client);
        await world.stop();
        return name;
      };
      const name = await nameUnder(7);
      expect(await nameUnder(7)).toBe(name);
      expect(await nameUnder(8)).not.toBe(name);
    });
  });
});
