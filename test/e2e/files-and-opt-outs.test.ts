import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileId } from '@pabal/files';
import { jpegBytes } from '@pabal/files/testing';
import { World } from '../support/index.js';

const RECIPIENT = '01087654321';
let world: World;
let folder: string;
let photo: string;

beforeAll(async () => {
  [world, folder] = await Promise.all([World.open(), mkdtemp(join(tmpdir(), 'pabal-files-'))]);
  photo = join(folder, 'photo.jpg');
  await writeFile(photo, jpegBytes(320, 240));
});

afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const pabal = (...args: string[]) => world.run(...args, '--config', world.config);

describe('pabal file', () => {
  it('stores a JPEG under the id of its bytes', async () => {
    const id = fileId(jpegBytes(320, 240));
    const { code, output } = await pabal('file', photo);
    expect([code, output]).toEqual([0, `${id}  ${photo}`]);
    expect(await world.files.has([id])).toEqual(new Set([id]));
    const json = await pabal('file', photo, '--json');
    expect(JSON.parse(json.output)).toMatchObject({ file: photo, id, width: 320, height: 240 });
  });

  it('names what it refuses, stores the others, and fails', async () => {
    const text = join(folder, 'no-image.jpg');
    await writeFile(text, 'hello');
    const { code, output } = await pabal('file', text, join(folder, 'absent.jpg'), photo);
    expect(code).toBe(1);
    expect(output).toContain(`${text}: `);
    expect(output).toContain('absent.jpg cannot be read (ENOENT)');
    expect(output).toContain(`  ${photo}`);
  });
});

describe('pabal send --image', () => {
  it('stores the image and enqueues an MMS that names it', async () => {
    const image = join(folder, 'sent.jpg');
    await writeFile(image, jpegBytes(64, 48));
    const words = [
      '--to',
      RECIPIENT,
      '--from',
      '15881234',
      '--text',
      '사진',
      '--subject',
      '안내',
      '--id',
      'with-image',
    ];
    const { code, output } = await pabal('send', ...words, '--image', image);
    expect([code, output]).toEqual([0, 'with-image']);
    const id = fileId(jpegBytes(64, 48));
    expect(await world.files.has([id])).toEqual(new Set([id]));
    const shown = await pabal('message', 'with-image', '--json');
    expect(JSON.parse(shown.output)).toMatchObject({ id: 'with-image', channel: 'mms' });
  });
});

describe('pabal opt-outs', () => {
  it('adds, lists masked or in full, and removes', async () => {
    expect(await pabal('opt-outs')).toEqual({ code: 0, output: '' });
    const added = await pabal('opt-outs', '--add', RECIPIENT, '--number', '0801234567');
    expect([added.code, added.output]).toEqual([0, '010****4321 opted out of 0801234567']);
    const listed = await pabal('opt-outs', '--json');
    expect(JSON.parse(listed.output)).toMatchObject({ recipient: '010****4321', optOutNumber: '0801234567' });
    expect((await pabal('opt-outs', '--reveal')).output).toContain(RECIPIENT);
    expect((await pabal('opt-outs', '--remove', RECIPIENT)).code).toBe(0);
    const again = await pabal('opt-outs', '--remove', RECIPIENT);
    expect([again.code, again.output]).toEqual([1, '010****4321 had opted out of nothing such']);
  });
});
