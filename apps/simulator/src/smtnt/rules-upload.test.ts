import { describe, expect } from '@jest/globals';
import { createRandom } from '../common/index.js';
import type { SmtntOptions } from './options.js';
import type { UPLOAD_RULES } from './rules-upload.js';
import { eachRuleIsCountedOnce, type Provocation } from './testing/provocation.js';
import type { RawClient } from './testing/raw-client.js';
import { fileName, finish, jpeg, sendChunks, upload } from './testing/uploads.js';

/** Does this once logged in, and waits until the server has read it. */
const loggedIn = (run: (client: RawClient) => Promise<unknown>, options: SmtntOptions = {}): Provocation => ({
  options,
  run: async (world) => {
    const client = await world.login();
    await run(client);
    await client.settled();
  },
});

/** Uploads this and expects this result. */
const ended = (result: number, file: Buffer): Provocation =>
  loggedIn(async (client) => expect(await upload(client, file)).toMatchObject({ result }));

const nameAnswered = (body: unknown, Result: number): Provocation =>
  loggedIn(async (client) => {
    client.send('UploadFileNameReq', body);
    expect(await client.expect('UploadFileNameRes')).toEqual({ Result, FileName: '' });
  });

/** Sends one chunk to a name. */
const chunk = (Data: unknown, options: SmtntOptions = {}): Provocation =>
  loggedIn(async (client) => {
    await fileName(client);
    client.send('UploadFileReq', { Data });
  }, options);

const noise = (count: number): string => {
  const random = createRandom(1);
  return Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256))).toString('base64');
};

const PROVOCATIONS: Record<keyof typeof UPLOAD_RULES, Provocation> = {
  'upload-name-fields': nameAnswered({ FileExtension: 1 }, 911),
  'upload-extension': nameAnswered({ FileExtension: '.png' }, 19),
  'upload-interleaved': loggedIn(async (client) => {
    await fileName(client);
    sendChunks(client, jpeg());
    await fileName(client);
  }),
  'upload-method': chunk('AAAA', { uploadMethod: 'UploadFileDataReq' }),
  'upload-packet-size': chunk(noise(2100)),
  'upload-chunk-fields': chunk(7),
  'upload-chunk-length': chunk(Buffer.alloc(3073).toString('base64')),
  'upload-chunk-base64': chunk('AAAA\n'),
  'upload-chunk-first': loggedIn(async (client) => client.send('UploadFileReq', { Data: 'AAAA' })),
  'upload-finish-fields': loggedIn(async (client) => {
    client.send('UploadFileFinishReq', { FileName: await fileName(client), FileSize: '100' });
    expect(await client.expect('UploadFileFinishRes')).toEqual({ Result: 911 });
  }),
  'upload-finish-name': loggedIn(async (client) => {
    await fileName(client);
    sendChunks(client, jpeg());
    expect(await finish(client, 'other.jpg', 100)).toBe(16);
  }),
  'upload-finish-size': loggedIn(async (client) => {
    const name = await fileName(client);
    sendChunks(client, jpeg({ bytes: 100 }));
    expect(await finish(client, name, 136)).toBe(910);
  }),
  'upload-file-size': ended(910, jpeg({ bytes: 1_048_577 })),
  'upload-jpeg': ended(911, Buffer.from('89504e470d0a1a0a', 'hex')),
  'upload-dimensions': ended(910, jpeg({ width: 768, height: 1024 })),
};

describe('SMTNT rules of uploads', () => {
  eachRuleIsCountedOnce(PROVOCATIONS);
});
