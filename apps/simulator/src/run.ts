import { FaultError, type SimulatorCommand, type SimulatorHandle, UsageError } from './common/index.js';

/** Where a run writes, and how it learns that it should stop. */
export interface RunIo {
  out(line: string): void;
  err(line: string): void;
  /** Resolves when the run should end (SIGINT or SIGTERM). */
  stop: Promise<void>;
}

/** `process.stdout`, `process.stderr` and what ends a run: the signals, or the end of the process that started it. */
export function processIo(): RunIo {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    stop: new Promise((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
      // Where there is a channel to the process that started this one, its end is the end of that process.
      process.once('disconnect', () => resolve());
    }),
  };
}

/**
 * Runs one simulator from the words after `pabal simulate` until it is told to stop, then prints a summary.
 * Answers the exit code: 0 without a violation, 1 with one or when a port is taken, 2 for a bad command line.
 */
export async function runCommand(
  commands: readonly SimulatorCommand[],
  argv: readonly string[],
  io: RunIo,
): Promise<number> {
  const [name, ...flags] = argv;
  const command = commands.find(({ gateway }) => gateway === name);
  if (!command) {
    const usage = `usage: pabal simulate ${commands.map(({ gateway }) => gateway).join('|')} [flags]`;
    if (name === '--help' || name === '-h') {
      for (const one of commands) io.out(one.usage);
      return 0;
    }
    io.err(name === undefined ? usage : `unknown gateway ${name}\n${usage}`);
    return 2;
  }
  if (flags.includes('--help') || flags.includes('-h')) {
    io.out(command.usage);
    return 0;
  }
  let handle: SimulatorHandle;
  try {
    handle = await command.start(flags);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    io.err(message);
    return error instanceof UsageError || error instanceof FaultError ? 2 : 1;
  }
  for (const [server, port] of Object.entries(handle.ports))
    io.out(`${handle.gateway} ${server} on port ${port}`);
  io.out(`${handle.gateway} admin on http://127.0.0.1:${handle.adminPort}`);
  await io.stop;
  const summary = summarise(handle);
  const violations = handle.stats().violations;
  await handle.close();
  for (const line of summary) io.out(line);
  return violations === 0 ? 0 : 1;
}

/** The lines that end a run: what came, how fast, what was broken. */
export function summarise(handle: SimulatorHandle): string[] {
  const { counts, rates, lag, violations } = handle.stats();
  const lines = [
    `${handle.gateway}: ${counts.submits} submits, ${counts.accepted} accepted, ${counts.refused} refused, ` +
      `${counts.duplicates} duplicates, ${counts.reports} reports sent, ${counts.reportsAcked} acknowledged`,
  ];
  for (const rate of rates) {
    lines.push(
      `  ${rate.domain}: ${rate.count} submits, at most ${rate.largestSecond} in a second of ${rate.grant} granted ` +
        `(own lag ${rate.largestSecondLagMs.toFixed(1)} ms), certain ${rate.largestCertainSecond}, ` +
        `${(rate.usedShare * 100).toFixed(1)}% of the grant used`,
    );
  }
  lines.push(`  own lag: at most ${lag.largestMs.toFixed(1)} ms; violations: ${violations}`);
  for (const { rule, count, cites, text } of handle.violations()) {
    lines.push(`  ${rule} × ${count} (${cites}): ${text}`);
  }
  return lines;
}
