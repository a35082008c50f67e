/** What keeps a text from being proposed: it cannot be read, or what is in force beside it cannot bear it. */
import { describe, expect, it } from 'vitest'
import { objections } from '../../../functions/core/agreement/objections.ts'
import { aCharter, charterText, sampleFile } from '../../make/charter.ts'

const rulesText = sampleFile('rules.txt')
const beside = { charter: aCharter(), rulesText }

describe('nothing speaks against', () => {
  it.each(['charter', 'rules'] as const)('the %s that are in force', (document) => {
    expect(objections(document, document === 'charter' ? charterText : rulesText, beside)).toEqual([])
  })

  it('rules with warnings and notes', () => {
    expect(objections('rules', rulesText.replace(/^10\. Large[\s\S]*?day\.$/m, ''), beside)).toEqual([])
  })

  it('a charter for rules that were wrong before it', () => {
    const wrong = rulesText.replace('ask finance within 4 hours.', 'ask the pope within 4 hours.')
    expect(objections('charter', charterText, { ...beside, rulesText: wrong })).toEqual([])
  })
})

describe('rules are refused', () => {
  it.each<[string, string, RegExp]>([
    ['that cannot be read', 'Rules for invoice approval\n\n1. Do what you want.\n', /^line \d+, column \d+: /],
    ['with a role that the charter lacks', rulesText.replace('ask finance within', 'ask the pope within'), /pope/],
    [
      'that break a promise',
      rulesText
        .replace('9. Small\n', '9. All\n   When the amount is not stated, approve it.\n\n10. Small\n')
        .replace('10. Large', '11. Large'),
      /This promise is broken: rule 9 "All"/,
    ],
  ])('%s', (_, text, because) => expect(objections('rules', text, beside)[0]).toMatch(because))
})

describe('a charter is refused', () => {
  it('that cannot be read, at its line', () => {
    expect(objections('charter', charterText.replace('weeks: 2 }', 'weeks: soon }'), beside)[0]).toMatch(
      /^line \d+, column \d+: .*week/,
    )
  })

  it('whose owners are one person', () => {
    const text = charterText.replace('cto: { holder: cto@', 'cto: { holder: coo@')
    expect(objections('charter', text, beside).join('\n')).toMatch(/both keys/)
  })

  it('without a role that the rules in force ask', () => {
    const text = charterText.replace('  manager:', '  team lead:')
    expect(objections('charter', text, beside)[0]).toMatch(
      /^the rules could not be followed under this charter; line \d+, column \d+: .*manager/,
    )
  })
})
