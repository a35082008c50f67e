/** Conditions become code; nothing that a writer wrote ever does. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../functions/core/rules/facts.ts'
import { firstThatFails, firstThatFits, fitsAll } from '../../../functions/core/rules/fits.ts'
import type { Condition } from '../../../functions/core/rules/rule-set.ts'
import { routineInvoice } from '../../make/facts.ts'

/** Texts that would end a string, a line, an expression or a template, were they not data. */
const hostile = () =>
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '"',
      "'",
      '`',
      '\\',
      '\\"',
      '"; throw new Error("out"); "',
      '\u2028',
      '\u2029',
      '\n',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a text that would be a placeholder, were it code
      '${globalThis.out = true}',
      '*/',
      '</script>',
      '__proto__',
      'constructor',
    ),
  )
const named = (text: string, quoted: boolean): Condition => [
  { fact: 'vendorCategory', is: 'one of', values: [{ text, quoted }] },
]
const someFacts = (over: Partial<Facts> = {}): Facts => ({ ...routineInvoice, ...over })
const category = (vendorCategory: string): Facts => someFacts({ vendorCategory })

describe('a text in a rule', () => {
  it('fits the same text and no other, whatever characters it has', () => {
    fc.assert(
      fc.property(hostile(), hostile(), (text, other) => {
        expect(fitsAll([named(text, true)])(category(text))).toBe(true)
        expect(fitsAll([named(text, true)])(category(other))).toBe(text === other)
        expect(firstThatFits([[named(text, true)]])(category(other))).toBe(text === other ? 0 : -1)
      }),
      { numRuns: 2000 },
    )
    expect('out' in globalThis).toBe(false)
  })

  it('without quotes fits in any case', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        expect(fitsAll([named(text, false)])(category(text.toLowerCase()))).toBe(true)
      }),
    )
  })
})

describe('conditions', () => {
  const stated: Condition = [{ fact: 'amount', is: 'at least', value: 0, currency: 'EUR' }]
  const dear: Condition = [{ fact: 'amount', is: 'over', value: 500, currency: 'EUR' }]
  const cheap: Condition = [{ fact: 'amount', is: 'under', value: 100, currency: 'EUR' }]
  const either: Condition = [...dear, ...cheap]

  it('hold all, of none always', () => {
    expect(fitsAll([])(someFacts())).toBe(true)
    expect(fitsAll([stated, dear])(someFacts({ amount: 501 }))).toBe(true)
    expect(fitsAll([stated, dear])(someFacts({ amount: 500 }))).toBe(false)
    expect(fitsAll([dear, stated])(someFacts({ amount: 500 }))).toBe(false)
  })

  it('hold where one of the alternatives does', () => {
    const [first, second] = [either, dear].map((condition) => fitsAll([condition]))
    expect([99, 100, 500, 501].map((amount) => first?.(someFacts({ amount })))).toEqual([true, false, false, true])
    expect([99, 100, 500, 501].map((amount) => second?.(someFacts({ amount })))).toEqual([false, false, false, true])
  })

  it('the first that does not hold is found, by its place', () => {
    const failing = firstThatFails([stated, dear, cheap])
    expect(failing(someFacts({ amount: null }))).toBe(0)
    expect(failing(someFacts({ amount: 99 }))).toBe(1)
    expect(failing(someFacts({ amount: 501 }))).toBe(2)
    expect(firstThatFails([stated, dear])(someFacts({ amount: 501 }))).toBe(-1)
    expect(firstThatFails([])(someFacts())).toBe(-1)
  })

  it('the first list of which all hold is found, also among hundreds', () => {
    expect(firstThatFits([])(someFacts())).toBe(-1)
    expect(firstThatFits([[dear], [stated, cheap]])(someFacts({ amount: 50 }))).toBe(1)
    expect(firstThatFits([[dear], [stated, cheap]])(someFacts({ amount: 100 }))).toBe(-1)
    for (const count of [49, 50, 51, 100, 101, 200]) {
      const first = firstThatFits(
        Array.from({ length: count }, (_, value) => [
          [{ fact: 'amount', is: 'at least', value: 1000 - value, currency: 'EUR' }],
        ]),
      )
      for (const at of [0, 1, 48, 49, 50, 51, 99, 100, 101, 199])
        expect(first(someFacts({ amount: 1000 - at }))).toBe(at < count ? at : -1)
    }
  })
})
