/** A second opinion on what rules decide: slow, plain, and of the source it shares only the types. */
import type { Facts } from '../../../functions/core/rules/facts.ts'
import type { Act, Outcome } from '../../../functions/core/rules/outcome.ts'
import type { Condition, RuleSet, Test } from '../../../functions/core/rules/rule-set.ts'

const holds = (test: Test, facts: Facts): boolean => {
  const value = facts[test.fact]
  const absent = value === null || value === undefined
  if (test.is === 'absent') return absent
  if (absent) return false
  if ('values' in test) {
    const named = test.values.some((wanted) =>
      typeof wanted !== 'object'
        ? wanted === value
        : wanted.quoted
          ? wanted.text === value
          : wanted.text.toUpperCase() === String(value).toUpperCase(),
    )
    return test.is === 'one of' ? named : !named
  }
  const number = value as number
  if (test.is === 'between') return test.from <= number && number <= test.to
  const sign = Math.sign(number - test.value)
  return { under: sign < 0, 'at most': sign <= 0, exactly: sign === 0, 'at least': sign >= 0, over: sign > 0 }[test.is]
}

export const allHold = (conditions: Condition[], facts: Facts): boolean =>
  conditions.every((condition) => condition.some((test) => holds(test, facts)))

/** The number of the first rule that fits, null for Otherwise. */
export const naiveRule = ({ rules }: RuleSet, facts: Facts): number | null =>
  rules.filter(({ conditions }) => allHold(conditions, facts))[0]?.number ?? null

/** The number of the first promise that an act would break. */
export const naiveForbidden = ({ promises }: RuleSet, facts: Facts, act: Act): number | null =>
  promises.filter((promise) => {
    if (!allHold(promise.conditions, facts)) return false
    if (act.kind !== 'approve') return promise.never === act.kind
    if (promise.never === 'approve automatically') return act.automatically
    return promise.never === 'approve' && !act.roles.includes(promise.without)
  })[0]?.number ?? null

/** What comes of an outcome: the order in which roles are named, or one of several named twice, changes nothing. */
export const naiveMeaning = (outcome: Outcome): string => {
  if (outcome.kind === 'hand') return `hand ${outcome.role}`
  if (outcome.kind !== 'ask') return outcome.kind
  const steps = outcome.steps.map((step) => {
    const roles = 'any' in step ? [...new Set(step.any)] : step.all
    return `${'any' in step ? 'any' : 'all'} ${roles.toSorted().join('+')} ${step.within} ${step.clock}`
  })
  return steps.join(', then ')
}
