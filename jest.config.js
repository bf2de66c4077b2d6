/** One jest at the root for every package: sources are run without a build, through swc. */
export default {
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
  testMatch: ['<rootDir>/{packages,apps}/*/src/**/*.test.ts'],
  cacheDirectory: '<rootDir>/.cache/jest',
};
