/** How the commands end: 0 with a word of help, 2 with one sentence when something could not be tried. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { REPOSITORY } from '../../../infra/local/folders.ts'
import { listen } from '../../../infra/local/listen.ts'

// each of them starts a program
vi.setConfig({ testTimeout: 30_000 })

const run = (command: string, ...flags: string[]) =>
  new Promise<{ code: unknown; out: string; error: string }>((resolve) => {
    const [name = '', ...first] = command.split(' ')
    const file = join('infra', name === 'steps' ? '' : 'local', `${name}.ts`)
    // nobody's credentials: AWS is not asked
    const options = { cwd: REPOSITORY, env: { PATH: process.env.PATH, HOME: REPOSITORY } }
    execFile(process.execPath, ['--import', 'tsx', file, ...first, ...flags], options, (error, out, stderr) =>
      resolve({ code: error?.code ?? 0, out, error: stderr }),
    )
  })

/** The last line on stderr; before it there is progress. */
const sentenceOf = (error: string) => error.trimEnd().split('\n').at(-1)

describe.each(['start', 'sweep', 'week', 'rehearse'])('%s', (command) => {
  it('explains itself', async () => {
    const { code, out } = await run(command, '--help')
    expect(code).toBe(0)
    expect(out).toMatch(/^npm (start|run)/)
  })

  it('refuses a flag that it does not know', async () => {
    const { code, out, error } = await run(command, '--sideways')
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(sentenceOf(error)).toMatch(/^Unknown option '--sideways'; see/)
  })
})

describe('the commands that prove it', () => {
  it.each(['test', 'check'])('%s explains itself, with steps that are there', async (command) => {
    const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'))
    const { code, out } = await run(`steps ${command}`, '--help')
    expect(code).toBe(0)
    const steps = out.match(/^ {2}\S+/gm) ?? []
    expect(steps.length).toBeGreaterThan(4)
    for (const step of steps) expect(scripts).toHaveProperty([step.trim()])
  })

  it('refuse a flag to the check', async () => {
    expect(await run('steps check', '--sideways')).toMatchObject({ code: 2, out: '' })
  })
})

describe('start', () => {
  const free = ['--web', '0', '--mailbox', '0', '--smtp', '0']
  const taken = createServer()
  let port = 0
  beforeAll(async () => {
    port = await listen(taken, 0, 'test', '')
  })
  afterAll(() => taken.close())

  it('refuses what is no port', async () => {
    expect(await run('start', '--web', 'eighty')).toMatchObject({ code: 2 })
  })

  it('refuses a folder without a pilot', async () => {
    const { code, error } = await run('start', ...free, '--aws', '0', '--pilot', 'docs')
    expect(code).toBe(2)
    expect(error).toMatch(/^There is no charter.yaml in docs.*\n$/)
  })

  it('refuses a port in use', async () => {
    const { code, error } = await run('start', ...free, '--aws', String(port))
    expect(code).toBe(2)
    expect(error).toBe(`Port ${port} for the local AWS is in use; name another one with --aws (0: any)\n`)
  })
})

describe('an operating command', () => {
  it('says when the system that is meant does not run', async () => {
    const { code, error } = await run('sweep', '--aws', '1')
    expect(code).toBe(2)
    expect(error).toMatch(/^No system of this checkout has its AWS on port 1/)
  })

  it('refuses a time on a deployed stage, and what is no time', async () => {
    expect(await run('week', '--stage', 'pilot', '--at', '2026-03-02T16:00:00Z')).toMatchObject({ code: 2 })
    expect(await run('sweep', '--at', 'tomorrow')).toMatchObject({ code: 2 })
  })

  it('could not be tried where AWS cannot be asked', async () => {
    const { code, error } = await run('trace', 'INV-1', '--stage', 'pilot')
    expect(code).toBe(2)
    expect(sentenceOf(error)).toMatch(/^AWS was not asked for stage pilot \(.*\); set AWS_PROFILE and AWS_REGION/)
  })
})
