/** The state machine by its file: every way through it ends, nothing ends unseen, and one name means one thing. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import aslValidator from 'asl-validator'
import { describe, expect, test } from 'vitest'
import { busMessage, rehearsalSource, source } from '../../events/contracts.ts'
import { fileOf } from '../../infra/constructs/handler.ts'

type Rule = {
  ErrorEquals: string[]
  Next?: string
  MaxAttempts?: number
  JitterStrategy?: string
  BackoffRate?: number
}
type State = {
  Type: string
  Resource?: string
  Arguments?: { FunctionName?: string; Payload?: Record<string, unknown>; Entries?: Record<string, unknown>[] }
  TimeoutSeconds?: unknown
  Retry?: Rule[]
  Catch?: Rule[]
  Choices?: { Condition: string; Next: string }[]
  Default?: string
  Next?: string
}

const repository = join(import.meta.dirname, '..', '..')
const text = readFileSync(join(repository, 'statemachines', 'invoice-approval.asl.json'), 'utf8')
const machine = JSON.parse(text) as { StartAt: string; QueryLanguage: string; States: Record<string, State> }
const states = Object.entries(machine.States)
const tasks = states.filter(([, { Type }]) => Type === 'Task')
const waits = tasks.filter(([, { Resource }]) => Resource?.endsWith('.waitForTaskToken'))
const calls = tasks.filter(([, { Resource }]) => Resource?.includes(':lambda:invoke'))

/** A wait is longer than any step of a charter, and ends before an execution may not live any longer (a year). */
const [dayOfSeconds, yearOfSeconds] = [24 * 3600, 365 * 24 * 3600]

test('it is valid Amazon States Language, in JSONata, of at most a dozen states', () => {
  expect(aslValidator(JSON.parse(text))).toMatchObject({ isValid: true, errors: [] })
  expect(machine.QueryLanguage).toBe('JSONata')
  expect(states.length).toBeLessThanOrEqual(12)
})

const after = ({ Next, Default, Choices = [], Catch = [] }: State): string[] =>
  [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((caught) => caught.Next)].filter(
    (name) => name !== undefined,
  )

const reachable = (from: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(from)) return seen
  seen.add(from)
  for (const next of after(machine.States[from] as State)) reachable(next, seen)
  return seen
}

test('every state is reached from the first, and reaches the end', () => {
  expect([...reachable(machine.StartAt)].toSorted()).toEqual(Object.keys(machine.States).toSorted())
  for (const [name] of states) {
    const ends = [...reachable(name)].filter((one) => ['Succeed', 'Fail'].includes(machine.States[one]?.Type ?? ''))
    expect(ends, name).not.toEqual([])
  }
})

test.each(tasks)('%s is given up after a written time, tried again, and what fails for good is caught', (_, state) => {
  expect(state.TimeoutSeconds).toBeTypeOf('number')
  const last = state.Retry?.at(-1)
  expect(last).toMatchObject({ ErrorEquals: ['States.ALL'], JitterStrategy: 'FULL' })
  expect(last?.MaxAttempts).toBeGreaterThan(1)
  expect(last?.BackoffRate).toBeGreaterThan(1)
  expect(state.Catch?.at(-1)?.ErrorEquals).toEqual(['States.ALL'])
})

test('what fails goes to the desk, what the desk cannot be asked is told to someone, and only then is it stuck', () => {
  const caughtBy = (name: string) => machine.States[name]?.Catch?.at(-1)?.Next
  for (const [name] of calls) expect(caughtBy(name), name).toBe(name === 'AskDesk' ? 'TellSomeone' : 'AskDesk')
  const toStuck = states.filter(([, state]) => after(state).includes('Stuck')).map(([name]) => name)
  expect(toStuck).toEqual(['TellSomeone'])
})

describe.each(waits)('%s', (_, state) => {
  test('hands its token to the function, and to nothing else', () => {
    expect(state.Arguments?.Payload?.token).toBe('{% $states.context.Task.Token %}')
    expect(JSON.stringify(state).split('Task.Token')).toHaveLength(2)
  })

  test('is longer than any step, and asks the record again when it ends or is over', () => {
    expect(state.TimeoutSeconds).toBeGreaterThanOrEqual(30 * dayOfSeconds)
    expect(state.TimeoutSeconds).toBeLessThan(yearOfSeconds)
    const [moved] = state.Catch ?? []
    expect(moved).toMatchObject({ ErrorEquals: ['Moved', 'States.Timeout'], Next: 'AssessInvoice' })
    expect(state.Retry?.[0]).toEqual({ ErrorEquals: ['Moved', 'States.Timeout'], MaxAttempts: 0 })
  })
})

test('the two waits are those that ask people', () => {
  expect(waits.map(([name]) => name)).toEqual(['AskApprover', 'AskDesk'])
})

test('each word that a function can answer leads somewhere', () => {
  const words = (machine.States.Route?.Choices ?? []).map(({ Condition }) => /= '(\w+)'/.exec(Condition)?.[1])
  const source = readFileSync(join(repository, 'functions', 'core', 'approval', 'state.ts'), 'utf8')
  const type = /export type Next = ([^\n]+)/.exec(source)?.[1] ?? ''
  const answered = [...type.matchAll(/'(\w+)'/g)].map(([, word]) => word)
  expect(answered.length).toBeGreaterThan(4)
  expect(words.toSorted()).toEqual(answered.toSorted())
})

test.each(calls)('%s is one name: state, handler, argument, test', (name, { Arguments }) => {
  expect(Arguments?.FunctionName).toBe(`\${${name}Arn}`)
  for (const file of [`functions/handlers/${fileOf(name)}.ts`, `test/handlers/${fileOf(name)}.test.ts`])
    expect(existsSync(join(repository, file)), file).toBe(true)
})

test('an error travels by its name alone', () => {
  expect(text).not.toMatch(/errorOutput(?!\.Error\b)/)
  expect(text).not.toMatch(/Cause\s*%\}/)
})

test('what it tells the bus is as agreed', () => {
  const [entry] = machine.States.TellSomeone?.Arguments?.Entries ?? []
  const { Detail, DetailType, Source } = entry as { Detail: object; DetailType: string; Source: string }
  const detail = Object.fromEntries(Object.keys(Detail).map((name) => [name, 'a value']))
  const sources = [...Source.matchAll(/'(countersign[^']*)'/g)].map(([, one]) => one)
  expect(sources.toSorted()).toEqual([source, rehearsalSource])
  for (const one of sources) {
    const heard = busMessage(['WorkflowStuck']).safeParse({ source: one, 'detail-type': DetailType, detail })
    expect(heard.success, one).toBe(true)
  }
})
