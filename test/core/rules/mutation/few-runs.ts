/** While mutants are run, laws are tried on few examples, always the same ones, and no smaller one is looked for. */
import type { IRawProperty, Parameters } from 'fast-check'
import { vi } from 'vitest'

const mostRuns = 12

vi.mock('fast-check', async (original) => {
  const real = await original<typeof import('fast-check')>()
  const assert = <Values>(property: IRawProperty<Values>, settings: Parameters<Values> = {}) =>
    real.assert(property, {
      ...settings,
      numRuns: Math.min(settings.numRuns ?? mostRuns, mostRuns),
      seed: 4,
      endOnFailure: true,
    })
  return { ...real, assert, default: { ...real.default, assert } }
})
