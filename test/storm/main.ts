/** `npm run storm -- --messages N --minutes N --seed N [--memory long|short] [--fsync always|everysec] [--cuts N]` */
import { stormOptions } from './options.js';
import { runStorm } from './storm.js';

const { breaches } = await runStorm(stormOptions(process.argv.slice(2)), (line) => {
  process.stdout.write(`${line}\n`);
});
process.exitCode = breaches.length === 0 ? 0 : 1;
