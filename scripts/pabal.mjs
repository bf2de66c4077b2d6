#!/usr/bin/env node
/** What `npx pabal` finds in a fresh clone: installs and builds first. Afterwards npx finds the command itself. */
process.argv.splice(2, 0, 'pabal');
await import('./run.mjs');
