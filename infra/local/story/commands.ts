/** The operating commands, run as a person runs them in another terminal. */
import { spawn } from 'node:child_process'
import { REPOSITORY } from '../folders.ts'

/** `aws` is the port of the emulator of the system that is meant. */
export const commandsFor = (aws: string) => {
  const run = (script: string, ...flags: string[]) =>
    new Promise<{ code: number; out: string; error: string }>((resolve, reject) => {
      const child = spawn('npm', ['run', '-s', script, '--', '--aws', aws, ...flags], { cwd: REPOSITORY })
      let out = ''
      let error = ''
      child.stdout.on('data', (bytes) => {
        out += bytes
      })
      child.stderr.on('data', (bytes) => {
        error += bytes
      })
      child.on('error', reject)
      child.on('close', (code) => resolve({ code: code ?? 1, out, error }))
    })

  const succeed = async (script: string, ...flags: string[]): Promise<string> => {
    const { code, out, error } = await run(script, ...flags)
    if (code !== 0)
      throw new Error(`npm run ${script} -- ${flags.join(' ')} ended with ${code}: ${error.trim() || out.trim()}`)
    return out
  }

  return {
    sweep: (at: string): Promise<string> => succeed('sweep', '--at', at),
    /** Mails the page of the week before; answers its name. */
    week: async (at: string): Promise<string> =>
      (JSON.parse(await succeed('week', '--at', at)) as { week: string }).week,
    trace: async (invoice: string): Promise<Trace> => JSON.parse(await succeed('trace', invoice, '--json')),
    /** Whether the decision log holds, with an entry of this hash where one is named, and the exit code that says so. */
    verify: async (...hash: string[]): Promise<{ code: number } & Verified> => {
      const { code, out } = await run('log', 'verify', ...hash, '--json')
      return { code, ...(JSON.parse(out) as Verified) }
    },
    /** Whether the tables hold what was decided, and the exit code that says so. */
    compare: async (): Promise<{ code: number; ok: boolean; found: { what: string; back: string }[] }> => {
      const { code, out, error } = await run('log', 'compare', '--json')
      if (out === '') throw new Error(`npm run log -- compare ended with ${code}: ${error.trim()}`)
      return { code, ...JSON.parse(out) }
    },
  }
}

/** What `npm run -s log -- verify` says. */
export interface Verified {
  ok: boolean
  entries: number
  head: string | null
  brokenAt?: number | null
  because?: string
}

/** `commands.md`, "npm run -s trace". */
export interface Trace {
  id: string
  number: string
  state: string
  by: string | null
  with: { address: string; role: string; due: string }[]
  rule: number | null
  ruleVersion: number
  ruleHash: string
  execution: string
  events: ({ at: string; what: string; who?: string } & Record<string, unknown>)[]
}
