import { afterEach, describe, expect, it } from '@jest/globals';
import type { LghvOptions } from './options.js';
import { LGHV_RULES, type LghvRule } from './rules.js';
import type { Breach } from './testing/breach.js';
import { KAKAO_BREACHES, MORE_KAKAO } from './testing/breaches-kakao.js';
import { MMS_BREACHES, MORE_MMS } from './testing/breaches-mms.js';
import { aes, fields, packet, type RawClient } from './testing/raw-client.js';
import {
  type BindValues,
  bindBody,
  type DeliverValues,
  deliver,
  deliverBody,
  linkCheck,
  nextAck,
  reportAck,
  World,
} from './testing/world.js';

const onBind = (values: BindValues): Breach => ({ act: (world) => world.bind(values) });

const onSms = (values: DeliverValues, options?: LghvOptions): Breach => ({
  ...(options ? { options } : {}),
  act: async (world) => expect((await deliver(await world.sender(), values)).code).not.toBe('0'),
});

const onLms = (values: DeliverValues): Breach => ({
  act: async (world) =>
    expect((await deliver(await world.sender('mms'), { type: 'LMS', ...values })).code).not.toBe('0'),
});

const onGrant = (init: RequestInit, path?: string): Breach => ({
  act: async (world) => expect(await world.grant(init, path)).toMatch(/^FAIL : /),
});

/** Bytes on a bound SEND session after which the gateway ends the connection. */
const fatal = (bytes: Uint8Array): Breach => ({
  act: async (world) => {
    const client = await world.sender();
    client.send(bytes);
    await client.closed;
  },
});

const onReportAck = (bytes: (msgId: string) => Uint8Array): Breach => ({
  act: async (world) => {
    const receiver = await world.receiver();
    await deliver(await world.sender(), { msgId: '77' });
    world.clock.advance(200);
    expect((await receiver.next()).type).toBe('r');
    receiver.send(bytes('77'));
    await linkCheck(receiver, 'R');
  },
});

const form = (values: Record<string, string>): RequestInit => ({ body: new URLSearchParams(values) });
const id = aes('demo');
const pw = aes('demo-password');
/** 가 in EUC-KR. */
const GA = Buffer.from([0xb0, 0xa1]);
const many = (bytes: Uint8Array, times: number) => Buffer.concat(Array.from({ length: times }, () => bytes));

async function submitMany(client: RawClient, count: number, values: DeliverValues = {}): Promise<void> {
  for (let i = 0; i < count; i++) {
    await deliver(client, { msgId: String(1000 + i), to: `0101000${5000 + i}`, ...values });
  }
}

const BREACHES: Record<LghvRule, Breach> = {
  'grant-path': onGrant({}, '/grant'),
  'grant-method': onGrant({ method: 'PUT' }),
  'grant-content-type': onGrant({
    body: JSON.stringify({ id, pw }),
    headers: { 'content-type': 'application/json' },
  }),
  'grant-parameters': onGrant(form({ id, pw, agent: 'S1' })),
  'grant-encryption': onGrant(form({ id: 'demo', pw })),
  'grant-before-bind': {
    act: async (world) => {
      const client = await world.connect();
      client.send(packet('b', bindBody()));
      await client.next();
    },
  },
  'bind-unusable-server': {
    options: { serverStatus: { sms: 'N', mms: 'Y' } },
    act: async (world) => expect((await world.bind()).code).toBe('2'),
  },
  'header-tail': fatal(Buffer.from('d135\0\0\xfe\xfe', 'latin1')),
  'header-msglen': fatal(Buffer.from('dabcd\0\xfe\xff', 'latin1')),
  'unknown-msgtype': fatal(packet('x', Buffer.from('S'))),
  'gateway-packet': fatal(packet('L', fields(['0', 5]))),
  'field-padding': onSms({ from: '0212345678\0x' }),
  'reserved-null': onReportAck((msgId) => reportAck(msgId, '0', 'x')),
  'bind-first': {
    act: async (world) => {
      const client = await world.connect();
      client.send(packet('l', Buffer.from('S')));
      await client.closed;
    },
  },
  'bind-twice': fatal(packet('b', bindBody())),
  'bind-length': {
    act: async (world) => {
      const client = await world.connect();
      client.send(packet('b', bindBody().subarray(0, 99)));
      expect((await client.next()).body.toString('latin1', 0, 2)).toBe('3\0');
    },
  },
  'bind-encode': onBind({ encode: '2' }),
  'bind-line-type': onBind({ line: 's' }),
  'bind-report': onBind({ report: 'X' }),
  'bind-info': onBind({ info: 'V1.0' }),
  'bind-password': onBind({ encode: '1' }),
  'login-too-soon': {
    act: async (world) => {
      await world.bind({ password: 'wrong' });
      world.clock.advance(9_999);
      expect((await world.bind()).code).toBe('0');
    },
  },
  'deliver-on-recv': {
    act: async (world) => {
      const client = await world.receiver();
      client.send(packet('d', deliverBody()));
      await client.closed;
    },
  },
  'deliver-wrong-server': {
    act: async (world) => expect((await deliver(await world.sender('mms'))).code).toBe('3'),
  },
  'deliver-type': onSms({ type: 'XMS' }),
  'deliver-length': onSms({ text: '' }),
  'deliver-encode': onSms({ encode: '2', to: aes('01012345678'), from: aes('0212345678') }),
  'encrypted-field': onSms({ encode: '1', to: aes('01012345678'), from: `${aes('0212345678')}=` }),
  'msg-id-digits': onSms({ msgId: '12a' }),
  'msg-id-reused': {
    act: async (world) => {
      const client = await world.sender();
      expect((await deliver(client, { text: 'one' })).code).toBe('0');
      expect((await deliver(client, { text: 'two' })).code).toBe('17');
    },
  },
  'deliver-gubun': onLms({ gubun: '3' }),
  'contents-type': onSms({ contents: 'IMG' }),
  'destaddr-digits': onSms({ to: '010-1234-5678' }),
  'callback-digits': onSms({ from: '02)12345678' }),
  'reseller-digits': onSms({ reseller: '12345678' }),
  ...MMS_BREACHES,
  ...KAKAO_BREACHES,
  'reseller-missing': onSms(
    {},
    { accounts: [{ userId: 'demo', password: 'demo-password', reseller: true }] },
  ),
  'subject-length': onLms({ subject: many(GA, 26) }),
  'sms-text-length': onSms({ text: `${'a'.repeat(89)}\xb0\xa1` }),
  'lms-text-length': onLms({
    encode: '9',
    to: aes('01012345678'),
    from: aes('0212345678'),
    text: aes('a'.repeat(2001)),
  }),
  'text-charset': onSms({ text: Buffer.from('안녕하세요', 'utf8') }),
  'text-nul': onSms({ text: 'hello\0' }),
  'international-charset': onSms({
    gubun: '3',
    to: '8611112222',
    text: Buffer.concat([GA, Buffer.alloc(1)]),
  }),
  'international-nul': onSms({ gubun: '3', to: '8611112222', text: Buffer.from('你好', 'utf8') }),
  'over-rate': {
    options: { tps: { sms: 3 } },
    act: async (world) => {
      const client = await world.sender();
      await submitMany(client, 3);
      world.clock.advance(999);
      expect(await deliver(client, { msgId: '4' })).toMatchObject({ code: '15', microseconds: 1000 });
    },
  },
  'pause-ignored': {
    act: async (world) => {
      const client = await world.sender();
      expect((await deliver(client, { to: '01000009015' })).code).toBe('15');
      world.clock.advance(250);
      await deliver(client, { msgId: '2' });
    },
  },
  'recipient-burst': {
    act: async (world) => {
      const client = await world.sender();
      for (const msgId of ['1', '2', '3', '4']) {
        expect((await deliver(client, { msgId })).code).toBe('0');
        world.clock.advance(1666);
      }
    },
  },
  'report-ack-length': onReportAck(() => packet('R', fields(['0', 5], ['77', 20]))),
  'report-ack-result': onReportAck((msgId) => reportAck(msgId, '1')),
  'report-ack-unknown': onReportAck(() => reportAck('78')),
  'report-ack-on-send': fatal(reportAck('77')),
  'link-check-length': {
    act: async (world) => {
      const client = await world.sender();
      client.send(packet('l', Buffer.from('S\0')));
      await client.next();
    },
  },
  'link-check-code': { act: async (world) => linkCheck(await world.sender(), 'R') },
  'link-check-late-send': {
    act: async (world) => {
      const client = await world.sender();
      world.clock.advance(60_000);
      await deliver(client);
      world.clock.advance(62_001);
    },
  },
  'link-check-late-recv': {
    act: async (world) => {
      const client = await world.receiver();
      world.clock.advance(60_000);
      await linkCheck(client, 'R');
      world.clock.advance(62_001);
    },
  },
};

describe('every rule of LGHV', () => {
  let world: World | undefined;

  afterEach(async () => {
    await world?.stop();
    world = undefined;
  });

  it.each(Object.entries(BREACHES))(
    '%s is counted when a client breaks it, and no other is',
    async (rule, breach) => {
      world = await World.start(breach.options);
      await breach.act(world);
      expect(world.broken).toEqual({ [rule]: 1 });
    },
  );

  it.each([...MORE_MMS, ...MORE_KAKAO])('%s is counted for %s, and no other is', async (rule, _, breach) => {
    world = await World.start(breach.options);
    await breach.act(world);
    expect(world.broken).toEqual({ [rule]: 1 });
  });

  it('cites its place in the specification', () => {
    for (const { text, cites } of Object.values(LGHV_RULES)) {
      expect(cites).toMatch(/^LGHV (\d|appendix)/);
      expect(text).toMatch(/\.$/);
    }
  });

  it('is kept by a client that does everything right', async () => {
    world = await World.start();
    const receiver = await world.receiver('A');
    const sender = await world.sender();
    const lms = await world.sender('mms');
    expect(await deliver(sender, { text: many(GA, 45) })).toEqual({
      code: '0',
      type: 'SMS',
      msgId: '1',
      microseconds: 0,
      to: '01012345678',
    });
    const long = {
      type: 'LMS',
      msgId: '2',
      subject: many(GA, 25),
      text: many(GA, 1000),
      reseller: '123456789',
    };
    expect((await deliver(lms, long)).code).toBe('0');
    const abroad = { msgId: '3', gubun: '3', to: '8611112222', text: Buffer.from('你好\0', 'utf8') };
    expect((await deliver(sender, abroad)).code).toBe('0');
    const hidden = { encode: '9', to: aes('01012345678'), from: aes('0212345678') };
    expect((await deliver(sender, { ...hidden, msgId: '4', text: aes(many(GA, 45)) })).code).toBe('0');
    const hiddenLong = { ...hidden, type: 'LMS', msgId: '5', subject: aes(GA), text: aes(many(GA, 1000)) };
    expect((await deliver(lms, { ...hiddenLong, to: aes('01012345679') })).code).toBe('0');
    world.clock.advance(200);
    for (let i = 0; i < 5; i++) {
      const report = await receiver.next();
      receiver.send(reportAck(report.body.toString('latin1', 13, 14)));
    }
    await linkCheck(receiver, 'R');
    expect(world.broken).toEqual({});
    expect(world.sim.submits().map(({ text, subject, to }) => [to, subject.length, text.length])).toEqual([
      ['01012345678', 0, 45],
      ['01012345678', 25, 1000],
      ['8611112222', 0, 2],
      ['01012345678', 0, 45],
      ['01012345679', 1, 1000],
    ]);
    expect(world.sim.stats().counts).toMatchObject({ accepted: 5, acks: 5, reports: 5, reportsAcked: 5 });
  });

  it('about MSGLEN is counted without ending the connection where the number can be read', async () => {
    world = await World.start();
    const client = await world.sender();
    const body = deliverBody();
    client.send(Buffer.from('d0135\0\xfe\xff', 'latin1').subarray(0, 8), body);
    expect((await nextAck(client)).code).toBe('0');
    expect(world.broken).toEqual({ 'header-msglen': 1 });
  });
});
