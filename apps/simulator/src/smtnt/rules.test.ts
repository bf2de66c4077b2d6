import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { SmtntOptions } from './options.js';
import { SMTNT_RULES, type SmtntRuleId } from './rules.js';
import { encrypted, type RawClient, sms } from './testing/raw-client.js';
import { World } from './testing/world.js';

interface Provocation {
  readonly options?: SmtntOptions;
  /** What the client does wrong. */
  readonly run: (world: World) => Promise<unknown>;
}

const ACCOUNT = { bindId: 'test001', password: 'demo-password' };
const BIND = { BindId: 'test001', BindPwd: 'demo-password', Version: 1 };

/** Writes on a fresh connection and waits until the server has cut it. */
const cutAfter = (write: (client: RawClient) => void) => async (world: World) => {
  const client = await world.connect();
  write(client);
  await client.closed;
};

/** Tries to log in with this Body and expects this result and the end of the connection. */
const refused = (result: number, body: unknown) => async (world: World) => {
  const client = await world.connect();
  client.send('BindReq', typeof body === 'string' ? encrypted(body) : body);
  expect(await client.decrypted('BindRes')).toMatchObject({ Result: result, Speed: 0 });
  await client.closed;
};

const refusedFields = (result: number, body: object) => refused(result, JSON.stringify(body));

/** Sends this message once logged in and expects this result. */
const submitted = (result: number, change: Record<string, unknown>) => async (world: World) => {
  expect(await world.submit(await world.login(), sms(change))).toBe(result);
};

/** Gets a report and answers it like this. */
const reportAnswered =
  (answer: (ids: Record<string, unknown>) => Record<string, unknown>) => async (world: World) => {
    const client = await world.login();
    await world.submit(client, sms());
    world.clock.advance(10);
    const { UserMsgId, UserMsgSubId, ServerMsgId } = await client.expect('ReportReq');
    client.send('ReportRes', answer({ UserMsgId, UserMsgSubId, ServerMsgId }));
    await client.settled();
  };

const spamAnswered =
  (answer: (fields: Record<string, unknown>) => Record<string, unknown>) => async (world: World) => {
    const client = await world.login();
    world.simulator.configure({ spam: { phoneNo: '01012345678', denyNo: '0801234567' } });
    client.send('SpamRes', answer(await client.expect('SpamReq')));
    await client.settled();
  };

const without = (body: Record<string, unknown>, name: string) =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));

/** One provocation for every rule: leaving one out, or naming one that is no rule, is a compile error. */
const PROVOCATIONS: Record<SmtntRuleId, Provocation> = {
  'frame-header': { run: cutAfter((client) => client.raw('Content-Length: 10\r\n')) },
  'frame-size': { run: cutAfter((client) => client.raw('Content-Length:65537')) },
  'frame-zlib': { run: cutAfter((client) => client.raw('Content-Length:4\r\nabcd')) },
  'frame-trailing': {
    run: async (world) => {
      const client = await world.login();
      const payload = Buffer.concat([deflateSync('{"Header":{"Method":"AliveReq"}}'), Buffer.from('xyz')]);
      client.raw(Buffer.concat([Buffer.from(`Content-Length:${payload.length}\r\n`), payload]));
      await client.expect('AliveRes');
    },
  },
  'inflated-size': { run: cutAfter((client) => client.text(' '.repeat(300_000))) },
  'json-utf8': {
    run: cutAfter((client) => {
      const payload = deflateSync(Buffer.from([0x7b, 0x22, 0xb0, 0xa1, 0x22, 0x7d]));
      client.raw(Buffer.concat([Buffer.from(`Content-Length:${payload.length}\r\n`), payload]));
    }),
  },
  'json-syntax': { run: cutAfter((client) => client.text('{"Header":')) },
  'json-compact': {
    run: async (world) => {
      const client = await world.login();
      client.text('{"Header": {"Method":"AliveReq"}}');
      await client.expect('AliveRes');
    },
  },
  envelope: {
    run: async (world) => {
      const client = await world.login();
      client.text('{"Header":{"Method":"AliveReq","Version":1}}');
      await client.expect('AliveRes');
    },
  },
  'unknown-method': {
    run: async (world) => {
      const client = await world.login();
      client.send('AliveRequest');
      await client.settled();
    },
  },
  'wrong-direction': {
    run: async (world) => {
      const client = await world.login();
      client.send('AliveRes');
      await client.settled();
    },
  },
  'unexpected-body': {
    run: async (world) => {
      const client = await world.login();
      client.send('AliveReq', {});
      await client.expect('AliveRes');
    },
  },
  'login-first': {
    run: async (world) => {
      const client = await world.connect();
      client.send('MsgSendReq', sms());
      expect(await client.expect('MsgSendRes')).toMatchObject({ UserMsgId: '80', Result: 902 });
    },
  },
  'login-again': {
    run: async (world) => {
      const client = await world.login();
      client.send('BindReq', encrypted(JSON.stringify(BIND)));
      await client.settled();
    },
  },
  'bind-body': { run: refused(911, BIND) },
  'bind-fields': { run: refusedFields(911, { ...BIND, Version: '1' }) },
  'bind-version': { run: refusedFields(7, { ...BIND, Version: 2 }) },
  'bind-address': {
    options: { accounts: [{ ...ACCOUNT, addresses: ['10.1.2.3'] }] },
    run: refusedFields(3, BIND),
  },
  'bind-id': { run: refusedFields(4, { ...BIND, BindId: 'test002' }) },
  'bind-password': {
    run: refusedFields(5, { ...BIND, BindPwd: 'other' }),
  },
  'bind-suspended': {
    options: { accounts: [{ ...ACCOUNT, suspended: true }] },
    run: refusedFields(6, BIND),
  },
  'reconnect-too-soon': {
    options: { faults: { refuseLogin: { count: 1 } } },
    run: async (world) => {
      await refusedFields(1, BIND)(world);
      world.clock.advance(29_000);
      await world.login();
    },
  },
  'reconnect-after-silence': {
    options: { faults: { neverAlive: { count: 1 } } },
    run: async (world) => {
      const client = await world.login();
      client.send('AliveReq');
      client.send('MsgSendReq', sms());
      // The server reads in order: with the submit read, so is the AliveReq before it.
      while (world.simulator.stats().counts.submits === 0) await new Promise(setImmediate);
      await world.hangUp(client);
      await world.login();
    },
  },
  idle: {
    run: async (world) => {
      const client = await world.login();
      world.clock.advance(29_999);
      await client.settled();
      world.clock.advance(30_000);
      await client.closed;
    },
  },
  'submit-body': {
    run: async (world) => expect(await world.submit(await world.login(), 'text')).toBe(911),
  },
  'submit-field-missing': {
    run: async (world) =>
      expect(await world.submit(await world.login(), without(sms(), 'ResellerCode'))).toBe(19),
  },
  'submit-field-unknown': { run: submitted(0, { Telecom: 'SKT' }) },
  'submit-field-type': { run: submitted(19, { KakaoTimeout: '0' }) },
  'submit-field-order': {
    run: async (world) =>
      expect(
        await world.submit(await world.login(), { UserMsgSubId: '', ...without(sms(), 'UserMsgSubId') }),
      ).toBe(0),
  },
  'submit-message-id': { run: submitted(19, { UserMsgId: '123456789012345678901' }) },
  'submit-message-type': { run: submitted(5, { MsgType: 5 }) },
  'submit-recipient': { run: submitted(19, { PhoneNo: '010-9187-4302' }) },
  'submit-callback': { run: submitted(19, { CallbackNo: '' }) },
  'submit-text-empty': { run: submitted(18, { Message: '' }) },
  'submit-text-length': { run: submitted(908, { Message: `${'가'.repeat(45)}.` }) },
  'submit-charset': { run: submitted(5, { Message: '생일 축하해요 🎂' }) },
  'submit-subject': { run: submitted(19, { Subject: '제목' }) },
  'submit-unused-field': { run: submitted(19, { KakaoNationCode: '82' }) },
  'submit-files': { run: submitted(909, { FileCount: 1 }) },
  'submit-reseller': {
    options: { accounts: [{ ...ACCOUNT, reseller: true }] },
    run: submitted(39, {}),
  },
  'message-id-reused': {
    run: async (world) => {
      const client = await world.login();
      expect(await world.submit(client, sms())).toBe(0);
      expect(await world.submit(client, sms({ Message: '다른 메시지' }))).toBe(320);
    },
  },
  'over-rate': {
    options: { speed: 3 },
    run: async (world) => {
      const client = await world.login();
      for (const id of ['1', '2', '3', '4']) client.send('MsgSendReq', sms({ UserMsgId: id }));
      await client.settled();
      world.clock.advance(1);
      const results = [];
      for (let i = 0; i < 4; i++) results.push((await client.expect('MsgSendRes')).Result);
      expect(results).toEqual([0, 0, 0, 903]);
    },
  },
  'outside-hours': { options: { begin: 13, end: 20 }, run: submitted(901, {}) },
  'recipient-burst': {
    options: { recipientBurst: 3 },
    run: async (world) => {
      const client = await world.login();
      for (const id of ['1', '2', '3', '4']) {
        expect(await world.submit(client, sms({ UserMsgId: id }))).toBe(0);
      }
      world.clock.advance(10);
      const results = [];
      for (let i = 0; i < 4; i++) results.push((await client.expect('ReportReq')).Result);
      expect(results).toEqual([0, 0, 0, 10]);
    },
  },
  'report-res-fields': { run: reportAnswered((ids) => ({ ...ids, Result: '0' })) },
  'report-res-ids': { run: reportAnswered((ids) => ({ ...ids, UserMsgId: '81', Result: 0 })) },
  'report-res-result': { run: reportAnswered((ids) => ({ ...ids, Result: 999 })) },
  'notice-res-fields': { run: spamAnswered((fields) => without({ ...fields, Result: 0 }, 'DenyNo')) },
  'notice-res-ids': { run: spamAnswered((fields) => ({ ...fields, DenyNo: '', Result: 0 })) },
  'unbind-body': {
    run: async (world) => {
      const client = await world.login();
      client.send('UnBindReq', encrypted('{"BindId":"test002"}'));
      expect(await client.decrypted('UnBindRes')).toEqual({ Result: 911 });
    },
  },
};

describe('SMTNT rules', () => {
  let world: World;
  afterEach(() => world.stop());

  it.each(Object.keys(SMTNT_RULES) as SmtntRuleId[])('%s is counted once, and nothing else', async (rule) => {
    const { options, run } = PROVOCATIONS[rule];
    world = await World.start(options);
    await run(world);
    expect(world.broken()).toEqual({ [rule]: 1 });
  });

  it('a client that does everything right breaks none', async () => {
    world = await World.start();
    const client = await world.login();
    expect(await world.submit(client, sms())).toBe(0);
    world.clock.advance(10);
    const { UserMsgId, UserMsgSubId, ServerMsgId } = await client.expect('ReportReq');
    client.send('ReportRes', { UserMsgId, UserMsgSubId, ServerMsgId, Result: 0 });
    await client.settled();
    client.send('UnBindReq', encrypted('{"BindId":"test001"}'));
    expect(await client.decrypted('UnBindRes')).toEqual({ Result: 0 });
    await client.closed;
    expect(world.broken()).toEqual({});
  });

  it('every rule cites its place in the specification', () => {
    for (const { cites } of Object.values(SMTNT_RULES)) expect(cites).toMatch(/^(SMTNT \d|option)/);
  });
});
