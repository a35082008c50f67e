/** Payments as CSV: the pilot's own columns, and the exports of banks in several languages; what can be meant in two ways is not read. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../../../functions/core/csv.ts'
import { paymentColumns } from '../../../../functions/edge/read/payments/headings.ts'
import { aPayment } from '../../../make/payment.ts'
import { bytes, read, refused } from './read.ts'

const own = (...lines: string[]) => ['date,amount,currency,creditor,account,reference', ...lines].join('\n')

describe('the pilot’s own form', () => {
  it('lists what went out', () => {
    expect(read(own('2026-11-02,119.00,EUR,"Papier, Druck",DE02 1203 0000 0000 2020 51,R-17'))).toEqual({
      format: 'CSV',
      payments: [aPayment({ creditor: 'Papier, Druck', account: 'DE02 1203 0000 0000 2020 51', references: ['R-17'] })],
    })
  })

  it('has its columns in any order, amounts with a point, and what is empty as not stated', () => {
    const text = 'Reference;Account;Creditor;Currency;Amount;Date\n;;;;1.234;2026-11-02\n'
    expect(read(text).payments).toEqual([
      aPayment({ amount: '1.234', currency: null, creditor: null, account: null, references: [] }),
    ])
  })

  it('takes a payment back with a minus', () => {
    expect(read(own('2026-11-02,-119.00,EUR,A,B,R')).payments).toMatchObject([
      { direction: 'in', reversal: true, amount: '119.00' },
    ])
  })

  it('is read back as it was written', () => {
    const plain = fc
      .string({ unit: fc.constantFrom('a', 'B', '7', ' ', ',', '"', 'ü', '-'), minLength: 1, maxLength: 12 })
      .map((text) => `x${text}x`.replace(/ +/g, ' '))
    const payment = fc.record({
      amount: fc
        .tuple(fc.nat(999_999), fc.nat(99))
        .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`),
      currency: fc.constantFrom('EUR', 'JPY', null),
      date: fc.constantFrom('2026-01-31', '2026-12-01'),
      creditor: plain,
      account: fc.constantFrom('DE02120300000000202051', null),
      references: plain.map((text) => [text]),
    })
    fc.assert(
      fc.property(fc.array(payment, { minLength: 1, maxLength: 6 }), (given) => {
        const text = writeCsv(
          paymentColumns,
          given.map(({ references, ...rest }) => ({ ...rest, reference: references[0] ?? null })),
        )
        expect(read(text).payments).toEqual(given.map((one) => aPayment(one)))
      }),
    )
  })

  it('keeps formulas as the text that they are', () => {
    expect(read(own("2026-11-02,1.00,EUR,=cmd|' /C calc'!A0,@SUM(1+9),+1")).payments).toMatchObject([
      { creditor: "=cmd|' /C calc'!A0", account: '@SUM(1+9)', references: ['+1'] },
    ])
  })
})

describe('the export of a bank', () => {
  it.each<[string, string, Record<string, unknown>[]]>([
    [
      'German, with a preamble, signs and commas',
      '"Konto";"DE11"\n\n"Kontostand:";"1.000,00 EUR"\n"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"Betrag";"Waehrung";"Info"\n"02.11.26";"03.11.26";"UEBERWEISUNG";"R-17";"Papier GmbH";"DE02120300000000202051";"-1.119,00";"EUR";"Umsatz gebucht"\n"03.11.26";"03.11.26";"GUTSCHRIFT";"K-1";"Kunde AG";"DE89370400440532013000";"12,50";"EUR";"Umsatz vorgemerkt"\n',
      [
        {
          amount: '1119.00',
          currency: 'EUR',
          direction: 'out',
          date: '2026-11-02',
          creditor: 'Papier GmbH',
          account: 'DE02120300000000202051',
          references: ['UEBERWEISUNG', 'R-17'],
          status: 'booked',
        },
        { amount: '12.50', direction: 'in', date: '2026-11-03', creditor: 'Kunde AG', status: 'pending' },
      ],
    ],
    [
      'German, payer and payee apart, the currency in the head',
      'Buchungsdatum;Wertstellung;Status;Zahlungspflichtige*r;Zahlungsempfänger*in;Verwendungszweck;IBAN;Betrag (€);Währung\n02.11.26;02.11.26;Gebucht;Wir SE;Papier;R-17;DE02;-119;EUR\n03.11.26;03.11.26;Gebucht;Kunde;Wir SE;K-1;DE89;20,00;EUR\n',
      [
        { direction: 'out', creditor: 'Papier', account: 'DE02', amount: '119' },
        { direction: 'in', creditor: 'Kunde', account: 'DE89', amount: '20.00' },
      ],
    ],
    [
      'French, in two columns',
      'Date;Libellé;Débit euros;Crédit euros\n02/11/2026;FACTURE R-17;1 119,00;\n25/11/2026;REMISE;;20,00\nSolde au 25/11/2026;;;\n'.replace(
        'Solde au 25/11/2026;;;',
        ';Solde;;',
      ),
      [
        { amount: '1119.00', direction: 'out', date: '2026-11-02', references: ['FACTURE R-17'], currency: null },
        { amount: '20.00', direction: 'in', date: '2026-11-25' },
      ],
    ],
    [
      'English, month first, zero in the other column',
      'Transaction Date,Description,Payee,Debit,Credit\n11/02/2026,R-17,Papier Ltd,"1,119.00",0.00\n11/25/2026,K-1,Customer,0.00,20.00\n',
      [
        { amount: '1119.00', direction: 'out', date: '2026-11-02', creditor: 'Papier Ltd' },
        { amount: '20.00', direction: 'in', date: '2026-11-25' },
      ],
    ],
    [
      'Dutch, with a word for the direction and days as one number',
      '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","MutatieSoort","Mededelingen"\n"20261102","Drukkerij","NL01","NL91ABNA0417164300","GT","Af","119,00","Online","Factuur R-17"\n"20261103","Klant","NL01","NL20INGB0001234567","GT","Bij","20,00","Online","K-1"',
      [
        {
          amount: '119.00',
          currency: 'EUR',
          direction: 'out',
          creditor: 'Drukkerij',
          account: 'NL91ABNA0417164300',
          references: ['Factuur R-17'],
        },
        { direction: 'in', currency: 'EUR' },
      ],
    ],
    [
      'Swiss, apostrophes between thousands, bars between cells, a debit with its sign',
      'Datum|Avisierungstext|Gutschrift in CHF|Lastschrift in CHF\n02.11.2026|R-17||-1’119.05\n03.11.2026|K-1|20.00|\n',
      [
        { amount: '1119.05', currency: 'CHF', direction: 'out' },
        { amount: '20.00', currency: 'CHF', direction: 'in' },
      ],
    ],
    [
      'with the currency beside the amount and a minus behind it',
      'Date\tAmount\tPayee\n2026-11-02\t1.119,05- EUR\tA\n'.replace('1.119,05- EUR', 'EUR 1.119,05-'),
      [{ amount: '1119.05', currency: 'EUR', direction: 'out' }],
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text).payments).toMatchObject(expected)
    expect(read(new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))).payments).toEqual(read(text).payments)
    expect(read(new Uint8Array(Buffer.from(text.replaceAll('’', "'"), 'latin1'))).payments).toEqual(
      read(text).payments.map((one) => one),
    )
  })

  it('in which an account never changes is its own account', () => {
    expect(read('Date,IBAN,Amount\n2026-11-02,NL01,-1.00\n2026-11-03,NL01,-2.00').payments).toMatchObject([
      { account: null },
      { account: null },
    ])
  })

  it.each(['Tegenrekening', 'IBAN Zahlungsbeteiligter', 'Compte bénéficiaire', 'Beneficiary IBAN'])(
    'states the other side’s account of a single payment under %s, never its own instead',
    (heading) => {
      const text = (...lines: string[]) => [`Date,IBAN,${heading},Amount`, ...lines].join('\n')
      expect(read(text('2026-11-02,NL01,NL02,-1.00')).payments).toMatchObject([{ account: 'NL02' }])
      expect(read(text('2026-11-02,NL01,,-1.00', '2026-11-03,NL03,,-2.00')).payments).toMatchObject([
        { account: null },
        { account: null },
      ])
    },
  )
})

describe('what could be meant in two ways, or in none', () => {
  const signed = (date: string, amount: string) => `Date,Payee,Amount\n${date},A,${amount}\n`

  it.each([
    ['a day and a month', signed('03/04/2026', '-1.50'), 'line 2: the date "03/04/2026" can be meant in two ways'],
    ['thousands or decimals', signed('2026-11-02', '-1.234'), 'line 2: the amount "-1.234" can be meant in two ways'],
    [
      'amounts written in two ways',
      'Date;Amount\n2026-11-02;-1.50\n2026-11-03;-1,50\n',
      'line 3: the amount is "-1,50"; expected every amount written in one way',
    ],
    ['days written in two ways', 'Date;Amount\n2026-11-02;-1.50\n03.11.2026;-1.50\n', 'the date is "03.11.2026"'],
    ['no direction', signed('2026-11-02', '1.50'), 'nothing says which of the amounts went out'],
    ['two amounts', 'Date,Amount,Betrag\n2026-11-02,-1,-2', '"Amount" and "Betrag" both state the amount'],
    ['two directions', 'Date,Debit,Credit\n2026-11-02,1.00,2.00', 'an amount in two columns'],
    ['a credit with a minus', 'Date,Debit,Credit\n2026-11-02,,-2.00', 'the credit is "-2.00"'],
    ['two currencies', 'Date,Amount,Currency,Währung\n2026-11-02,-1.50,EUR,USD', 'the currency is "USD"'],
    [
      'an unknown direction',
      'Date,Amount,Debit/Credit\n2026-11-02,1.50,perhaps',
      '"perhaps" (Debit/Credit) does not say',
    ],
    ['a decimal comma between commas', own('2026-11-02,1,50,EUR,A,B,R'), 'line 2: the line has 7 cells; expected 6'],
    ['no amount', own('2026-11-02,,EUR,A,B,R'), 'line 2: the line has no amount'],
    ['no date', own(',1.50,EUR,A,B,R'), 'line 2: the line has an amount and no date'],
    ['a word for an amount', own('2026-11-02,much,EUR,A,B,R'), 'the amount is "much"'],
    ['a word for a date', own('soon,1.50,EUR,A,B,R'), 'the date is "soon"'],
    ['a word for a currency', own('2026-11-02,1.50,Euro,A,B,R'), 'the currency is "Euro"'],
    ['an open quote', own('2026-11-02,1.50,EUR,"A,B,R'), 'line 2: This quote is not closed'],
    ['a payment that failed', 'Date,Amount,Status\n2026-11-02,-1.50,REVERTED', '"REVERTED" says that no money moved'],
    ['two delimiters', 'Date,;Amount\n2026-11-02,;-1\n', 'set apart in two ways'],
  ])('%s is refused with the place, and nothing is taken over', (_, text, told) => {
    const sentence = refused(text)
    expect(sentence).toMatch(/^This payment file cannot be used: .*; .*\.$/s)
    expect(sentence).toContain(told)
  })

  it('is told by what the other lines say', () => {
    expect(read('Date,Amount\n03/04/2026,-1.50\n03/25/2026,-2.50').payments).toMatchObject([
      { date: '2026-03-04' },
      { date: '2026-03-25' },
    ])
    expect(read('Date;Amount\n2026-11-02;-1.234\n2026-11-03;-1,5').payments).toMatchObject([
      { amount: '1234' },
      { amount: '1.5' },
    ])
  })

  it('is no payment file where no line names a day and an amount', () => {
    for (const text of [
      '',
      'vendor,name\nV-1,x',
      'person,from,to\n',
      'Dear all,\nthe amount is due.',
      'order,vendor,currency,open_amount,department,status',
    ])
      expect(() => read(text)).toThrow('null')
  })
})

describe('limits', () => {
  it('more than 100,000 lines are not read', () => {
    expect(refused(own(...Array.from({ length: 100_001 }, () => '2026-11-02,1.00,EUR,A,B,R')))).toContain(
      'more than 100,000 entries',
    )
  })

  it.each([
    ['cells', `Date;Amount\n${';'.repeat(2_000_001)}`, 'more than 2,000,000 cells'],
    ['letters in an amount', `Date;Amount\n2026-11-02;${'1 '.repeat(1_000_000)}`, 'the amount is "1 1'],
  ])('too many %s are not read', (_, text, told) => {
    expect(refused(text)).toContain(told)
  })

  it('more than 25 MB are not read', () => {
    const large = new Uint8Array(25_000_001).fill(0x20)
    large.set(bytes('OFXHEADER:100\n<OFX>'))
    expect(refused(large)).toContain('larger than 25 MB')
  })
})
