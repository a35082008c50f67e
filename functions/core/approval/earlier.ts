/** An invoice as later ones look back at it: for duplicates, the vendor's usual amount, and what an order has left. */
import type { EarlierInvoice } from '../invoice/references.ts'
import type { InvoiceState } from './state.ts'

export const earlierInvoice = (state: InvoiceState): EarlierInvoice => ({
  id: state.id,
  number: state.invoice?.number ?? null,
  issueDate: state.invoice?.issueDate ?? null,
  amount: state.amount,
  documentType: state.invoice?.documentType ?? 'invoice',
  orderReference: state.order ?? state.invoice?.orderReference ?? null,
  state: state.closed?.state ?? 'open',
  ...(state.closed || state.decision ? {} : { undecided: true }),
})
