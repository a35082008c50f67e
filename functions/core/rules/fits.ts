/** Conditions as functions of the facts: what is absent fits none but `not stated`. */
import type { FactName, Facts } from './facts.ts'
import type { Condition, Test, Text } from './rule-set.ts'

export type Fits = (facts: Facts) => boolean
type Value = string | number | boolean

/** A function of its own for each fact, so that the engine reads a fixed property and need not look it up. */
const read: { [Name in FactName]: (facts: Facts) => Facts[Name] } = {
  amount: (facts) => facts.amount,
  currency: (facts) => facts.currency,
  documentType: (facts) => facts.documentType,
  vendor: (facts) => facts.vendor,
  vendorCategory: (facts) => facts.vendorCategory,
  bankDetails: (facts) => facts.bankDetails,
  purchaseOrder: (facts) => facts.purchaseOrder,
  priceDifference: (facts) => facts.priceDifference,
  aboveUsual: (facts) => facts.aboveUsual,
  duplicate: (facts) => facts.duplicate,
  informationMissing: (facts) => facts.informationMissing,
  totalsAddUp: (facts) => facts.totalsAddUp,
  senderVerified: (facts) => facts.senderVerified,
  reading: (facts) => facts.reading,
  department: (facts) => facts.department,
  age: (facts) => facts.age,
  dueIn: (facts) => facts.dueIn,
}

/** Whether a text of an invoice is one that a rule names. */
export const isText = ({ text, quoted }: Text, value: string): boolean =>
  quoted ? value === text : value.toLowerCase() === text.toLowerCase()

const isOneOf = (values: readonly (string | boolean | Text)[]): ((value: Value) => boolean) => {
  const [only] = values
  if (values.length === 1 && typeof only !== 'object') return (value) => value === only
  return (value) => values.some((named) => (typeof named === 'object' ? isText(named, String(value)) : named === value))
}

const fitsTest = (test: Test): Fits => {
  const of = read[test.fact] as (facts: Facts) => Value | null | undefined
  const number = of as (facts: Facts) => number | null | undefined
  switch (test.is) {
    case 'absent':
      return (facts) => of(facts) == null
    case 'one of': {
      const named = isOneOf(test.values)
      return (facts) => {
        const value = of(facts)
        return value != null && named(value)
      }
    }
    case 'none of': {
      const named = isOneOf(test.values)
      return (facts) => {
        const value = of(facts)
        return value != null && !named(value)
      }
    }
    case 'between': {
      const { from, to } = test
      return (facts) => {
        const value = number(facts)
        return value != null && value >= from && value <= to
      }
    }
  }
  const limit = test.value
  switch (test.is) {
    case 'under':
      return (facts) => {
        const value = number(facts)
        return value != null && value < limit
      }
    case 'at most':
      return (facts) => {
        const value = number(facts)
        return value != null && value <= limit
      }
    case 'exactly':
      return (facts) => number(facts) === limit
    case 'at least':
      return (facts) => {
        const value = number(facts)
        return value != null && value >= limit
      }
    case 'over':
      return (facts) => {
        const value = number(facts)
        return value != null && value > limit
      }
  }
}

/** Whether any of a condition's tests holds. */
export const fitsCondition = ([first, ...others]: Condition): Fits =>
  others.reduce<Fits>((fits, test) => {
    const other = fitsTest(test)
    return (facts) => fits(facts) || other(facts)
  }, fitsTest(first))

/** Whether all of the conditions hold. */
export const fitsAll = (conditions: readonly Condition[]): Fits => {
  const all = conditions.map(fitsCondition)
  return (facts) => {
    for (const fits of all) if (!fits(facts)) return false
    return true
  }
}
