/** What is new in another version, in its own sentences, and whom it is told: everybody whose work changes, and nobody else. */
import { describe, expect, it } from 'vitest'
import type { Decided } from '../../../functions/core/agreement/decided.ts'
import {
  charterNews,
  firstNews,
  type RulesNews,
  receiptsTo,
  rulesNews,
  whoseWork,
} from '../../../functions/core/agreement/news.ts'
import type { Charter } from '../../../functions/core/pilot/charter.ts'
import { vocabulary } from '../../../functions/core/pilot/roles.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { samplePilot } from '../../make/pilot.ts'
import { aCharter, cto, desk1, desk2, director, finance1, finance2, manager } from '../../make/state.ts'

const charter = aCharter()
const coo = 'coo@pilot.example'
const marketing = 'marketing.manager@pilot.example'
const text = samplePilot()['rules.txt'] ?? ''
const rulesOf = (rules: string) => {
  const { ruleSet } = parse(rules, vocabulary(charter))
  if (!ruleSet) throw new Error('the rules do not parse')
  return ruleSet
}
const before = rulesOf(text)
const newsOf = (rules: string): RulesNews => rulesNews(before, rulesOf(rules), ['Sales', 'Marketing'])
const toldOf = (rules: string): string[] => whoseWork(newsOf(rules), charter, charter).toSorted()

const stricter = text.replace('at most 5,000 EUR and the purchase', 'at most 2,000 EUR and the purchase')
const routine = 'When the amount is at most 5,000 EUR and the purchase order matches and the totals add up, approve it.'

describe('new rules', () => {
  it('are told by the sentences that are others, each with the one of before', () => {
    expect(newsOf(stricter).rules).toEqual([{ name: 'Routine', was: routine, now: routine.replace('5,000', '2,000') }])
    expect(newsOf(stricter).changes).toMatchObject([{ was: { kind: 'approve' }, now: { kind: 'ask' } }])
  })

  it('a rule that was not there, one that is gone, and another name', () => {
    const [gone, came] = [
      text.replace(/10\. Large\n.*\n\n/, ''),
      text.replace('10. Large', '10. Credit note\n   When it is a credit note, return it to the sender.\n\n11. Large'),
    ]
    expect(newsOf(gone).rules).toEqual([{ name: 'Large', was: expect.stringContaining('over 5,000 EUR'), now: null }])
    expect(newsOf(came).rules).toMatchObject([
      { name: 'Credit note', was: null, now: expect.stringContaining('return') },
    ])
    expect(newsOf(text.replace('8. Routine', '8. Everyday')).rules).toEqual([])
  })

  it('and new promises, to the letter', () => {
    const promise = 'Never return when the vendor is blocked.'
    expect(newsOf(`${text}\n${promise}\n`).promises).toEqual({ came: [promise], gone: [] })
    expect(rulesNews(rulesOf(`${text}\n${promise}\n`), before, []).promises).toEqual({ came: [], gone: [promise] })
  })
})

describe('whoever is told of new rules', () => {
  it('holds or backs up a role that gets other invoices, whichever department, or is the invoice desk', () => {
    expect(toldOf(stricter)).toEqual([desk1, desk2, marketing, manager].toSorted())
  })

  it('loses invoices, too', () => {
    const without = text.replace('ask finance within 4 hours, then the finance director', 'ask the finance director')
    expect(
      newsOf(without.replace('Never approve without finance when the bank details have changed.', '')).roles,
    ).toEqual(expect.arrayContaining(['finance', 'finance director']))
    expect(toldOf(without)).toEqual(expect.arrayContaining([finance1, finance2, director, coo]))
  })

  it('is asked at all, where a promise is another', () => {
    const promised = toldOf(`${text}\nNever return when the vendor is blocked.\n`)
    expect(promised).toEqual([coo, desk1, desk2, director, finance1, finance2, manager, marketing].toSorted())
  })

  it('is nobody where every invoice is decided as before', () => {
    expect(toldOf(text.replace('8. Routine', '8. Everyday'))).toEqual([])
    expect(toldOf(`# A comment.\n${text}`)).toEqual([])
  })

  it('is everybody whom either text asks, where the differences are too many to be told', () => {
    const everything: RulesNews = { ...newsOf(stricter), changes: null, roles: ['finance', 'manager'] }
    expect(whoseWork(everything, charter, charter)).toEqual(
      expect.arrayContaining([finance1, manager, marketing, desk1]),
    )
  })
})

describe('whoever is told of a new charter', () => {
  const smaller: Charter = {
    ...charter,
    people: Object.fromEntries(Object.entries(charter.people).filter(([person]) => person !== desk2)),
  }

  it('is in it, or was', () => {
    const told = whoseWork(charterNews(charter, smaller), smaller, charter)
    expect(told.toSorted()).toEqual(Object.keys(charter.people).toSorted())
  })

  it('is nobody where both say the same', () => {
    expect(whoseWork(charterNews(charter, aCharter()), aCharter(), charter)).toEqual([])
  })

  it('is everybody in it when the pilot begins, with every sentence of the rules', () => {
    const first = firstNews(before)
    expect(first).toMatchObject({ sentences: expect.arrayContaining([routine]) })
    expect(first.document === 'pilot' && first.sentences).toHaveLength(14)
    expect(whoseWork(first, charter, null)).toEqual(Object.keys(charter.people))
  })
})

describe('a receipt', () => {
  const activated = { what: 'activated', document: 'charter', version: 2, proposal: 1, textHash: 'a' } as const

  it('goes to who owns the pilot, who owned it until then, and who turned the key', () => {
    expect(receiptsTo(activated, charter, null)).toEqual([coo, cto])
    const owned = { ...charter, roles: { ...charter.roles, coo: { holders: [director], backup: null } } }
    expect(receiptsTo(activated, charter, owned)).toEqual([coo, cto, director])
    const signed: Decided = {
      ...{ what: 'countersigned', proposal: 1, textHash: 'a', why: 'x', safety: null },
      ...{ key: 'build', by: 'platform@pilot.example', inPlaceOf: cto },
    }
    expect(receiptsTo(signed, charter, charter)).toEqual([coo, cto, 'platform@pilot.example'])
  })
})
