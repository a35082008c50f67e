/** What finance keeps elsewhere and an invoice is held against: vendors, purchase orders, earlier invoices. */
import type { CalendarDate } from '../time.ts'
import type { Invoice } from './invoice.ts'

/** A row of the vendor list (`pilot-files.md`, vendors.csv). */
export type Vendor = {
  /** The vendor's number, e.g. `V-100`. */
  vendor: string
  name: string
  vatId: string | null
  ibans: string[]
  category: string | null
  department: string | null
  /** Every invoice of this vendor has to name an order. */
  orderRequired: boolean
  status: 'active' | 'blocked'
  /** Mail addresses that may send this vendor's invoices. */
  emails: string[]
}

/** A row of the order list (`pilot-files.md`, orders.csv). */
export type PurchaseOrder = {
  order: string
  /** The number of its vendor. */
  vendor: string
  currency: string
  /** What is still to be invoiced, as a decimal; invoices approved here come off it. */
  openAmount: string
  department: string | null
  status: 'open' | 'closed'
}

/** An earlier invoice of the same vendor, as later ones look back at it. */
export type EarlierInvoice = {
  id: string
  number: string | null
  issueDate: CalendarDate | null
  /** Payable total in minor units, with the sign that the document states. */
  amount: { minor: number; currency: string } | null
  documentType: Invoice['documentType']
  /** The order that it was matched with; what it names where none was. */
  orderReference: string | null
  state: 'open' | 'approved' | 'rejected' | 'returned'
  /** The rules have not decided it yet: what it will take off its order, nobody knows. */
  undecided?: boolean
}
