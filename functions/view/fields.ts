/** The fields of an invoice as people read and write them: at the desk, and where something was corrected. */
import type { Invoice } from '../core/invoice/invoice.ts'

export type Field = {
  /** As `commands.md`, INVOICE, names it; also the name in the form. */
  name: string
  label: string
  hint?: string
  /** What the browser helps with. */
  as?: 'date' | 'amount' | 'type'
  value: (invoice: Invoice) => string | null
}

/** The fields of an invoice in the order of a document, those in one group beside each other where there is room. */
export const fields: { legend: string; fields: Field[] }[] = [
  {
    legend: 'The document',
    fields: [
      { name: 'number', label: 'Invoice number', value: (invoice) => invoice.number },
      { name: 'documentType', label: 'Kind', as: 'type', value: (invoice) => invoice.documentType },
      { name: 'issueDate', label: 'Invoice date', as: 'date', value: (invoice) => invoice.issueDate },
      { name: 'dueDate', label: 'To be paid by', as: 'date', value: (invoice) => invoice.dueDate },
      { name: 'orderReference', label: 'Purchase order', value: (invoice) => invoice.orderReference },
      { name: 'buyerReference', label: 'Buyer’s reference', value: (invoice) => invoice.buyerReference },
    ],
  },
  {
    legend: 'Who sells',
    fields: [
      { name: 'seller.name', label: 'Seller', value: (invoice) => invoice.seller.name },
      { name: 'seller.vatId', label: 'Seller’s VAT id', value: (invoice) => invoice.seller.vatId },
      {
        name: 'accounts',
        label: 'Accounts to pay to (IBAN)',
        hint: 'Several: with commas between them.',
        value: (invoice) => invoice.accounts.join(', '),
      },
    ],
  },
  {
    legend: 'Who buys',
    fields: [
      { name: 'buyer.name', label: 'Buyer', value: (invoice) => invoice.buyer.name },
      { name: 'buyer.vatId', label: 'Buyer’s VAT id', value: (invoice) => invoice.buyer.vatId },
    ],
  },
  {
    legend: 'Amounts',
    fields: [
      {
        name: 'currency',
        label: 'Currency',
        hint: 'Three letters, such as EUR.',
        value: (invoice) => invoice.currency,
      },
      {
        name: 'payable',
        label: 'To be paid',
        hint: 'Such as 1,234.50',
        as: 'amount',
        value: (invoice) => invoice.payable,
      },
      { name: 'taxExclusive', label: 'Total without tax', as: 'amount', value: (invoice) => invoice.taxExclusive },
      { name: 'tax', label: 'Tax', as: 'amount', value: (invoice) => invoice.tax },
      { name: 'taxInclusive', label: 'Total with tax', as: 'amount', value: (invoice) => invoice.taxInclusive },
      { name: 'prepaid', label: 'Paid before', as: 'amount', value: (invoice) => invoice.prepaid },
      { name: 'lineExtension', label: 'Sum of the lines', as: 'amount', value: (invoice) => invoice.lineExtension },
    ],
  },
]

/** How people call a field. */
export const labelOf = (name: string): string =>
  fields.flatMap((group) => group.fields).find((field) => field.name === name)?.label ?? name
