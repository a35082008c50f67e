/** Writes rules in the sentences of the language; reading them again gives the same rules. */
import Big from 'big.js'
import { formatMoney } from '../money.ts'
import { type Form, forms } from './language.ts'
import { listed } from './listed.ts'
import type { Duration, Outcome, Step } from './outcome.ts'
import type { Condition, Rule, RulePromise, RuleSet, Test, Text } from './rule-set.ts'

/** `5,000 EUR`, `5,000.50 EUR`. */
const money = (minor: number, currency: string): string => formatMoney(minor, currency).replace(/\.0+ /, ' ')
const percent = (value: number): string => `${new Big(value).toFixed()}%`
export const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`

const valueInWords = (value: string | boolean | Text): string =>
  typeof value === 'object' ? (value.quoted ? `"${value.text}"` : value.text) : String(value)

/** Whether this form of the table can say the test. */
const says = ({ fact, says: form }: Form, test: Test): boolean => {
  if (fact !== test.fact || form.is !== test.is) return false
  if ('value' in form) return 'value' in test && test.value === form.value
  if ('values' in form) return 'values' in test && test.values.length === 1 && test.values[0] === form.values[0]
  return true
}

const slotsOf = (test: Test): Record<string, string> => {
  if (test.is === 'absent') return {}
  if ('values' in test) return { LIST: test.values.map(valueInWords).join(' or ') }
  if (test.is === 'between')
    return { RANGE: `${money(test.from, test.currency).split(' ')[0]} and ${money(test.to, test.currency)}` }
  if ('currency' in test) return { MONEY: money(test.value, test.currency) }
  return { PERCENT: percent(test.value), DAYS: days(test.value) }
}

/** The sentence of one test: `the amount is over 5,000 EUR`. */
const testInWords = (test: Test): string => {
  const form = forms.find((candidate) => says(candidate, test))
  if (!form) throw new Error(`no sentence says ${JSON.stringify(test)}`)
  const values = slotsOf(test)
  return form.phrase.replace(/[A-Z]{4,}/g, (slot) => values[slot] ?? slot)
}

export const conditionInWords = (condition: Condition): string => condition.map(testInWords).join(' or ')

export const conditionsInWords = (conditions: readonly Condition[]): string =>
  conditions.map(conditionInWords).join(' and ')

const units = { M: 'minute', H: 'hour', D: 'day', W: 'week' } as const

const time = (within: Duration, clock: Step['clock']): string => {
  const count = Number.parseInt(within.replace(/\D/g, ''), 10)
  const unit = units[within.at(-1) as keyof typeof units]
  return `${count} ${clock === 'calendar' ? 'clock ' : ''}${unit}${count === 1 ? '' : 's'}`
}

/** Names of a whole team, before which people put no article. */
const teams =
  /^(?:accounting|accounts payable|controlling|finance|hr|human resources|it|legal|marketing|operations|procurement|purchasing|sales|treasury)$/i

export const roleInWords = (role: string): string => (teams.test(role) ? role : `the ${role}`)

const stepInWords = (step: Step): string => {
  const roles = 'any' in step ? step.any.map(roleInWords).join(' or ') : step.all.map(roleInWords).join(' and ')
  return `${roles} within ${time(step.within, step.clock)}`
}

/** `ask the manager within 1 day, then the finance director within 1 day`. */
export const outcomeInWords = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'approve':
      return 'approve it'
    case 'reject':
      return 'reject it'
    case 'return':
      return 'return it to the sender'
    case 'hand':
      return `hand it to ${roleInWords(outcome.role)}`
    case 'ask':
      return `ask ${outcome.steps.map(stepInWords).join(', then ')}`
  }
}

/** More rules than this are told by their numbers alone. */
const mostNames = 3
/** More runs of numbers than this are counted; two numbers each are what `listed` shows at most. */
const mostRuns = 5

/** `rule 1 "Duplicate" and rule 3 "Stop"`; `rules 1 to 7 and 9`. The numbers rise. */
export const rulesInWords = (rules: readonly Rule[], numbers: readonly number[]): string => {
  // Stryker disable next-line OptionalChaining: there is a rule of each number
  if (numbers.length <= mostNames) return listed(numbers.map((number) => `rule ${number} "${rules[number - 1]?.name}"`))
  const runs: [number, number][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  const shown = runs.slice(0, mostRuns)
  const more = runs.slice(mostRuns).reduce((count, [first, last]) => count + last - first + 1, 0)
  const words = shown.flatMap(([first, last]) => {
    if (last - first > 1) return `${first} to ${last}`
    return first === last ? `${first}` : [`${first}`, `${last}`]
  })
  return `rules ${listed(more > 0 ? [...words, `${more} more`] : words)}`
}

const promiseInWords = (promise: RulePromise): string => {
  const act = promise.never === 'approve' ? `approve without ${roleInWords(promise.without)}` : promise.never
  return `Never ${act} when ${conditionsInWords(promise.conditions)}.`
}

/** The whole file. */
export const print = ({ process, rules, otherwise, promises }: RuleSet): string =>
  [
    `Rules for ${process}`,
    ...rules.map(
      ({ number, name, conditions, outcome }) =>
        `${number}. ${name}\n   When ${conditionsInWords(conditions)}, ${outcomeInWords(outcome)}.`,
    ),
    `Otherwise, ${outcomeInWords(otherwise.outcome)}.`,
    ...(promises.length > 0 ? [promises.map(promiseInWords).join('\n')] : []),
  ]
    .join('\n\n')
    .concat('\n')
