import { relative } from 'node:path';

/** Files that take more than 20 s beside others, the longest first. */
const LONGEST = [
  'test/e2e/routes.test.ts',
  'test/faults/uncertain.test.ts',
  'test/faults/fallback.test.ts',
  'test/faults/reports.test.ts',
  'test/e2e/demo.test.ts',
  'test/faults/shared-account.test.ts',
  'test/faults/lghv-files.test.ts',
  'test/e2e/fates.test.ts',
  'test/faults/kept-reports.test.ts',
  'test/e2e/batches.test.ts',
  'test/faults/smtnt-uploads.test.ts',
  'test/e2e/fallback.test.ts',
  'test/e2e/private.test.ts',
  'test/e2e/many-sessions.test.ts',
  'test/hostile/hostile.test.ts',
  'test/e2e/opt-outs.test.ts',
  'test/e2e/webhooks.test.ts',
  'test/e2e/examples.test.ts',
  'test/faults/redis-failover.test.ts',
  'test/e2e/lghv-images.test.ts',
  'test/faults/lghv-options.test.ts',
  'scripts/house-rules.test.mjs',
];

/**
 * Lets the files that are known to take longest begin first, so that no worker is left with one of them at the end;
 * then the largest. Jest by itself learns that from earlier runs, and right after a clone there are none. A file that
 * becomes slow and is not named here costs time, nothing else.
 */
export default class LongestFirst {
  sort(tests) {
    return tests
      .map((test) => ({ test, rank: rank(test), size: test.context.hasteFS.getSize(test.path) ?? 0 }))
      .sort((a, b) => a.rank - b.rank || b.size - a.size)
      .map(({ test }) => test);
  }

  /** Nothing is learned. */
  cacheResults() {}
}

function rank({ path, context }) {
  const at = LONGEST.indexOf(relative(context.config.rootDir, path));
  return at === -1 ? LONGEST.length : at;
}
