import { describe, expect, it } from '@jest/globals';
import { configSchema } from './config.js';

const block = {
  protocol: 'smtnt',
  host: '127.0.0.1',
  port: 8490,
  bindId: 'test001',
  password: 'secret',
  crypto: { key: '0123456789abcdef', iv: 'fedcba9876543210' },
};
const mistakes = (change: object) => {
  const { error } = configSchema.safeParse({ ...block, ...change });
  return error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
};

describe('the configuration of an SMTNT gateway', () => {
  it('needs host, port, a login and the key, and fills in the rest', () => {
    expect(configSchema.parse(block)).toEqual({
      protocol: 'smtnt',
      host: '127.0.0.1',
      port: 8490,
      accounts: [{ bindId: 'test001', password: 'secret' }],
      crypto: { ...block.crypto, mode: 'plain' },
      uploadMethod: 'UploadFileReq',
      uploadChunk: 1024,
      uploadReuse: 0,
      kakaoButtonForm: 'array',
      ackTimeout: 10_000,
      recipientBurst: 3,
      duplicateMemory: 3_600_000,
      paceGuardMs: 5,
      aliveAfter: 15_000,
      loginRetry: 30_000,
    });
  });

  it('takes several accounts instead of one login', () => {
    const { bindId: _, password: __, ...rest } = block;
    const accounts = [
      { bindId: 'a', password: '1' },
      { bindId: 'b', password: '2' },
    ];
    expect(configSchema.parse({ ...rest, accounts }).accounts).toEqual(accounts);
    expect(mistakes({ accounts })).toEqual([
      'bindId: must not stand beside accounts',
      'password: must not stand beside accounts',
    ]);
    expect(mistakes({ bindId: undefined, password: undefined })).toEqual([
      'bindId: is required, or accounts instead',
      'password: is required, or accounts instead',
    ]);
  });

  it('takes durations with units', () => {
    expect(configSchema.parse({ ...block, reportDeadline: '4h', ackTimeout: '20s' })).toMatchObject({
      reportDeadline: 14_400_000,
      ackTimeout: 20_000,
    });
    expect(configSchema.parse({ ...block, reportDeadline: { sms: '1h' } }).reportDeadline).toEqual({
      sms: 3_600_000,
    });
  });

  it('takes encrypted connections without a key of their own, and the name of the field that brings one', () => {
    const crypto = { iv: block.crypto.iv, mode: 'encrypted' };
    expect(configSchema.parse({ ...block, crypto, privateKeyField: 'MyKey' })).toMatchObject({
      crypto,
      privateKeyField: 'MyKey',
    });
    expect(mistakes({ crypto: { ...crypto, key: block.crypto.key } })).toEqual([]);
  });

  it('takes the names and sizes of uploads', () => {
    const uploads = { uploadMethod: 'UploadFileDataReq', uploadChunk: 1440, uploadReuse: '10m' };
    expect(configSchema.parse({ ...block, ...uploads })).toMatchObject({ ...uploads, uploadReuse: 600_000 });
  });

  it('takes a key that is longer than it needs', () => {
    expect(mistakes({ crypto: { key: '0123456789abcdefgh', iv: '가나다라마바' } })).toEqual([]);
  });

  it.each([
    ['a short key', { crypto: { ...block.crypto, key: 'short' } }, 'crypto.key: must have at least 16 bytes'],
    ['no key', { crypto: { iv: block.crypto.iv } }, 'crypto.key: is required with mode plain'],
    [
      'another mode',
      { crypto: { ...block.crypto, mode: 'half' } },
      'crypto.mode: Invalid option: expected one of "plain"|"encrypted"',
    ],
    [
      'another method of uploading',
      { uploadMethod: 'UploadFile' },
      'uploadMethod: Invalid option: expected one of "UploadFileReq"|"UploadFileDataReq"',
    ],
    [
      'a chunk that fits no packet',
      { uploadChunk: 1441 },
      'uploadChunk: Too big: expected number to be <=1440',
    ],
    [
      'a chunk that fits no encrypted packet',
      { crypto: { iv: block.crypto.iv, mode: 'encrypted' }, uploadChunk: 1081 },
      'uploadChunk: must be at most 1080 with crypto.mode encrypted',
    ],
    [
      'another form of buttons',
      { kakaoButtonForm: 'list' },
      'kakaoButtonForm: Invalid option: expected one of "array"|"object"',
    ],
    [
      'an account twice',
      {
        bindId: undefined,
        password: undefined,
        accounts: [
          { bindId: 'a', password: '1' },
          { bindId: 'a', password: '2' },
        ],
      },
      'accounts: must not hold the same bindId twice',
    ],
    ['a reseller code of 8 digits', { reseller: '12345678' }, 'reseller: must be 9 digits'],
    [
      'an AliveReq that would come too late',
      { aliveAfter: '30s' },
      'aliveAfter: Too big: expected number to be <=20000',
    ],
    ['a misspelt option', { acktimeout: 5 }, ': Unrecognized key: "acktimeout"'],
  ])('refuses %s', (_name, change, message) => {
    expect(mistakes(change)).toEqual([message]);
  });

  it('quotes no secret in its mistakes', () => {
    expect(mistakes({ crypto: { key: 'hunter2', iv: 'hunter2' } }).join()).not.toContain('hunter2');
  });
});
