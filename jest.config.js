/** One jest at the root for every package: sources are run without a build, through swc. */
const shared = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['pabal-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  injectGlobals: false,
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1.ts'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
      },
    ],
  },
  cacheDirectory: '<rootDir>/.cache/jest',
};

/** Tests of rates, latencies and take-over times: a neighbour would be measured with them. */
const ALONE = [
  '**/test/e2e/{api-hostile,balance,grants,rate,lghv-rates,slow-line,bench,nothing-waits,smtnt-urgent}.test.ts',
  '**/test/faults/{killed,storm}.test.ts',
  '**/test/integration/redis/{cluster,places}.test.ts',
];

export default {
  testSequencer: '<rootDir>/scripts/jest-longest-first.mjs',
  // Concurrent scenarios of one file: three fleets at once, which mostly wait.
  maxConcurrency: 3,
  // Of every project: jest reads no limit that a single one sets. End-to-end tests need it, the others do not come near.
  testTimeout: 120_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{packages,apps}/*/src/**/*.test.ts',
        '<rootDir>/scripts/**/*.test.mjs',
        '<rootDir>/test/hostile/**/*.test.ts',
      ],
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: [
        '<rootDir>/test/{e2e,faults,integration}/**/*.test.ts',
        ...ALONE.map((pattern) => `!${pattern}`),
      ],
    },
    {
      ...shared,
      displayName: 'alone',
      testMatch: ALONE,
    },
    {
      // Longer than anybody waits for each time.
      ...shared,
      displayName: 'storm',
      testMatch: ['<rootDir>/test/storm/**/*.test.ts', '<rootDir>/test/faults/killed.test.ts'],
    },
    {
      ...shared,
      displayName: 'browser',
      testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
    },
  ],
};
