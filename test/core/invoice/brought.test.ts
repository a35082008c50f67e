/** What the documents of a mail count as, each by itself and all together. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bringsOf,
  countsAsList,
  type DocumentKind,
  isFromFinance,
  paymentsBesideOthers,
  takenByThemselves,
} from '../../../functions/core/invoice/brought.ts'
import { aCharter } from '../../make/charter.ts'

describe('a mail', () => {
  it.each<[DocumentKind[], string]>([
    [[], 'documents'],
    [['invoice'], 'documents'],
    [['unread'], 'documents'],
    [['list'], 'list'],
    [['list', 'list'], 'list'],
    [['payments', 'payments'], 'payments'],
    [['list', 'payments'], 'documents'],
    [['payments', 'payments', 'invoice'], 'documents'],
  ])('with %j brings %s', (kinds, brings) => {
    expect(bringsOf(kinds)).toBe(brings)
  })

  it('that brings documents brings them whatever else is in it, in whichever order', () => {
    const kinds = fc.array(fc.constantFrom<DocumentKind>('invoice', 'list', 'payments', 'unread'), { minLength: 1 })
    fc.assert(
      fc.property(kinds, kinds, (some, more) => {
        expect(bringsOf([...more, ...some])).toBe(bringsOf([...some, ...more]))
        if (bringsOf(some) === 'documents') expect(bringsOf([...some, ...more])).toBe('documents')
      }),
    )
  })
})

describe('a document', () => {
  it('that is a list which is not known here is one only from finance', () => {
    const unknown = { refused: 'This is a list that is not known here.' }
    expect([countsAsList(unknown, true), countsAsList(unknown, false)]).toEqual([true, false])
    expect([countsAsList({}, true), countsAsList({}, false)]).toEqual([true, true])
  })

  it('that is a payment file beside others says what to do', () => {
    expect(paymentsBesideOthers('MT940')).toBe(
      'This is a payment file (MT940) that came with other documents; it needs no approval: ask for it in a mail of its own.',
    )
  })

  it('is taken by itself unless it only shows what another one states', () => {
    expect(takenByThemselves({ files: ['a', 'b', 'c'], twins: [{ shown: 1, read: 2, doubts: [] }] })).toEqual([0, 2])
    expect(takenByThemselves({ files: [], twins: [] })).toEqual([])
  })
})

describe('finance', () => {
  const charter = aCharter()
  const finance = 'finance1@pilot.example'

  it.each([
    ['who holds the role, proved', finance, true, true],
    ['who holds the role, not proved', finance, false, false],
    ['somebody else', 'somebody@vendor.example', true, false],
    ['nobody', '', true, false],
  ])('is %s: %s, %s', (_who, from, verified, is) => {
    expect(isFromFinance({ from, verified }, charter)).toBe(is)
  })
})
