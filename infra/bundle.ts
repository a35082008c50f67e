/** Each handler becomes a folder of its own: one entry, and chunks that are loaded when they are needed. */
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

const handlers = join(import.meta.dirname, '..', 'functions', 'handlers')

/** What starts with a function; heavier things are chunks that it loads later. */
export const entryLimitBytes = 350_000

export type Bundle = { name: string; folder: string; entryBytes: number; allBytes: number }

const require =
  "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);"

const bytesIn = (folder: string): number =>
  readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)

export const handlerNames = (): string[] =>
  readdirSync(handlers)
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => basename(file).replace(/\.tsx?$/, ''))
    .toSorted()

/** Bundles every handler into `out/<name>/`; the same sources give the same bytes. */
export const bundle = async (out: string): Promise<Bundle[]> =>
  Promise.all(
    handlerNames().map(async (name) => {
      const folder = join(out, name)
      mkdirSync(folder, { recursive: true })
      await build({
        entryPoints: [{ in: join(handlers, `${name}.ts`), out: 'index' }],
        outdir: folder,
        outExtension: { '.js': '.mjs' },
        bundle: true,
        splitting: true,
        minify: true,
        format: 'esm',
        platform: 'node',
        target: 'node24',
        conditions: ['module'],
        mainFields: ['module', 'main'],
        banner: { js: require },
        legalComments: 'none',
        logLevel: 'error',
      })
      return { name, folder, entryBytes: statSync(join(folder, 'index.mjs')).size, allBytes: bytesIn(folder) }
    }),
  )
