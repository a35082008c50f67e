/** Each handler becomes a folder of its own: one entry, and chunks that are loaded when they are needed. */
import { readdirSync, rmSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { build, type Metafile, type Plugin } from 'esbuild'

const repository = join(import.meta.dirname, '..')
const handlers = join(repository, 'functions', 'handlers')

/** What an entry may have; heavy readers and clients that are seldom used are chunks, loaded when they are needed. */
export const entryLimitBytes = 350_000

/** What is read before the first line of a handler runs: the clients of AWS, and no engine for PDFs. */
export const startLimitBytes = 700_000

export type Bundle = {
  name: string
  folder: string
  /** The entry alone. */
  entryBytes: number
  /** The entry and the chunks that it cannot start without. */
  startBytes: number
  /** Everything, with the chunks that are loaded when they are needed. */
  allBytes: number
}

const require =
  "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);"

/** The files without which `file` does not start, itself among them. */
const startsWith = (file: string, outputs: Metafile['outputs'], found = new Set<string>()): Set<string> => {
  if (found.has(file)) return found
  found.add(file)
  for (const { path, kind } of outputs[file]?.imports ?? [])
    if (kind === 'import-statement' && outputs[path]) startsWith(path, outputs, found)
  return found
}

export const handlerNames = (): string[] =>
  readdirSync(handlers)
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => basename(file).replace(/\.tsx?$/, ''))
    .toSorted()

/** Read in a thread of its own, which is started from a file: it lies beside the chunks of each function that reads. */
const apart = 'functions/edge/read/apart.ts'
const thread = { out: 'apart-worker', in: 'functions/edge/read/apart-worker.ts' }

const bundleOf = (folder: string, entryPoints: { out: string; in: string }[], plugins: Plugin[]) => {
  // What an earlier bundle left would be deployed with it.
  rmSync(folder, { recursive: true, force: true })
  return build({
    absWorkingDir: repository,
    entryPoints,
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
    metafile: true,
    plugins,
    logLevel: 'error',
  })
}

/**
 * Bundles handlers, all of them, into `out/<name>/`; the same sources give the same bytes. With `plugins` a test plants a
 * defect in one.
 */
export const bundle = async (out: string, names = handlerNames(), plugins: Plugin[] = []): Promise<Bundle[]> =>
  Promise.all(
    names.map(async (name) => {
      const folder = join(out, name)
      const handler = { out: 'index', in: `functions/handlers/${name}.ts` }
      const alone = await bundleOf(folder, [handler], plugins)
      // The thread shares its chunks with the function, so that no reader is deployed twice.
      const reads = alone.metafile.inputs[apart] !== undefined
      const { outputs } = (reads ? await bundleOf(folder, [handler, thread], plugins) : alone).metafile
      const bytes = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0)
      const entry = relative(repository, join(folder, 'index.mjs'))
      return {
        name,
        folder,
        entryBytes: bytes([entry]),
        startBytes: bytes(startsWith(entry, outputs)),
        allBytes: bytes(Object.keys(outputs)),
      }
    }),
  )
