export { aesCipher } from './cipher.js';
export { configSchema, type LghvConfig } from './config.js';
export { lghv } from './gateway.js';
export { type LineSeams, openReportLine, openSendLine } from './lines.js';
