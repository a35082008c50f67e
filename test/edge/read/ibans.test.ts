/** IBANs in a text: where they stand, and whether their check digits fit. */
import { describe, expect, it } from 'vitest'
import { ibansAt } from '../../../functions/edge/read/ibans.ts'

describe('IBANs in a text', () => {
  it('are told with their place', () => {
    const text = 'pay to DE89 3704 0044 0532 0130 00, or NL91ABNA0417164300.'
    expect(ibansAt(text).map(({ iban, start, end }) => [iban, text.slice(start, end)])).toEqual([
      ['DE89370400440532013000', 'DE89 3704 0044 0532 0130 00'],
      ['NL91ABNA0417164300', 'NL91ABNA0417164300'],
    ])
  })

  it('whose check digits do not fit are told apart; written as no bank writes them they are none', () => {
    expect(ibansAt('DE88370400440532013000')).toMatchObject([{ checks: false }])
    for (const text of ['de88370400440532013000', 'DE88-3704-0044-0532-0130-00', 'DE88 3704 0044\t0532 0130 00'])
      expect(ibansAt(text)).toEqual([])
  })

  it.each([
    ['BR1500000000000010932840814P2', 'Brazil'],
    ['EG380019000500000000263180002', 'Egypt'],
    ['MU43BOMM0101123456789101000MUR', 'Mauritius'],
    ['SC52BAHL01031234567890123456USD', 'the Seychelles'],
    ['VG07ABVI0000000123456789', 'the Virgin Islands'],
  ])('%s is one of %s', (iban) => expect(ibansAt(iban)).toMatchObject([{ iban, checks: true }]))
})
