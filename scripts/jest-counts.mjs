import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * Tells how many tests passed, failed and were skipped: into the file that PABAL_COUNTS names, for whoever started
 * jest; and, where PABAL_LINES is set, in one line per file on standard output, so that a long run shows life.
 */
export default class CountsReporter {
  onTestResult(test, result) {
    if (process.env.PABAL_LINES === undefined) return;
    const { numPassingTests, numFailingTests, numPendingTests } = result;
    const file = relative(test.context.config.rootDir, test.path);
    const seconds = ((result.perfStats.end - result.perfStats.start) / 1000).toFixed(1);
    const counts = result.testExecError
      ? 'did not run'
      : `${numPassingTests} passed, ${numFailingTests} failed, ${numPendingTests} skipped`;
    process.stdout.write(`  ${file}: ${counts} (${seconds} s)\n`);
  }

  onRunComplete(_contexts, results) {
    const file = process.env.PABAL_COUNTS;
    if (file === undefined) return;
    const counts = {
      passed: results.numPassedTests,
      // A file that could not be loaded has no tests that could fail, so it counts itself.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    writeFileSync(file, JSON.stringify(counts));
  }
}
