import { describe, expect, it } from '@jest/globals';
import { configSchema, reportDeadlineMs } from './config.js';
import { lghv } from './gateway.js';
import { blockOf } from './testing/values.js';

describe('the configuration of an LGHV gateway', () => {
  it('needs little and fills in the rest', () => {
    const config = configSchema.parse(blockOf());
    expect(config).toMatchObject({
      agentIds: ['S1'],
      bindEncode: '0',
      encode: '0',
      report: 'M',
      strictTail: false,
      charset: 'cp949',
      unmappable: 'reject',
      recipientBurst: 3,
      ackTimeout: 10_000,
      loginRetry: 10_000,
      duplicateMemory: 3_600_000,
    });
    expect(config).toMatchObject({
      mmsLength: 'fixed',
      alimtalkType: 'KKT',
      kakaoUrlImage: 'z',
      imageReuse: 23 * 3_600_000,
    });
    expect(lghv.channels(config)).toEqual(['sms', 'lms', 'mms', 'alimtalk', 'friendtalk']);
    expect(lghv.agents('hellovision', config)).toEqual([
      { gateway: 'hellovision', account: 'demo', agent: 'S1' },
    ]);
    // 17 may mean "too often": asking waits until the recipient got nothing for as long as that lasts.
    expect(lghv.probeQuietMs).toBe(10_000);
    expect([lghv.reportDeadlineMs(config, 'sms'), lghv.duplicateMemoryMs(config)]).toEqual([
      72 * 3_600_000,
      3_600_000,
    ]);
  });

  it('takes several agents, letters as numbers, and durations as text', () => {
    const config = configSchema.parse(
      blockOf({ agentId: ['S1', 'S2'], encode: 9, bindEncode: 1, ackTimeout: '20s', duplicateMemory: '10m' }),
    );
    expect(config).toMatchObject({
      encode: '9',
      bindEncode: '1',
      ackTimeout: 20_000,
      duplicateMemory: 600_000,
    });
    expect(lghv.agents('g', config).map((each) => each.agent)).toEqual(['S1', 'S2']);
  });

  it('takes one report deadline, or one by channel', () => {
    const same = configSchema.parse(blockOf({ reportDeadline: '24h' }));
    const apart = configSchema.parse(blockOf({ reportDeadline: { lms: '48h' } }));
    expect([reportDeadlineMs(same, 'sms'), reportDeadlineMs(same, 'lms')]).toEqual([86_400_000, 86_400_000]);
    expect([reportDeadlineMs(apart, 'sms'), reportDeadlineMs(apart, 'lms')]).toEqual([
      259_200_000, 172_800_000,
    ]);
  });

  it('uses no image again where the option says 0', () => {
    expect(configSchema.parse(blockOf({ imageReuse: 0 })).imageReuse).toBe(0);
    expect(configSchema.parse(blockOf({ imageReuse: '24h' })).imageReuse).toBe(86_400_000);
  });

  it('carries only what the servers option names', () => {
    const config = configSchema.parse(blockOf({ servers: { a1: ['sms', 'rcs'], b1: ['alimtalk'] } }));
    expect(lghv.channels(config)).toEqual(['sms', 'alimtalk']);
  });

  it.each([
    ['grantUrl', { grantUrl: 'ftp://gateway/goGrant' }],
    ['grantUrl', { grantUrl: 'gateway' }],
    ['userId', { userId: 'x'.repeat(21) }],
    ['agentId', { agentId: 'TOOLONG' }],
    ['agentId', { agentId: ['S1', 'S1'] }],
    ['agentId', { agentId: [] }],
    ['password', { password: 'p'.repeat(51) }],
    ['password', { password: 'p'.repeat(32), bindEncode: '1' }],
    ['password', { password: '비밀' }],
    ['crypto.key', { crypto: { key: '15 bytes only!!', iv: 'fedcba9876543210' } }],
    ['crypto.iv', { crypto: { key: '0123456789abcdef', iv: '가나다라마바' } }],
    ['encode', { encode: '3' }],
    ['report', { report: 'X' }],
    ['reseller', { reseller: '12345678' }],
    ['linkCheck', { linkCheck: '61s' }],
    ['ackTimeout', { ackTimeout: 'soon' }],
    ['mmsLength', { mmsLength: 'whole' }],
    ['alimtalkType', { alimtalkType: 'KKM' }],
    ['kakaoUrlImage', { kakaoUrlImage: 't' }],
    ['imageReuse', { imageReuse: '25h' }],
    ['servers.a1.0', { servers: { a1: ['fax'] } }],
    ['', { unknown: 1 }],
  ])('is refused at %s: %j', (path, change) => {
    const parsed = configSchema.safeParse(blockOf(change));
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  it('says nothing of a password that is refused', () => {
    const parsed = configSchema.safeParse(blockOf({ password: 'p'.repeat(32), bindEncode: '1' }));
    expect(parsed.error?.issues[0]?.message).toBe('must have at most 50 bytes when encrypted, it has 64');
  });
});
