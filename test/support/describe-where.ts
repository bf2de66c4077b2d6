import { describe } from '@jest/globals';

const { skip } = describe;

/** Describes what needs something of the machine; where that is not there its tests are counted as skipped. */
export function describeWhere(present: boolean, name: string, tests: () => void): void {
  if (present) describe(name, tests);
  else skip(name, tests);
}
