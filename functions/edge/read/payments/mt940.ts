/** SWIFT MT940 and MT942: statements of account, with the dialects in which banks fill field 86. */
import { accountNumber } from '../../../core/invoice/vendor.ts'
import type { Payment } from '../../../core/payment/payment.ts'
import { isCalendarDate } from '../../../core/time.ts'
import { ibansAt } from '../ibans.ts'
import { compactDate, notTooMany, shown, telling, Unusable } from './unusable.ts'

type Field = { tag: string; lines: string[]; line: number }

/** The fields of every statement; what stands outside of a field (SWIFT's blocks, a bank's own head) is left out. */
const fieldsOf = (source: string): Field[] => {
  const fields: Field[] = []
  let open: Field | null = null
  // Banks that answer HBCI write @@ for the end of a line.
  for (const [index, text] of source.split(/\r\n|\n|\r|@@(?=:\d\d|-)/).entries()) {
    const [whole, tag] = /^(?:\{[^:]*:)*(?:\{4:)?:(\d{2}[A-Z]?):/.exec(text) ?? []
    if (whole !== undefined && tag !== undefined) {
      open = { tag, lines: [text.slice(whole.length)], line: index + 1 }
      fields.push(open)
    } else if (/^-(\}|$|[A-Z]{3}$)/.test(text)) open = null
    else open?.lines.push(text)
  }
  return fields
}

/** SWIFT breaks lines after 65 letters, in the middle of words; where a line is shorter its writer ended it. */
const joined = (lines: readonly string[]): string =>
  lines.reduce(
    (whole, line, index) => `${whole}${(lines[index - 1] ?? '').length >= 65 || index === 0 ? '' : ' '}${line}`,
    '',
  )

type Details = { creditor: string | null; account: string | null; references: string[]; returned: boolean }

/** The one IBAN with right check digits that a text names, the statement's own account aside. */
const ibanIn = (text: string, own: string): string | null => {
  const found = ibansAt(text).filter(({ iban, checks }) => checks && !own.includes(iban))
  const [iban, ...others] = new Set(found.map(({ iban }) => iban))
  return others.length === 0 ? (iban ?? null) : null
}

/** The words of German banks within the purpose (DFÜ agreement, annex 3): EREF+, SVWZ+ … up to the next. */
const sepaWord = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|MDAT|RREF|BREF)\+/g

const sepaWords = (purpose: string): Map<string, string> => {
  const marks = [...purpose.matchAll(sepaWord)]
  return new Map(
    marks.map((mark, index) => [
      mark[1] ?? '',
      purpose.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim(),
    ]),
  )
}

/** `166?00GUTSCHRIFT?20EREF+…?32NAME`: numbered sub-fields behind a business code (GVC), as German banks write them. */
const numbered = (lines: readonly string[]): Details | null => {
  const text = lines.join('')
  const [, code = '', mark] = /^(\d{3})?([?~^<>|@])\d{2}/.exec(text) ?? []
  if (mark === undefined) return null
  const fields = new Map<string, string>()
  for (const part of text.slice(code.length + 1).split(new RegExp(`\\${mark}(?=\\d{2})`)))
    fields.set(part.slice(0, 2), (fields.get(part.slice(0, 2)) ?? '') + part.slice(2))
  // A sub-field holds 27 letters: a full one goes on in the next, a shorter one was ended by its writer.
  const purpose = ['20', '21', '22', '23', '24', '25', '26', '27', '28', '29', '60', '61', '62', '63']
    .map((number) => fields.get(number) ?? '')
    .reduce((whole, part) => `${whole}${part}${part.length > 0 && part.length < 27 ? ' ' : ''}`, '')
    .trim()
  const words = sepaWords(purpose)
  return {
    creditor:
      `${fields.get('32') ?? ''}${fields.get('33') ?? ''}`.replace(/\s+/g, ' ').trim() || words.get('ABWE') || null,
    account: fields.get('31')?.trim() || fields.get('38')?.trim() || words.get('IBAN') || null,
    references: telling([
      ...['EREF', 'KREF', 'MREF', 'RREF', 'SVWZ'].map((word) => words.get(word)),
      ...(words.size === 0 || !/^[A-Z]{4}\+/.test(purpose) ? [purpose] : []),
    ]),
    // 108, 109: direct debits that came back; 159: credit transfers that did.
    returned: /^(108|109|159)$/.test(code),
  }
}

const slashWords =
  'ACCW|ADDR|BENM|BIC|BO|CDTRREF|CDTRREFTP|CHGS1|CNTP|CREF|CSID|EREF|EXCH|FX|IBAN|ID|IREF|ISDT|MARF|NAME|NRTX|OCMT|ORDP|PREF|PURP|REMI|RREF|RTRN|SVCL|SUBF|TR|TRCD|TRTP|UDTR|ULTB|ULTC|ULTD|VACC'
const slashWord = new RegExp(`/(${slashWords})/`, 'g')

/** `/EREF/…/NAME/…/REMI/…`: words between slashes, as Dutch, Belgian and other banks write them. */
const slashed = (lines: readonly string[]): Details | null => {
  const text = lines.join('')
  const marks = [...text.matchAll(slashWord)]
  if (marks.length === 0 || (marks[0]?.index ?? 0) > 3) return null
  const values = new Map<string, string>()
  for (const [index, mark] of marks.entries()) {
    const value = text.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim()
    if (value !== '' && !values.has(mark[1] ?? '')) values.set(mark[1] ?? '', value)
  }
  // /CNTP/IBAN/BIC/name/city/
  const [iban, , name] = (values.get('CNTP') ?? '').split('/')
  const remittance = values
    .get('REMI')
    ?.replace(/^(USTD|STRD)\/(?:\/|CUR\/|ISO\/)?/, '')
    .replace(/\/+$/, '')
  const ends = (value: string | undefined): string | null => value?.replace(/^\/+|\/+$/g, '').trim() || null
  return {
    creditor: ends(values.get('NAME')) ?? ends(name) ?? ends(values.get('BENM')) ?? ends(values.get('ORDP')),
    account: ends(values.get('IBAN')) ?? ends(iban) ?? ends(values.get('ACCW')?.split(',')[0]),
    references: telling([
      ...['EREF', 'PREF', 'IREF', 'CREF', 'MARF', 'CDTRREF'].map((word) => ends(values.get(word))),
      remittance,
    ]),
    returned: values.has('RTRN') || values.has('RREF'),
  }
}

/** Field 86 has six lines of 65 letters; some banks write more, none so much more. */
const bounded = (lines: readonly string[]): string[] => lines.slice(0, 50).map((line) => line.slice(0, 1000))

const detailsOf = (lines: readonly string[], own: string): Details => {
  const structured = numbered(lines) ?? slashed(lines)
  if (structured) return structured
  const text = joined(lines)
  // `REK: IBAN/NAAM: name`
  const [, account, name] = /REK: ?([A-Z]{2}[A-Z0-9 ]{10,40}?)\/NAAM: ?(.+)$/.exec(text) ?? []
  return {
    // `IBAN: … BIC: … NAAM: name   OMSCHRIJVING: …`
    creditor: (name ?? /\b(?:NAAM|NAME): ?(.+?)(?= {2}| ?\b[A-Z]{3,20}: ?|$)/.exec(text)?.[1])?.trim() || null,
    account: account?.trim() ?? ibanIn(text, own),
    references: telling([text]),
    returned: false,
  }
}

/** Field 61: value date, booking day, (reversal of) credit or debit, funds code, amount, type, references. */
const entry = /^(\d{6})(\d{4})?(R|E)?([CD])([A-Z])?(\d+(?:[.,]\d*)?)(?:([NFS])([A-Z0-9]{3}))?(.*)$/

/** The booking day of an entry is given without its year: the one nearest to the value date. */
const bookingDate = (valueDate: string, day: string): string | null => {
  const year = Number(valueDate.slice(0, 4))
  const apart = Number(day.slice(0, 2)) - Number(valueDate.slice(5, 7))
  const date = `${apart > 6 ? year - 1 : apart < -6 ? year + 1 : year}-${day.slice(0, 2)}-${day.slice(2)}`
  return isCalendarDate(date) ? date : null
}

const paymentOf = (field: Field, purpose: Field | null, currency: string | null, own: string): Payment => {
  const [first = '', ...supplementary] = field.lines
  const [, value = '', day, kind, sign, , amount = '', , type, rest = ''] = entry.exec(first.trim()) ?? []
  if (sign === undefined)
    throw new Unusable(field.line, `:61: is ${shown(first)}`, 'a statement line, e.g. 2611241124D119,00NTRFNONREF')
  const valueDate = compactDate(value)
  const date = valueDate === null || day === undefined ? valueDate : bookingDate(valueDate, day)
  if (date === null)
    throw new Unusable(field.line, `:61: has the date ${shown(`${value}${day ?? ''}`)}`, 'a day, e.g. 261124')
  const [customer, bank] = rest.split('//')
  const details = detailsOf(bounded(purpose?.lines ?? []), own)
  // RC takes a credit back, money out; RD gives a debit back, money in.
  const reversed = kind === 'R'
  return {
    amount: amount.replace(/[.,]$/, '').replace(',', '.'),
    currency,
    direction: (sign === 'D') === reversed ? 'in' : 'out',
    date,
    creditor: details.creditor,
    account: details.account,
    references: telling([customer, bank, ...supplementary, ...details.references]),
    reversal: reversed || details.returned || type === 'RTI',
    status: kind === 'E' ? 'pending' : 'booked',
  }
}

export const isMt940 = (source: string): boolean =>
  /(?:^(?:\{[^\n]{0,500})?|@@):20:/m.test(source) && /(?:^|@@):(60[FM]|34F|61|28C?|25P?):/m.test(source)

/** The payments of all statements in a file; each has a currency of its own. */
export const readMt940 = (source: string): { format: string; payments: Payment[] } => {
  const fields = fieldsOf(source)
  const payments: Payment[] = []
  let [currency, own]: [string | null, string] = [null, '']
  for (const [index, field] of fields.entries()) {
    const [first = ''] = field.lines
    if (field.tag === '20') [currency, own] = [null, '']
    if (field.tag === '25' || field.tag === '25P') own = accountNumber(first)
    if (field.tag === '60F' || field.tag === '60M') {
      currency = /^[CD]\d{6}([A-Z]{3})/.exec(first)?.[1] ?? null
      if (currency === null)
        throw new Unusable(field.line, `:${field.tag}: is ${shown(first)}`, 'a balance, e.g. C261124EUR0,00')
    }
    if (field.tag === '34F') currency = /^([A-Z]{3})/.exec(first)?.[1] ?? currency
    const next = fields[index + 1]
    if (field.tag === '61') payments.push(paymentOf(field, next?.tag === '86' ? next : null, currency, own))
  }
  const format = fields.some(({ tag }) => tag === '34F' || tag === '90D') ? 'MT942' : 'MT940'
  return { format, payments: notTooMany(payments) }
}
