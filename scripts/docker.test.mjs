import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from '../apps/cli/src/commands/index.ts';
import { GATEWAY_KINDS } from '../packages/fleet/src/gateway-kinds.ts';
import { parseConfig } from '../packages/runtime/src/index.ts';

const DOCKER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docker');
const compose = readFileSync(join(DOCKER, 'compose.yaml'), 'utf8');

describe('the files under docker/', () => {
  it('hold a configuration that is valid with what compose.yaml sets', () => {
    const env = Object.fromEntries(
      [...compose.matchAll(/^ {4}([A-Z_]+): (?:\$\{\w+:-)?([^}\n]+)\}?$/gm)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    const yaml = readFileSync(join(DOCKER, 'pabal.config.yaml'), 'utf8');
    const config = parseConfig(yaml, { source: 'docker', env, readSecret: () => '', kinds: GATEWAY_KINDS });
    expect(Object.keys(config.gateways)).toEqual(['hellovision', 'smtnt']);
  });

  it('start commands that exist', () => {
    const started = [...compose.matchAll(/^ {4}command:\s*\[\s*(\w+)/gm)].map(([, name]) => name);
    expect(started).toEqual(['simulate', 'simulate', 'api', 'sender', 'receiver', 'board']);
    const known = Object.keys(COMMANDS);
    expect(started.filter((name) => !known.includes(name))).toEqual([]);
  });
});
