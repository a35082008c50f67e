/** OFX as banks of both generations write it; the sign says which way the money went. */
import { describe, expect, it } from 'vitest'
import { read, refused } from './read.ts'

const sgml = (transactions: string, currency = '<CURDEF>EUR') =>
  `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>${currency}<BANKACCTFROM><ACCTID>1</BANKACCTFROM>\n<BANKTRANLIST>${transactions}</BANKTRANLIST><LEDGERBAL><BALAMT>1</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
const one = (amount: string, more = '') =>
  `\n<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261102120000.000[-5:EST]<TRNAMT>${amount}<FITID>F-1${more}<NAME>Papier &amp; Druck<MEMO>R-17\n</STMTTRN>`

describe('OFX', () => {
  it('is read without end tags', () => {
    expect(read(sgml(one('-119.00')))).toEqual({
      format: 'OFX 1.0.2',
      payments: [
        {
          amount: '119.00',
          currency: 'EUR',
          direction: 'out',
          date: '2026-11-02',
          creditor: 'Papier & Druck',
          account: null,
          references: ['F-1', 'R-17'],
          reversal: false,
          status: 'booked',
        },
      ],
    })
  })

  it('is read as XML, with groups that have names of their own', () => {
    const xml = `<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="211"?><OFX><CCSTMTRS><CURDEF>EUR</CURDEF><BANKTRANLIST>
      <STMTTRN><DTPOSTED>20261102</DTPOSTED><TRNAMT>+12,5</TRNAMT><FITID>2</FITID><PAYEE><NAME>Miller &#38; Co</NAME></PAYEE>
      <BANKACCTTO><BANKID>1</BANKID><ACCTID>123</ACCTID></BANKACCTTO><CURRENCY><CURRATE>1.1</CURRATE><CURSYM>USD</CURSYM></CURRENCY><MEMO><![CDATA[a<b]]></MEMO></STMTTRN>
      </BANKTRANLIST></CCSTMTRS></OFX>`
    expect(read(xml)).toMatchObject({
      format: 'OFX 2.1.1',
      payments: [
        {
          amount: '12.5',
          currency: 'USD',
          direction: 'in',
          creditor: 'Miller & Co',
          account: '123',
          references: ['2', 'a<b'],
        },
      ],
    })
  })

  it('has each statement’s own currency, and none where none is stated', () => {
    expect(read(sgml(one('-1')) + sgml(one('-2'), '<CURDEF>CHF')).payments).toMatchObject([
      { currency: 'EUR' },
      { currency: 'CHF' },
    ])
    expect(read(sgml(one('-1'), '<CURDEF>')).payments).toMatchObject([{ currency: null }])
  })

  it('a transaction that deletes another gives its money back', () => {
    const deleted = one('-119.00', '<CORRECTFITID>F-0<CORRECTACTION>DELETE')
    expect(read(sgml(deleted)).payments).toMatchObject([
      { direction: 'in', reversal: true, references: ['F-1', 'F-0', 'R-17'] },
    ])
  })

  it('without transactions is a payment file without payments', () => {
    expect(read(sgml('')).payments).toEqual([])
  })

  it.each([
    ['an amount', sgml(`${one('-1')}${one('$120')}`), 'line 10: TRNAMT is "$120"; expected a decimal'],
    ['a million starts', `<OFX>${'<STMTTRN>'.repeat(1_000_000)}`, 'within another'],
    ['no amount', sgml(one('')), 'TRNAMT is nothing'],
    ['a day', sgml(one('-1').replace('20261102', '20261302')), 'DTPOSTED is "20261302'],
    ['a replacement', sgml(one('-1', '<CORRECTFITID>F-0<CORRECTACTION>REPLACE')), 'replaces another'],
    [
      'one transaction in another',
      sgml(one('-1').replace('</STMTTRN>', '') + one('-2')),
      '<STMTTRN> stands within another',
    ],
    ['an end that is missing', sgml(one('-1').replace('</STMTTRN>', '')), 'has no end'],
    ['a DOCTYPE', `<!DOCTYPE x>${sgml(one('-1'))}`, 'DOCTYPE'],
  ])('with %s is refused with the place', (_, text, told) => {
    expect(refused(text)).toContain(told)
  })
})
