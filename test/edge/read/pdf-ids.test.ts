/** Accounts and VAT ids by their shape: whole, with the digits that check them, and nothing that only looks like one. */
import { describe, expect, it } from 'vitest'
import { accountsIn, vatIdsIn } from '../../../functions/edge/read/pdf-ids.ts'
import type { Line } from '../../../functions/edge/read/pdf-lines.ts'

const linesOf = (...texts: string[]): Line[] =>
  texts.map((text, index) =>
    text.split('|').map((cell, column) => ({
      text: cell,
      left: 200 * column,
      right: 200 * column + 150,
      y: 800 - 20 * index,
      height: 10,
      page: 1,
    })),
  )

describe('an account', () => {
  it.each([
    ['IBAN DE89370400440532013000', 'DE89370400440532013000'],
    ['IBAN: DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX', 'DE89370400440532013000'],
    ['NL91 ABNA 0417 1643 00', 'NL91ABNA0417164300'],
    ['FR1420041010050500013M02606 - BIC', 'FR1420041010050500013M02606'],
    ['IBAN DE8937 0400 4405 3201 3000, Bank', 'DE89370400440532013000'],
    ['IBAN: de89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['IBAN DE89-3704-0044-0532-0130-00', 'DE89370400440532013000'],
    ['IBAN DE89.3704.0044.0532.0130.00', 'DE89370400440532013000'],
    ['IBAN|DE89 3704 0044|0532 0130 00|Bank', 'DE89370400440532013000'],
    ['IBAN EG38 0019 0005 0000 0000 2631 8000 2', 'EG380019000500000000263180002'],
    ['BR15 0000 0000 0000 1093 2840 814P 2', 'BR1500000000000010932840814P2'],
  ])('in %s is found', (text, account) => {
    expect(accountsIn(linesOf(text))).toEqual({ accounts: [account], doubts: [] })
  })

  it.each([
    'DE89 3704 0044',
    'XX89370400440532013000',
    'DE89370400440532013000123',
    'IBAN DE** **** 3000',
    'A1DE89370400440532013000',
    'Model at20.1234.5678.9012.3456',
  ])('in %s is none', (text) => expect(accountsIn(linesOf(text))).toEqual({ accounts: [], doubts: [] }))

  it.each(['IBAN DE89 3704 0044', 'IBAN: ZZ89 3704 0044 0532 0130 00', 'iban de89-3704-0044-0532-0130-01'])(
    'in %s cannot be read, which is a doubt',
    (text) =>
      expect(accountsIn(linesOf(text, 'DE89370400440532013000'))).toEqual({
        accounts: ['DE89370400440532013000'],
        doubts: ['an account is named that cannot be read whole'],
      }),
  )

  it.each(['Sort code 20-20-15, account 12345678', 'Routing number: 021000021', 'BLZ 37040044 Kto. 532013000'])(
    'in %s is one that is not read, which is a doubt where there is no other',
    (text) => {
      expect(accountsIn(linesOf(text)).doubts).toEqual(['an account is named that is no IBAN, which is not read'])
      expect(accountsIn(linesOf(text, 'DE89370400440532013000')).doubts).toEqual([])
    },
  )

  it('twice is one, and two are two', () => {
    const { accounts } = accountsIn(
      linesOf('DE89 3704 0044 0532 0130 00', 'DE89370400440532013000', 'NL91 ABNA 0417 1643 00'),
    )
    expect(accounts).toEqual(['DE89370400440532013000', 'NL91ABNA0417164300'])
  })
})

describe('a VAT id', () => {
  it.each([
    ['USt-IdNr.: DE129273398', 'DE129273398'],
    ['VAT No. GB 123 4567 89', 'GB123456789'],
    ['N° TVA intracommunautaire : FR 40 303 265 045', 'FR40303265045'],
    ['BTW|NL004495445B01', 'NL004495445B01'],
    ['P.IVA IT00743110157', 'IT00743110157'],
    ['CHE-116.281.710 MWST, VAT CHE-116.281.710', 'CHE116281710'],
  ])('in %s is found', (text, id) => {
    expect(vatIdsIn(linesOf(text)).map((one) => one.id)).toEqual([id])
  })

  it('below its label is found', () => {
    expect(vatIdsIn(linesOf('VAT Registration No.|Home page', 'DE129273398|example.com')).map(({ id }) => id)).toEqual([
      'DE129273398',
    ])
  })

  it.each(['DE129273398', 'VAT DE12927339', 'VAT: NL91 ABNA 0417 1643 00', 'Order AT12345678', 'VAT 19%'])(
    'in %s is none',
    (text) => {
      expect(vatIdsIn(linesOf(text))).toEqual([])
    },
  )

  it.each([
    'Your VAT no. DE129273398',
    'Kunden-USt-IdNr. DE129273398',
    'TVA client FR40303265045',
    'Uw BTW-nummer NL004495445B01',
  ])('in %s is the buyer’s', (text) => expect(vatIdsIn(linesOf(text)).map(({ whose }) => whose)).toEqual(['buyer']))
})
