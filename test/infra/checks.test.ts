/** The checks of `npm run check` find what they are for. */
import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bundle, entryLimitBytes, startLimitBytes } from '../../infra/bundle.ts'
import { bundleFaults } from '../../infra/bundle-faults.ts'

const repository = join(import.meta.dirname, '..', '..')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checks-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const write = async (path: string, text: string) => {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

/** Cruises a small tree by the rules of the repository; answers which rule each file breaks. */
const broken = (): Promise<string[]> =>
  new Promise((resolve) => {
    const arguments_ = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'functions', 'events', 'infra']
    execFile(join(repository, 'node_modules', '.bin', 'depcruise'), arguments_, { cwd: folder }, (_, out) => {
      const { summary } = JSON.parse(out) as { summary: { violations: { from: string; rule: { name: string } }[] } }
      resolve(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`).toSorted())
    })
  })

describe('the arrows', () => {
  test('that point the wrong way are found, types among them', async () => {
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json'])
      await copyFile(join(repository, file), join(folder, file))
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'))
    await write('functions/core/right.ts', 'export const right = 1\nexport type Right = number\n')
    await write('functions/handlers/handle.ts', "export { right } from '../core/right.ts'\n")
    await write('functions/edge/world.ts', "export { right } from '../core/right.ts'\nexport type World = 1\n")
    await write('functions/core/calls-handler.ts', "import '../handlers/handle.ts'\n")
    await write(
      'functions/core/knows-edge.ts',
      "import type { World } from '../edge/world.ts'\nexport type A = World\n",
    )
    await write('functions/core/reads-files.ts', "import 'node:fs'\n")
    await write('functions/view/looks-at-edge.ts', "import '../edge/world.ts'\n")
    await write('functions/edge/shows.ts', "import '../view/looks-at-edge.ts'\n")
    await write('functions/handlers/calls-handler.ts', "import './handle.ts'\n")
    await write('functions/handlers/calls-aws.ts', "import '@aws-sdk/client-s3'\n")
    await write('functions/edge/has-middy.ts', "import '@middy/core'\n")
    await write('events/asks-edge.ts', "import '../functions/edge/world.ts'\n")
    await write('infra/runs-handler.ts', "import '../functions/handlers/handle.ts'\n")
    const found = await broken()
    expect(found).toEqual(
      expect.arrayContaining([
        'functions/core/calls-handler.ts: core-is-pure',
        'functions/core/knows-edge.ts: core-is-pure',
        'functions/core/reads-files.ts: node-stays-out-of-core-and-view',
        'functions/view/looks-at-edge.ts: view-looks-at-core',
        'functions/edge/shows.ts: edge-never-decides',
        'functions/handlers/calls-handler.ts: handlers-stand-alone',
        'functions/handlers/calls-aws.ts: aws-sdk-only-in-edge',
        'functions/edge/has-middy.ts: middy-only-in-lambda',
        'events/asks-edge.ts: events-look-at-core',
        'infra/runs-handler.ts: infra-knows-handlers-by-path',
      ]),
    )
    const blamed = new Set(found.map((line) => line.split(':')[0]))
    for (const right of ['functions/core/right.ts', 'functions/handlers/handle.ts', 'functions/edge/world.ts'])
      expect(blamed).not.toContain(right)
  }, 30_000)
})

describe('a bundle', () => {
  const bundleOf = async (name: string, file: string, text: string, entryBytes: number): Promise<Bundle> => {
    await write(join('bundles', name, file), text)
    return { name, folder: join(folder, 'bundles', name), entryBytes, startBytes: entryBytes, allBytes: entryBytes }
  }

  test('of the largest size that is allowed has no fault', async () => {
    expect(bundleFaults([await bundleOf('fits', 'index.mjs', 'export {}', entryLimitBytes)])).toEqual([])
  })

  test('that is a byte larger is found', async () => {
    const found = bundleFaults([await bundleOf('large', 'index.mjs', 'export {}', entryLimitBytes + 1)])
    expect(found).toEqual(['large: the entry has 350001 bytes, 350000 are allowed'])
  })

  test('that starts with too much is found', async () => {
    const fits = await bundleOf('starts', 'index.mjs', 'export {}', 1)
    expect(bundleFaults([{ ...fits, startBytes: startLimitBytes }])).toEqual([])
    expect(bundleFaults([{ ...fits, startBytes: startLimitBytes + 1 }])).toEqual([
      'starts: 700001 bytes are read before it starts, 700000 are allowed; load heavy parts when they are needed',
    ])
  })

  test('that knows the header of the local door is found, in a chunk as well and however it is written', async () => {
    const found = bundleFaults([await bundleOf('knows', 'chunk-A.mjs', 'get("x-local-verdicts")', 1)])
    expect(found).toEqual(['knows/chunk-A.mjs: holds X-Local-Verdicts, which only the local SMTP door may know'])
  })
})
