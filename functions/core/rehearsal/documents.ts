/** Vendors, orders and invoices of a scene's own: nothing in them is known outside the scene. */
import type { Pilot } from './hands.ts'

/** A row of the vendor list. */
export type SceneVendor = {
  vendor: string
  name: string
  vatId: string
  ibans: string[]
  category: null
  department: string | null
  orderRequired: boolean
  status: 'active'
  emails: string[]
}

/** A row of the order list. */
export type SceneOrder = {
  order: string
  vendor: string
  currency: string
  openAmount: string
  department: string | null
  status: 'open'
}

export type Party = { name: string; vatId: string; account: string; mail: string }

export type Cast = {
  /** On the vendor list. */
  known: Party
  /** On no list. */
  stranger: Party
  vendors: SceneVendor[]
  orders: SceneOrder[]
}

/** An invoice; what is null it does not state. */
export type Bill = {
  number: string | null
  issueDate: string
  dueDate: string
  seller: Party
  account: string
  order: string | null
  /** Whole units of the currency, with tax; a multiple of 119, so that net and tax are whole, too. */
  payable: number | null
}

const prime = 0x01000193

/** FNV-1a. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), prime)
  return hash >>> 0
}

/** Letters and digits that are a scene's own, for numbers and names. */
export const tagOf = (scene: string): string =>
  `${hashOf(scene).toString(36)}${hashOf(`${scene}#`).toString(36)}`.toUpperCase().slice(0, 8).padEnd(8, 'X')

/** An account whose check digits fit (ISO 13616). */
const accountOf = (text: string): string => {
  const body = `${String(hashOf(text)).padStart(10, '0')}${String(hashOf(`${text}#`)).padStart(10, '0')}`.slice(-18)
  const check = 98n - (BigInt(`${body}131400`) % 97n)
  return `DE${String(check).padStart(2, '0')}${body}`
}

/** How many invoices of a kind can name an order of their own. */
const ordersOfAKind = 5

/** Amounts of orders and of what is sent for them: no two are the same, for the same sum on one day is a likeness. */
const orderAmount = (position: number): number => 238 + position * 119

const mailAt = (scene: string, name: string): string => `${name}@${scene}.rehearsal.invalid`

export const orderOf = (scene: string, position: number): string => `PO-${tagOf(scene)}-${position + 1}`

/** Who and what a scene is played with. */
export const castOf = (
  scene: string,
  { departments, currency }: Pick<Pilot, 'departments' | 'currency'>,
  alsoSends: string | null = null,
): Cast => {
  const tag = tagOf(scene)
  const [department = null] = departments
  const party = (name: string, legal: string): Party => ({
    name: `${name} ${tag} ${legal}`,
    // No tax office gives a number with letters like these.
    vatId: `DE${name.slice(0, 1).toUpperCase()}${tag}`,
    account: accountOf(`${scene} ${name}`),
    mail: mailAt(scene, name.toLowerCase()),
  })
  const known = party('Larchwood', 'Office GmbH')
  const vendor: SceneVendor = {
    vendor: `R-${tag}`,
    name: known.name,
    vatId: known.vatId,
    ibans: [known.account],
    category: null,
    department,
    orderRequired: false,
    status: 'active',
    emails: [known.mail, ...(alsoSends ? [alsoSends] : [])],
  }
  const orders = Array.from(
    { length: ordersOfAKind },
    (_, position): SceneOrder => ({
      order: orderOf(scene, position),
      vendor: vendor.vendor,
      currency,
      openAmount: `${orderAmount(position)}.00`,
      department,
      status: 'open',
    }),
  )
  return { known, stranger: party('Quibble', 'Traders Ltd'), vendors: [vendor], orders }
}

/** A kind of invoice; `position` makes several of a kind that have nothing in common but the kind. */
export type Shape = {
  /** Which kind of invoice it is. */
  name: string
  bill: (cast: Cast, scene: string, position: number) => Partial<Bill>
}

/** In the order in which a case looks for one that somebody is asked about. */
export const shapes: readonly Shape[] = [
  {
    name: 'small',
    bill: ({ known }, _, position) => ({ seller: known, payable: 1190 + position * 119 }),
  },
  {
    name: 'large',
    bill: ({ known }, _, position) => ({ seller: known, payable: 95_200 + position * 119 }),
  },
  {
    name: 'of an unknown vendor',
    bill: ({ stranger }, _, position) => ({
      seller: stranger,
      account: stranger.account,
      payable: 2380 + position * 119,
    }),
  },
  {
    name: 'with changed bank details',
    bill: ({ known }, scene, position) => ({
      seller: known,
      account: accountOf(`${scene} another`),
      payable: 3570 + position * 119,
    }),
  },
  {
    name: 'over its order',
    bill: ({ known }, scene, position) => ({
      seller: known,
      order: orderOf(scene, ordersOfAKind - 1 - position),
      payable: 2 * orderAmount(ordersOfAKind - 1 - position),
    }),
  },
  {
    name: 'fitting its order',
    bill: ({ known }, scene, position) => ({
      seller: known,
      order: orderOf(scene, position),
      payable: orderAmount(position),
    }),
  },
]

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '')

const party = ({ name, vatId }: { name: string; vatId: string }): string => `<cac:Party>
<cac:PartyName><cbc:Name>${escaped(name)}</cbc:Name></cac:PartyName>
<cac:PostalAddress><cac:Country><cbc:IdentificationCode>${escaped(vatId.slice(0, 2))}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>${escaped(vatId)}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>${escaped(name)}</cbc:RegistrationName></cac:PartyLegalEntity>
</cac:Party>`

const category = '<cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>'

/** An invoice as XML: UBL 2.1 by EN 16931, with sums that add up. */
export const ubl = (bill: Bill, { company, currency }: Pick<Pilot, 'company' | 'currency'>): string => {
  const amount = (name: string, units: number): string =>
    `<cbc:${name} currencyID="${currency}">${units}.00</cbc:${name}>`
  const gross = bill.payable ?? 1190
  const net = (gross / 119) * 100
  const tax = gross - net
  const optional = (text: string | null, element: (text: string) => string): string =>
    text === null ? '' : `\n${element(escaped(text))}`
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>${optional(bill.number, (number) => `<cbc:ID>${number}</cbc:ID>`)}
<cbc:IssueDate>${bill.issueDate}</cbc:IssueDate>
<cbc:DueDate>${bill.dueDate}</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
<cbc:DocumentCurrencyCode>${currency}</cbc:DocumentCurrencyCode>${optional(bill.order, (order) => `<cac:OrderReference><cbc:ID>${order}</cbc:ID></cac:OrderReference>`)}
<cac:AccountingSupplierParty>${party(bill.seller)}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>${party(company)}</cac:AccountingCustomerParty>
<cac:PaymentMeans>
<cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>
<cac:PayeeFinancialAccount><cbc:ID>${bill.account}</cbc:ID></cac:PayeeFinancialAccount>
</cac:PaymentMeans>
<cac:TaxTotal>
${amount('TaxAmount', tax)}
<cac:TaxSubtotal>
${amount('TaxableAmount', net)}
${amount('TaxAmount', tax)}
<cac:TaxCategory>${category}</cac:TaxCategory>
</cac:TaxSubtotal>
</cac:TaxTotal>
<cac:LegalMonetaryTotal>
${amount('LineExtensionAmount', net)}
${amount('TaxExclusiveAmount', net)}
${amount('TaxInclusiveAmount', gross)}${bill.payable === null ? '' : `\n${amount('PayableAmount', gross)}`}
</cac:LegalMonetaryTotal>
<cac:InvoiceLine>
<cbc:ID>1</cbc:ID>
<cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>
${amount('LineExtensionAmount', net)}
<cac:Item><cbc:Name>What a rehearsal orders</cbc:Name><cac:ClassifiedTaxCategory>${category}</cac:ClassifiedTaxCategory></cac:Item>
<cac:Price>${amount('PriceAmount', net)}</cac:Price>
</cac:InvoiceLine>
</Invoice>
`
}
