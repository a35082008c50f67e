/** Accounts and VAT ids in the text of a PDF, by their shape and their check digits. */
import { ibanChecks } from '../../core/invoice/bank-details.ts'
import type { Line } from './pdf-lines.ts'

/** Lengths of the IBAN register (ISO 13616). */
const ibanLengths: Record<string, number> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((one) => [one.slice(0, 2), Number(one.slice(2))]),
)

const textOf = (line: Line): string => line.map(({ text }) => text).join('\t')

/**
 * Where a text has IBANs; one whose check digits do not fit is told apart. Written in small letters, with points or
 * dashes, or across columns it is one only where they fit.
 */
export const ibansAt = (text: string): { iban: string; checks: boolean; start: number; end: number }[] =>
  [...text.matchAll(/(?<![\p{L}\d])[A-Z]{2}\d{2}(?=[ .\t-]?[A-Z\d])/giu)].flatMap(({ 0: start, index }) => {
    const length = ibanLengths[start.slice(0, 2).toUpperCase()]
    if (length === undefined) return []
    let iban = ''
    let end = index
    while (iban.length < length && end < text.length && /[A-Za-z\d .\t-]/.test(text[end] ?? '')) {
      if (/[A-Za-z\d]/.test(text[end] ?? '')) iban += text[end]
      end++
    }
    if (iban.length < length || /^[\p{L}\d]/u.test(text.slice(end))) return []
    const asUsual = /^[A-Z\d ]*$/.test(text.slice(index, end))
    const account = iban.toUpperCase()
    const checks = ibanChecks(account)
    return checks || asUsual ? [{ iban: account, checks, start: index, end }] : []
  })

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
