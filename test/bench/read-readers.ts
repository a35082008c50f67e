/** Our reader of e-invoices and others', each loaded when it is needed; what they all answer, in the words of `npm run -s read`. */
import { minorDigits } from '../../functions/core/money.ts'
import { readInvoiceXml } from '../../functions/edge/read/e-invoice.ts'

export type Answer = {
  number: string | null
  issueDate: string | null
  currency: string | null
  seller: { name: string | null }
  buyer: { name: string | null }
  taxExclusive: string | null
  tax: string | null
  taxInclusive: string | null
}

export type Reader = {
  syntaxes: ('einvoice-ubl' | 'einvoice-cii')[]
  /** Throws where the file is not read. */
  load: () => Promise<(bytes: Uint8Array) => Promise<Answer>>
}

const shown = (value: unknown): string | null =>
  value === undefined || value === null || value === '' ? null : String(value)
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** A total that a reader works out in binary fractions, rounded as its currency is written: its best case. */
const worked = (total: number, currency: string | undefined): string | null =>
  Number.isFinite(total) ? total.toFixed(minorDigits(currency ?? '')) : null

export const readers: Record<string, Reader> = {
  ours: {
    syntaxes: ['einvoice-ubl', 'einvoice-cii'],
    load: async () => async (bytes) => {
      const read = readInvoiceXml(bytes)
      if ('refused' in read) throw new Error(read.refused)
      return read.invoice
    },
  },

  'factur-x-kit': {
    syntaxes: ['einvoice-cii'],
    load: async () => {
      const { FacturX } = await import('factur-x-kit')
      return async (bytes) => {
        const { object } = await FacturX.fromXML(text(bytes))
        const { document, seller, buyer, totals } = object
        const day = document.dateOfIssue
        const own = totals.taxTotal?.find(({ currency }) => currency === document.currency) ?? totals.taxTotal?.[0]
        return {
          number: shown(document.id),
          issueDate: [day.year, `${day.month}`.padStart(2, '0'), `${day.day}`.padStart(2, '0')].join('-'),
          currency: shown(document.currency),
          seller: { name: shown(seller.name) },
          buyer: { name: shown(buyer.name) },
          taxExclusive: shown(totals.netTotal),
          tax: shown(own?.amount),
          taxInclusive: shown(totals.grossTotal),
        }
      }
    },
  },

  // It keeps no total of the document: its own function sums up the lines and taxes that it read.
  einvoicing: {
    syntaxes: ['einvoice-ubl'],
    load: async () => {
      const { UblReader } = await import('einvoicing')
      const { getInvoiceTotals } = await import('einvoicing/build/utils/totals.js')
      const reader = new UblReader()
      return async (bytes) => {
        const read = await reader.read(text(bytes))
        const totals = getInvoiceTotals(read)
        const currency = read.currency?.toPrimitive()
        return {
          number: shown(read.id.toPrimitive()),
          issueDate: shown(read.issueDate?.toPrimitive()),
          currency: shown(currency),
          seller: { name: shown(read.seller?.legalName ?? read.seller?.tradingName) },
          buyer: { name: shown(read.buyer?.legalName ?? read.buyer?.tradingName) },
          taxExclusive: worked(totals.taxExclusiveAmount, currency),
          tax: worked(totals.taxAmount, currency),
          taxInclusive: worked(totals.taxInclusiveAmount, currency),
        }
      }
    },
  },

  // It keeps no total either: net, tax and gross are worked out from the lines.
  '@fin.cx/einvoice': {
    syntaxes: ['einvoice-ubl', 'einvoice-cii'],
    load: async () => {
      const { EInvoice } = await import('@fin.cx/einvoice')
      const nameOf = (party: (typeof EInvoice.prototype)['from']) =>
        shown(('registrationDetails' in party && party.registrationDetails?.registrationName) || party.name)
      return async (bytes) => {
        const read = await EInvoice.fromXml(text(bytes))
        return {
          number: shown(read.accountingDocId),
          issueDate: new Date(read.date).toISOString().slice(0, 10),
          currency: shown(read.currency),
          seller: { name: nameOf(read.from) },
          buyer: { name: nameOf(read.to) },
          taxExclusive: worked(read.totalNet, read.currency),
          tax: worked(read.totalVat, read.currency),
          taxInclusive: worked(read.totalGross, read.currency),
        }
      }
    },
  },
}
