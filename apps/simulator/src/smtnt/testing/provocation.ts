import { afterEach, expect, it } from '@jest/globals';
import type { SmtntOptions } from '../options.js';
import { encrypted, type RawClient, sms } from './raw-client.js';
import { World } from './world.js';

/** How a test breaks one rule. */
export interface Provocation {
  readonly options?: SmtntOptions;
  /** What the client does wrong. */
  readonly run: (world: World) => Promise<unknown>;
}

export const ACCOUNT = { bindId: 'test001', password: 'demo-password' };
export const BIND = { BindId: 'test001', BindPwd: 'demo-password', Version: 1 };

/** Writes on a fresh connection and waits until the server has cut it. */
export const cutAfter = (write: (client: RawClient) => void) => async (world: World) => {
  const client = await world.connect();
  write(client);
  await client.closed;
};

/** Tries to log in with this Body and expects this result and the end of the connection. */
export const refused = (result: number, body: unknown) => async (world: World) => {
  const client = await world.connect();
  client.send('BindReq', typeof body === 'string' ? encrypted(body) : body);
  expect(await client.decrypted('BindRes')).toMatchObject({ Result: result, Speed: 0 });
  await client.closed;
};

export const refusedFields = (result: number, body: object) => refused(result, JSON.stringify(body));

/** Sends this message once logged in and expects this result. */
export const submitted = (result: number, change: Record<string, unknown>) => async (world: World) => {
  expect(await world.submit(await world.login(), sms(change))).toBe(result);
};

/** Gets a report and answers it like this. */
export const reportAnswered =
  (answer: (ids: Record<string, unknown>) => Record<string, unknown>) => async (world: World) => {
    const client = await world.login();
    await world.submit(client, sms());
    world.clock.advance(10);
    const { UserMsgId, UserMsgSubId, ServerMsgId } = await client.expect('ReportReq');
    client.send('ReportRes', answer({ UserMsgId, UserMsgSubId, ServerMsgId }));
    await client.settled();
  };

export const spamAnswered =
  (answer: (fields: Record<string, unknown>) => Record<string, unknown>) => async (world: World) => {
    const client = await world.login();
    world.simulator.configure({ spam: { phoneNo: '01012345678', denyNo: '0801234567' } });
    client.send('SpamRes', answer(await client.expect('SpamReq')));
    await client.settled();
  };

export const without = (body: Record<string, unknown>, name: string) =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));

/** One test for every rule of a table: leaving one out, or naming one that is no rule, is a compile error. */
export function eachRuleIsCountedOnce<Rule extends string>(provocations: Record<Rule, Provocation>): void {
  let world: World;
  afterEach(() => world.stop());

  it.each(Object.keys(provocations) as Rule[])('%s is counted once, and nothing else', async (rule) => {
    const { options, run } = provocations[rule];
    world = await World.start(options);
    await run(world);
    expect(world.broken()).toEqual({ [rule]: 1 });
  });
}
