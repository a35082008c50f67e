/** ISO 20022: statements, notices and orders of every version, with one amount for each payment that can be told. */
import { describe, expect, it } from 'vitest'
import { read, refused } from './read.ts'

const party = (name: string, { nested = false } = {}) => (nested ? `<Pty><Nm>${name}</Nm></Pty>` : `<Nm>${name}</Nm>`)

const transaction = ({
  amount = '',
  creditor = party('Papier &amp; Druck GmbH'),
  more = '',
  references = '<EndToEndId>E2E-1</EndToEndId><InstrId>I-1</InstrId><TxId>T-1</TxId>',
} = {}) => `<TxDtls><Refs>${references}</Refs>${amount}
  <RltdPties><Dbtr>${party('Pilot Trading SE')}</Dbtr><Cdtr>${creditor}</Cdtr>
  <CdtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></CdtrAcct></RltdPties>
  <RmtInf><Ustrd>Invoice R-17</Ustrd><Strd><RfrdDocInf><Nb>R-17</Nb></RfrdDocInf><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>${more}</TxDtls>`

const entry = ({
  amount = '119.00',
  sign = 'DBIT',
  day = '<BookgDt><Dt>2026-11-02</Dt></BookgDt>',
  status = '<Sts><Cd>BOOK</Cd></Sts>',
  more = '',
  details = transaction(),
} = {}) =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd>${status}${day}${more}<NtryDtls>${details}</NtryDtls></Ntry>`

const camt = (
  entries: string,
  { message = 'BkToCstmrStmt', holder = 'Stmt', version = 'camt.053.001.08', prefix = '' } = {},
) => {
  const xml = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${version}"><${message}><GrpHdr><MsgId>M</MsgId></GrpHdr><${holder}><Id>S</Id>${entries}</${holder}></${message}></Document>`
  return prefix === '' ? xml : xml.replace(/<(\/?)(\w)/g, `<$1${prefix}:$2`).replace('xmlns=', `xmlns:${prefix}=`)
}

const whole = {
  amount: '119.00',
  currency: 'EUR',
  direction: 'out',
  date: '2026-11-02',
  creditor: 'Papier & Druck GmbH',
  account: 'DE02120300000000202051',
  references: ['E2E-1', 'I-1', 'T-1', 'Invoice R-17', 'RF18539007547034', 'R-17'],
  reversal: false,
  status: 'booked',
}

describe('a statement', () => {
  it.each([
    ['camt.053', { message: 'BkToCstmrStmt', holder: 'Stmt', version: 'camt.053.001.02' }],
    ['camt.053, later', { version: 'camt.053.001.13' }],
    ['camt.052', { message: 'BkToCstmrAcctRpt', holder: 'Rpt', version: 'camt.052.001.06' }],
    ['camt.054', { message: 'BkToCstmrDbtCdtNtfctn', holder: 'Ntfctn', version: 'camt.054.001.04' }],
    ['with a prefix', { prefix: 'ns2' }],
    ['of 2008', { message: 'BkToCstmrStmtV01', version: 'camt.053.001.01' }],
  ])('%s is read', (_, made) => {
    const { format, payments } = read(camt(entry(), made))
    expect(payments).toEqual([whole])
    expect(format).toMatch(/^camt\.05[234]\.001\.\d\d$/)
  })

  it('in an envelope is read', () => {
    expect(read(`<Envelope><Header/><Body>${camt(entry())}</Body></Envelope>`).payments).toEqual([whole])
  })

  it('several in one envelope are all read, or none', () => {
    const both = `<Envelope>${camt(entry())}${camt(entry({ amount: '2' }))}</Envelope>`
    expect(read(both).payments).toMatchObject([{ amount: '119.00' }, { amount: '2' }])
    const other = pain('<PmtInf/>', { message: 'CstmrPmtStsRpt', version: 'pain.002.001.10' }).replace(/<\?.*\?>/, '')
    expect(refused(`<Envelope>${camt(entry())}${other}</Envelope>`)).toContain('report')
  })

  it('does not count what stands in a comment, and takes CDATA as text', () => {
    const { payments } = read(
      camt(`<!-- ${entry()} -->${entry({ more: '<AddtlNtryInf><![CDATA[</Ntry> & more]]></AddtlNtryInf>' })}`),
    )
    expect(payments).toEqual([{ ...whole, references: [...whole.references, '</Ntry> & more'] }])
  })

  it('of thousands of entries is read in pieces, in its order', () => {
    const { payments } = read(
      camt(Array.from({ length: 3000 }, (_, index) => entry({ amount: String(index + 1) })).join('')),
    )
    expect(payments.map(({ amount }) => amount)).toEqual(Array.from({ length: 3000 }, (_, index) => String(index + 1)))
  })

  it('names the payer of what came in, and parties as later versions write them', () => {
    const [payment] = read(camt(entry({ sign: 'CRDT' }))).payments
    expect(payment).toMatchObject({ direction: 'in', creditor: 'Pilot Trading SE', account: null })
    const nested = transaction({ creditor: party('Nested AG', { nested: true }) })
    expect(read(camt(entry({ details: nested }))).payments).toMatchObject([{ creditor: 'Nested AG' }])
  })

  it.each([
    ['a reversed entry', entry({ sign: 'CRDT', more: '<RvslInd>true</RvslInd>' })],
    [
      'one with a reason for its return',
      entry({ sign: 'CRDT', details: transaction({ more: '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' }) }),
    ],
    [
      'one coded as a return',
      entry({
        sign: 'CRDT',
        more: '<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>',
      }),
    ],
  ])('%s is a reversal, in the direction that the money took', (_, made) => {
    expect(read(camt(made)).payments).toMatchObject([{ direction: 'in', reversal: true, amount: '119.00' }])
  })

  it('has what is only announced as pending, and the day of value where none was booked', () => {
    const pending = entry({ status: '<Sts>PDNG</Sts>', day: '<ValDt><DtTm>2026-11-03T23:30:00-02:00</DtTm></ValDt>' })
    expect(read(camt(pending)).payments).toMatchObject([{ status: 'pending', date: '2026-11-03' }])
    expect(read(camt(entry({ day: '' }))).payments).toMatchObject([{ date: null }])
  })
})

describe('a collective booking', () => {
  const part = (amount: string, name: string, currency = 'EUR') =>
    transaction({
      amount: `<Amt Ccy="${currency}">${amount}</Amt>`,
      creditor: party(name),
      references: `<EndToEndId>${name}</EndToEndId>`,
    })

  it('is its transactions where they add up to it', () => {
    const { payments } = read(camt(entry({ details: part('100.00', 'A') + part('19.00', 'B') })))
    expect(payments).toMatchObject([
      { amount: '100.00', creditor: 'A', references: expect.arrayContaining(['A']) },
      { amount: '19.00', creditor: 'B', references: expect.not.arrayContaining(['A']) },
    ])
  })

  it('is read from the details of older versions as well', () => {
    const older = (amount: string) =>
      transaction({ amount: `<AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls>` })
    expect(read(camt(entry({ details: older('100') + older('19') }))).payments).toMatchObject([
      { amount: '100' },
      { amount: '19' },
    ])
  })

  it('in another currency is its transactions where a stated total confirms them', () => {
    const total = '<Btch><TtlAmt Ccy="USD">130.00</TtlAmt></Btch>'
    const { payments } = read(camt(entry({ details: total + part('100.00', 'A', 'USD') + part('30.00', 'B', 'USD') })))
    expect(payments).toMatchObject([
      { amount: '100.00', currency: 'USD' },
      { amount: '30.00', currency: 'USD' },
    ])
  })

  it.each([
    ['do not add up', part('100.00', 'A') + part('18.99', 'B')],
    ['are in another currency', part('100.00', 'A', 'USD') + part('19.00', 'B', 'USD')],
    ['have no amounts', transaction({ creditor: party('A') }) + transaction({ creditor: party('B') })],
  ])('is one payment as it was booked where its transactions %s', (_, details) => {
    const { payments } = read(camt(entry({ details })))
    expect(payments).toMatchObject([
      { amount: '119.00', currency: 'EUR', creditor: null, account: 'DE02120300000000202051' },
    ])
  })
})

const order = (amount: string, { day = '<ReqdExctnDt><Dt>2026-11-05</Dt></ReqdExctnDt>' } = {}) =>
  `<PmtInf><PmtInfId>P</PmtInfId>${day}<Dbtr><Nm>Pilot Trading SE</Nm></Dbtr>${`<CdtTrfTxInf><PmtId><InstrId>I-1</InstrId><EndToEndId>NOTPROVIDED</EndToEndId></PmtId><Amt>${amount}</Amt><Cdtr><Nm>Papier</Nm></Cdtr><CdtrAcct><Id><Othr><Id>123-4</Id></Othr></Id></CdtrAcct><RmtInf><Ustrd>R-17</Ustrd></RmtInf></CdtTrfTxInf>`.repeat(2)}</PmtInf>`

const pain = (batches: string, { message = 'CstmrCdtTrfInitn', version = 'pain.001.001.09' } = {}) =>
  `<?xml version="1.0" encoding="ISO-8859-1"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:${version}"><${message}><GrpHdr/>${batches}</${message}></Document>`

describe('an order to pay', () => {
  it('is what is ordered, every transaction of every batch', () => {
    const day = '<ReqdExctnDt>2026-11-06</ReqdExctnDt>'
    const instructed = '<InstdAmt Ccy="EUR">119.00</InstdAmt>'
    const { format, payments } = read(pain(order(instructed) + order(instructed, { day })))
    expect(format).toBe('pain.001.001.09')
    expect(payments).toHaveLength(4)
    expect(payments[0]).toEqual({
      amount: '119.00',
      currency: 'EUR',
      direction: 'out',
      date: '2026-11-05',
      creditor: 'Papier',
      account: '123-4',
      references: ['I-1', 'R-17'],
      reversal: false,
      status: 'ordered',
    })
    expect(payments[3]).toMatchObject({ date: '2026-11-06' })
  })

  it('is read with an equivalent amount, and from before 2009', () => {
    const equivalent = '<EqvtAmt><Amt Ccy="EUR">50</Amt><CcyOfTrf>USD</CcyOfTrf></EqvtAmt>'
    const older = pain(order(equivalent), { message: 'pain.001.001.02', version: 'pain.001.001.02' })
    expect(read(older).payments[0]).toMatchObject({ amount: '50', currency: 'EUR' })
  })

  it.each([
    ['CstmrDrctDbtInitn', 'pain.008.001.08', 'direct debits (pain.008.001.08)'],
    ['CstmrPmtStsRpt', 'pain.002.001.10', 'report'],
    ['CstmrPmtRvsl', 'pain.007.001.09', 'reverse'],
    ['CstmrPmtCxlReq', 'camt.055.001.08', 'cancel'],
    ['FIToFICstmrCdtTrf', 'pacs.008.001.08', 'between banks'],
  ])('%s is named, not read', (message, version, named) => {
    expect(refused(pain('<PmtInf/>', { message, version }))).toContain(named)
  })
})

describe('what cannot be used', () => {
  it.each([
    ['an amount', entry({ amount: '12,50' }), 'the amount is "12,50"; expected a decimal'],
    ['a negative amount', entry({ amount: '-1' }), 'the amount is "-1"'],
    ['a direction', entry({ sign: 'DEBIT' }), 'CdtDbtInd is "DEBIT"; expected CRDT'],
    ['a day', entry({ day: '<BookgDt><Dt>2026-02-30</Dt></BookgDt>' }), 'the date is "2026-02-30"'],
  ])('%s is told with its line, and nothing is taken over', (_, bad, told) => {
    const sentence = refused(camt(`\n${entry()}\n${bad}`).replaceAll('><Ntry', '>\n<Ntry'))
    expect(sentence).toMatch(/^This payment file cannot be used: line (\d+): .*; .*\.$/s)
    expect(sentence).toContain(told)
    const line = Number(/line (\d+)/.exec(sentence)?.[1])
    expect(line).toBeGreaterThan(4)
  })

  it.each([
    ['an entry without an end', `<Ntry>${entry()}`],
    ['an empty entry', `${entry()}<Ntry/>`],
    ['an empty entry with room', `<Ntry />${entry()}`],
    ['a comment without an end', `${entry()}<!-- `],
    ['a broken entry', entry({ details: '<TxDtls>' })],
  ])('%s is refused', (_, entries) => {
    expect(refused(camt(entries))).toMatch(/^This payment file .*; .*\.$/s)
  })

  it.each([
    ['entries', '<Ntry >'],
    ['comments', '<!--'],
    ['texts', '<![CDATA['],
    ['ends', '</NtryX>'],
  ])('a million %s that do not end take no minute', (_, part) => {
    expect(refused(camt('').slice(0, -60) + part.repeat(1_000_000))).toMatch(/^This payment file/)
  })

  it('a DOCTYPE is refused', () => {
    expect(refused(`<!DOCTYPE Document [<!ENTITY x "y">]>${camt(entry())}`)).toContain('DOCTYPE')
  })

  it('other XML is no payment file', () => {
    expect(() => read('<Invoice/>')).toThrow('null')
  })
})
