/** What a mailed list would change, and who may let it: rows by their key, accounts apart, two people for bank details. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Vendor } from '../../../functions/core/invoice/references.ts'
import { dropsMost, listChange } from '../../../functions/core/pilot/list-change.ts'
import { proposeList, refusedSender } from '../../../functions/core/pilot/list-change-arrived.ts'
import { barredOn, barsAfter } from '../../../functions/core/pilot/list-change-bars.ts'
import { listFile } from '../../../functions/core/pilot/list-change-file.ts'
import {
  answerList,
  evolveList,
  type ListHappening,
  type ListState,
  listPeople,
} from '../../../functions/core/pilot/list-change-proposal.ts'
import { parseVendors } from '../../../functions/core/pilot/lists.ts'
import { aCharter } from '../../make/state.ts'

const charter = aCharter()
const people = listPeople(charter)
const at = '2026-11-24T09:00:00.000Z'
const ibans = ['DE02120300000000202051', 'DE75512108001245126199', 'DE12500105170648489890']

const vendor = (over: Partial<Vendor> = {}): Vendor => ({
  vendor: 'V-100',
  name: 'Papier & Druck GmbH',
  vatId: null,
  ibans: [ibans[0] ?? ''],
  category: null,
  department: null,
  orderRequired: true,
  status: 'active',
  emails: [],
  ...over,
})
const source = {
  mail: 'inbound/1',
  from: people[0] ?? '',
  subject: 'vendors',
  messageId: null,
  document: { key: 'documents/1', sha256: '', name: 'vendors.csv', type: 'text/csv', size: 1 },
}
const propose = (before: Vendor[], after: Vendor[], inCharter = charter): ListHappening =>
  proposeList(
    { source, charter: inCharter, at },
    { list: 'vendors', parsed: { rows: after }, inForce: { number: 1, rows: before } },
  )
const stateOf = (...happenings: ListHappening[]): ListState =>
  happenings.reduce<ListState | null>(
    (state, happening, index) => evolveList('l', state, { ...happening, sequence: index + 1, at }) as ListState,
    null,
  ) as ListState
const proposed = stateOf(propose([vendor()], [vendor({ ibans: [ibans[1] ?? ''] })]))

describe('what a list changes', () => {
  it('is told by the number of the vendor, whatever its case', () => {
    const change = listChange('vendors', [vendor()], [vendor({ vendor: 'v-100' })])
    expect(change).toMatchObject({ comes: [], goes: [], accounts: [] })
    expect(change.changes[0]?.fields).toEqual([{ label: 'Number', was: 'V-100', is: 'v-100' }])
  })

  it.each([
    ['another account', [ibans[1]], true],
    ['one more account', [ibans[0], ibans[1]], true],
    ['no account any more', [], true],
    ['the same accounts in another order', [ibans[0]], false],
  ] as [string, string[], boolean][])('%s', (_, is, changed) => {
    const change = listChange('vendors', [vendor()], [vendor({ ibans: is })])
    expect(change.accounts).toEqual(
      changed
        ? [{ vendor: 'V-100', name: 'Papier & Druck GmbH (V-100)', isNew: false, holderWas: null, was: [ibans[0]], is }]
        : [],
    )
  })

  it.each<[string, Partial<Vendor>, string | null]>([
    ['another name', { name: 'Nordlicht Messebau GmbH' }, 'Papier & Druck GmbH, no VAT number'],
    ['a VAT number', { vatId: 'DE900000110' }, 'Papier & Druck GmbH, no VAT number'],
    ['its name written otherwise', { name: 'PAPIER und DRUCK' }, null],
    ['another category', { category: 'Rent' }, null],
  ])('accounts that stay under %s are the bank details of whoever is so called', (_what, over, holderWas) => {
    const change = listChange('vendors', [vendor()], [vendor(over)])
    expect(change.accounts.map((one) => one.holderWas)).toEqual(holderWas === null ? [] : [holderWas])
    expect(listChange('vendors', [vendor({ ibans: [] })], [vendor({ ...over, ibans: [] })]).accounts).toEqual([])
  })

  it('tells first what lets somebody else be believed, for a page does not show thousands of rows', () => {
    const rows = Array.from({ length: 600 }, (_, row) => vendor({ vendor: `V-${row}`, ibans: [] }))
    const after = rows.map((row, index) =>
      index === 599 ? { ...row, emails: ['forger@else.example'] } : { ...row, category: 'Rent' },
    )
    const { changes } = listChange('vendors', rows, after)
    expect(changes[0]?.fields).toEqual([{ label: 'Mail addresses', was: '', is: 'forger@else.example' }])
    expect(changes).toHaveLength(600)
  })

  it('a new vendor has new bank details where it has an account', () => {
    const added = (over: Partial<Vendor>) => listChange('vendors', [], [vendor(over)]).accounts.length
    expect([added({}), added({ ibans: [] })]).toEqual([1, 0])
  })

  const vendors = fc.uniqueArray(
    fc.record({
      vendor: fc.constantFrom('V-1', 'V-2', 'V-3', 'V-4'),
      name: fc.constantFrom('A', '=B'),
      ibans: fc.subarray(ibans),
    }),
    { selector: (one) => one.vendor },
  )

  it('adds up: rows before, less what goes, plus what comes, are the rows after; no account changes unseen', () => {
    fc.assert(
      fc.property(vendors, vendors, (one, other) => {
        const [before, after] = [one.map(vendor), other.map(vendor)]
        const { comes, goes, changes, accounts } = listChange('vendors', before, after)
        expect(before.length - goes.length + comes.length).toBe(after.length)
        expect(listChange('vendors', before, before)).toMatchObject({ comes: [], goes: [], changes: [], accounts: [] })
        const accountsIn = (rows: Vendor[], id: string) =>
          JSON.stringify(
            rows.flatMap(({ vendor, name, ibans }) =>
              vendor === id && ibans.length > 0 ? [name, ibans.toSorted()] : [],
            ),
          )
        for (const row of after)
          expect(accounts.some((change) => change.vendor === row.vendor)).toBe(
            accountsIn(before, row.vendor) !== accountsIn(after, row.vendor),
          )
        expect(changes.length + comes.length).toBeGreaterThanOrEqual(accounts.length)
      }),
    )
  })

  it('drops most when more than half of the rows go', () => {
    expect([
      dropsMost({ before: 4, goes: 2 }),
      dropsMost({ before: 4, goes: 3 }),
      dropsMost({ before: 0, goes: 0 }),
    ]).toEqual([false, true, false])
  })

  it('written as a file, parses to the same rows', () => {
    const rows = [vendor(), vendor({ vendor: 'V-2', name: 'A, "B"\nC', ibans, emails: ['a@b.example', 'c@d.example'] })]
    expect(parseVendors(listFile('vendors', rows))).toEqual({ rows })
  })
})

describe('a list that arrives', () => {
  const from = (over: object) =>
    refusedSender({
      list: 'vendors',
      source,
      verified: true,
      mayAnswer: true,
      charter,
      ...over,
    })

  it('is looked at where a holder sent it, and DMARC passed', () => {
    for (const person of people) expect(from({ source: { ...source, from: person } })).toBeNull()
    expect(from({ verified: false })).toMatchObject({ what: 'refused', tell: { sender: false, desk: true } })
    expect(from({ source: { ...source, from: 'sales.manager@pilot.example' } })).toMatchObject({
      tell: { sender: true, desk: true },
    })
    expect(from({ source: { ...source, from: 'coo@pilot.example' }, mayAnswer: false })).toMatchObject({
      tell: { sender: false, desk: true },
    })
  })

  it('is refused where it changes nothing, or more than people can look at', () => {
    expect(propose([vendor()], [vendor()])).toMatchObject({ because: expect.stringContaining('says the same') })
    const many = Array.from({ length: 10_001 }, (_, row) => vendor({ vendor: `V-${row}`, ibans: [] }))
    expect(propose([], many)).toMatchObject({ because: expect.stringContaining('10001 rows') })
    const accounts = Array.from({ length: 2001 }, (_, row) => vendor({ vendor: `V-${row}` }))
    expect(propose([], accounts)).toMatchObject({ because: expect.stringContaining('2001 vendors at once') })
    expect(propose([], [vendor({ name: 'x'.repeat(4001) })])).toMatchObject({
      because: expect.stringContaining('Row 1'),
    })
  })

  it('is refused where bank details change and nobody could be the second person', () => {
    const alone = {
      ...charter,
      roles: {
        ...charter.roles,
        finance: { holders: [source.from], backup: null },
        'invoice desk': { holders: [source.from], backup: null },
      },
    }
    expect(propose([], [vendor()], alone)).toMatchObject({ because: expect.stringContaining('two people') })
    expect(propose([], [vendor({ ibans: [] })], alone)).toMatchObject({ what: 'proposed' })
  })
})

describe('an answer to a list', () => {
  const [first = '', second = ''] = people
  const now = { charter, inForce: 1, at }
  const yes = (by: string) => ({ by, decision: 'confirm' })

  it('of one person is not enough where bank details change; of the same person twice neither', () => {
    expect(answerList(proposed, yes(first), now)).toEqual({
      kind: 'recorded',
      happenings: [{ what: 'confirmed', by: first, remindAt: '2026-11-25T09:00:00.000Z' }],
    })
    const once = stateOf(propose([], [vendor()]), { what: 'confirmed', by: first, remindAt: null })
    expect(answerList(once, yes(first), now)).toEqual({ kind: 'late' })
    expect(answerList(once, yes(second), now)).toEqual({
      kind: 'recorded',
      happenings: [
        { what: 'confirmed', by: second, remindAt: null },
        { what: 'taken over', number: 2 },
      ],
    })
  })

  it('of somebody who holds neither role any more is refused', () => {
    expect(answerList(proposed, yes('coo@pilot.example'), now)).toMatchObject({ kind: 'refused' })
  })

  it('is late when it was declined, stale when another list is in force', () => {
    const declined = stateOf(propose([], [vendor()]), { what: 'declined', by: first, reason: 'no' })
    expect(answerList(declined, yes(second), now)).toEqual({ kind: 'late' })
    expect(answerList(proposed, yes(first), { ...now, inForce: 2 })).toEqual({ kind: 'stale' })
  })
})

describe('who let new bank details in', () => {
  const [first = '', second = ''] = people
  const inForce = stateOf(
    propose([], [vendor()]),
    { what: 'confirmed', by: first, remindAt: null },
    { what: 'confirmed', by: second, remindAt: null },
  )
  const bars = barsAfter([], inForce, at)

  it('does not decide on that vendor’s invoices for 14 days, and on others’ at once', () => {
    const who = (id: string | null, now: string) => barredOn(bars, id, now).map(({ person }) => person)
    expect(who('V-100', at)).toEqual([first, second])
    expect(who('v-100', '2026-12-08T08:59:59.999Z')).toEqual([first, second])
    expect(who('V-100', '2026-12-08T09:00:00.000Z')).toEqual([])
    expect([who('V-200', at), who(null, at)]).toEqual([[], []])
  })

  it('stays barred when another list follows', () => {
    const other = stateOf(propose([vendor()], [vendor({ category: 'Print' })]), {
      what: 'confirmed',
      by: first,
      remindAt: null,
    })
    expect(barsAfter(bars, other, '2026-11-25T09:00:00.000Z')).toEqual(bars)
    expect(barsAfter(bars, other, '2026-12-09T09:00:00.000Z')).toEqual([])
  })
})
