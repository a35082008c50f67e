/** The synthesised templates and bundles, kept by a hash of everything that they are made from. */
import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { LOCAL_FOLDER, REPOSITORY } from './folders.ts'
import { sentence } from './refusal.ts'

const run = promisify(execFile)

const SOURCES = ['infra', 'functions', 'events', 'statemachines', 'package-lock.json', 'cdk.json']

/** infra/local runs the templates, it is not in them. */
const IGNORED = join('infra', 'local')

/** How many assemblies stay, so that going back and forth between two versions is quick. */
const KEPT = 3

const sourceFiles = (path: string): string[] => {
  const full = join(REPOSITORY, path)
  if (path === IGNORED || !existsSync(full)) return []
  return statSync(full).isDirectory() ? readdirSync(full).flatMap((name) => sourceFiles(join(path, name))) : [path]
}

const hashOf = (context: string): string => {
  const hash = createHash('sha256').update(context)
  for (const path of SOURCES.flatMap(sourceFiles).sort()) hash.update(path).update(readFileSync(join(REPOSITORY, path)))
  return hash.digest('hex').slice(0, 16)
}

/** The folder of the cloud assembly for this context; synthesised when a source has changed since. */
export const preparedAssembly = async (
  context: Record<string, unknown>,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> => {
  const contextJson = JSON.stringify(context)
  const assemblies = join(LOCAL_FOLDER, 'assemblies')
  const folder = join(assemblies, hashOf(contextJson))
  if (existsSync(join(folder, 'manifest.json'))) return folder

  log('synthesising the stacks: a source has changed since the last start')
  const making = `${folder}.${randomUUID()}`
  await mkdir(assemblies, { recursive: true })
  try {
    await run(process.execPath, ['--import', 'tsx', join('infra', 'app.ts')], {
      cwd: REPOSITORY,
      env: { ...process.env, CDK_OUTDIR: making, CDK_CONTEXT_JSON: contextJson },
      maxBuffer: 64 * 1024 * 1024,
      signal,
    }).catch((thrown: { stderr?: string }) => {
      throw new Error(`the stacks could not be synthesised:\n${thrown.stderr || sentence(thrown)}`)
    })
    if (!existsSync(join(making, 'manifest.json'))) throw new Error('infra/app.ts ended without synthesising anything')
    await rename(making, folder).catch((thrown) => {
      if (!existsSync(join(folder, 'manifest.json'))) throw thrown
    })
  } finally {
    await rm(making, { recursive: true, force: true })
  }
  await forgetOld(assemblies, folder)
  log(`synthesised into ${relative(REPOSITORY, folder)}`)
  return folder
}

const forgetOld = async (assemblies: string, current: string) => {
  const found = await Promise.all(
    (await readdir(assemblies)).map(async (name) => ({
      path: join(assemblies, name),
      made: (await stat(join(assemblies, name))).mtimeMs,
    })),
  )
  const old = found.filter(({ path }) => path !== current).sort((one, other) => other.made - one.made)
  for (const { path } of old.slice(KEPT - 1)) await rm(path, { recursive: true, force: true })
}
