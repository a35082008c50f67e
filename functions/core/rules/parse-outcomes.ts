/** Reads outcomes: what is done with an invoice, who is asked and how long they have. */
import { didYouMean } from '../pilot/nearest.ts'
import { mostDays, mostRolesAStep } from './language.ts'
import { oneOf } from './listed.ts'
import type { Duration, Outcome, Step } from './outcome.ts'
import {
  countOf,
  cut,
  type Doubt,
  failure,
  isFailure,
  numberProblem,
  quoted,
  type Read,
  readWords,
  same,
  type Vocabulary,
  wrong,
} from './parsing.ts'
import { type Token, textOf } from './tokens.ts'

const outcomePhrases = [
  'approve it',
  'ask ROLE within 4 hours',
  'return it to the sender',
  'reject it',
  'hand it to ROLE',
]
const dividers = ['within', 'and', 'or', 'then', 'when', ',']

export const readRole = (tokens: readonly Token[], at: number, vocabulary: Vocabulary | null): Read<string> => {
  const from = tokens[at]?.word === 'the' ? at + 1 : at
  let end = from
  while (end < tokens.length && !dividers.includes((tokens[end] as Token).word)) end += 1
  if (end === from) return failure(from, ['a role'])
  const nameTo = (next: number): string => textOf(tokens.slice(from, next))
  const name = nameTo(end)
  if (!vocabulary) return { value: name, next: end, doubts: [] }
  // Longest match first: what follows a role that is known gets its own message.
  const longest = Math.max(...vocabulary.roles.map((role) => role.length))
  // Stryker disable next-line EqualityOperator: no role is without a name
  for (let next = Math.min(end, from + longest); next > from; next--) {
    const known = vocabulary.roles.find((role) => same(role, nameTo(next)))
    if (known !== undefined) return { value: known, next, doubts: [] }
  }
  const message = `"${cut(name)}" is no role of the charter${didYouMean(name, vocabulary.roles)}; expected ${oneOf(vocabulary.roles.map(quoted))}.`
  return { value: name, next: end, doubts: [{ type: 'unknown-role', token: tokens[from] as Token, message }] }
}

const units = [
  { word: 'minute', write: (count: number): Duration => `PT${count}M`, minutes: 1 },
  { word: 'hour', write: (count: number): Duration => `PT${count}H`, minutes: 60 },
  { word: 'day', write: (count: number): Duration => `P${count}D`, minutes: 24 * 60 },
  { word: 'week', write: (count: number): Duration => `P${count}W`, minutes: 7 * 24 * 60 },
]

const readDuration = (tokens: readonly Token[], at: number): Read<{ within: Duration; clock: Step['clock'] }> => {
  if (tokens[at]?.word !== 'within')
    return failure(at, ['a time such as "within 4 hours"', 'another role after "and" or "or"'])
  const count = countOf(tokens[at + 1])
  if (count === null)
    return failure(
      at + 1,
      ['a whole number'],
      numberProblem(tokens[at + 1], 'write a time in whole numbers, like "within 4 hours" or "within 90 minutes"'),
    )
  const byClock = tokens[at + 2]?.word === 'clock'
  const unitAt = byClock ? at + 3 : at + 2
  const stands = tokens[unitAt]?.word
  const allowed = units.filter(({ word }) => !byClock || word === 'hour' || word === 'day')
  const unit = allowed.find(({ word }) => stands === word || stands === `${word}s`)
  if (!unit)
    return failure(
      unitAt,
      allowed.map(({ word }) => quoted(`${word}s`)),
    )
  if (count < 1 || count * unit.minutes > mostDays * 24 * 60)
    return wrong(at + 1, `a time is at least 1 minute and at most ${mostDays} days`)
  return {
    value: { within: unit.write(count), clock: byClock ? 'calendar' : 'working' },
    next: unitAt + 1,
    doubts: [],
  }
}

const readStep = (tokens: readonly Token[], at: number, vocabulary: Vocabulary | null): Read<Step> => {
  const roles: string[] = []
  const doubts: Doubt[] = []
  let joined: string | null = null
  for (let next = at; ; ) {
    const role = readRole(tokens, next, vocabulary)
    if (isFailure(role)) return role
    roles.push(role.value)
    doubts.push(...role.doubts)
    next = role.next
    const word = tokens[next]?.word
    if (word !== 'and' && word !== 'or') {
      const time = readDuration(tokens, next)
      if (isFailure(time)) return time
      const step: Step = joined === 'and' ? { all: roles, ...time.value } : { any: roles, ...time.value }
      return { value: step, next: time.next, doubts: [...doubts, ...time.doubts] }
    }
    if (joined !== null && joined !== word)
      return wrong(next, '"and" and "or" cannot stand in one step; use "then" for a further step')
    if (roles.length === mostRolesAStep) return wrong(next, `a step asks at most ${mostRolesAStep} roles`)
    joined = word
    next += 1
  }
}

const readSteps = (tokens: readonly Token[], at: number, vocabulary: Vocabulary | null): Read<Outcome> => {
  const steps: Step[] = []
  const doubts: Doubt[] = []
  for (let next = at; ; ) {
    const step = readStep(tokens, next, vocabulary)
    if (isFailure(step)) return step
    steps.push(step.value)
    doubts.push(...step.doubts)
    next = step.next
    if (tokens[next]?.word === ',' && tokens[next + 1]?.word === 'then') next += 2
    else if (tokens[next]?.word === 'then') next += 1
    else return { value: { kind: 'ask', steps }, next, doubts }
    if (tokens[next]?.word === 'ask') return wrong(next, 'leave out "ask" after "then"')
  }
}

export const readOutcome = (tokens: readonly Token[], at: number, vocabulary: Vocabulary | null): Read<Outcome> => {
  switch (tokens[at]?.word) {
    case 'approve':
      return readWords(tokens, at, 'approve it', { kind: 'approve' })
    case 'reject':
      return readWords(tokens, at, 'reject it', { kind: 'reject' })
    case 'return':
      return readWords(tokens, at, 'return it to the sender', { kind: 'return' })
    case 'ask':
      return readSteps(tokens, at + 1, vocabulary)
    case 'hand': {
      const words = readWords(tokens, at, 'hand it to', null)
      if (isFailure(words)) return words
      const role = readRole(tokens, words.next, vocabulary)
      return isFailure(role) ? role : { ...role, value: { kind: 'hand', role: role.value } }
    }
    default:
      return failure(at, outcomePhrases.map(quoted))
  }
}
