import { deflateSync } from 'node:zlib';
import { describe, expect } from '@jest/globals';
import type { CONNECTION_RULES } from './rules-connection.js';
import {
  ACCOUNT,
  BIND,
  cutAfter,
  eachRuleIsCountedOnce,
  type Provocation,
  refused,
  refusedFields,
  reportAnswered,
  spamAnswered,
  without,
} from './testing/provocation.js';
import { encrypted, sms } from './testing/raw-client.js';

const PROVOCATIONS: Record<keyof typeof CONNECTION_RULES, Provocation> = {
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
  'key-first': {
    options: { mode: 'encrypted' },
    run: cutAfter((client) => client.send('BindReq', encrypted(JSON.stringify(BIND)))),
  },
  'key-again': {
    options: { mode: 'encrypted' },
    run: async (world) => {
      const client = await world.connectEncrypted('smtnt');
      await client.bind();
      client.send('PrivateKeyReq');
      expect(await client.settled()).toEqual([]);
    },
  },
  'sealed-body': {
    options: { mode: 'encrypted' },
    run: async (world) => {
      const client = await world.connectEncrypted('smtnt');
      await client.bind();
      client.send('MsgSendReq', sms());
      expect(await client.decrypted('MsgSendRes')).toMatchObject({ Result: 911 });
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

describe('SMTNT rules of a connection', () => {
  eachRuleIsCountedOnce(PROVOCATIONS);
});
