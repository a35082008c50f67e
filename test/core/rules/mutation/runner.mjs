/**
 * Runs the tests of the rules in one process, once a mutant (`npm run mutation`). Vitest takes a quarter of a second to
 * start for each of 4,500 mutants; here all tests are one script that is only loaded anew where a mutant changes what is
 * made while loading.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin'
import {
  DryRunStatus,
  determineHitLimitReached,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner'
import { build } from 'esbuild'
import fastCheck from 'fast-check'

// What tests import of vitest and fast-check, as far as those of the rules use it

class Pattern {
  constructor(fits) {
    this.fits = fits
  }
}

const isList = (value) => Array.isArray(value) || ArrayBuffer.isView(value)

/** With `part` objects may have more than is expected of them. */
const equals = (actual, expected, part = false) => {
  if (expected instanceof Pattern) return expected.fits(actual)
  if (Object.is(actual, expected)) return true
  if (typeof actual !== 'object' || typeof expected !== 'object' || !actual || !expected) return false
  if (expected instanceof Set) return actual instanceof Set && equals([...actual], [...expected])
  if (isList(actual) !== isList(expected) || (isList(expected) && actual.length !== expected.length)) return false
  const keys = new Set([...(part ? [] : Object.keys(actual)), ...Object.keys(expected)])
  return [...keys].every((key) => equals(actual[key], expected[key], part))
}

const thrownBy = (run) => {
  try {
    run()
  } catch (error) {
    return error
  }
  return null
}

const matchers = {
  toBe: (actual, expected) => Object.is(actual, expected),
  toEqual: (actual, expected) => equals(actual, expected),
  toMatchObject: (actual, expected) => equals(actual, expected, true),
  toContain: (actual, expected) => (typeof actual === 'string' ? actual : [...actual]).includes(expected),
  toHaveLength: (actual, length) => actual.length === length,
  toBeNull: (actual) => actual === null,
  toBeDefined: (actual) => actual !== undefined,
  toBeGreaterThan: (actual, limit) => actual > limit,
  toBeLessThan: (actual, limit) => actual < limit,
  toBeLessThanOrEqual: (actual, limit) => actual <= limit,
  toMatch: (actual, pattern) => pattern.test(actual),
  toThrow: (run, expected) => {
    const error = thrownBy(run)
    return typeof expected === 'string' ? error?.message.includes(expected) : error instanceof (expected ?? Error)
  },
  toMatchFileSnapshot: (actual, path) => actual === readFileSync(path, 'utf8'),
}

const expect = (actual) => {
  const asked = (wanted) =>
    Object.fromEntries(
      Object.entries(matchers).map(([name, holds]) => [
        name,
        (expected) => {
          if (Boolean(holds(actual, expected)) !== wanted) throw new Error(`${name} does not hold`)
        },
      ]),
    )
  return { ...asked(true), not: asked(false) }
}
expect.stringContaining = (text) => new Pattern((actual) => typeof actual === 'string' && actual.includes(text))
expect.stringMatching = (pattern) => new Pattern((actual) => typeof actual === 'string' && pattern.test(actual))
expect.arrayContaining = (list) => new Pattern((actual) => list.every((one) => actual.some((it) => equals(it, one))))

/** The tests that were loaded; `file` and `names` are where the next one stands. */
let loaded = { tests: [], file: '', names: [] }
const it = (name, run) => {
  const id = `${loaded.file} ${loaded.tests.length}: ${[...loaded.names, name].join(' > ')}`
  loaded.tests.push({ id, file: loaded.file, run })
}
const describe = (name, tell) => {
  loaded.names.push(name)
  tell()
  loaded.names.pop()
}
const withEach = (what) => {
  what.each = (rows) => (name, run) => {
    for (const [index, row] of rows.entries())
      what(`${name} (${index + 1})`, () => (Array.isArray(row) ? run(...row) : run(row)))
  }
  return what
}

/** Laws are tried on few examples, always the same ones, and no smaller one is looked for. */
const mostExamples = 4
const assert = (property, { numRuns = mostExamples } = {}) =>
  fastCheck.assert(property, { numRuns: Math.min(numRuns, mostExamples), seed: 4, endOnFailure: true })

globalThis.testsOfRules = {
  vitest: { describe: withEach(describe), it: withEach(it), expect },
  'fast-check': { ...fastCheck, assert },
  begin: (file) => {
    loaded.file = file
  },
}

// The tests as one script

const plugin = {
  name: 'tests of the rules',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(vitest|fast-check)$/ }, ({ path }) => ({ path, namespace: 'given' }))
    onLoad({ filter: /.*/, namespace: 'given' }, ({ path }) => ({
      contents: `module.exports = testsOfRules[${JSON.stringify(path)}]`,
    }))
    onResolve({ filter: /^begin:/ }, ({ path }) => ({ path, namespace: 'begin', sideEffects: true }))
    onLoad({ filter: /.*/, namespace: 'begin' }, ({ path }) => ({
      contents: `testsOfRules.begin(${JSON.stringify(path.replace('begin:', ''))})`,
    }))
    onLoad({ filter: /[\\/]test[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }))
  },
}

/** Asks for answers within a second, which counting what a mutant touches leaves no time for. */
const leftOut = 'hostile.test.ts'

const scriptOf = async (root) => {
  const folder = join(root, 'test/core/rules')
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts') && name !== leftOut)
  const { outputFiles } = await build({
    stdin: {
      contents: files.map((name) => `import "begin:${basename(name, '.test.ts')}"\nimport "./${name}"`).join('\n'),
      resolveDir: folder,
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    logLevel: 'error',
    plugins: [plugin],
  })
  return new vm.Script(`(require, module) => {${outputFiles[0].text}\n}`)
}

// The runner

/** What the laws of the analysis are about; they take longer than all other tests together. */
const analysis = ['analyse', 'atoms', 'cover', 'describe', 'diff', 'possible', 'space']

/** The tests for a mutant of this file: first those named after it, laws last and of the analysis only for its parts. */
const likeliestFirst = (tests, mutated) => {
  const rank = ({ file }) => (file === mutated ? 0 : file === 'messages' ? 1 : file === 'laws' ? 3 : 2)
  return [
    ...tests.filter(({ file }) => file !== 'analyse').toSorted((a, b) => rank(a) - rank(b)),
    ...tests.filter(({ file }) => file === 'analyse' && analysis.includes(mutated)),
  ]
}

// biome-ignore lint/suspicious/noAssignInExpressions: the name that the mutated code looks for
const mutation = (globalThis.__stryker__ ??= {})

const resultOf = async ({ id, run }) => {
  const start = performance.now()
  const about = () => ({ id, name: id, timeSpentMs: performance.now() - start })
  try {
    await run()
    return { ...about(), status: TestStatus.Success }
  } catch (error) {
    return { ...about(), status: TestStatus.Failed, failureMessage: String(error?.message ?? error) }
  }
}

/** How often each test came by each mutant when nothing was changed, kept for the other processes. */
const hitsFile = '.stryker-hits.json'
/** A test that comes by a mutant so many times as often is in an endless loop: it need not be waited for. */
const muchMore = 100

class InOneProcess {
  async init() {
    this.require = createRequire(join(process.cwd(), 'package.json'))
    this.script = await scriptOf(process.cwd())
  }

  capabilities() {
    return { reloadEnvironment: true }
  }

  load() {
    loaded = { tests: [], file: '', names: [] }
    this.script.runInThisContext()(this.require, { exports: {} })
    return loaded.tests
  }

  async dryRun() {
    this.tests = this.load()
    const tests = []
    for (const test of this.tests) {
      mutation.currentTestId = test.id
      tests.push(await resultOf(test))
    }
    mutation.currentTestId = undefined
    writeFileSync(hitsFile, JSON.stringify(mutation.mutantCoverage?.perTest ?? {}))
    return { status: DryRunStatus.Complete, tests, mutantCoverage: mutation.mutantCoverage }
  }

  async mutantRun({ testFilter, activeMutant, mutantActivation, sandboxFileName }) {
    Object.assign(mutation, { hitCount: undefined, activeMutant: undefined })
    this.hits ??= JSON.parse(readFileSync(hitsFile, 'utf8'))
    let broken = null
    const tests = () => {
      try {
        return this.load()
      } catch (error) {
        // What was loaded before may still notice the mutant.
        broken = error
        return loaded.tests
      }
    }
    this.tests ??= this.load()
    mutation.activeMutant = activeMutant.id
    const all = mutantActivation === 'static' ? tests() : this.tests
    const wanted = testFilter && new Set(testFilter)
    const results = []
    for (const test of likeliestFirst(all, basename(sandboxFileName, '.ts'))) {
      if (wanted && !wanted.has(test.id)) continue
      const hitLimit = muchMore * Math.max(this.hits[test.id]?.[activeMutant.id] ?? 0, 10_000)
      Object.assign(mutation, { hitCount: 0, hitLimit })
      results.push(await resultOf(test))
      const endless = determineHitLimitReached(mutation.hitCount, hitLimit)
      if (endless) return endless
      if (results.at(-1).status === TestStatus.Failed) break
    }
    if (broken && results.at(-1)?.status !== TestStatus.Failed)
      return { status: MutantRunStatus.Error, errorMessage: String(broken) }
    return toMutantRunResult({ status: DryRunStatus.Complete, tests: results })
  }
}

const create = Object.assign(() => new InOneProcess(), { inject: tokens(commonTokens.injector) })
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-one-process', create)]
