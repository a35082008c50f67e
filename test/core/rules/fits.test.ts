/** Conditions become code; nothing that a writer wrote ever does. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../functions/core/rules/facts.ts'
import { firstThatFits, fitsAll, fitsEach } from '../../../functions/core/rules/fits.ts'
import type { Condition } from '../../../functions/core/rules/rule-set.ts'
import { someFacts } from '../../make/history.ts'

/** Texts that would end a string, a line, an expression or a template, were they not data. */
const hostile = fc.oneof(
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
const category = (vendorCategory: string): Facts => someFacts({ vendorCategory })

describe('a text in a rule', () => {
  it('fits the same text and no other, whatever characters it has', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const [each] = fitsEach([named(text, true)])
        expect(each?.(category(text))).toBe(true)
        expect(fitsAll([named(text, true)])(category(other))).toBe(text === other)
        expect(firstThatFits([[named(text, true)]])(category(other))).toBe(text === other ? 0 : -1)
      }),
      { numRuns: 2000 },
    )
    expect('out' in globalThis).toBe(false)
  })

  it('without quotes fits in any case', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(fitsAll([named(text, false)])(category(text.toLowerCase()))).toBe(true)
      }),
    )
  })
})
