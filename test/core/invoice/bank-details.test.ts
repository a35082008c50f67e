/** Whether the accounts on an invoice are the vendor's. */
import { describe, expect, it } from 'vitest'
import { bankDetails } from '../../../functions/core/invoice/bank-details.ts'
import { aVendor } from '../../make/invoice.ts'

const known = { vendor: 'known', record: aVendor() } as const
const own = 'DE02120300000000202051'
const foreign = 'DE89370400440532013000'

describe('bank details', () => {
  it.each([
    ['the account on the list', [own], 'unchanged'],
    ['the same account written otherwise', ['de02 1203 0000 0000 2020 51'], 'unchanged'],
    ['another account', [foreign], 'changed'],
    ['one of two that is not on the list', [own, foreign], 'changed'],
    ['no account', [], 'missing'],
  ])('of a known vendor with %s', (_with, accounts, expected) => {
    expect(bankDetails(accounts, known)).toBe(expected)
  })

  it('are changed where the list has no account', () => {
    expect(bankDetails([own], { vendor: 'known', record: aVendor({ ibans: [] }) })).toBe('changed')
  })

  it('cannot be compared for a new vendor', () => {
    expect(bankDetails([own], { vendor: 'new', record: null })).toBeNull()
    expect(bankDetails([], { vendor: 'new', record: null })).toBe('missing')
  })

  it('are changed where the record does not match: no list speaks for the account', () => {
    expect(bankDetails([own], { vendor: 'mismatched', record: null })).toBe('changed')
  })
})
