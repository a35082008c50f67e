/** The tests of the rules, quick enough to be run once a mutant (`npm run mutation`). */
import { basename, join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The order of the tests, all others where the gap is: after the first failure nothing more is run. */
const order = ['messages', 'tokens', 'decide', 'people', 'replay', 'space', '', 'laws', 'analyse']
const rank = ({ moduleId }: TestSpecification): number => {
  const at = order.indexOf(basename(moduleId, '.test.ts'))
  return at === -1 ? order.indexOf('') : at
}

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  root: join(import.meta.dirname, '../../../..'),
  test: {
    include: ['test/core/rules/**/*.test.ts'],
    // It asks for answers within a second, which counting what a mutant touches does not leave time for.
    exclude: ['test/core/rules/hostile.test.ts'],
    setupFiles: ['test/core/rules/mutation/few-runs.ts'],
    sequence: { sequencer: QuickFirst },
  },
})
