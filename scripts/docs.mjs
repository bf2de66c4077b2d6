/** Writes anew the parts of the pages that are made from the code: `npm run docs`. Installs and builds first. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, install } from './lib/bootstrap.mjs';
import { withBlocks } from './lib/docs/blocks.mjs';
import { madeParts, PAGES } from './lib/docs/made.mjs';
import { madeSchemas } from './lib/docs/schemas.mjs';
import { LAYERS } from './lib/layers.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

await install(ROOT);
await build(ROOT);
const from = (path) => import(pathToFileURL(join(ROOT, 'packages', path)).href);
const message = await from('message/dist/index.js');
const gatewayLghv = await from('gateway-lghv/dist/config.js');
const gatewaySmtnt = await from('gateway-smtnt/dist/config.js');
const cli = (path) => import(pathToFileURL(join(ROOT, 'apps/cli/dist', path)).href);
const commands = await cli('commands/index.js');
const { commandHelp } = await cli('help.js');
const { describedApi } = await import(pathToFileURL(join(ROOT, 'apps/api/dist/index.js')).href);
const parts = madeParts({
  ...message,
  ...(await from('protocol-lghv/dist/index.js')),
  ...(await from('protocol-smtnt/dist/index.js')),
  ...(await from('session/dist/index.js')),
  ...(await from('runtime/dist/config-schema.js')),
  lghvConfigSchema: gatewayLghv.configSchema,
  smtntConfigSchema: gatewaySmtnt.configSchema,
  commands: await commands.allCommands(),
  commandHelp,
  describedApi,
  LAYERS,
});
for (const page of PAGES) write(page, withBlocks(readFileSync(join(ROOT, page), 'utf8'), parts));
for (const [file, text] of Object.entries(madeSchemas(message))) write(file, text);

function write(file, text) {
  const path = join(ROOT, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`${file} written`);
}
