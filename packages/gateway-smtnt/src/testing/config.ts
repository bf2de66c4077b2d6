import { configSchema, type SmtntConfig } from '../config.js';

export const KEY = '0123456789abcdef';
export const IV = 'fedcba9876543210';

/** A configuration with one account, changed as told. */
export function config(change: object = {}): SmtntConfig {
  return configSchema.parse({
    protocol: 'smtnt',
    host: '127.0.0.1',
    port: 8490,
    bindId: 'test001',
    password: 'test001#$$%',
    crypto: { key: KEY, iv: IV },
    ...change,
  });
}
