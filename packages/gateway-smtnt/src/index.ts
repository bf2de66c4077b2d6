export { nodeCompression } from './compression.js';
export { configSchema as smtntConfigSchema, type SmtntAccount, type SmtntConfig } from './config.js';
export { aesCipher } from './crypto.js';
export { createSmtntKind, smtnt } from './kind.js';
