/** The systems that run in this checkout: each leaves a folder with its logs and a note of how to reach it. */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LocalAws } from './aws.ts'
import { LOCAL_FOLDER } from './folders.ts'
import { Refusal } from './refusal.ts'

/** What the ready line of `npm start --json` says. */
export interface Ready {
  ready: true
  web: string
  mailbox: string
  smtp: string
  aws: string
  inbox: string
  seconds: number
  /** a list of the functions, each with the role that it ran under */
  functions: string
  /** the folder with one log a function */
  logs: string
  /** the Textract door, which is told there what to answer for a scan */
  textract: string
}

export interface Note {
  pid: number
  startedAt: string
  ready: Ready
  aws: LocalAws
  stacks: string[]
  /** outputs of all stacks */
  outputs: Record<string, string>
}

const NOTE = 'system.json'
const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Folders are named `run-PID-PORT`, by the process and the port of its AWS. */
const runs = async (): Promise<{ folder: string; pid: number }[]> =>
  (await readdir(LOCAL_FOLDER).catch(() => []))
    .filter((name) => name.startsWith('run-'))
    .map((name) => ({ folder: join(LOCAL_FOLDER, name), pid: Number(name.split('-')[1]) }))

/** A fresh folder for a system of this process; folders of systems that are gone are cleared away. */
export const makeRunFolder = async (awsPort: number): Promise<string> => {
  for (const { folder, pid } of await runs()) if (!alive(pid)) await rm(folder, { recursive: true, force: true })
  const folder = join(LOCAL_FOLDER, `run-${process.pid}-${awsPort}`)
  await mkdir(join(folder, 'log'), { recursive: true })
  return folder
}

export const writeNote = (folder: string, note: Note): Promise<void> =>
  writeFile(join(folder, NOTE), `${JSON.stringify(note, null, 2)}\n`)

/** The note goes, the logs stay until the next start. */
export const removeNote = (folder: string): Promise<void> => rm(join(folder, NOTE), { force: true })

/** The system started last, or the one whose AWS is on `port`. */
export const runningSystem = async (port?: number): Promise<Note> => {
  const notes = (await runs())
    .filter(({ folder, pid }) => alive(pid) && existsSync(join(folder, NOTE)))
    .map(({ folder }) => JSON.parse(readFileSync(join(folder, NOTE), 'utf8')) as Note)
    .sort((one, other) => other.startedAt.localeCompare(one.startedAt))
  const wanted = port === undefined ? notes[0] : notes.find(({ aws }) => new URL(aws.endpoint).port === String(port))
  if (wanted) return wanted
  throw new Refusal(
    port === undefined
      ? 'No system runs in this checkout; start one with npm start'
      : `No system of this checkout has its AWS on port ${port}; start one with npm start -- --aws ${port}`,
  )
}
