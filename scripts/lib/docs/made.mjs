import { apiParts } from './api.mjs';
import { table } from './blocks.mjs';
import {
  lghvAckTable,
  lghvKakaoTable,
  lghvLoginTable,
  lghvReportTable,
  reasonTable,
  smtntLoginTable,
  smtntSendTable,
} from './codes.mjs';
import { commandParts } from './commands.mjs';
import { optionRows, optionTable } from './options.mjs';
import { protocolParts } from './protocols.mjs';

/** Pages with parts that are made from the code. */
export const PAGES = [
  'docs/api.md',
  'docs/architecture.md',
  'docs/cli.md',
  'docs/configuration.md',
  'docs/protocol-lghv.md',
  'docs/protocol-smtnt.md',
  'docs/results.md',
];

/**
 * Every made part by its name.
 * @param {object} code what the sources export: from `src` in the test, from `dist` for the script
 * @returns {Record<string, string>}
 */
export function madeParts(code) {
  const options = (schema, path) => optionTable(optionRows(schema, path, code.durationSchema));
  const sections = Object.entries(code.sectionSchemas([])).map(([name, schema]) => [
    `options-${name}`,
    options(schema, name),
  ]);
  return {
    ...Object.fromEntries(sections),
    'options-lghv': options(code.lghvConfigSchema, ''),
    'options-smtnt': options(code.smtntConfigSchema, ''),
    reasons: reasonTable(code.REASONS),
    'lghv-deliver-ack': lghvAckTable(code.deliverAckCodes),
    'lghv-report': lghvReportTable(code.reportCodes),
    'lghv-kakao': lghvKakaoTable(code.kakaoCodes),
    'lghv-login': lghvLoginTable(code.bindAckCodes),
    'smtnt-send': smtntSendTable(code.sendCodes, code.ackMeaning),
    'smtnt-login': smtntLoginTable(code.loginCodes),
    ...protocolParts(code),
    ...apiParts(code.describedApi()),
    ...commandParts(code.commands, code.commandHelp),
    'dependency-rule': dependencyRule(code.LAYERS),
  };
}

function dependencyRule(layers) {
  const full = (name) => (name.includes('/') ? name : `packages/${name}`);
  const rows = Object.entries(layers).map(([folder, uses]) => [
    `\`${folder}\``,
    uses.map((name) => `\`${full(name)}\``).join(', ') || 'nothing of ours',
  ]);
  return table(['package', 'may use'], rows);
}
