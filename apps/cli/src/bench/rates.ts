import type { Command, Io } from '../command.js';
import { EXIT } from '../command.js';
import { CliFailure } from '../failure.js';
import { machineLoad, thisMachine } from './machine.js';
import { RATES_FLAGS, type RatesBenchOptions, ratesOptions } from './rates/options.js';
import { aimsOf, MEASURED, type RatesReport, ratesLines } from './rates/report.js';
import { type RateRow, type RunOptions, steadyRuns, takeOverRuns } from './rates/run.js';

/** `pabal bench rates` */
export const ratesBenchmark: Command = {
  name: 'bench rates',
  summary: 'the largest second and the share of the grant used, steady and while owners die, stop and join',
  flags: RATES_FLAGS,
  notes: [
    'Runs a Redis and simulators of its own, one gateway and grant after the other. Exit 1 where a second saw more than granted.',
  ],
  run: async (given, io) => {
    const options = ratesOptions(given);
    const signal = io.stopSignal();
    try {
      const report = await measure(options, signal, io);
      if (options.json) io.out(JSON.stringify(report));
      else for (const line of ratesLines(report)) io.out(line);
      return report.aims[0]?.met ? EXIT.done : EXIT.failed;
    } catch (error) {
      if (signal.aborted) throw new CliFailure('interrupted');
      throw error;
    }
  },
};

async function measure(options: RatesBenchOptions, signal: AbortSignal, io: Io): Promise<RatesReport> {
  const { json: _json, ...command } = options;
  const { gateways, grants, ackDelaysMs, seconds, seed, steady, takeOver } = options;
  const before = machineLoad();
  const rows: RateRow[] = [];
  let redis = '';
  const met = (version: string) => {
    redis = version;
  };
  for (const gateway of gateways) {
    for (const grant of grants) {
      const run: RunOptions = { gateway, grant, seconds, seed, signal, met, tell: (what) => io.err(what) };
      if (steady) rows.push(...(await steadyRuns(run, ackDelaysMs)));
      if (takeOver) rows.push(...(await takeOverRuns(run)));
    }
  }
  return {
    measured: MEASURED,
    command,
    machine: thisMachine(redis),
    load: [before, machineLoad()],
    rows,
    aims: aimsOf(rows),
  };
}
