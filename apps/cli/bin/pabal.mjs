#!/usr/bin/env node
/** Looks at Node's version before it loads a file that an older one might not read. */
const OLDEST_NODE = [20, 19];
/** What still holds the process open so long after a command has ended is not worth waiting for, ms. */
const LINGER_MS = 2_000;

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  console.error(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
  process.exitCode = 1;
} else {
  await run();
}

async function run() {
  const entry = new URL('../dist/main.js', import.meta.url);
  const { existsSync } = await import('node:fs');
  if (!existsSync(entry)) {
    console.error('pabal is not built yet: run npx pabal at the root of the repository, or npx tsc -b.');
    process.exitCode = 1;
    return;
  }
  const { main } = await import(entry.href);
  process.exitCode = await main(process.argv.slice(2));
  // A channel to whoever started this process would hold it open by itself.
  if (process.connected) process.disconnect();
  setTimeout(() => process.exit(), LINGER_MS).unref();
}
