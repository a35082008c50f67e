/** Answers of Textract's AnalyzeExpense, in the shape of its API reference. */

type Given = { type: string; text: string; confidence?: number; currency?: string; group?: string; label?: string }

export const expenseField = ({ type, text, confidence = 99.5, currency, group, label }: Given) => ({
  Type: { Text: type, Confidence: confidence },
  ...(label ? { LabelDetection: { Text: label, Confidence: 99 } } : {}),
  ValueDetection: { Text: text, Confidence: confidence },
  PageNumber: 1,
  ...(currency ? { Currency: { Code: currency, Confidence: 99 } } : {}),
  ...(group ? { GroupProperties: [{ Types: [group], Id: '1' }] } : {}),
})

/** A clear invoice; `over` replaces fields by type (null leaves one out), `more` come after. */
export const expenseAnswer = (over: Record<string, Partial<Given> | null> = {}, more: Given[] = []) => {
  const clear: Given[] = [
    { type: 'VENDOR_NAME', text: 'Papier & Druck\nGmbH' },
    { type: 'INVOICE_RECEIPT_ID', text: 'RE-2026-77' },
    { type: 'INVOICE_RECEIPT_DATE', text: '13.11.2026' },
    { type: 'DUE_DATE', text: '13 December 2026' },
    { type: 'VENDOR_VAT_NUMBER', text: 'DE 111 111 117' },
    { type: 'PO_NUMBER', text: 'PO-7' },
    { type: 'SUBTOTAL', text: '1.000,00 €', currency: 'EUR' },
    { type: 'TAX', text: '190,00 €', currency: 'EUR' },
    { type: 'TOTAL', text: '1.190,00 €', currency: 'EUR' },
  ]
  const fields = clear.flatMap((field) => (over[field.type] === null ? [] : [{ ...field, ...over[field.type] }]))
  return {
    DocumentMetadata: { Pages: 1 },
    ExpenseDocuments: [
      {
        ExpenseIndex: 1,
        SummaryFields: [...fields, ...more].map(expenseField),
        LineItemGroups: [
          { LineItemGroupIndex: 1, LineItems: [{ LineItemExpenseFields: [] }, { LineItemExpenseFields: [] }] },
        ],
      },
    ],
  }
}
