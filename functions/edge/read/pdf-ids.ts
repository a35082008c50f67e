/** Accounts and VAT ids in the text of a PDF, by their shape and their check digits. */
import { ibansAt } from './ibans.ts'
import type { Line } from './pdf-lines.ts'

const textOf = (line: Line): string => line.map(({ text }) => text).join('\t')

/** Words that say that something is the reader's own. */
const buyers =
  /\b(?:your|customer|client|buyer|bill(?:ed)? to|ihre?|kunden?|empf[äa]nger|votre|acheteur|klant|uw|cliente?|su|vostra|destinatario|committente)\b/i

/** Words of a direct debit: the account beside them may be the one that is debited, the reader's own. */
const debit =
  /direct debit|lastschrift|abgebucht|eingezogen|bankeinzug|pr[ée]l[èe]vement|incasso|afgeschreven|domiciliaci[óo]n|adeudo|addebito/i

/** The beginning of an account, behind its label. */
const namesIban = /\bIBAN\b[\s:.]*[A-Z]{2}[ .-]?\d{2}/i

/** Words that only the number of an account at a bank is beside. */
const namesBank =
  /\b(?:sort code|routing (?:no|number|#)|aba (?:no|number|#)|bsb|bank (?:account|a\/c)(?: (?:no|number))?[\s:.#]*[\d-]{5}|bankleitzahl|blz|clabe)\b/i

/** The accounts that a document states, and what of them is in doubt. */
export const accountsIn = (lines: readonly Line[]): { accounts: string[]; doubts: string[] } => {
  const found = lines.flatMap((line) => {
    const text = textOf(line)
    return ibansAt(text).map((one) => ({ ...one, before: text.slice(0, one.start) }))
  })
  const accounts = [...new Set(found.filter(({ checks }) => checks).map(({ iban }) => iban))]
  const wrong = [...new Set(found.filter(({ checks }) => !checks).map(({ iban }) => iban))]
  return {
    accounts,
    doubts: [
      ...(wrong.length > 0 ? [`the check digits of the account that ends in ${wrong[0]?.slice(-4)} do not fit`] : []),
      ...(accounts.length > 0 && lines.some((line) => debit.test(textOf(line)))
        ? ['the account may be the one that is debited']
        : []),
      ...(lines.some((line) => namesIban.test(textOf(line)) && ibansAt(textOf(line)).length === 0)
        ? ['an account is named that cannot be read whole']
        : []),
      ...(accounts.length === 0 && lines.some((line) => namesBank.test(textOf(line)))
        ? ['an account is named that is no IBAN, which is not read']
        : []),
      ...(found.some(({ before }) => buyers.test(before)) ? ['the account may be the buyer’s'] : []),
    ],
  }
}

/** VAT ids by country, as the Commission's VIES describes them; Greece is EL, Switzerland and Norway have their own. */
const vatShapes: Record<string, string> = {
  AT: 'U\\d{8}',
  BE: '[01]\\d{9}',
  BG: '\\d{9,10}',
  CY: '\\d{8}[A-Z]',
  CZ: '\\d{8,10}',
  DE: '\\d{9}',
  DK: '\\d{8}',
  EE: '\\d{9}',
  EL: '\\d{9}',
  ES: '[A-Z\\d]\\d{7}[A-Z\\d]',
  FI: '\\d{8}',
  FR: '[A-HJ-NP-Z\\d]{2}\\d{9}',
  GB: '(?:\\d{12}|\\d{9})',
  HR: '\\d{11}',
  HU: '\\d{8}',
  IE: '\\d[A-Z\\d]\\d{5}[A-Z]{1,2}',
  IT: '\\d{11}',
  LT: '(?:\\d{12}|\\d{9})',
  LU: '\\d{8}',
  LV: '\\d{11}',
  MT: '\\d{8}',
  NL: '\\d{9}B\\d{2}',
  PL: '\\d{10}',
  PT: '\\d{9}',
  RO: '\\d{2,10}',
  SE: '\\d{12}',
  SI: '\\d{8}',
  SK: '\\d{10}',
  CHE: '\\d{9}',
}
const vatId = new RegExp(
  `^(?:${Object.entries(vatShapes)
    .map(([country, shape]) => country + shape)
    .join('|')})$`,
)

/** What stands before a VAT id. */
const vatLabel =
  /\b(?:vat|ust|umsatzsteuer|mwst|tva|btw|iva|p\.? ?iva|partita iva|nif|cif|uid|tax (?:id|no|number|reg))\b|b\.t\.w|i\.v\.a/i
export type VatId = { id: string; whose: 'buyer' | 'unsaid'; line: number; column: number }

/** Letters and digits of a writing with spaces, dots and dashes, as far as they make a VAT id; the longest that does. */
const idFrom = (text: string): string | null => {
  const start = /^\s*[:.#]*\s*([A-Z]{2,3}[ .-]?[A-Z\d](?:[ .-]?[A-Z\d]){5,13})/.exec(text)?.[1]
  if (start === undefined) return null
  for (let end = start.length; end >= 8; end--) {
    const id = start.slice(0, end).replace(/[^A-Z\d]/g, '')
    if (vatId.test(id) && !/^[A-Z\d]/.test(start.slice(end))) return id
  }
  return null
}

/** Every VAT id that stands behind, beside or below a label that says so. */
export const vatIdsIn = (lines: readonly Line[]): VatId[] =>
  lines.flatMap((cells, line) =>
    cells.flatMap(({ text, left, right }, column) => {
      const above = (lines[line - 1] ?? []).find((one) => one.left <= right && left <= one.right)?.text ?? ''
      return [...text.matchAll(/(?<![A-Z\d])[A-Z]{2,3}(?=[ .-]?[A-Z\d])/g)].flatMap(({ index }) => {
        const before = `${cells[column - 1]?.text ?? ''} ${text.slice(0, index)}`
        const labelled = vatLabel.test(before)
          ? before
          : vatLabel.test(above) && text.slice(0, index).trim() === ''
            ? above
            : null
        const id = labelled === null ? null : idFrom(text.slice(index))
        if (id === null || labelled === null || ibansAt(text).some(({ start }) => start === index)) return []
        return { id, whose: buyers.test(labelled) ? ('buyer' as const) : ('unsaid' as const), line, column }
      })
    }),
  )
