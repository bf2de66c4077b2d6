import { afterEach, describe, expect, it } from '@jest/globals';
import type { SmtntChange } from './change.js';
import type { SmtntOptions } from './options.js';
import { encrypted, frame, type RawClient, sms } from './testing/raw-client.js';
import { World } from './testing/world.js';

const BIND = { BindId: 'test001', BindPwd: 'demo-password', Version: 1 };
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

describe('SMTNT simulator', () => {
  let world: World;
  const start = async (options?: SmtntOptions, at?: number) => {
    world = await World.start(options, at);
    return world;
  };
  afterEach(() => world.stop());

  const answerReport = (client: RawClient, report: Record<string, unknown>) => {
    const { UserMsgId, UserMsgSubId, ServerMsgId } = report;
    client.send('ReportRes', { UserMsgId, UserMsgSubId, ServerMsgId, Result: 0 });
  };

  describe('login', () => {
    it('tells rate, hours and validity of the account in the printed order', async () => {
      await start({ speed: 70, begin: 8, end: 21, effective: 6 });
      const granted = await (await world.connect()).bind();
      expect(JSON.stringify(granted)).toBe(
        '{"Result":0,"BindId":"test001","Speed":70,"BeginTime":8,"EndTime":21,"EffectiveTime":6}',
      );
    });

    it('refuses a second login with 2 while the old socket lives, and allows it once that is gone', async () => {
      await start();
      const first = await world.login();
      const second = await world.connect();
      expect(await second.bind()).toMatchObject({ Result: 2 });
      await second.closed;
      await world.hangUp(first);
      await world.login();
      expect(world.broken()).toEqual({});
      expect(world.simulator.stats().notes).toEqual({ 'double-login': 1 });
    });

    it('takes the one who was refused with 2 to task when it returns while the old socket still lives', async () => {
      await start();
      await world.login();
      await (await world.connect()).bind();
      world.clock.advance(10_000);
      expect(await (await world.connect()).bind()).toMatchObject({ Result: 2 });
      expect(world.broken()).toEqual({ 'reconnect-too-soon': 1 });
    });

    it('shrinks the 30 seconds with timeScale', async () => {
      await start({ timeScale: 0.01, faults: { refuseLogin: { value: '999', count: 1 } } });
      expect(await (await world.connect()).bind()).toMatchObject({ Result: 999 });
      world.clock.advance(300);
      const client = await world.login();
      expect(world.broken()).toEqual({});
      world.clock.advance(300);
      await client.closed;
      expect(world.broken()).toEqual({ idle: 1 });
    });

    it('tells only the first reason for a refusal', async () => {
      await start();
      const client = await world.connect();
      expect(await client.bind({ ...BIND, BindPwd: 'x', Version: 9 })).toMatchObject({ Result: 7 });
      expect(world.broken()).toEqual({ 'bind-version': 1 });
    });

    it('does not count letters of the password or the text anywhere in its violations', async () => {
      await start();
      await (await world.connect()).bind({ ...BIND, BindPwd: 'secret-word' });
      world.clock.advance(MINUTE_MS);
      await world.submit(await world.login(), sms({ Message: '비밀 🎂', PhoneNo: '0109187x302' }));
      const shown = JSON.stringify(world.simulator.violations());
      expect(Object.keys(world.broken())).toHaveLength(3);
      expect(shown).not.toMatch(/secret-word|비밀|9187/);
    });
  });

  describe('submits', () => {
    it('keeps what each one was in the ledger, with its answer and report', async () => {
      await start();
      const client = await world.login();
      await world.submit(client, sms({ UserData: 'shop-7' }));
      world.clock.advance(10);
      const report = await client.expect('ReportReq');
      expect(Object.keys(report)).toEqual([
        'UserMsgId',
        'UserMsgSubId',
        'ServerMsgId',
        'MsgType',
        'PhoneNo',
        'Result',
        'Telecom',
        'DeliveryTime',
        'UserData',
      ]);
      expect(report).toMatchObject({
        UserMsgId: '80',
        MsgType: 4,
        PhoneNo: '01091874302',
        Result: 0,
        DeliveryTime: '2026-01-05 12:00:00.010',
        UserData: 'shop-7',
      });
      expect(report.Telecom).toMatch(/^(SKT|KTF|LGT)$/);
      answerReport(client, report);
      await client.settled();
      const [entry] = world.simulator.submits();
      const at = Date.UTC(2026, 0, 5, 3);
      expect(entry).toMatchObject({ account: 'test001', type: '4', wireId: '80', to: '01091874302' });
      expect(entry).toMatchObject({ text: 'SMS 테스트 메시지', verdict: 'accepted', code: '0', credit: -1 });
      expect(entry).toMatchObject({ at, ackedAt: at + 1, reportCode: '0', reports: 1 });
      expect(entry).toMatchObject({ reportedAt: at + 10, reportAckedAt: at + 11 });
    });

    it('accepts 90 bytes of SMS and 2000 of LMS in CP949, and Hangul that only CP949 has', async () => {
      await start();
      const client = await world.login();
      expect(await world.submit(client, sms({ UserMsgId: '1', Message: '뷁'.repeat(45) }))).toBe(0);
      const lms = { UserMsgId: '2', MsgType: 6, Subject: '제목', Message: '가'.repeat(1000) };
      expect(await world.submit(client, sms(lms))).toBe(0);
      expect(await world.submit(client, sms({ ...lms, UserMsgId: '3', Message: `${lms.Message}.` }))).toBe(
        908,
      );
      expect(world.broken()).toEqual({ 'submit-text-length': 1 });
    });

    it('answers a repeat with 320 while it remembers, and takes it for new afterwards', async () => {
      await start({ duplicateMemoryMs: 20_000 });
      const client = await world.login();
      expect(await world.submit(client, sms())).toBe(0);
      world.clock.advance(19_990);
      expect(await world.submit(client, sms())).toBe(320);
      world.clock.advance(10);
      expect(await world.submit(client, sms())).toBe(0);
      expect(world.simulator.submits({ duplicate: true })).toHaveLength(1);
      expect(world.broken()).toEqual({});
    });

    it('keeps a refused UserMsgId free', async () => {
      await start();
      const client = await world.login();
      expect(await world.submit(client, sms({ CallbackNo: 'x' }))).toBe(19);
      expect(await world.submit(client, sms())).toBe(0);
    });

    it.each([
      ['duplicate-first', 320],
      ['credit-first', 906],
    ] as const)('with %s a repeat without credit gets %i', async (checkOrder, result) => {
      await start({
        checkOrder,
        accounts: [{ bindId: 'test001', password: 'demo-password', credit: 1 }],
      });
      const client = await world.login();
      expect(await world.submit(client, sms())).toBe(0);
      expect(await world.submit(client, sms())).toBe(result);
      expect(await world.submit(client, sms({ UserMsgId: '81' }))).toBe(906);
      world.simulator.configure({ credit: 1 });
      expect(await world.submit(client, sms({ UserMsgId: '81' }))).toBe(0);
      expect(world.simulator.submits().map((entry) => entry.credit)).toEqual([0, 0, 0, 0]);
    });

    it('counts the rate of a BindId over a reconnect, and frees it after exactly a second', async () => {
      await start({ speed: 2 });
      const first = await world.login();
      await world.submit(first, sms({ UserMsgId: '1' }));
      await world.submit(first, sms({ UserMsgId: '2' }));
      await world.hangUp(first);
      const second = await world.login();
      expect(await world.submit(second, sms({ UserMsgId: '3' }))).toBe(903);
      world.clock.advance(997);
      expect(await world.submit(second, sms({ UserMsgId: '4' }))).toBe(0);
      expect(await world.submit(second, sms({ UserMsgId: '5' }))).toBe(0);
      expect(world.broken()).toEqual({ 'over-rate': 1 });
      expect(world.simulator.stats().rates).toMatchObject([{ domain: 'test001', grant: 2, count: 5 }]);
    });

    it('allows a night that spans midnight, and nothing outside it', async () => {
      await start({ begin: 22, end: 2 }, Date.UTC(2026, 0, 5, 12, 59, 59));
      const client = await world.login();
      expect(await world.submit(client, sms())).toBe(901);
      world.clock.advance(1000);
      expect(await world.submit(client, sms())).toBe(0);
      expect(world.broken()).toEqual({ 'outside-hours': 1 });
    });

    it.each([
      ['01000009903', 903],
      ['01000009015', 903],
      ['01000009011', 11],
    ])('throttles %s once with %i, then accepts it', async (PhoneNo, result) => {
      await start();
      const client = await world.login();
      expect(await world.submit(client, sms({ PhoneNo }))).toBe(result);
      expect(await world.submit(client, sms({ PhoneNo }))).toBe(0);
    });

    it('answers what is over the rate with 11 where it is told to', async () => {
      await start({ speed: 1, overRateCode: 11 });
      const client = await world.login();
      expect(await world.submit(client, sms({ UserMsgId: '1' }))).toBe(0);
      expect(await world.submit(client, sms({ UserMsgId: '2' }))).toBe(11);
      expect(world.broken()).toEqual({ 'over-rate': 1 });
    });

    it.each([902, 3] as const)('answers a message before the login with %i', async (notLoggedInCode) => {
      await start({ notLoggedInCode });
      const client = await world.connect();
      client.send('MsgSendReq', sms());
      expect(await client.expect('MsgSendRes')).toMatchObject({ UserMsgId: '80', Result: notLoggedInCode });
    });

    it('uses other outcomes when told to', async () => {
      await start({ recipients: { '4302': { ack: 907 } } });
      const client = await world.login();
      expect(await world.submit(client, sms())).toBe(907);
      world.simulator.configure({ recipients: {} });
      expect(await world.submit(client, sms())).toBe(0);
    });

    it.each([
      ['01000009028', 316],
      ['01000009906', 906],
      ['01000009901', 901],
      ['01000009909', 909],
      ['01000000007', 0],
    ])('answers %s as its last digits say', async (PhoneNo, result) => {
      await start();
      expect(await world.submit(await world.login(), sms({ PhoneNo }))).toBe(result);
    });

    it('refuses a sender number that is not registered with 316', async () => {
      const account = { bindId: 'test001', password: 'demo-password', senders: ['15660000'] };
      await start({ accounts: [account] });
      const client = await world.login();
      expect(await world.submit(client, sms())).toBe(316);
      expect(await world.submit(client, sms({ CallbackNo: '15660000' }))).toBe(0);
    });
  });

  describe('reports', () => {
    it.each([
      ['01000000007', 7],
      ['01000000008', 8],
      ['01000000040', 17],
    ])('reports %s as its last digits say, without a time of delivery', async (PhoneNo, result) => {
      await start();
      const client = await world.login();
      await world.submit(client, sms({ PhoneNo }));
      world.clock.advance(10);
      expect(await client.expect('ReportReq')).toMatchObject({ Result: result, DeliveryTime: '' });
    });

    it('repeats a report until it is answered rightly', async () => {
      await start({ reportRepeatMs: 5000 });
      const client = await world.login();
      await world.submit(client, sms());
      world.clock.advance(10);
      const report = await client.expect('ReportReq');
      world.clock.advance(5000);
      expect(await client.expect('ReportReq')).toEqual(report);
      answerReport(client, report);
      await client.settled();
      answerReport(client, report);
      world.clock.advance(20_000);
      expect(await client.settled()).toEqual([]);
      expect(world.simulator.submits()).toMatchObject([{ reports: 2 }]);
      expect(world.broken()).toEqual({});
    });

    it('keeps reports while nobody is logged in', async () => {
      await start();
      const client = await world.login();
      await world.submit(client, sms());
      await world.hangUp(client);
      world.clock.advance(HOUR_MS);
      expect(world.account()).toMatchObject({ unanswered: 1, remembered: 1 });
      const next = await world.login();
      expect(await next.expect('ReportReq')).toMatchObject({ UserMsgId: '80' });
    });

    it('has no more unanswered reports on the way than the window allows', async () => {
      await start({ reportWindow: 1, reportRepeatMs: 1000 });
      const client = await world.login();
      for (const UserMsgId of ['1', '2']) await world.submit(client, sms({ UserMsgId }));
      world.clock.advance(10);
      const first = await client.expect('ReportReq');
      world.clock.advance(1000);
      expect(await client.expect('ReportReq')).toEqual(first);
      expect(await client.settled()).toEqual([]);
      answerReport(client, first);
      expect(await client.expect('ReportReq')).toMatchObject({ UserMsgId: '2' });
    });

    it.each(['SpamReq', 'ChangePhoneReq'])(
      'repeats %s until it is answered with Result 0',
      async (method) => {
        await start({ reportRepeatMs: 5000 });
        const client = await world.login();
        world.simulator.configure(
          method === 'SpamReq'
            ? { spam: { phoneNo: '01012345678', denyNo: '0801234567' } }
            : { numberChange: { phoneNo: '0111234564', changePhoneNo: '01012345678' } },
        );
        const answer = method.replace('Req', 'Res');
        const notice = await client.expect(method);
        client.send(answer, { ...notice, Result: 1 });
        await client.settled();
        world.clock.advance(5000);
        expect(await client.expect(method)).toEqual(notice);
        client.send(answer, { ...notice, Result: 0 });
        await client.settled();
        world.clock.advance(5000);
        expect(await client.settled()).toEqual([]);
        expect(world.broken()).toEqual({ 'notice-res-ids': 1 });
      },
    );

    it('pushes opt-outs and number changes until they are answered', async () => {
      await start();
      const client = await world.login();
      world.simulator.configure({
        spam: { phoneNo: '01012345678', denyNo: '0801234567' },
        numberChange: { phoneNo: '0111234564', changePhoneNo: '01012345678' },
      });
      const spam = await client.expect('SpamReq');
      const change = await client.expect('ChangePhoneReq');
      expect(spam).toMatchObject({ PhoneNo: '01012345678', DenyNo: '0801234567' });
      expect(change).toMatchObject({ PhoneNo: '0111234564', ChangePhoneNo: '01012345678' });
      client.send('SpamRes', { ...spam, Result: 0 });
      world.clock.advance(5000);
      client.send('ChangePhoneRes', { ...change, Result: 0 });
      await client.settled();
      world.clock.advance(20_000);
      expect((await client.settled()).map((packet) => packet.Header.Method)).not.toContain('SpamReq');
      expect(world.broken()).toEqual({});
    });
  });

  it('keeps the raw packets of a session where it is told to', async () => {
    await start({ capture: 3 });
    const client = await world.login();
    await client.settled();
    await client.settled();
    const [first, second] = world.simulator.captures();
    expect(world.simulator.captures().map(({ direction }) => direction)).toEqual([
      'sent',
      'received',
      'sent',
    ]);
    const alive = frame('{"Header":{"Method":"AliveReq"}}').toString('hex');
    expect(second?.hex).toBe(alive);
    expect(first?.session).toBe(1);
  });

  it('keeps what can not be read up to where it was cut off', async () => {
    await start({ capture: 3 });
    const client = await world.connect();
    client.raw('Content-length:5');
    await client.closed;
    const [broken] = world.simulator.captures();
    expect(Buffer.from(broken?.hex ?? '', 'hex').toString()).toBe('Content-length:5');
  });

  describe('control', () => {
    it('grants what was configured at the next login', async () => {
      await start({ speed: 5 });
      const client = await world.login();
      world.simulator.configure({ bindId: 'test001', speed: 9 });
      client.send('UnBindReq', encrypted('{"BindId":"test001"}'));
      await world.loggedOut();
      expect(await (await world.connect()).bind()).toMatchObject({ Speed: 9 });
    });

    it.each([
      [{ spede: 1 }, /unknown setting spede/],
      [{ ackDelayMs: [5, 1] }, /ackDelayMs must be milliseconds or a range/],
      [{ recipients: { '12': {} } }, /recipients must be outcomes by four digits/],
      [{ credit: -2 }, /credit must be a whole number from -1/],
      [{ checkOrder: 'neither' }, /checkOrder must be duplicate-first or credit-first, is neither/],
      [{ speed: 0 }, /speed must be a whole number from 1/],
      [{ bindId: 'other', speed: 1 }, /bindId is not that of an account/],
      [{ spam: { phoneNo: 'x', denyNo: '080' } }, /spam.phoneNo must be 3 to 15 digits/],
    ])('refuses the change %j by name', async (change, message) => {
      await start();
      expect(() => world.simulator.configure(change as SmtntChange)).toThrow(message);
    });

    it('refuses options that make no sense by name', async () => {
      await start();
      await expect(World.start({ crypto: { key: 'short', iv: 'pabal-demo-iv-01' } })).rejects.toThrow(
        'crypto.key must be 16 bytes, is 5',
      );
      await expect(World.start({ begin: 25 })).rejects.toThrow(
        'begin must be a whole number from 0 to 24, is 25',
      );
    });
  });
});
