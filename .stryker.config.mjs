/** Which mutants of the rules no test notices: `npm run mutation`; of one file `npm run mutation -- --mutate functions/core/rules/parse.ts`. */
export default {
  mutate: ['functions/core/rules/**/*.ts'],
  testRunner: 'in-one-process',
  plugins: ['./test/core/rules/mutation/runner.mjs'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 15_000,
  timeoutFactor: 0.3,
  // Stryker asks nothing of TypeScript 7 as long as it does not see the settings of the compiler.
  ignorePatterns: ['tsconfig.json', 'cdk.out', '.local', '.ci'],
  tempDirName: '.local/stryker',
  incremental: true,
  incrementalFile: '.local/mutation/incremental.json',
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { reportTests: false, allowColor: false, allowEmojis: false },
  jsonReporter: { fileName: '.local/mutation/mutation.json' },
  htmlReporter: { fileName: '.local/mutation/mutation.html' },
  thresholds: { high: 95, low: 90, break: 90 },
}
