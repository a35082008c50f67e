/** The sample mails of the local pilot: the sums of each invoice add up, and the sample rules do what each is there to show. */
import { readdirSync } from 'node:fs'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { facts } from '../../../functions/core/invoice/facts.ts'
import { toMinor } from '../../../functions/core/money.ts'
import { parsePilot } from '../../../functions/core/pilot/parse-pilot.ts'
import { vocabulary } from '../../../functions/core/pilot/roles.ts'
import { compile } from '../../../functions/core/rules/decide.ts'
import { Facts } from '../../../functions/core/rules/facts.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { impossibleFact } from '../../../functions/core/rules/possible.ts'
import { readDocument } from '../../../functions/edge/read/document.ts'
import { readMail } from '../../../functions/edge/read/mime.ts'
import { sampleFile } from '../../make/charter.ts'

const folder = new URL('../../../infra/local/pilot/samples', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.eml'))
const mails = names.map((name) => ({ name, text: sampleFile(`samples/${name}`) }))
const xml = new XMLParser({ removeNSPrefix: true, parseTagValue: false, isArray: (name) => /Line$/.test(name) })

type Ubl = Record<string, never> & {
  LegalMonetaryTotal: Record<string, string>
  TaxTotal: {
    TaxAmount: string
    TaxSubtotal: { TaxableAmount: string; TaxAmount: string; TaxCategory: { Percent: string } }
  }
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
  return [{ name, document, lines, quantities, prices }]
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
})

describe('the sample rules', () => {
  const pilot = parsePilot({
    'charter.yaml': sampleFile('charter.yaml'),
    'rules.txt': sampleFile('rules.txt'),
    'vendors.csv': sampleFile('vendors.csv'),
    'orders.csv': sampleFile('orders.csv'),
  })
  if ('findings' in pilot) throw new Error(JSON.stringify(pilot.findings))
  const { charter, rulesText, vendors, orders } = pilot
  const { ruleSet } = parse(rulesText, vocabulary(charter))

  /** What comes of a sample that is mailed by its own sender. */
  const decided = async (name: string) => {
    const mail = await readMail(new TextEncoder().encode(sampleFile(`samples/${name}`)))
    if (!('documents' in mail) || !mail.documents[0] || !ruleSet) throw new Error(`${name} cannot be read`)
    const read = await readDocument(mail.documents[0])
    if (read.kind !== 'invoice') return null
    const { invoice } = read
    const found = facts({
      invoice,
      reading: 'certain',
      corrections: null,
      to: null,
      sender: { address: mail.from[0]?.address ?? null, dmarcPassed: true },
      vendors,
      orders: orders.filter(({ order }) => order === invoice.orderReference),
      earlier: [],
      perhaps: [],
      now: '2026-11-24T09:00:00.000Z',
      charter,
    })
    return {
      certain: invoice.certain,
      doubts: found.doubts,
      department: found.department,
      rule: compile(ruleSet)(found.facts).name,
    }
  }

  it.each<[string, string, string | null]>([
    ['1-routine.eml', 'Routine', 'Marketing'],
    ['2-large.eml', 'Large', 'Sales'],
    ['3-new-vendor.eml', 'Who is it', 'Sales'],
    ['4-small.eml', 'Small', 'Sales'],
    ['6-credit-note.eml', 'Small', 'Sales'],
  ])('take %s by %s', async (name, rule, department) => {
    expect(await decided(name)).toEqual({ certain: true, doubts: [], department, rule })
  })

  it('never see the PDF: the desk fills it in first', async () => {
    expect(await decided('5-pdf.eml')).toBeNull()
  })
})

describe('the sample facts', () => {
  it('are those of an invoice that can exist', () => {
    const sample = Facts.parse(JSON.parse(sampleFile('samples/facts.json')))
    expect(impossibleFact(sample, 'EUR')).toBeNull()
  })
})
