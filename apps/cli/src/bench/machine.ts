import { cpus, loadavg } from 'node:os';

/** What it was measured on. */
export interface Machine {
  readonly cores: number;
  readonly model: string;
  readonly node: string;
  readonly redis: string;
}

/** This machine. @param redis version of the Redis that is measured with */
export function thisMachine(redis: string): Machine {
  return {
    cores: cpus().length,
    model: cpus()[0]?.model.trim() ?? 'unknown',
    node: process.versions.node,
    redis,
  };
}

/** How many processes wanted a core in the last minute, on average: above the number of cores figures say little. */
export function machineLoad(): number {
  return loadavg()[0] ?? Number.NaN;
}
