import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { GatewayKind } from '@pabal/session';
import { type ConfigurableKind, type PabalConfig, parseConfig } from './config.js';
import { ConfigError } from './config-error.js';
import { errorCode } from './yaml-source.js';

export const DEFAULT_CONFIG_PATH = './pabal.config.yaml';

export interface LoadConfigOptions<K extends ConfigurableKind = GatewayKind> {
  /** What `--config` says. Default: `PABAL_CONFIG` of `env`, then {@link DEFAULT_CONFIG_PATH}. */
  readonly path?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly kinds: readonly K[];
}

/** Which file is the configuration. */
export function configPath({ path, env }: Pick<LoadConfigOptions, 'path' | 'env'>): string {
  return path ?? (env.PABAL_CONFIG || DEFAULT_CONFIG_PATH);
}

/**
 * Reads, checks and freezes the configuration. Relative paths of `${file:PATH}` start at the file's own folder. Throws a
 * {@link ConfigError} with every mistake at once, also when the file cannot be read.
 */
export function loadConfig<K extends ConfigurableKind>(options: LoadConfigOptions<K>): PabalConfig<K> {
  const source = configPath(options);
  let yaml: string;
  try {
    yaml = readFileSync(source, 'utf8');
  } catch (error) {
    throw new ConfigError(source, [{ path: '', message: unreadable(errorCode(error)) }]);
  }
  const folder = dirname(source);
  const readSecret = (path: string) => readFileSync(resolve(folder, path), 'utf8');
  return parseConfig(yaml, { source, env: options.env, readSecret, kinds: options.kinds });
}

function unreadable(code: string): string {
  if (code === 'ENOENT') return 'there is no such file: name another with --config FILE or PABAL_CONFIG';
  return code === 'EISDIR' ? 'it is a folder, not a file' : `the file cannot be read (${code})`;
}
