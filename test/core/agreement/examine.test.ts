/** A text held against what is in force: what has to be mended, what would change, what the past would have been. */
import { describe, expect, it } from 'vitest'
import { examine, objectionsTo, type Past } from '../../../functions/core/agreement/examine.ts'
import { objections } from '../../../functions/core/agreement/objections.ts'
import { parseCharter } from '../../../functions/core/pilot/parse-charter.ts'
import { someFacts } from '../../make/history.ts'
import { samplePilot } from '../../make/pilot.ts'

const { 'rules.txt': rulesText = '', 'charter.yaml': charterText = '' } = samplePilot()
const read = parseCharter(charterText)
if ('findings' in read) throw new Error('the sample charter does not parse')
const beside = { charter: read.charter, rulesText }
const stricter = rulesText.replace('at most 5,000 EUR and the purchase', 'at most 2,000 EUR and the purchase')
const past: Past = {
  days: 90,
  left: 0,
  cases: [100_000, 300_000, 900_000].map((amount, at) => ({
    ...{
      id: String(at),
      facts: someFacts({ amount }),
      outcome: null,
      number: `F-${at}`,
      vendor: 'A vendor',
      waited: at,
    },
  })),
}

describe('rules', () => {
  it('that are those in force change nothing', () => {
    expect(examine('rules', rulesText, beside, past)).toMatchObject({
      difference: { changes: [] },
      past: { replayed: { totals: { invoices: 3, compared: 3, changed: 0 } } },
    })
    expect(objectionsTo(examine('rules', rulesText, beside, past))).toEqual([])
  })

  it('are compared with those in force, whatever was recorded then', () => {
    expect(examine('rules', stricter, beside, past)).toMatchObject({
      difference: { changes: [{ was: { kind: 'approve' }, now: { kind: 'ask' } }] },
      past: { replayed: { totals: { changed: 1, changedAmount: 300_000 } } },
    })
  })

  it('that do not parse say where, and nothing is said of what they would change', () => {
    const examined = examine('rules', rulesText.replace('reject it', 'forget it'), beside, past)
    expect(examined).toMatchObject({ difference: null, past: null, ruleSet: null })
    expect(objectionsTo(examined)[0]).toMatch(/^line 6: /)
  })

  it('meet the same objections as when they are recorded', () => {
    const broken = rulesText.replace('ask finance within 4 hours, then the finance director within 1 day', 'approve it')
    const found = objectionsTo(examine('rules', broken, beside, null))
    expect(found).not.toEqual([])
    expect(found).toEqual(objections('rules', broken, beside).map((one) => one.replace(/, column \d+/, '')))
  })
})

describe('a charter', () => {
  it('is compared part by part', () => {
    const examined = examine('charter', charterText.replace('target: 4', 'target: 6'), beside, null)
    expect(examined).toMatchObject({ findings: [], changes: [{ part: 'measures · 1 · target', was: '4', now: '6' }] })
  })

  it('that is judged to be none says where', () => {
    const examined = examine('charter', charterText.replace('target: 4', 'target: 60'), beside, null)
    expect(examined).toMatchObject({ changes: null })
    expect(objectionsTo(examined)[0]).toMatch(/^line 9: .*worse than the baseline/)
  })

  it('that would strand the rules in force says which line of theirs', () => {
    const examined = examine('charter', charterText.replace(/ {2}finance: \{.*\n/, ''), beside, null)
    expect(objectionsTo(examined)[0]).toMatch(/could not be followed under this charter; line \d+/)
  })
})
