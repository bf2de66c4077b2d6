import { afterEach, describe, expect, it } from '@jest/globals';
import { connectionKey } from './private-key.js';
import { encrypted, sms } from './testing/raw-client.js';
import { jpeg } from './testing/uploads.js';
import { World } from './testing/world.js';

describe('the encrypted port', () => {
  let world: World | undefined;
  afterEach(async () => {
    await world?.stop();
    world = undefined;
  });

  /** The key that the test derives as the document says: the one that PrivateKeyRes carries. */
  const keyOf = async (privateKeyField: string) => {
    world = await World.start({ mode: 'encrypted', privateKeyField });
    const client = await world.connect();
    client.send('PrivateKeyReq');
    return { body: (await client.expect('PrivateKeyRes')) as unknown, client };
  };

  it.each(['PrivateKey', 'Key', 'EncKey'])('names the key %s', async (field) => {
    const { body, client } = await keyOf(field);
    expect(body).toEqual({ [field]: expect.stringMatching(/^[A-Za-z0-9]{16}$/) });
    client.key = (body as Record<string, string>)[field] ?? '';
    expect(await client.bind()).toMatchObject({ Result: 0, Speed: 100 });
  });

  it('gives the key itself as the Body', async () => {
    const { body, client } = await keyOf('bare');
    client.key = String(body);
    expect(await client.bind()).toMatchObject({ Result: 0 });
  });

  it('has another key for each connection, the same for the same seed', () => {
    const keys = [1, 2].flatMap((seed) => [1, 2, 3].map((session) => connectionKey(seed, session)));
    expect(new Set(keys).size).toBe(6);
    expect(connectionKey(1, 1)).toBe(keys[0]);
  });

  it('encrypts every Body of a conversation, in both directions', async () => {
    world = await World.start({ mode: 'encrypted' });
    const client = await world.connectEncrypted('smtnt');
    await client.bind();

    client.sealed('UploadFileNameReq', { FileExtension: '.jpg' });
    const { FileName } = await client.decrypted('UploadFileNameRes');
    client.sealed('UploadFileReq', { Data: jpeg().toString('base64') });
    client.sealed('UploadFileFinishReq', { FileName, FileSize: 100 });
    expect(await client.decrypted('UploadFileFinishRes')).toEqual({ Result: 0 });

    client.sealed('MsgSendReq', sms());
    await client.settled();
    world.clock.advance(10);
    expect(await client.decrypted('MsgSendRes')).toMatchObject({ UserMsgId: '80', Result: 0 });
    const { UserMsgId, UserMsgSubId, ServerMsgId } = await client.decrypted('ReportReq');
    client.sealed('ReportRes', { UserMsgId, UserMsgSubId, ServerMsgId, Result: 0 });

    world.simulator.configure({ spam: { phoneNo: '01012345678', denyNo: '0801234567' } });
    client.sealed('SpamRes', { ...(await client.decrypted('SpamReq')), Result: 0 });
    world.simulator.configure({ numberChange: { phoneNo: '0111234564', changePhoneNo: '01012345678' } });
    client.sealed('ChangePhoneRes', { ...(await client.decrypted('ChangePhoneReq')), Result: 0 });
    await client.settled();
    expect(world.account()).toMatchObject({ unanswered: 0 });

    client.sealed('UnBindReq', { BindId: 'test001' });
    expect(await client.decrypted('UnBindRes')).toEqual({ Result: 0 });
    expect(world.broken()).toEqual({});
  });

  it('takes the key of another connection for none', async () => {
    world = await World.start({ mode: 'encrypted' });
    const [first, second] = [await world.connectEncrypted('smtnt'), await world.connectEncrypted('smtnt')];
    await second.bind();
    second.key = first.key;
    second.sealed('SpamRes', { SpamId: '1', PhoneNo: '01012345678', DenyNo: '080', Result: 0 });
    await second.settled();
    expect(world.broken()).toEqual({ 'sealed-body': 1 });
  });

  it('looks for white space inside what is encrypted too', async () => {
    world = await World.start({ mode: 'encrypted' });
    const client = await world.connectEncrypted('smtnt');
    await client.bind();
    client.send('UploadFileNameReq', encrypted('{"FileExtension": ".jpg"}', client.key));
    expect(await client.decrypted('UploadFileNameRes')).toMatchObject({ Result: 0 });
    expect(world.broken()).toEqual({ 'json-compact': 1 });
  });

  it('refuses a login whose Body is plain', async () => {
    world = await World.start({ mode: 'encrypted' });
    const client = await world.connectEncrypted('smtnt');
    client.send('BindReq', { BindId: 'test001', BindPwd: 'demo-password', Version: 1 });
    expect(await client.decrypted('BindRes')).toMatchObject({ Result: 911 });
    await client.closed;
    expect(world.broken()).toEqual({ 'bind-body': 1 });
  });

  it('stands beside a plain one, with the same accounts and reports', async () => {
    world = await World.start({ encryptedPort: 0 });
    const plain = await world.login();
    expect(await world.submit(plain, sms())).toBe(0);
    await world.hangUp(plain);
    const client = await world.connectEncrypted('encrypted');
    expect(await client.bind()).toMatchObject({ Result: 0 });
    world.clock.advance(10);
    expect(await client.decrypted('ReportReq')).toMatchObject({ UserMsgId: '80' });
    expect(world.broken()).toEqual({});
  });

  it('is not asked for beside an encrypted one', async () => {
    await expect(World.start({ mode: 'encrypted', encryptedPort: 0 })).rejects.toThrow(
      'encryptedPort stands beside a plain port, and mode is encrypted',
    );
  });
});
