/** Into which pieces rules cut a fact, and which value stands for each. */
import { describe, expect, it } from 'vitest'
import { type Atom, atomsOf } from '../../../functions/core/rules/atoms.ts'
import { type FactName, Facts } from '../../../functions/core/rules/facts.ts'
import type { Test, Text } from '../../../functions/core/rules/rule-set.ts'

const amount = (is: 'under' | 'exactly' | 'over', value: number): Test => ({
  fact: 'amount',
  is,
  value,
  currency: 'EUR',
})
const range = (from: number, to: number): Test => ({ fact: 'amount', is: 'between', from, to, currency: 'EUR' })
const number = (fact: 'priceDifference' | 'aboveUsual' | 'age' | 'dueIn', value: number): Test => ({
  fact,
  is: 'at most',
  value,
})
const text = (fact: 'department' | 'vendorCategory', ...values: Text[]): Test => ({ fact, is: 'one of', values })
const bare = (said: string): Text => ({ text: said, quoted: false })
const quoted = (said: string): Text => ({ text: said, quoted: true })

const valuesOf = (atoms: Atom[]) => atoms.map(({ value }) => value)
/** `[0, 5)` for a piece from 0, included, to 5, not included, with the value that stands for it. */
const pieces = (fact: FactName, ...tests: Test[]): string[] =>
  atomsOf(fact, tests, 'EUR', []).map(({ value, low, high }) =>
    value === null
      ? 'absent'
      : `${low ? `${low.included ? '[' : '('}${low.value}` : '(…'}, ${high ? `${high.value}${high.included ? ']' : ')'}` : '…)'}: ${value}`,
  )

describe('a number', () => {
  it('that no rule is about is in one piece, and absent', () => {
    expect(pieces('amount')).toEqual(['(…, …): 100000', 'absent'])
    expect(pieces('priceDifference')).toEqual(['(…, …): 0', 'absent'])
    expect(pieces('aboveUsual')).toEqual(['(…, …): 0', 'absent'])
    expect(pieces('age')).toEqual(['(…, …): 0', 'absent'])
  })

  it('is cut below, at and above each limit, in order, each limit once', () => {
    expect(pieces('amount', amount('over', 500_000), amount('under', 10_000), amount('exactly', 500_000))).toEqual([
      '(…, 10000): 5000',
      '[10000, 10000]: 10000',
      '(10000, 500000): 10001',
      '[500000, 500000]: 500000',
      '(500000, …): 500001',
      'absent',
    ])
    expect(pieces('amount', range(100, 200))).toEqual([
      '(…, 100): 50',
      '[100, 100]: 100',
      '(100, 200): 101',
      '[200, 200]: 200',
      '(200, …): 201',
      'absent',
    ])
  })

  it('is not cut by what rules say of other facts', () => {
    expect(pieces('amount', number('age', 5))).toEqual(['(…, …): 100000', 'absent'])
    expect(pieces('age', number('dueIn', 5), number('age', 7))).toEqual([
      '(…, 7): 0',
      '[7, 7]: 7',
      '(7, …): 8',
      'absent',
    ])
  })

  it('has no piece in which no number lies', () => {
    expect(pieces('amount', amount('over', 0), amount('over', 1))).toEqual([
      '(…, 0]: 0',
      '[1, 1]: 1',
      '(1, …): 2',
      'absent',
    ])
    expect(pieces('age', number('age', 3), number('age', 4), number('age', 6))).toEqual([
      '(…, 3): 0',
      '[3, 3]: 3',
      '[4, 4]: 4',
      '(4, 6): 5',
      '[6, 6]: 6',
      '(6, …): 7',
      'absent',
    ])
  })

  it('that may be a fraction lies between any two limits', () => {
    expect(pieces('priceDifference', number('priceDifference', 2), number('priceDifference', 2.5))).toEqual([
      '(…, 2): 0',
      '[2, 2]: 2',
      '(2, 2.5): 2.25',
      '[2.5, 2.5]: 2.5',
      '(2.5, …): 3.5',
      'absent',
    ])
    expect(pieces('aboveUsual', number('aboveUsual', 0), number('aboveUsual', 1))).toEqual([
      '(…, 0): -1',
      '[0, 0]: 0',
      '(0, 1): 0.5',
      '[1, 1]: 1',
      '(1, …): 2',
      'absent',
    ])
  })

  it('below the lowest limit is zero where that is below it, else one less', () => {
    expect(pieces('age', number('age', 1))[0]).toBe('(…, 1): 0')
    expect(pieces('dueIn', number('dueIn', 0))[0]).toBe('(…, 0): -1')
    expect(pieces('dueIn', number('dueIn', -3))[0]).toBe('(…, -3): -4')
  })

  it('of money is never below zero, and is a plain sum where the piece allows it', () => {
    expect(pieces('amount', amount('under', 500_000))[0]).toBe('(…, 500000): 100000')
    expect(pieces('amount', amount('under', 99))[0]).toBe('(…, 99): 49')
    expect(pieces('amount', amount('under', 0))).toEqual(['(…, 0]: 0', '(0, …): 1', 'absent'])
    expect(pieces('priceDifference', number('priceDifference', 0))).toEqual(['(…, 0]: 0', '(0, …): 1', 'absent'])
  })
})

describe('a choice', () => {
  const always = [
    'documentType',
    'vendor',
    'purchaseOrder',
    'duplicate',
    'informationMissing',
    'senderVerified',
    'reading',
  ]
  it.each([
    ['documentType', ['invoice', 'credit note']],
    ['vendor', ['known', 'new', 'blocked', 'mismatched']],
    ['bankDetails', ['unchanged', 'changed', 'missing']],
    ['purchaseOrder', ['matched', 'mismatched', 'missing', 'unknown', 'closed']],
    ['duplicate', ['none', 'possible', 'exact']],
    ['informationMissing', [false, true]],
    ['totalsAddUp', [true, false]],
    ['senderVerified', [true, false]],
    ['reading', ['certain', 'by hand']],
  ] as [FactName, Atom['value'][]][])('%s has its values, and is absent where it may be', (fact, values) => {
    expect(valuesOf(atomsOf(fact, [], 'EUR', []))).toEqual([...values, ...(always.includes(fact) ? [] : [null])])
  })

  it('every fact has pieces, and is absent exactly where it may be', () => {
    for (const fact of Object.keys(Facts.shape) as FactName[]) {
      const mayBe = Facts.shape[fact].safeParse(null).success
      expect(valuesOf(atomsOf(fact, [], 'EUR', [])).includes(null)).toBe(mayBe)
    }
  })
})

describe('a text', () => {
  it('is any, or absent, where no rule names one', () => {
    expect(valuesOf(atomsOf('department', [], 'EUR', []))).toEqual(['Something else', null])
  })

  it('in quotation marks is one spelling, without them every other of it', () => {
    expect(atomsOf('department', [text('department', bare('Sales'), quoted('Rent'))], 'EUR', [])).toEqual([
      { value: 'Rent', text: quoted('Rent') },
      { value: 'Sales', text: bare('Sales') },
      { value: 'Something else' },
      { value: null },
    ])
  })

  it('that stands both ways is the spelling in quotation marks and another', () => {
    const both = (...names: Text[]) =>
      valuesOf(atomsOf('vendorCategory', [text('vendorCategory', ...names)], 'EUR', []))
    for (const names of [
      [quoted('Sales'), bare('Sales')],
      [quoted('sales'), quoted('Sales'), bare('SALES')],
      [quoted('it'), quoted('It'), quoted('iT'), bare('it')],
    ]) {
      const values = both(...names)
      const exact = names.filter(({ quoted: marks }) => marks).map(({ text: said }) => said)
      const [other] = values.slice(exact.length)
      expect(values.slice(0, exact.length)).toEqual(exact)
      expect(exact).not.toContain(other)
      expect(String(other).toLowerCase()).toBe(names[0]?.text.toLowerCase())
      expect(values.slice(exact.length + 1)).toEqual(['Something else', null])
    }
  })

  it('of which every spelling stands in quotation marks has no other', () => {
    const all = [quoted('it'), quoted('It'), quoted('iT'), quoted('IT'), bare('it')]
    expect(valuesOf(atomsOf('department', [text('department', ...all)], 'EUR', []))).toEqual([
      'it',
      'It',
      'iT',
      'IT',
      'Something else',
      null,
    ])
    // Of some letters the capital is another word.
    const sharp = [quoted('ß'), bare('ß')]
    expect(valuesOf(atomsOf('department', [text('department', ...sharp)], 'EUR', []))).toEqual([
      'ß',
      'Something else',
      null,
    ])
    const sign = [quoted('1'), bare('1')]
    expect(valuesOf(atomsOf('department', [text('department', ...sign)], 'EUR', []))).toEqual([
      '1',
      'Something else',
      null,
    ])
  })

  it('that is named twice, in whatever case, is one piece', () => {
    const tests = [text('department', bare('Sales'), bare('SALES')), text('department', quoted('Rent'), quoted('Rent'))]
    expect(valuesOf(atomsOf('department', tests, 'EUR', []))).toEqual(['Rent', 'SALES', 'Something else', null])
  })

  it('another than all that are named is none of them, whatever their case', () => {
    const named = text('department', bare('something ELSE'), quoted('Something else again'))
    expect(valuesOf(atomsOf('department', [named], 'EUR', [])).at(-2)).toBe('Something else again again')
  })

  it('the departments of the charter are pieces of their own; of the categories none', () => {
    expect(atomsOf('department', [], 'EUR', ['Sales', 'Stores'])).toEqual([
      { value: 'Sales', text: quoted('Sales') },
      { value: 'Stores', text: quoted('Stores') },
      { value: 'Something else' },
      { value: null },
    ])
    expect(valuesOf(atomsOf('vendorCategory', [text('department', bare('Sales'))], 'EUR', ['Sales']))).toEqual([
      'Something else',
      null,
    ])
  })
})

describe('a currency', () => {
  const currencies = (pilot: string | null, ...named: string[]) =>
    valuesOf(atomsOf('currency', [{ fact: 'currency', is: 'none of', values: named }, amount('over', 5)], pilot, []))

  it('is the pilot’s, one that a rule names, another, or absent', () => {
    expect(currencies('EUR')).toEqual(['EUR', 'USD', null])
    expect(currencies('EUR', 'CHF', 'EUR', 'CHF')).toEqual(['EUR', 'CHF', 'USD', null])
    expect(currencies('USD', 'SEK')).toEqual(['USD', 'SEK', 'CHF', null])
    expect(currencies(null, 'CHF')).toEqual(['CHF', 'USD', null])
    expect(currencies(null)).toEqual(['USD', null])
  })

  it('another is found however many are named', () => {
    const usual = ['USD', 'CHF', 'GBP', 'JPY', 'SEK']
    expect(currencies('EUR', ...usual.slice(0, 4))).toEqual(['EUR', 'USD', 'CHF', 'GBP', 'JPY', 'SEK', null])
    expect(currencies('EUR', ...usual)).toEqual(['EUR', ...usual, 'QAA', null])
    expect(currencies('EUR', ...usual, 'QAA', 'QAB').at(-2)).toBe('QAC')
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
    const unused = letters.flatMap((a) => letters.map((b) => `Q${a}${b}`))
    expect(currencies('EUR', ...usual, ...unused.slice(0, -1)).at(-2)).toBe('QZZ')
    expect(currencies('EUR', ...usual, ...unused).slice(-2)).toEqual(['QZZ', null])
  })
})
