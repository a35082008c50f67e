/** Whose invoice it is: what points to a vendor, and what happens where it points to two. */
import { describe, expect, it } from 'vitest'
import { matchVendor, sellerKeys } from '../../../functions/core/invoice/vendor.ts'
import { anInvoice } from '../../make/history.ts'
import { aVendor } from '../../make/invoice.ts'

const paper = aVendor()
const fairs = aVendor({
  vendor: 'V-200',
  name: 'Nordlicht Messebau GmbH',
  vatId: 'DE222222222',
  ibans: ['DE89370400440532013000'],
  emails: ['rechnung@nordlicht.example'],
})
const vendors = [paper, fairs]
const nobody = { address: 'someone@else.example', dmarcPassed: true }
const unknown = { seller: { name: 'Somebody Else Ltd', vatId: null }, accounts: [] as string[] }

describe('the vendor of an invoice', () => {
  it.each([
    [
      'its VAT id, however it is written',
      anInvoice({ ...unknown, seller: { name: null, vatId: 'de 811.907.980' } }),
      nobody,
    ],
    [
      'its account, however it is written',
      anInvoice({ ...unknown, accounts: ['de02 1203 0000 0000 2020 51'] }),
      nobody,
    ],
    ['the sender address', anInvoice(unknown), { address: 'Billing@papier-und-druck.example', dmarcPassed: false }],
    [
      'its VAT id without the name of the tax behind it',
      anInvoice({ ...unknown, seller: { name: null, vatId: 'DE 811 907 980 MwSt' } }),
      nobody,
    ],
    [
      'its account with a word before it',
      anInvoice({ ...unknown, accounts: ['IBAN DE02 1203 0000 0000 2020 51'] }),
      nobody,
    ],
    [
      'its name without the legal form',
      anInvoice({ ...unknown, seller: { name: 'Papier und Druck', vatId: null } }),
      nobody,
    ],
    [
      'its exact name, case and spaces aside',
      anInvoice({ ...unknown, seller: { name: ' PAPIER &  Druck gmbh', vatId: null } }),
      nobody,
    ],
  ])('is known by %s', (_by, invoice, sender) => {
    expect(matchVendor(invoice, sender, vendors)).toMatchObject({ vendor: 'known', record: paper })
  })

  it('is blocked when the list says so', () => {
    const blocked = aVendor({ status: 'blocked' })
    expect(matchVendor(anInvoice(), nobody, [blocked])).toMatchObject({ vendor: 'blocked', record: blocked })
  })

  it('is mismatched when VAT id and account point to different vendors', () => {
    expect(matchVendor(anInvoice({ accounts: fairs.ibans }), nobody, vendors).vendor).toBe('mismatched')
  })

  it('is mismatched when a known sender sends in another vendor’s name', () => {
    const sender = { address: 'rechnung@nordlicht.example', dmarcPassed: true }
    expect(matchVendor(anInvoice(), sender, vendors).vendor).toBe('mismatched')
  })

  it('is mismatched when one thing points to two vendors and nothing tells them apart', () => {
    const twin = aVendor({ vendor: 'V-101', name: 'Papier & Druck Nord GmbH' })
    const invoice = anInvoice({ ...unknown, seller: { name: null, vatId: 'DE811907980' } })
    expect(matchVendor(invoice, nobody, [paper, twin]).vendor).toBe('mismatched')
    expect(
      matchVendor({ ...invoice, seller: { ...invoice.seller, name: paper.name } }, nobody, [paper, twin]).record,
    ).toBe(paper)
  })

  it.each([
    'Papier und Druck AG',
    'Papier & Druk GmbH',
    'PAPIER & DRUCK LTD',
    'Papier & Druck Service GmbH',
    'Pap1er & Druck GmbH',
  ])('is mismatched when only the name is similar: %s', (name) => {
    const vendors = [aVendor({ name: 'Papier & Druck GmbH' })]
    expect(matchVendor(anInvoice({ ...unknown, seller: { name, vatId: null } }), nobody, vendors).vendor).toBe(
      'mismatched',
    )
  })

  it('is the one with the very name, though another differs in its legal form only', () => {
    const other = aVendor({ vendor: 'V-101', name: 'Papier & Druck AG', vatId: null, ibans: [], emails: [] })
    const invoice = anInvoice({ ...unknown, seller: { name: 'Papier & Druck AG', vatId: null } })
    expect(matchVendor(invoice, nobody, [paper, other])).toMatchObject({ vendor: 'known', record: other })
    const bare = { ...invoice, seller: { name: 'Papier & Druck', vatId: null } }
    expect(matchVendor(bare, nobody, [paper, other]).vendor).toBe('mismatched')
  })

  it.each<[string, Parameters<typeof matchVendor>, string]>([
    [
      'what points to it',
      [anInvoice({ accounts: [] }), nobody, [paper]],
      'VAT id “DE811907980” and the name “Papier & Druck GmbH” are on the record of V-100 (“Papier & Druck GmbH”).',
    ],
    [
      'that it is blocked',
      [
        anInvoice(unknown),
        { address: 'billing@papier-und-druck.example', dmarcPassed: true },
        [aVendor({ status: 'blocked' })],
      ],
      'The sender address billing@papier-und-druck.example is on the record of V-100 (“Papier & Druck GmbH”). The vendor list says that it is blocked.',
    ],
    [
      'what points to two',
      [anInvoice({ seller: { name: null, vatId: 'DE811907980' }, accounts: fairs.ibans }), nobody, vendors],
      'On the vendor list VAT id “DE811907980” is that of V-100 (“Papier & Druck GmbH”) and the account ending in 3000 is that of V-200 (“Nordlicht Messebau GmbH”).',
    ],
    [
      'whose name it is like',
      [anInvoice({ ...unknown, seller: { name: 'Papier & Druk GmbH', vatId: null } }), nobody, vendors],
      'Only the name “Papier & Druk GmbH” is like that of V-100 (“Papier & Druck GmbH”); VAT id, account and sender address are on no vendor’s record.',
    ],
    [
      'that nothing does',
      [anInvoice(unknown), nobody, vendors],
      'Neither VAT id, account, sender address nor name is on the vendor list.',
    ],
  ])('says %s', (_what, looked, because) => {
    expect(matchVendor(...looked).because).toBe(because)
  })

  it('is new when nothing points anywhere', () => {
    expect(matchVendor(anInvoice(unknown), nobody, vendors)).toMatchObject({ vendor: 'new', record: null })
    expect(
      matchVendor(
        anInvoice({ ...unknown, seller: { name: null, vatId: '' } }),
        { address: null, dmarcPassed: false },
        vendors,
      ).vendor,
    ).toBe('new')
  })

  it('is kept under its number, and was under its VAT id and its name while less was known', () => {
    expect(sellerKeys(anInvoice(), paper)).toEqual(['V-100', 'VAT DE811907980', 'NAME papier & druck gmbh'])
    expect(sellerKeys(anInvoice(), null)).toEqual(['VAT DE811907980', 'NAME papier & druck gmbh'])
    expect(sellerKeys(anInvoice({ seller: { name: ' Somebody  ELSE', vatId: null } }), null)).toEqual([
      'NAME somebody else',
    ])
    expect(sellerKeys(anInvoice({ seller: { name: ' ', vatId: null } }), null)).toEqual([])
  })

  it('may be one of those that are pointed to, where they differ, or whose name is alike', () => {
    const two = anInvoice({ seller: { name: null, vatId: 'DE811907980' }, accounts: fairs.ibans })
    expect(matchVendor(two, nobody, vendors)).toMatchObject({ vendor: 'mismatched', perhaps: [paper, fairs] })
    const alike = anInvoice({ ...unknown, seller: { name: 'Papier & Druk GmbH', vatId: null } })
    expect(matchVendor(alike, nobody, vendors)).toMatchObject({ vendor: 'mismatched', perhaps: [paper] })
  })
})
