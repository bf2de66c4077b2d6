import type { Command, Io } from '../command.js';
import { EXIT } from '../command.js';
import { CliFailure } from '../failure.js';
import { machineLoad, thisMachine } from './machine.js';
import { URGENT_FLAGS, type UrgentBenchOptions, urgentOptions } from './urgent/options.js';
import { aimsOf, MEASURED, type UrgentReport, urgentLines } from './urgent/report.js';
import { type UrgentRow, urgentRuns } from './urgent/run.js';

/** `pabal bench urgent` */
export const urgentBenchmark: Command = {
  name: 'bench urgent',
  summary: 'how soon one-time passwords are on the wire behind a million waiting bulk messages',
  flags: URGENT_FLAGS,
  notes: [
    'Runs a Redis and a simulator of its own. A million single messages take about 1.2 GB of memory and a minute or two to enqueue.',
    'Exit 0 also where an aim is missed: the figures are the machine’s.',
  ],
  run: async (given, io) => {
    const options = urgentOptions(given);
    const signal = io.stopSignal();
    try {
      const report = await measure(options, signal, io);
      if (options.json) io.out(JSON.stringify(report));
      else for (const line of urgentLines(report)) io.out(line);
      return EXIT.done;
    } catch (error) {
      if (signal.aborted) throw new CliFailure('interrupted');
      throw error;
    }
  },
};

async function measure(options: UrgentBenchOptions, signal: AbortSignal, io: Io): Promise<UrgentReport> {
  const { json: _json, ...command } = options;
  const before = machineLoad();
  const rows: UrgentRow[] = [];
  let redis = '';
  const met = (version: string) => {
    redis = version;
  };
  for (const backlog of options.backlogs)
    rows.push(...(await urgentRuns({ ...options, signal, met, tell: (what) => io.err(what) }, backlog)));
  return {
    measured: MEASURED,
    command,
    machine: thisMachine(redis),
    load: [before, machineLoad()],
    rows,
    aims: aimsOf(rows),
  };
}
