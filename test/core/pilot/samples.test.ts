/** The sample mails of the local pilot: each fits the pilot's lists, and the sums of each invoice add up. */
import { readdirSync } from 'node:fs'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { toMinor } from '../../../functions/core/money.ts'
import { parseOrders, parseVendors } from '../../../functions/core/pilot/lists.ts'
import { aCharter, sampleFile } from '../../make/charter.ts'

const rowsOf = <Row>(list: { rows: Row[] } | { findings: unknown[] }): Row[] => ('rows' in list ? list.rows : [])
const vendors = rowsOf(parseVendors(sampleFile('vendors.csv')))
const orders = rowsOf(parseOrders(sampleFile('orders.csv')))

const names = readdirSync(new URL('../../../infra/local/pilot/samples', import.meta.url))
const mails = names.map((name) => ({ name, text: sampleFile(`samples/${name}`) }))
const xml = new XMLParser({ removeNSPrefix: true, parseTagValue: false, isArray: (name) => /Line$/.test(name) })

type Ubl = Record<string, never> & {
  LegalMonetaryTotal: Record<string, string>
  TaxTotal: {
    TaxAmount: string
    TaxSubtotal: { TaxableAmount: string; TaxAmount: string; TaxCategory: { Percent: string } }
  }
  PaymentMeans: { PayeeFinancialAccount: { ID: string } }
  AccountingCustomerParty: { Party: { PartyTaxScheme: { CompanyID: string } } }
  AccountingSupplierParty: { Party: { PartyTaxScheme: { CompanyID: string } } }
  OrderReference?: { ID: string }
}

const minor = (amount = ''): number => toMinor(amount, 'EUR') ?? Number.NaN

const documents = mails.flatMap(({ name, text }) => {
  const found = /<(Invoice|CreditNote) [\s\S]*<\/\1>/.exec(text)
  if (!found) return []
  const read = xml.parse(found[0]) as Record<string, Ubl>
  const kind = found[1] as 'Invoice' | 'CreditNote'
  const document = read[kind] as Ubl
  const lines = document[`${kind}Line`] as unknown as Record<string, string>[]
  const quantities = lines.map(({ InvoicedQuantity, CreditedQuantity }) => Number(InvoicedQuantity ?? CreditedQuantity))
  const prices = lines.map(({ Price }) => minor((Price as unknown as { PriceAmount: string }).PriceAmount))
  const sender = /^From: .*<(.+)>$/m.exec(text)?.[1] ?? ''
  return [{ name, document, lines, quantities, prices, sender }]
})

describe('the samples', () => {
  it('are six mails in plain ASCII, five of them with an invoice that can be read', () => {
    expect(mails.map(({ name }) => name)).toEqual([
      '1-routine.eml',
      '2-large.eml',
      '3-new-vendor.eml',
      '4-small.eml',
      '5-pdf.eml',
      '6-credit-note.eml',
    ])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what ASCII is
    for (const { text } of mails) expect(text).toMatch(/^[\x00-\x7f]*$/)
    expect(documents).toHaveLength(5)
  })

  it.each(documents)('$name adds up', ({ document, lines, quantities, prices }) => {
    const { LineExtensionAmount, TaxExclusiveAmount, TaxInclusiveAmount, PayableAmount } = document.LegalMonetaryTotal
    const net = lines.reduce((sum, line) => sum + minor(line.LineExtensionAmount), 0)
    const { TaxAmount, TaxSubtotal } = document.TaxTotal
    expect(lines.map((line) => minor(line.LineExtensionAmount))).toEqual(
      prices.map((price, index) => price * (quantities[index] ?? 0)),
    )
    expect([minor(LineExtensionAmount), minor(TaxExclusiveAmount), minor(TaxSubtotal.TaxableAmount)]).toEqual([
      net,
      net,
      net,
    ])
    expect(minor(TaxAmount)).toBe(Math.round((net * Number(TaxSubtotal.TaxCategory.Percent)) / 100))
    expect(minor(TaxSubtotal.TaxAmount)).toBe(minor(TaxAmount))
    expect(minor(TaxInclusiveAmount)).toBe(net + minor(TaxAmount))
    expect(minor(PayableAmount)).toBe(minor(TaxInclusiveAmount))
  })

  it.each(documents)('$name is for the pilot’s company', ({ document }) => {
    expect(document.AccountingCustomerParty.Party.PartyTaxScheme.CompanyID).toBe(aCharter().company.vatId)
  })

  it.each(documents.filter(({ name }) => name !== '3-new-vendor.eml'))('$name is from a listed vendor', (sample) => {
    const { document, sender } = sample
    const vendor = vendors.find(
      ({ vatId }) => vatId === document.AccountingSupplierParty.Party.PartyTaxScheme.CompanyID,
    )
    expect(vendor?.emails).toContain(sender)
    expect(vendor?.ibans).toContain(document.PaymentMeans.PayeeFinancialAccount.ID)
    const order = orders.find(({ order: number }) => number === document.OrderReference?.ID)
    if (vendor?.orderRequired) expect(order).toMatchObject({ vendor: vendor.vendor, status: 'open' })
    if (order) expect(minor(order.openAmount)).toBe(minor(document.LegalMonetaryTotal.PayableAmount))
  })

  it('the new vendor is new', () => {
    const stranger = documents.find(({ name }) => name === '3-new-vendor.eml')
    expect(vendors.some(({ emails }) => emails.includes(stranger?.sender ?? ''))).toBe(false)
  })
})
