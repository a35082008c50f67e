/** The workbench as its callers see it: exit codes, JSON on stdout, one sentence on stderr. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { routineInvoice } from '../make/facts.ts'

// Each test starts a process of its own.
vi.setConfig({ testTimeout: 30_000 })

const root = new URL('../..', import.meta.url).pathname
const sample = 'infra/local/pilot/rules.txt'

const run = (input: string, ...given: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'functions/commands/rules.ts', ...given],
    { cwd: root, input, encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

const folder = mkdtempSync(join(tmpdir(), 'rules-'))
const fileOf = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const wrong = fileOf('wrong.txt', 'Rules for a test\n1. It\nWhen it rains, reject it.\nOtherwise, reject it.\n')

describe('check', () => {
  it('holds for the sample, with the charter beside it', () => {
    const { status, stdout, stderr } = run('', 'check', sample, '--json')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const { ok, rules, findings } = JSON.parse(stdout)
    expect({ ok, rules }).toEqual({ ok: true, rules: 10 })
    expect(findings.filter(({ level }: { level: string }) => level !== 'note')).toEqual([])
  })

  it('does not hold where a sentence cannot be read', () => {
    const { status, stdout } = run('', 'check', wrong, '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      findings: [{ type: 'syntax', level: 'error', rule: 1, line: 3, column: 9, causes: [], example: null }],
    })
  })

  it('shows a person the line with a caret, without colours in a pipe', () => {
    const { stdout } = run('', 'check', wrong)
    expect(stdout).toContain(`error syntax, rule 1  ${wrong}:3:9\n  When it rains, reject it.\n          ^\n`)
  })
})

describe('decide', () => {
  const facts = fileOf('facts.json', JSON.stringify(routineInvoice))
  const both = fileOf('both.json', JSON.stringify([routineInvoice, { ...routineInvoice, duplicate: 'exact' }]))

  it('answers for one invoice with one answer, for an array with an array', () => {
    const { status, stdout } = run('', 'decide', sample, '--facts', facts, '--json')
    expect(status).toBe(0)
    const answer = JSON.parse(stdout)
    expect(Object.keys(answer)).toEqual(['rule', 'name', 'outcome', 'because', 'tried'])
    expect(answer).toMatchObject({ rule: 8, name: 'Routine', outcome: { kind: 'approve' } })
    expect(answer.tried).toHaveLength(7)
    const answers = JSON.parse(run('', 'decide', sample, '--facts', both, '--json').stdout)
    expect(answers.map(({ rule }: { rule: number }) => rule)).toEqual([8, 1])
  })

  it('says that there is nothing to decide, and reads past a byte order mark', () => {
    const none = fileOf('none.json', '\ufeff[]')
    expect(run('', 'decide', sample, '--facts', none)).toEqual({
      status: 0,
      stdout: 'There is no invoice, so nothing is decided.\n',
      stderr: '',
    })
  })

  it('answers a line for each line of stdin', () => {
    const lines = [routineInvoice, { ...routineInvoice, vendor: 'blocked' }].map((line) => JSON.stringify(line))
    const { stdout } = run(`${lines.join('\n')}\n`, 'decide', sample, '--facts', '-', '--json')
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).rule),
    ).toEqual([8, 3])
  })

  it('ends quietly where nobody reads on', () => {
    const many = fileOf('many.ndjson', `${JSON.stringify(routineInvoice)}\n`.repeat(5_000))
    const shell = `"${process.execPath}" --import tsx functions/commands/rules.ts decide ${sample} --facts - < "${many}" | head -1`
    const { stdout, stderr } = spawnSync('sh', ['-c', shell], { cwd: root, encoding: 'utf8' })
    expect({ lines: stdout.split('\n').length, stderr }).toEqual({ lines: 2, stderr: '' })
  })

  it.each([
    ['an unknown fact', { ...routineInvoice, colour: 'red' }, 'colour is no fact'],
    ['a wrong value', { ...routineInvoice, vendor: 'nice' }, 'vendor is not what it has to be'],
    ['a fact that has to be there', { ...routineInvoice, reading: null }, 'reading is missing; every invoice has it'],
    ['an invoice that cannot exist', { ...routineInvoice, vendor: 'new' }, 'bankDetails cannot be so'],
    ['an amount in words', { ...routineInvoice, amount: '400 EUR' }, 'amount is not what it has to be: expected minor'],
    ['half a day', { ...routineInvoice, age: 0.5 }, 'age is not what it has to be: expected a whole number of days.'],
    ['an amount beside another currency', { ...routineInvoice, currency: 'USD' }, 'amount cannot be so'],
  ])('cannot be tried with %s', (_, impossible, message) => {
    const { status, stdout, stderr } = run(JSON.stringify(impossible), 'decide', sample, '--facts', '-', '--json')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(message)
  })
})

const narrower = fileOf(
  'narrower.txt',
  readFileSync(join(root, sample), 'utf8').replace('at most 5,000 EUR and the', 'at most 1,000 EUR and the'),
)

describe('diff', () => {
  it('of the same rules is nothing', () => {
    const { status, stdout } = run('', 'diff', sample, sample, '--json')
    expect({ status, answer: JSON.parse(stdout) }).toEqual({ status: 0, answer: { same: true, changes: [] } })
  })

  it('of other rules says what changes, with exit code 1', () => {
    const { status, stdout } = run(
      '',
      'diff',
      sample,
      narrower,
      '--json',
      '--charter',
      'infra/local/pilot/charter.yaml',
    )
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      same: false,
      changes: [
        {
          when: expect.stringMatching(/^the amount is over 1,000 EUR and the amount is at most 5,000 EUR and /),
          was: { kind: 'approve' },
          now: { kind: 'ask', steps: [{ any: ['manager'], within: 'P1D', clock: 'working' }] },
          example: { amount: 100_001, currency: 'EUR' },
        },
      ],
    })
  })
})

describe('replay', () => {
  const past = fileOf(
    'past.ndjson',
    [
      { id: 'a', facts: routineInvoice, outcome: { kind: 'approve' } },
      { id: 'b', facts: { ...routineInvoice, amount: 50_000 } },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  )

  it('compares with the record, and with other rules', () => {
    const recorded = JSON.parse(run('', 'replay', narrower, '--past', past, '--json').stdout)
    expect(recorded.invoices).toMatchObject([
      { id: 'a', rule: 9, was: { kind: 'approve' }, changed: true },
      { id: 'b', rule: 8, was: null, changed: false },
    ])
    const against = JSON.parse(run('', 'replay', narrower, '--past', past, '--against', sample, '--json').stdout)
    expect(against.totals).toMatchObject({
      invoices: 2,
      changed: 1,
      changedAmount: 119_000,
      outcomes: { approve: 1, ask: 1 },
      roles: [{ role: 'manager', invoices: 1 }],
    })
    expect(against.invoices[1].was).toEqual({ kind: 'approve' })
  })
})

describe('replay of what is no past', () => {
  const facts = JSON.stringify(routineInvoice)
  it.each([
    ['a line that is no JSON', `{"id":"a","facts":${facts}}\n\n{"id":`, ':3 is no JSON; expected a line such as'],
    ['a line without an id', `{"facts":${facts}}`, ':1: id is not what it has to be; expected a line such as'],
    ['an unknown field', `{"id":"a","facts":${facts},"result":1}`, ':1: result is not what it has to be'],
    ['no facts', '{"id":"a"}', ':1: facts is not what it has to be'],
    ['an outcome that is none', `{"id":"a","facts":${facts},"outcome":{"kind":"pay"}}`, ':1: outcome.kind is not what'],
    [
      'a step without a time',
      `{"id":"a","facts":${facts},"outcome":{"kind":"ask","steps":[{"any":["x"]}]}}`,
      ':1: outcome.steps.0',
    ],
    ['facts that cannot be', `{"id":"a","facts":${facts.replace('"known"', '"new"')}}`, ':1: bankDetails cannot be so'],
  ])('%s: exit 2, the line, and what was expected', (_, text, message) => {
    const { status, stdout, stderr } = run('', 'replay', sample, '--past', fileOf('bad.ndjson', text))
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(message)
  })

  it('nothing at all is no failure', () => {
    const empty = fileOf('empty.ndjson', '')
    expect(run('', 'replay', sample, '--past', empty)).toMatchObject({
      status: 0,
      stdout: 'There is no past invoice, so nothing can be said.\n',
    })
    expect(JSON.parse(run('', 'replay', sample, '--past', empty, '--json').stdout)).toMatchObject({ invoices: [] })
  })
})

// As Windows wrote it once: a rule about the vendor category "Büro" would silently be one about another.
const otherEncoding = join(folder, 'latin1.txt')
writeFileSync(
  otherEncoding,
  'Rules for a test\n1. It\nWhen the vendor category is "Büro", reject it.\nOtherwise, reject it.\n',
  'latin1',
)

describe('what cannot be tried', () => {
  it.each([
    ['nothing to do', [], 'Say what to do'],
    ['an unknown command', ['prove', sample], 'not prove'],
    ['no file', ['check'], 'Name one file'],
    ['a file that is not there', ['check', 'nowhere.txt'], 'nowhere.txt cannot be read'],
    ['a charter that is not there', ['check', sample, '--charter', 'nowhere.yaml'], 'nowhere.yaml cannot be read'],
    ['an unknown flag', ['check', sample, '--loud'], '--loud'],
    ['a flag of another command', ['check', sample, '--past', sample], '--past does not go with check'],
    ['a name that only objects have', ['toString', sample], 'not toString'],
    ['rules in another encoding', ['check', otherEncoding], 'is no text in UTF-8'],
    ['no invoice', ['decide', sample], '--facts'],
    ['no past', ['replay', sample], '--past'],
    ['one file to compare', ['diff', sample], 'Name two files'],
    ['an invoice that is no JSON', ['decide', sample, '--facts', sample], 'is no JSON'],
    [
      'facts that are nothing',
      ['decide', sample, '--facts', fileOf('empty.json', '')],
      'is no JSON; expected the facts',
    ],
    ['rules of nothing', ['decide', fileOf('empty.txt', ''), '--facts', '-'], 'The title is missing'],
    ['a folder', ['check', 'infra/local/pilot'], 'infra/local/pilot cannot be read'],
    ['rules that cannot be read', ['decide', wrong, '--facts', '-'], 'Run check to see everything'],
  ])('%s: exit 2 and one sentence', (_, given, message) => {
    const { status, stdout, stderr } = run('', ...given)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('help is no failure', () => {
    const { status, stdout } = run('', '--help')
    expect(status).toBe(0)
    expect(stdout).toContain('Examples')
  })
})
