import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PabalClient } from '@pabal/client';
import { readMessage, StoreUnavailable } from '@pabal/fate';
import { jpegBytes } from '@pabal/files/testing';
import { FakeGateway, lost, staged, type ToStage } from './fake-gateway.js';
import { type Input, SenderPlay } from './sender-play.js';
import { PREFIX, until } from './stage.js';

/** Messages with files, from the file store to the gateway that takes them, over a real Redis. */

let play: SenderPlay;
let asked: ToStage[];
beforeEach(async () => {
  play = await SenderPlay.open();
  asked = [];
});
afterEach(() => play.stage.close());

const image = jpegBytes(640, 480);

async function mms(id: string, change: Partial<Input> = {}): Promise<string> {
  const file = await play.files.put(image);
  await play.enqueue({ id, channel: 'mms', text: '안내', files: [file.id], ...change });
  return file.id;
}

/** A gateway that stages everything at once. */
function stages(gateway: FakeGateway): void {
  gateway.stage = async (asking) => {
    asked.push(asking);
    return staged;
  };
}

describe('a message with files', () => {
  it('is prepared with its bytes and with what was staged', async () => {
    stages(play.alpha);
    await play.start([play.alpha]);
    const id = await mms('a');
    await play.reaches('a', 'accepted');
    const [written] = play.alpha.writtenOf('a');
    expect(written?.attachments?.files).toMatchObject([{ id, width: 640, height: 480 }]);
    expect(Buffer.compare(written?.attachments?.files[0]?.bytes ?? new Uint8Array(), image)).toBe(0);
    expect(written?.attachments?.staged?.fresh()).toBe(true);
    expect(asked.map(({ complete }) => complete)).toEqual([false]);
  });

  it('whose file is not there ends before any gateway, and its result names the field', async () => {
    await play.start();
    await play.enqueue({ id: 'a', channel: 'mms', text: '안내', files: ['A'.repeat(43)] });
    expect(await play.resultOf('a')).toMatchObject({
      status: 'failed',
      reason: { code: 'file-error' },
      problems: [{ field: 'files.0', rule: 'unknown-file' }],
      attempts: [],
    });
    expect(play.writes('a')).toEqual([]);
  });

  it('goes to the gateway that takes its file, where another one does not', async () => {
    const strict = new FakeGateway('alpha', {
      problems: (_message, files = []) =>
        files.some(({ width }) => width > 320)
          ? [{ field: 'files.0', rule: 'too-wide', message: 'files.0 is too wide' }]
          : [],
    });
    stages(play.beta);
    await play.start([strict, play.beta]);
    await mms('a');
    await play.reaches('a', 'accepted');
    expect([strict.written.length, play.beta.written.length]).toEqual([0, 1]);
  });

  it('waits while its files cannot be read because Redis is away, and fails of nothing', async () => {
    stages(play.alpha);
    play.readErrors.push(new Error('Connection is closed.'), new StoreUnavailable('away'));
    await play.start([play.alpha]);
    await mms('a');
    await play.reaches('a', 'accepted');
    expect(play.readErrors).toEqual([]);
  });

  it('that is being staged can be cancelled, and is then not written', async () => {
    let end: () => void = () => {};
    play.alpha.stage = (asking) => {
      asked.push(asking);
      return new Promise((resolve) => {
        end = () => resolve(staged);
      });
    };
    await play.start([play.alpha]);
    await mms('a');
    await until('staging', () => asked.length === 1);
    expect(await readMessage(play.stage.store, 'a')).toBeUndefined();
    const client = await PabalClient.connect({ redis: play.stage.redis.url, prefix: PREFIX });
    play.stage.onClose(() => client.close());
    expect(await client.cancel('a')).toEqual({ kind: 'cancelled' });
    end();
    await play.jobGone('send-default-mms', 'a');
    expect((await play.reaches('a', 'settled')).outcome).toMatchObject({ status: 'cancelled' });
    expect(play.writes('a')).toEqual([]);
  });

  it('expires on time while it is staged', async () => {
    play.alpha.stage = () => new Promise(() => {});
    await play.start([play.alpha]);
    const begun = Date.now();
    await mms('a', { ttlSeconds: 1 });
    expect(await play.resultOf('a')).toMatchObject({ status: 'expired' });
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(play.writes('a')).toEqual([]);
  });

  it('whose file one gateway refuses goes over another, with both attempts in its record', async () => {
    play.alpha.stage = async () => ({
      kind: 'refused',
      code: '301',
      reason: 'file-error',
      advice: 'alert',
    });
    stages(play.beta);
    play.beta.setOpen(false);
    await play.start();
    await mms('a');
    await until('turned away', async () => (await readMessage(play.stage.store, 'a'))?.attempt === 2);
    play.beta.setOpen(true);
    const { attempts } = await play.reaches('a', 'accepted');
    expect(attempts).toMatchObject([{ gateway: 'alpha', gatewayCode: '301', channel: 'mms' }]);
    expect([play.alpha.written.length, play.beta.written.length]).toEqual([0, 1]);
  });

  it('whose file every gateway refuses ends failed, and is sent round by nobody', async () => {
    const refuse = async (asking: ToStage) => {
      asked.push(asking);
      return { kind: 'refused', code: '301', reason: 'file-error', advice: 'alert' } as const;
    };
    play.alpha.stage = refuse;
    play.beta.stage = refuse;
    play.beta.setOpen(false);
    await play.start();
    await mms('a');
    // Moved, its first job is over: until then the other one would be looked at twice.
    await play.jobGone('send-default-mms', 'a');
    play.beta.setOpen(true);
    const result = await play.resultOf('a');
    expect(result).toMatchObject({
      status: 'failed',
      reason: { code: 'file-error' },
      gatewayCode: '301',
    });
    expect(result.attempts.map(({ gateway, gatewayCode }) => `${gateway} ${gatewayCode}`)).toEqual([
      'alpha 301',
      'beta 301',
    ]);
    expect(asked).toHaveLength(2);
  });

  it('that the gateway found incomplete is sent whole, under the same wire id', async () => {
    stages(play.alpha);
    play.alpha.script = ({ nth }) =>
      nth === 1 ? { kind: 'incomplete', code: '16' } : { kind: 'accepted', code: '0' };
    await play.start([play.alpha]);
    await mms('a');
    const { wireId } = await play.reaches('a', 'accepted');
    expect(play.alpha.writtenOf('a').map((written) => written.wireId)).toEqual([wireId, wireId]);
    expect(asked.map(({ complete }) => complete)).toEqual([false, true]);
  });

  it('that may have been written is probed whole', async () => {
    stages(play.alpha);
    play.alpha.script = ({ nth }) => (nth === 1 ? lost : { kind: 'accepted', code: '0' });
    await play.start([play.alpha]);
    await mms('a');
    await play.reaches('a', 'uncertain');
    const moved = `${PREFIX}:to-alpha-mms:m-a`;
    await until('in its gateway’s queue', async () => (await play.stage.control.exists(moved)) === 1);
    play.alpha.relogin();
    await play.reaches('a', 'accepted');
    expect(asked.map(({ complete }) => complete)).toEqual([false, true]);
  });
});
