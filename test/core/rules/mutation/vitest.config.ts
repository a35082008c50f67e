/** The tests of the rules, quick enough to be run once a mutant (`npm run mutation`). */
import { basename, join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What the laws of the analysis are about; they take longer than all other tests together. */
const analysis = ['analyse', 'atoms', 'cover', 'describe', 'diff', 'possible', 'space']

/**
 * The test that is named after the mutated file comes first, then that of all messages, laws last, and those of the
 * analysis only where they can notice something: after the first failure nothing more is run.
 */
class LikeliestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const mutated = this.ctx.config.related?.map((path) => basename(path, '.ts')) ?? []
    const rank = ({ moduleId }: TestSpecification): number => {
      const name = basename(moduleId, '.test.ts')
      if (name === 'analyse') return mutated.length === 1 && !analysis.includes(mutated[0] ?? '') ? Infinity : 3
      if (name === 'laws') return 2
      return mutated.includes(name) ? -1 : name === 'messages' ? 0 : 1
    }
    return files.filter((file) => rank(file) < Infinity).toSorted((a, b) => rank(a) - rank(b))
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
