/** The day's list of what was released for payment, with the file that accounts payable works from. */
import type { InvoiceState } from '../../core/approval/state.ts'
import { day as dateInWords } from '../../core/invoice/in-words.ts'
import { formatMoney } from '../../core/money.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { CalendarDate } from '../../core/time.ts'
import type { Letter } from '../letter.ts'
import { called, oneOf, wishByMail } from '../words.ts'
import { type Block, compose } from './compose.tsx'

const isCredit = ({ facts, invoice }: InvoiceState): boolean => (facts ?? invoice)?.documentType === 'credit note'

/** Totals by currency, credit notes taken off. */
const totals = (invoices: readonly InvoiceState[]): string[] => {
  const sums = new Map<string, number>()
  for (const state of invoices) {
    if (!state.amount) continue
    const { minor, currency } = state.amount
    sums.set(currency, (sums.get(currency) ?? 0) + (isCredit(state) ? -1 : 1) * Math.abs(minor))
  }
  return [...sums].toSorted().map(([currency, minor]) => formatMoney(minor, currency))
}

const approvedBy = (state: InvoiceState, charter: Charter): string => {
  if (state.closed?.by === 'rules') return `rule ${state.decision?.rule ?? 'Otherwise'}`
  const people = state.approvals.map(({ by }) => by)
  const last = state.verdict?.by
  return oneOf(
    [...new Set([...people, ...(last ? [last] : [])])].map((person) => nameOf(charter, person)),
    'and',
  )
}

export const releaseMail = ({
  day,
  invoices,
  csv,
  charter,
  to,
}: {
  day: CalendarDate
  invoices: InvoiceState[]
  csv: string
  charter: Charter
  to: string
}): Letter => {
  const count = `${invoices.length} ${invoices.length === 1 ? 'invoice' : 'invoices'}`
  const sum = totals(invoices)
  const blocks: Block[] =
    invoices.length === 0
      ? [
          { about: `Released for payment on ${dateInWords(day)}`, title: 'Nothing today', amount: '–' },
          { text: 'No invoice was approved since the last list.' },
        ]
      : [
          { about: `Released for payment on ${dateInWords(day)}`, title: count, amount: sum.join(', ') || 'no amount' },
          {
            head: ['Invoice', 'Approved by', 'Amount'],
            right: [2],
            body: invoices.map((state) => {
              const { number, vendor, amount } = called(state)
              return [
                `${number}, ${vendor}${isCredit(state) ? ' (credit note)' : ''}`,
                approvedBy(state, charter),
                amount,
              ]
            }),
          },
          {
            text: 'The file holds the same list with the hash of each original and the rule that decided. Each invoice stands on exactly one list.',
          },
        ]
  return compose({
    to,
    subject: `Released for payment: ${day}, ${count}`,
    preview: sum.join(', '),
    blocks,
    foot: `You get this because you are the invoice desk. ${wishByMail(charter)}`,
    charter,
    attachments: [{ name: `released-${day}.csv`, type: 'text/csv; charset=utf-8', content: csv }],
  })
}
