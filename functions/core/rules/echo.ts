/** Says what words include that are easily misread. */
import { oneOf } from './listed.ts'
import { conditionInWords } from './print.ts'
import type { Condition, RuleSet, Test } from './rule-set.ts'

const vendors: Record<string, string> = {
  known: 'known',
  new: 'new',
  blocked: 'blocked',
  mismatched: 'one whose record does not match',
}

const echoOf = (test: Test): string | null => {
  if (test.fact === 'vendor' && test.is === 'none of') {
    const { values } = test
    const others = Object.keys(vendors).filter((word) => !values.includes(word))
    return `includes a vendor that is ${oneOf(others.map((word) => vendors[word] ?? word))}`
  }
  if (test.is === 'none of') return 'includes every other one that is stated; where it is not stated, this does not fit'
  // Stryker disable next-line ConditionalExpression,LogicalOperator: no other fact has this value
  if (test.fact === 'duplicate' && test.is === 'one of' && test.values[0] === 'exact')
    return 'means the same vendor and number within 12 months; "it is a possible duplicate" is a condition of its own'
  // Stryker disable next-line ConditionalExpression,LogicalOperator: no other fact has this value
  if (test.fact === 'duplicate' && test.is === 'one of' && test.values[0] === 'none')
    return 'includes no possible duplicate either'
  return null
}

/** What the conditions of the file include where their words mislead, each said once. */
export const echoes = ({ rules, promises }: RuleSet): { words: string; says: string }[] => {
  const conditions: Condition[] = [...rules, ...promises].flatMap((sentence) => sentence.conditions)
  const found = new Map<string, string>()
  for (const condition of conditions)
    for (const test of condition) {
      const says = echoOf(test)
      if (says !== null) found.set(conditionInWords([test]), says)
    }
  return [...found].map(([words, says]) => ({ words, says }))
}
