import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { configPath, loadConfig } from './load-config.js';

const kind = { protocol: 'fax', configSchema: z.object({ key: z.string() }) };

describe('loadConfig', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pabal-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads a file, and its secrets from its own folder', () => {
    writeFileSync(join(folder, 'secret'), 'abc\n');
    writeFileSync(join(folder, 'a.yaml'), 'gateways: { one: { protocol: fax, key: "${file:secret}" } }');
    const config = loadConfig({ path: join(folder, 'a.yaml'), env: {}, kinds: [kind] });
    expect(config.gateways.one?.config).toEqual({ key: 'abc' });
  });

  it.each([
    ['none.yaml', 'there is no such file: name another with --config FILE or PABAL_CONFIG'],
    ['.', 'it is a folder, not a file'],
  ])('says why it could not read %s', (name, why) => {
    const path = join(folder, name);
    expect(() => loadConfig({ path, env: {}, kinds: [kind] })).toThrow(
      expect.objectContaining({ code: 'config', message: `${path} has a mistake\n  ${why}` }),
    );
  });

  it('prefers what the caller names to PABAL_CONFIG, and that to the default', () => {
    expect(configPath({ path: 'a.yaml', env: { PABAL_CONFIG: 'b.yaml' } })).toBe('a.yaml');
    expect(configPath({ env: { PABAL_CONFIG: 'b.yaml' } })).toBe('b.yaml');
    expect(configPath({ env: { PABAL_CONFIG: '' } })).toBe('./pabal.config.yaml');
  });
});
