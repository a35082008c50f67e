/** A pilot's folder before anything is started or deployed with it: checked by the project's own check, then read. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { REPOSITORY } from './local/folders.ts'
import { Refusal } from './local/refusal.ts'

const run = promisify(execFile)

export type PilotFiles = {
  /** By name, as text. */
  files: Record<string, string>
  /** The charter's address for invoices. */
  inbox: string
}

/** Throws a `Refusal` with the check's own words: file, line, column, what was expected. */
export const checkedPilot = async (folder: string, signal?: AbortSignal): Promise<PilotFiles> => {
  if (!existsSync(join(folder, 'charter.yaml')))
    throw new Refusal(`There is no charter.yaml in ${folder}; name a pilot's folder with --pilot DIR`)
  const command = join('functions', 'commands', 'pilot.ts')
  await run(process.execPath, ['--import', 'tsx', command, 'check', folder], { cwd: REPOSITORY, signal }).catch(
    (thrown: { stderr?: string }) => {
      throw new Refusal((thrown.stderr ?? '').trim() || `The pilot in ${folder} could not be checked`)
    },
  )
  const names = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.(yaml|txt|csv)$/.test(entry.name),
  )
  const files = Object.fromEntries(names.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]))
  const { inbox } = parse(files['charter.yaml'] ?? '') as { inbox: string }
  return { files, inbox }
}
