/** The tests of the rules, quick enough to be run once a mutant (`npm run mutation`). */
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Laws last: most mutants are noticed before, and then nothing more is run. */
class LawsLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = (file: TestSpecification): string =>
      /(?:analyse|laws)\.test\.ts$/.test(file.moduleId) ? `1${file.moduleId}` : `0${file.moduleId}`
    return files.toSorted((a, b) => (order(b) < order(a) ? 1 : -1))
  }
}

export default defineConfig({
  root: join(import.meta.dirname, '../../../..'),
  test: {
    include: ['test/core/rules/**/*.test.ts'],
    // It asks for answers within a second, which counting what a mutant touches does not leave time for.
    exclude: ['test/core/rules/hostile.test.ts'],
    setupFiles: ['test/core/rules/mutation/few-runs.ts'],
    sequence: { sequencer: LawsLast },
  },
})
