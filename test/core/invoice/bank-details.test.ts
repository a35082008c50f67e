/** Whether the accounts on an invoice are the vendor's. */
import { describe, expect, it } from 'vitest'
import { bankDetails as compared, ibanChecks } from '../../../functions/core/invoice/bank-details.ts'
import { aVendor } from '../../make/invoice.ts'

const bankDetails = (...of: Parameters<typeof compared>) => compared(...of).bankDetails
const known = { vendor: 'known', record: aVendor(), because: '' } as const
const own = 'DE02120300000000202051'
const foreign = 'DE89370400440532013000'

describe('bank details', () => {
  it.each([
    ['the account on the list', [own], 'unchanged'],
    ['the same account written otherwise', ['de02 1203 0000 0000 2020 51'], 'unchanged'],
    ['the same account with a word before it', ['IBAN: DE02 1203 0000 0000 2020 51'], 'unchanged'],
    ['another account', [foreign], 'changed'],
    ['one of two that is not on the list', [own, foreign], 'changed'],
    ['no account', [], 'missing'],
  ])('of a known vendor with %s', (_with, accounts, expected) => {
    expect(bankDetails(accounts, known)).toBe(expected)
  })

  it('are changed where the list has no account', () => {
    expect(bankDetails([own], { vendor: 'known', record: aVendor({ ibans: [] }), because: '' })).toBe('changed')
  })

  it('cannot be compared for a new vendor', () => {
    expect(bankDetails([own], { vendor: 'new', record: null, because: '' })).toBeNull()
    expect(bankDetails([], { vendor: 'new', record: null, because: '' })).toBe('missing')
  })

  it('are changed where the record does not match: no list speaks for the account', () => {
    expect(bankDetails([own], { vendor: 'mismatched', record: null, perhaps: [], because: '' })).toBe('changed')
  })

  it.each<[string, string[], Parameters<typeof compared>[1], string]>([
    ['on the record', [own], known, 'The account ending in 2051 is on the record of V-100.'],
    [
      'strange beside one on the record',
      [own, foreign],
      known,
      'The account ending in 3000 is not on the record of V-100; it holds the account ending in 2051.',
    ],
    [
      'of which no check digits fit',
      ['DE02120300000000202050'],
      known,
      'The account ending in 2050 is not on the record of V-100; it holds the account ending in 2051. The check digits of the account ending in 2050 do not fit.',
    ],
    [
      'of a new vendor',
      [foreign],
      { vendor: 'new', record: null, because: '' },
      'A new vendor has no account on the list that the account ending in 3000 could be compared with.',
    ],
  ])('tell an account that is %s, and never the whole of it', (_what, accounts, match, because) => {
    const told = compared(accounts, match).because
    expect(told).toBe(because)
    for (const account of accounts) expect(told).not.toContain(account)
  })

  it('of a short account tell a third', () => {
    expect(compared(['123456'], known).because).toContain('ending in 56 is not')
  })
})

describe('check digits', () => {
  it.each(['DE02120300000000202051', 'GB82WEST12345698765432', 'FR1420041010050500013M02606'])('of %s fit', (iban) => {
    expect(ibanChecks(iban)).toBe(true)
  })
  it.each(['DE02120300000000202050', 'DE20120300000000202051', 'DE', ''])('of %s do not', (iban) => {
    expect(ibanChecks(iban)).toBe(false)
  })
})
