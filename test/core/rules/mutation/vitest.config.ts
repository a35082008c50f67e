/** The tests of the rules, quick enough to be run once a mutant (`npm run mutation`). */
import { basename, join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const lawsLast = ['laws', 'analyse']

/**
 * The test that is named after the mutated file comes first, then that of all messages, laws last: after the first
 * failure nothing more is run.
 */
class LikeliestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const mutated = this.ctx.config.related?.map((path) => basename(path, '.ts'))
    const rank = ({ moduleId }: TestSpecification): number => {
      const name = basename(moduleId, '.test.ts')
      if (lawsLast.includes(name)) return 3
      return mutated?.includes(name) ? 0 : name === 'messages' ? 1 : 2
    }
    return files.toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  root: join(import.meta.dirname, '../../../..'),
  test: {
    include: ['test/core/rules/**/*.test.ts'],
    // It asks for answers within a second, which counting what a mutant touches does not leave time for.
    exclude: ['test/core/rules/hostile.test.ts'],
    // One worker a run, so a mutant that changes what is made while loading is met as well.
    isolate: false,
    setupFiles: ['test/core/rules/mutation/few-runs.ts'],
    sequence: { sequencer: LikeliestFirst },
  },
})
