/** MT940 in the dialects of banks: which way the money went, who has it, and every reference. */
import { describe, expect, it } from 'vitest'
import { read, refused } from './read.ts'

const statement = (...lines: string[]) =>
  [
    ':20:STARTUMS',
    ':25:10020030/1234567',
    ':28C:1/1',
    ':60F:C261031EUR1000,00',
    ...lines,
    ':62F:C261130EUR0,00',
    '-',
  ].join('\r\n')
const only = (...lines: string[]) => read(statement(...lines)).payments[0]

describe('a statement line', () => {
  it.each([
    [
      'a debit',
      ':61:2611021102D119,00NTRFNONREF',
      { direction: 'out', amount: '119.00', date: '2026-11-02', reversal: false },
    ],
    ['a credit', ':61:261102C119,NTRFNONREF', { direction: 'in', amount: '119', reversal: false }],
    ['a credit taken back', ':61:2611021102RC119,5NTRFNONREF', { direction: 'out', amount: '119.5', reversal: true }],
    ['a debit given back', ':61:2611021102RD119,5NTRFNONREF', { direction: 'in', amount: '119.5', reversal: true }],
    [
      'a debit with the last letter of its currency',
      ':61:2611021102DR119,00N005NONREF',
      { direction: 'out', reversal: false },
    ],
    ['a returned item', ':61:2611021102C119,00NRTINONREF', { direction: 'in', reversal: true }],
    ['an expected debit', ':61:2611021102ED119,00NTRFNONREF', { direction: 'out', status: 'pending' }],
    ['one booked in the year before its value', ':61:2701041230D1,00NTRFNONREF', { date: '2026-12-30' }],
    ['one booked in the year after its value', ':61:2612310102D1,00NTRFNONREF', { date: '2027-01-02' }],
    ['one of the last century', ':61:990102D1,00NTRFNONREF', { date: '1999-01-02' }],
  ])('%s', (_, line, expected) => {
    expect(only(line)).toMatchObject({ currency: 'EUR', status: 'booked', ...expected })
  })

  it('has the references of the customer, the bank and the line below', () => {
    expect(only(':61:2611021102D1,00NTRFR-17//BANK-9', '/OCMT/USD1,00')?.references).toEqual([
      'R-17',
      'BANK-9',
      '/OCMT/USD1,00',
    ])
  })
})

describe('field 86', () => {
  const line = ':61:2611021102D119,00NTRFNONREF'

  it('with numbered fields names creditor, account and the words of SEPA', () => {
    expect(
      only(
        line,
        ':86:166?00UEBERWEISUNG?109310?20EREF+E2E-2026-1?21KREF+K-1?22SVWZ+Rechnung R-2026-001?237 vom 1.10.',
        '?30BYLADEM1001?31DE0212030000000020',
        '2051?32Papier und Druck Gesellscha?33ft mbH?34000',
      ),
    ).toMatchObject({
      creditor: 'Papier und Druck Gesellschaft mbH',
      account: 'DE02120300000000202051',
      references: ['E2E-2026-1', 'K-1', 'Rechnung R-2026-001 7 vom 1.10.'],
    })
  })

  it('goes on in the next field only where one is full', () => {
    expect(only(line, ':86:005?20RECHNUNG NUMMER R-2026-0001?217?22DANKE')?.references).toEqual([
      'RECHNUNG NUMMER R-2026-00017 DANKE',
    ])
  })

  it('says by its code that a transfer came back', () => {
    expect(only(':61:2611021102C119,00NTRFNONREF', ':86:159?00RETOURE?20EREF+E2E-1')).toMatchObject({ reversal: true })
  })

  it('with words between slashes is read', () => {
    expect(
      only(
        line,
        ':86:/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/Drukkerij',
        ' Jansen/REMI/Factuur R-17/EREF/E2E-1',
      ),
    ).toMatchObject({
      creditor: 'Drukkerij Jansen',
      account: 'NL91ABNA0417164300',
      references: ['E2E-1', 'Factuur R-17'],
    })
    expect(
      only(line, ':86:/EREF/E2E-1//CNTP/NL91ABNA0417164300/ABNANL2A/Drukkerij Jansen///REMI/USTD//Factuur R-17/'),
    ).toMatchObject({
      creditor: 'Drukkerij Jansen',
      account: 'NL91ABNA0417164300',
      references: ['E2E-1', 'Factuur R-17'],
    })
  })

  it('of words with colons names the other side', () => {
    expect(
      only(
        line,
        ':86:SEPA OVERBOEKING                 IBAN: NL91ABNA0417164300',
        'BIC: ABNANL2A                    NAAM: Drukkerij Jansen',
        'OMSCHRIJVING: Factuur R-17',
      ),
    ).toMatchObject({ creditor: 'Drukkerij Jansen', account: 'NL91ABNA0417164300' })
  })

  it('of plain words is a reference, with the one account that it names', () => {
    const long = `FACTUUR 17 ${'x'.repeat(50)} 2026`
    expect(only(line, `:86:${long}`, '001 NL91ABNA0417164300')).toMatchObject({
      account: 'NL91ABNA0417164300',
      references: [`${long}001 NL91ABNA0417164300`],
    })
    expect(only(line, ':86:NL91ABNA0417164300', 'DE02120300000000202051')).toMatchObject({ account: null })
    expect(only(line, ':86:Rekening NL92ABNA0417164300')).toMatchObject({ account: null })
  })
})

describe('a file', () => {
  it('may hold several statements, each in its currency, in the blocks of SWIFT', () => {
    const other = statement(':61:261102D2,00NTRFNONREF').replace('EUR1000', 'CHF1000')
    const { format, payments } = read(
      `{1:F01BANKDEFFXXXX}{2:I940}{4:\r\n${statement(':61:261102D1,00NTRFNONREF')}}\r\n${other}`,
    )
    expect(format).toBe('MT940')
    expect(payments).toMatchObject([{ currency: 'EUR' }, { currency: 'CHF' }])
  })

  it('may write @@ for the ends of its lines', () => {
    const text = statement(':61:261102D1,00NTRFNONREF', ':86:166?20SVWZ+R-17')
    expect(read(text.replaceAll('\r\n', '@@')).payments).toEqual(read(text).payments)
  })

  it('of the day is MT942', () => {
    const text = [':20:X', ':25:1', ':28C:1', ':34F:EURD0,', ':61:261102D1,00NTRFNONREF', ':90D:1EUR1,00'].join('\n')
    expect(read(text)).toMatchObject({ format: 'MT942', payments: [{ currency: 'EUR' }] })
  })

  it.each([
    ['a line', ':61:2611021102X119,00NTRF', 'line 5: :61: is "2611021102X119,00NTRF"; expected a statement line'],
    ['a day', ':61:261302D1,00NTRF', 'has the date "261302"'],
    ['a balance', ':60M:nothing', ':60M: is "nothing"; expected a balance'],
  ])('with %s that is none is refused with the place', (_, line, told) => {
    expect(refused(statement(line))).toContain(told)
  })
})
