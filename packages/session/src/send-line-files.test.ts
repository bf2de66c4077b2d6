import { describe, expect, it } from '@jest/globals';
import type { ErrandSteps } from './errands.js';
import type { PreparedSubmit } from './gateway.js';
import { message, openSendLine as open } from './testing/open-send-line.js';
import { endOfTick } from './testing/scripted-peer.js';

describe('what was staged for a submit', () => {
  it('must still hold when the submit is written; the place is given back otherwise', async () => {
    const { line, login, peer } = await open();
    await login();
    let fresh = true;
    const staged = { fresh: () => fresh };
    const prepare = (wireId: string): PreparedSubmit =>
      line.prepare(message('sms', `010${wireId}`), wireId, { files: [], staged });
    void line.reserve('sms')?.write(prepare('1'));
    const second = prepare('2');
    fresh = false;
    await expect(line.reserve('sms')?.write(second)).resolves.toEqual({
      kind: 'notWritten',
      why: 'stale-files',
    });
    await endOfTick();
    expect(peer().heard.slice(1)).toEqual(['submit 1\n']);
    expect(line.status().rates).toMatchObject({ sms: { used: 1 } });
  });

  it('is asked of the gateway by errands, on a session that carries the channel, in no rate', async () => {
    const { line, login, peer } = await open({ names: ['a', 'b'] });
    const hello = function* (): ErrandSteps<void> {
      yield { bytes: Buffer.from('hello\n'), awaits: 'got' };
    };
    await expect(line.errand('sms', hello)).resolves.toEqual({ kind: 'abandoned', why: 'not-ready' });
    await login('a');
    await login('b');
    const outcomes = [line.errand('sms', hello), line.errand('sms', hello)];
    expect([peer('a').heard.at(-1), peer('b').heard.at(-1)]).toEqual(['hello\n', 'hello\n']);
    await peer('a').send('got 0\n');
    const done = await outcomes[0];
    if (done?.kind !== 'done') throw new Error('not done');
    expect(line.isLoggedIn(done.sessionId)).toBe(true);
    expect(line.status().rates).toMatchObject({ sms: { used: 0 } });
    await peer('a').hangUp();
    expect(line.isLoggedIn(done.sessionId)).toBe(false);
    expect(line.isLoggedIn('another')).toBe(false);
    line.close('over');
    await expect(line.errand('sms', hello)).resolves.toMatchObject({ why: 'not-ready' });
  });
});
