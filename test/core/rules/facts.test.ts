/** Which facts are taken from outside, and which are refused. */
import { describe, expect, it } from 'vitest'
import { Facts } from '../../../functions/core/rules/facts.ts'
import { routineInvoice } from '../../make/facts.ts'

const absent = [
  'amount',
  'currency',
  'vendorCategory',
  'bankDetails',
  'priceDifference',
  'aboveUsual',
  'totalsAddUp',
  'department',
  'age',
  'dueIn',
] as const

const refusedAt = (facts: object): (string | number | symbol)[] =>
  (Facts.safeParse(facts).error?.issues ?? []).map(({ path, code }) =>
    code === 'unrecognized_keys' ? code : (path[0] ?? ''),
  )

describe('facts', () => {
  it('of a routine invoice are taken as they are', () => {
    expect(Facts.parse(routineInvoice)).toEqual(routineInvoice)
  })

  it.each(absent)('%s may be absent, said or left out', (name) => {
    const { [name]: _, ...others } = routineInvoice
    expect(Facts.parse({ ...routineInvoice, [name]: null })).toEqual({ ...routineInvoice, [name]: null })
    expect(Facts.parse(others)).toEqual(others)
  })

  it.each(Object.keys(routineInvoice).filter((name) => !(absent as readonly string[]).includes(name)))(
    '%s has to be there',
    (name) => {
      expect(refusedAt({ ...routineInvoice, [name]: null })).toEqual([name])
    },
  )

  it.each([
    ['documentType', ['invoice', 'credit note']],
    ['vendor', ['known', 'new', 'blocked', 'mismatched']],
    ['bankDetails', ['unchanged', 'changed', 'missing']],
    ['purchaseOrder', ['matched', 'mismatched', 'missing', 'unknown', 'closed']],
    ['duplicate', ['none', 'possible', 'exact']],
    ['reading', ['certain', 'by hand']],
    ['currency', ['EUR', 'USD', 'XXX']],
    ['amount', [0, 1, 119_000]],
    ['priceDifference', [0, 0.25, 300]],
    ['aboveUsual', [-100, 0, 2.5]],
    ['age', [-3, 0, 400]],
    ['dueIn', [-3, 0, 400]],
  ])('%s may be %j', (name, values) => {
    for (const value of values) expect(refusedAt({ ...routineInvoice, [name]: value })).toEqual([])
  })

  it.each([
    ['documentType', ['Invoice', '', 1]],
    ['vendor', ['unknown', '']],
    ['bankDetails', ['same', '']],
    ['purchaseOrder', ['open', '']],
    ['duplicate', ['certain', '', false]],
    ['reading', ['uncertain', '']],
    ['currency', ['eur', 'EU', 'EURO', 'E1R', ' EUR', '']],
    ['amount', [-1, 0.5, '1', Number.NaN, Number.MAX_SAFE_INTEGER + 1]],
    ['priceDifference', [-0.25, '2%', Number.POSITIVE_INFINITY]],
    ['aboveUsual', ['2%', Number.NaN]],
    ['age', [0.5, '4']],
    ['dueIn', [0.5, '4']],
    ['vendorCategory', ['', 4]],
    ['department', ['', 4]],
    ['informationMissing', ['no', 0]],
    ['totalsAddUp', ['yes', 1]],
    ['senderVerified', ['yes', 1]],
  ])('%s may not be %j', (name, values) => {
    for (const value of values) expect(refusedAt({ ...routineInvoice, [name]: value })).toEqual([name])
  })

  it.each([
    ['amount', 0.5, 'expected minor units, a whole number: 40000 is 400.00 EUR'],
    ['amount', '400.00', 'expected minor units, a whole number: 40000 is 400.00 EUR'],
    ['age', 0.5, 'expected a whole number of days'],
    ['dueIn', '4', 'expected a whole number of days'],
  ])('whoever gives %s as %j is told what it should be', (name, value, message) => {
    const { error } = Facts.safeParse({ ...routineInvoice, [name]: value })
    expect(error?.issues.map((issue) => issue.message)).toEqual([message])
  })

  it('that the rules do not know are refused', () => {
    expect(refusedAt({ ...routineInvoice, colour: 'red' })).toEqual(['unrecognized_keys'])
  })
})
