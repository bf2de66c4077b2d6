/** MMS and Kakao over real TCP: large frames, images used again, rates by type. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { MessageV1 } from '@pabal/message';
import type { LghvPacket } from '@pabal/protocol-lghv';
import type { AttachedFile, SendLine } from '@pabal/session';
import { LocalMemory } from '@pabal/session/testing';
import type { LghvConfig } from './config.js';
import { openSendLine } from './lines.js';
import { ackWith, fleetOf, ScriptedGateway, until } from './testing/scripted-gateway.js';
import { fileOf, messageOf } from './testing/values.js';

const IMAGE_BYTES = 307_200;
const mms = (files: readonly AttachedFile[], change: Partial<MessageV1> = {}) =>
  messageOf({ channel: 'mms', files: files.map((file) => file.id), ...change });
const KAKAO = { senderKey: 'sender-key', templateCode: 'T01' };
const alimtalk = messageOf({ channel: 'alimtalk', kakao: KAKAO });
const friendtalk = messageOf({ channel: 'friendtalk', kakao: KAKAO });

let gateway = new ScriptedGateway();
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
  gateway.stop();
  gateway = new ScriptedGateway();
});

/** A line whose SMS and MMS servers are logged in. */
async function lineOf(config: LghvConfig, memory = new LocalMemory(), account = 'demo'): Promise<SendLine> {
  const { deps } = fleetOf(memory);
  const line = openSendLine(config, { ...deps, identity: { ...deps.identity, account } });
  closing.push(() => line.close('test-over'));
  await until(() => line.isOpen('sms') && line.isOpen('mms'));
  return line;
}

async function openLine(change: Partial<LghvConfig> = {}): Promise<SendLine> {
  return lineOf({ ...(await gateway.start('smsclient1', 'mmsclient1')), ...change });
}

/** As the fleet does it: stage, wait for a place, prepare, write. */
async function send(
  line: SendLine,
  message: MessageV1,
  wireId: string,
  files: readonly AttachedFile[] = [],
  complete = false,
) {
  const outcome = await line.stage(message, files, complete);
  if (outcome && outcome.kind !== 'staged') throw new Error(outcome.kind);
  const slot = await placeOf(line, message);
  const attachments = outcome ? { files, staged: outcome.staged } : { files };
  const prepared = line.prepare(message, wireId, attachments);
  return { outcome: await slot.write(prepared), bytes: prepared.bytes };
}

async function placeOf(line: SendLine, { channel }: MessageV1) {
  let slot = line.reserve(channel);
  await until(() => {
    slot ??= line.reserve(channel);
    return slot !== undefined;
  });
  if (!slot) throw new Error('no slot');
  return slot;
}

/** How each DELIVER with parts came: per part its kind, and whether it had data. */
function partsCome(): string[] {
  return gateway
    .received('mmsclient1')
    .flatMap((packet: LghvPacket) =>
      packet.type === 'deliverMms' || packet.type === 'deliverKakaoImage'
        ? [packet.values.parts.map(({ data, dataType }) => dataType + data.length).join(' ')]
        : [],
    );
}

describe('an MMS on its way', () => {
  it('arrives whole, whatever its size and however the answer is split', async () => {
    gateway.answer = ackWith('0');
    gateway.splitting = true;
    const line = await openLine();
    const files = [fileOf(1, IMAGE_BYTES), fileOf(2, IMAGE_BYTES), fileOf(3, IMAGE_BYTES)];
    const { bytes, outcome } = await send(line, mms(files, { text: 'a'.repeat(2000) }), '1', files);
    expect(outcome).toEqual({ kind: 'accepted', code: '0' });
    expect(bytes).toBe(8 + 281 + 4 * 50 + 2000 + 3 * IMAGE_BYTES);
    const [, packet] = gateway.received('mmsclient1');
    expect(packet).toMatchObject({
      type: 'deliverMms',
      values: { contentsType: 'IMT', parts: [{ dataType: 't' }, {}, {}, { fileSize: IMAGE_BYTES }] },
    });
    if (packet?.type !== 'deliverMms') throw new Error(packet?.type);
    packet.values.parts.slice(1).forEach(({ data }, index) => {
      expect(data.length).toBe(IMAGE_BYTES);
      expect(data.every((byte) => byte === index + 1)).toBe(true);
    });
  });

  it('holds up what comes behind it on its own connection, one frame at a time, and no other server', async () => {
    gateway.answer = ackWith('0');
    const line = await openLine({ imageReuse: 0 });
    const { socket } = gateway.peer('mmsclient1');
    socket.pause();
    const files = [fileOf(1, IMAGE_BYTES), fileOf(2, IMAGE_BYTES), fileOf(3, IMAGE_BYTES)];
    const sent: Promise<unknown>[] = [];
    // The kernel takes some of them; the first that it does not take whole must be the last.
    for (let n = 1; n <= 20; n++) {
      const place = await placeOf(line, mms(files));
      const submit = line.prepare({ ...mms(files), to: `0101234${5000 + n}` }, String(n), { files });
      sent.push(place.write(submit));
      if (line.nextAt('mms') === Number.POSITIVE_INFINITY) break;
      await until(() => line.nextAt('mms') !== Number.POSITIVE_INFINITY);
    }
    expect(line.nextAt('mms')).toBe(Number.POSITIVE_INFINITY);
    expect([line.nextAt('lms'), line.nextAt('alimtalk')]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect((await send(line, messageOf(), '100')).outcome).toEqual({ kind: 'accepted', code: '0' });
    expect(line.reserve('mms')).toBeUndefined();
    socket.resume();
    for (const outcome of await Promise.all(sent)) expect(outcome).toEqual({ kind: 'accepted', code: '0' });
    expect(partsCome()).toHaveLength(sent.length);
  });
});

describe('an image', () => {
  const file = fileOf(1, 1000);

  it('goes once, and by its name afterwards, over every line that shares the memory', async () => {
    gateway.answer = ackWith('0');
    const memory = new LocalMemory();
    const config = await gateway.start('smsclient1', 'mmsclient1');
    const line = await lineOf(config, memory);
    await send(line, mms([file]), '1', [file]);
    await send(line, mms([file], { to: '01098765432' }), '2', [file]);
    await send(line, mms([file], { to: '01022223333', from: '0298765432' }), '3', [file]);
    await send(await lineOf(config, memory), mms([file], { to: '01011112222' }), '4', [file]);
    // By connection: 1, 2 and 3 on the first, 4 on the second.
    expect(partsCome()).toEqual(['t30 i1000', 't30 i0', 't30 i1000', 't30 i0']);
    const named = gateway
      .received('mmsclient1')
      .flatMap((packet) => (packet.type === 'deliverMms' ? packet.values.parts.slice(1) : []))
      .map(({ fileKey, fileName, fileSize }) => ({ fileKey, fileName, fileSize }));
    expect(named[1]).toEqual(named[0]);
    expect(named[3]).toEqual(named[0]);
    expect(named[2]).not.toEqual(named[0]);
  });

  it('goes with its data over a line of another account: an account has its own images', async () => {
    gateway.answer = ackWith('0');
    const memory = new LocalMemory();
    const config = await gateway.start('smsclient1', 'mmsclient1');
    await send(await lineOf(config, memory), mms([file]), '1', [file]);
    await send(await lineOf(config, memory, 'other'), mms([file]), '2', [file]);
    expect(partsCome()).toEqual(['t30 i1000', 't30 i1000']);
  });

  it('goes again with its data, under the same wire id, where the gateway no longer has it', async () => {
    gateway.answer = ackWith('0');
    const line = await openLine();
    await send(line, mms([file]), '1', [file]);
    gateway.answer = ackWith('16');
    const second = mms([file], { to: '01098765432' });
    expect((await send(line, second, '2', [file])).outcome).toEqual({ kind: 'incomplete', code: '16' });
    expect((await send(line, second, '2', [file], true)).outcome).toMatchObject({
      kind: 'refused',
      code: '16',
      reason: 'file-error',
      certainty: 'notDelivered',
    });
    gateway.answer = ackWith('0');
    expect((await send(line, second, '3', [file])).outcome).toEqual({ kind: 'accepted', code: '0' });
    expect(partsCome()).toEqual(['t30 i1000', 't30 i0', 't30 i1000', 't30 i1000']);
  });

  it('of a FriendTalk goes by its name as well', async () => {
    gateway.answer = ackWith('0');
    const line = await openLine();
    const message = { ...friendtalk, kakao: { senderKey: 'sender-key' }, files: [file.id] };
    await send(line, message, '1', [file]);
    await send(line, { ...message, to: '01098765432' }, '2', [file]);
    expect(partsCome()).toEqual(['t30 i1000', 't30 i0']);
  });

  it('always goes with its data, and without a key, where the option is 0', async () => {
    gateway.answer = ackWith('0');
    const line = await openLine({ imageReuse: 0 });
    await send(line, mms([file]), '1', [file]);
    await send(line, mms([file], { to: '01098765432' }), '2', [file]);
    expect(partsCome()).toEqual(['t30 i1000', 't30 i1000']);
    expect(gateway.received('mmsclient1')[2]).toMatchObject({ values: { parts: [{}, { fileKey: '' }] } });
  });
});

describe('Kakao', () => {
  it('goes over the LMS/MMS server, Alimtalk and FriendTalk at rates of their own', async () => {
    const line = await openLine();
    gateway.answer = ackWith('15', 9_000_000);
    expect((await send(line, alimtalk, '1')).outcome).toEqual({
      kind: 'throttled',
      code: '15',
      pauseMs: 9000,
    });
    gateway.answer = ackWith('0');
    expect((await send(line, { ...friendtalk, to: '01098765432' }, '2')).outcome.kind).toBe('accepted');
    expect(line.reserve('alimtalk')).toBeUndefined();
    expect(gateway.received('mmsclient1')).toEqual([
      expect.objectContaining({ type: 'bind' }),
      expect.objectContaining({ values: expect.objectContaining({ deliverType: 'KKT' }) }),
      expect.objectContaining({ values: expect.objectContaining({ deliverType: 'KFT' }) }),
    ]);
  });

  it('goes over the server that the option names', async () => {
    const config = await gateway.start('smsclient1', 'mmsclient1', 'talk1');
    gateway.answer = ackWith('0');
    const servers: LghvConfig['servers'] = {
      smsclient1: ['sms'],
      mmsclient1: ['lms', 'mms'],
      talk1: ['alimtalk', 'friendtalk'],
    };
    const line = await lineOf({ ...config, servers });
    await until(() => line.isOpen('alimtalk'));
    await send(line, alimtalk, '1');
    expect(gateway.received('talk1').map((packet) => packet.type)).toEqual(['bind', 'deliverKakao']);
    expect(gateway.received('mmsclient1').map((packet) => packet.type)).toEqual(['bind']);
  });

  it('is not sent at a rate of 0', async () => {
    gateway.rates = { ...gateway.rates, tpsKko: 0 };
    const line = await openLine();
    expect([line.isOpen('alimtalk'), line.isOpen('friendtalk')]).toEqual([false, true]);
    expect(line.nextAt('alimtalk')).toBe(Number.POSITIVE_INFINITY);
  });

  it('tells its own duplicate from that of a recipient who gets too many', async () => {
    const line = await openLine();
    gateway.answer = ackWith('120');
    expect((await send(line, alimtalk, '1')).outcome).toEqual({
      kind: 'duplicate',
      code: '120',
      mayMeanTooOften: false,
    });
  });
});

describe('the recipient burst', () => {
  it.each([
    [1, true],
    [2, false],
    [0, false],
  ])('of %i holds a recipient back after one message: %s', async (recipientBurst, heldBack) => {
    gateway.answer = ackWith('0');
    const line = await openLine({ recipientBurst });
    await send(line, messageOf(), '1');
    expect(line.recipientFreeAt(messageOf().to) > performance.now()).toBe(heldBack);
  });
});
