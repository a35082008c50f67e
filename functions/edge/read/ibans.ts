/** IBANs in a text, by the lengths of their countries and their check digits. */
import { ibanChecks } from '../../core/invoice/bank-details.ts'

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
