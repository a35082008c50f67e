/** Rows of the lists and earlier invoices, as an invoice is held against them. The invoice itself is in `history.ts`. */
import type { Looked } from '../../functions/core/invoice/facts.ts'
import type { EarlierInvoice, PurchaseOrder, Vendor } from '../../functions/core/invoice/references.ts'
import { anInvoice } from './history.ts'

export const aVendor = (over: Partial<Vendor> = {}): Vendor => ({
  vendor: 'V-100',
  name: 'Papier & Druck GmbH',
  vatId: 'DE811907980',
  ibans: ['DE02120300000000202051'],
  category: 'Print',
  department: 'Marketing',
  orderRequired: false,
  status: 'active',
  emails: ['billing@papier-und-druck.example'],
  ...over,
})

export const anOrder = (over: Partial<PurchaseOrder> = {}): PurchaseOrder => ({
  order: 'PO-1001',
  vendor: 'V-100',
  currency: 'EUR',
  openAmount: '11900.00',
  department: 'Sales',
  status: 'open',
  ...over,
})

export const anEarlier = (over: Partial<EarlierInvoice> = {}): EarlierInvoice => ({
  id: 'earlier',
  number: 'F-2026-0099',
  issueDate: '2026-10-20',
  amount: { minor: 500000, currency: 'EUR' },
  documentType: 'invoice',
  orderReference: null,
  state: 'approved',
  ...over,
})

/** A routine invoice, looked at on 24 November 2026, 11:00 in Berlin. */
export const looked = (over: Partial<Looked> = {}): Looked => ({
  invoice: anInvoice(),
  reading: 'certain',
  corrections: null,
  to: 'invoices@pilot.example',
  sender: { address: 'billing@papier-und-druck.example', dmarcPassed: true },
  vendors: [
    aVendor(),
    aVendor({ vendor: 'V-200', name: 'Nordlicht Messebau GmbH', vatId: 'DE2', ibans: [], emails: [] }),
  ],
  orders: [anOrder()],
  earlier: [],
  perhaps: [],
  now: '2026-11-24T10:00:00.000Z',
  charter: {
    company: { name: 'Pilot Trading SE', vatId: 'DE123456789' },
    currency: 'EUR',
    group: { departments: ['Sales', 'Marketing'] },
    roles: {},
    calendar: { zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], hours: { from: '09:00', to: '17:00' }, holidays: [] },
  },
  ...over,
})
