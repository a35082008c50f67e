/** Payments with everything that a bank states of them; what a test is about is given. */
import type { Payment } from '../../functions/core/payment/payment.ts'

export const aPayment = (changes: Partial<Payment> = {}): Payment => ({
  amount: '119.00',
  currency: 'EUR',
  direction: 'out',
  date: '2026-11-02',
  creditor: 'Papier & Druck GmbH',
  account: 'DE02120300000000202051',
  references: ['R-2026-17'],
  reversal: false,
  status: 'booked',
  ...changes,
})
