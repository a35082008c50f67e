/** What Amazon Textract's AnalyzeExpense saw on a scan → an invoice; whatever it was not sure of is a doubt. */
import * as z from 'zod'
import type { Invoice, Scan } from '../../core/invoice/invoice.ts'
import { totalsAddUp } from '../../core/invoice/totals.ts'
import { ibansAt } from './ibans.ts'
import { amountsWritten, datesWritten, type Meanings } from './written.ts'
import type { Refused } from './xml.ts'

const Detection = z.object({ Text: z.string().optional(), Confidence: z.number().optional() })
/** ExpenseField of the API: what is not named here is not used. */
const Field = z.object({
  Type: Detection.optional(),
  LabelDetection: Detection.optional(),
  ValueDetection: Detection.optional(),
  Currency: z.object({ Code: z.string().optional(), Confidence: z.number().optional() }).optional(),
  GroupProperties: z.array(z.object({ Types: z.array(z.string()).optional() })).optional(),
})
type Field = z.infer<typeof Field>

/** The answer of AnalyzeExpense (Textract API reference, 2018-06-27). */
const Answer = z.object({
  DocumentMetadata: z.object({ Pages: z.int().nonnegative() }),
  ExpenseDocuments: z.array(
    z.object({
      SummaryFields: z.array(Field).optional(),
      LineItemGroups: z.array(z.object({ LineItems: z.array(z.unknown()).optional() })).optional(),
    }),
  ),
})

/** Below this a person looks at the value. */
const surePercent = 95

const creditNote = /\b(credit\s*(note|memo)|gutschrift|avoir|creditnota|nota\s+di\s+credito|nota\s+de\s+cr[eé]dito)\b/i

const stated = ({ ValueDetection }: Field): string => ValueDetection?.Text?.replace(/\s+/g, ' ').trim() ?? ''

const confidenceOf = ({ Type, ValueDetection }: Field): number =>
  Math.min(Type?.Confidence ?? 0, ValueDetection?.Confidence ?? 0)

/** Fields by their type, those with a value only. A name is the vendor's where its group says so. */
const fieldsOf = (fields: readonly Field[], ...types: string[]): Field[] =>
  fields.filter(
    (field) =>
      stated(field) !== '' &&
      types.some((type) => {
        const [name, group] = type.split(' of ')
        return (
          field.Type?.Text === name &&
          (group === undefined || field.GroupProperties?.some(({ Types }) => Types?.includes(group)) === true)
        )
      }),
  )

/** Collects what is taken over, and why it is not certain. */
const taking = (fields: readonly Field[]) => {
  const doubts: string[] = []
  const confidences: number[] = []

  /**
   * The one value that fields of these types have, or null. Several different ones leave nothing to choose by: the
   * first is shown, and doubted.
   */
  const take = (what: string, types: string[], meanings: (text: string) => Meanings): string | null => {
    const found = fieldsOf(fields, ...types)
    const [first, ...others] = found.flatMap((field) => {
      const means = meanings(stated(field))
      if (means.length === 0) doubts.push(`"${stated(field).slice(0, 60)}" is not understood as the ${what}`)
      return means.length === 0 ? [] : [{ field, means }]
    })
    if (!first) return null
    const [value = ''] = first.means
    const all = [...new Set([first, ...others].flatMap(({ means }) => means))]
    if (all.length > 1) doubts.push(`the ${what} can be ${all.slice(0, 4).join(' or ')}`)
    const confidence = confidenceOf(first.field)
    confidences.push(confidence)
    if (confidence < surePercent) doubts.push(`the ${what} was read with a confidence of ${Math.floor(confidence)} %`)
    // A day that can be two is none; a shown amount that may be wrong still helps who looks at it.
    return meanings === datesWritten && first.means.length > 1 ? null : value
  }
  return { doubts, take, confidence: () => (confidences.length === 0 ? null : Math.min(...confidences)) }
}

const asText = (text: string): Meanings => [text.slice(0, 200)]

const totalTypes = ['SUBTOTAL', 'TAX', 'TOTAL', 'AMOUNT_DUE']

const currencyOf = (fields: readonly Field[], doubts: string[]): string | null => {
  const amounts = fieldsOf(fields, ...totalTypes)
  const codes = [...new Set(amounts.flatMap(({ Currency }) => Currency?.Code?.toUpperCase() ?? []))]
  if (codes.length > 1) doubts.push(`the currency can be ${codes.join(' or ')}`)
  else if (codes.length === 0) doubts.push('no currency was found')
  return codes.length === 1 && /^[A-Z]{3}$/.test(codes[0] ?? '') ? (codes[0] ?? null) : null
}

const read = (fields: readonly Field[], lines: number): { invoice: Invoice; confidence: number | null } => {
  const { doubts, take, confidence } = taking(fields)
  const number = take('invoice number', ['INVOICE_RECEIPT_ID'], asText)
  const issueDate = take('invoice date', ['INVOICE_RECEIPT_DATE'], datesWritten)
  const dueDate = take('due date', ['DUE_DATE'], datesWritten)
  const seller = take("vendor's name", ['VENDOR_NAME', 'NAME of VENDOR'], asText)
  const sellerVatId = take("vendor's VAT id", ['VENDOR_VAT_NUMBER'], asText)
  const buyer = take("buyer's name", ['RECEIVER_NAME', 'NAME of RECEIVER'], asText)
  const buyerVatId = take("buyer's VAT id", ['RECEIVER_VAT_NUMBER'], asText)
  const orderReference = take('order', ['PO_NUMBER'], asText)
  const taxExclusive = take('total without tax', ['SUBTOTAL'], amountsWritten)
  const tax = take('tax', ['TAX'], amountsWritten)
  const taxInclusive = take('total', ['TOTAL'], amountsWritten)
  const due = take('amount due', ['AMOUNT_DUE'], amountsWritten)
  const currency = currencyOf(fields, doubts)
  const payable = due ?? taxInclusive

  if (due !== null && taxInclusive !== null && due !== taxInclusive)
    doubts.push(`the total is ${taxInclusive}, the amount due ${due}`)
  for (const [what, value] of Object.entries({ 'invoice number': number, 'vendor’s name': seller, total: payable }))
    if (value === null) doubts.push(`no ${what} was found`)
  if (issueDate === null && !doubts.some((doubt) => doubt.includes('invoice date')))
    doubts.push('no invoice date was found')
  if (fields.some((field) => creditNote.test(`${field.LabelDetection?.Text ?? ''} ${stated(field)}`)))
    doubts.push('it may be a credit note')

  const ibans = fields.flatMap((field) => ibansAt(stated(field)))
  for (const { iban, checks } of ibans)
    if (!checks) doubts.push(`the check digits of the account that ends in ${iban.slice(-4)} do not fit`)

  const adds = totalsAddUp({
    currency,
    lines: null,
    lineExtension: null,
    allowances: [],
    charges: [],
    allowanceTotal: null,
    chargeTotal: null,
    taxExclusive,
    tax,
    taxes: [],
    taxInclusive,
    prepaid: null,
    rounding: null,
    payable: taxInclusive,
    thirdParty: [],
  })
  const sums = taxExclusive === null ? null : adds
  if (sums === false) doubts.push('the totals as they were read do not add up')
  const invoice: Invoice = {
    source: 'Textract',
    certain: doubts.length === 0,
    doubts: [...new Set(doubts)].slice(0, 20),
    number,
    issueDate,
    dueDate,
    documentType: 'invoice',
    typeCode: null,
    currency,
    seller: { name: seller, vatId: sellerVatId },
    buyer: { name: buyer, vatId: buyerVatId },
    orderReference,
    buyerReference: null,
    lineExtension: null,
    taxExclusive,
    tax,
    taxInclusive,
    prepaid: null,
    payable,
    accounts: [...new Set(ibans.filter(({ checks }) => checks).map(({ iban }) => iban))].slice(0, 10),
    lines,
    totalsAddUp: sums,
  }
  return { invoice, confidence: confidence() }
}

/** Whether a JSON value is such an answer, recorded: how the workbench is shown one. */
export const isExpenseAnswer = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'ExpenseDocuments' in value

/** An answer of AnalyzeExpense as an invoice, or the sentence that says why it is none. */
export const readExpense = (answer: unknown): { invoice: Invoice; scan: Scan } | Refused => {
  const parsed = Answer.safeParse(answer)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { refused: `what Textract answered is not understood (${issue?.path.join('.') || 'it is no object'})` }
  }
  const { DocumentMetadata, ExpenseDocuments } = parsed.data
  const [document, ...others] = ExpenseDocuments
  const fields = document?.SummaryFields ?? []
  if (!document || fields.every((field) => stated(field) === ''))
    return { refused: 'Textract found nothing of an invoice on it' }
  if (others.length > 0) return { refused: `Textract sees ${ExpenseDocuments.length} invoices or receipts on it` }
  const lines = (document.LineItemGroups ?? []).reduce((sum, { LineItems }) => sum + (LineItems?.length ?? 0), 0)
  const { invoice, confidence } = read(fields, lines)
  return { invoice, scan: { pages: DocumentMetadata.Pages, confidence } }
}
