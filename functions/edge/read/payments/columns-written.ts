/** Amounts and dates of a whole column: read in the one way in which all of them can be, never chosen from two. */
import type { Cell } from '../../../core/csv.ts'
import { isCalendarDate } from '../../../core/time.ts'
import { shown, Unusable } from './unusable.ts'

/** No amount and no day is written with more letters. */
const longest = 60

export type DecimalMark = '.' | ','

/** `1,250.00`, `1 250,00`, `1’250.00-` under one decimal mark; null where it is no amount under it. */
export const amountUnder = (mark: DecimalMark, text: string): string | null => {
  if (text.length > longest) return null
  const bare = text
    .replace(/[−–]/g, '-')
    .replace(/^([+-]?)\s*(?:[A-Z]{3}|\p{Sc})\s*|\s*(?:[A-Z]{3}|\p{Sc})$/gu, '$1')
    .trim()
  const [, before, digits = '', after] = /^([+-]?)\s*(\d[\d.,\s'’]*)([+-]?)$/.exec(bare) ?? []
  if (digits === '' || (before !== '' && after !== '')) return null
  const [whole = '', fraction, ...more] = digits.split(mark)
  const groups = whole.split(/[.,\s'’]/)
  const separators = new Set(whole.replace(/\d/g, ''))
  const grouped =
    groups.length === 1 ||
    (separators.size === 1 &&
      /^\d{1,3}$/.test(groups[0] ?? '') &&
      groups.slice(1).every((group) => /^\d{3}$/.test(group)))
  if (more.length > 0 || !grouped || (fraction !== undefined && !/^\d{0,4}$/.test(fraction))) return null
  const sign = before === '-' || after === '-' ? '-' : ''
  return `${sign}${groups.join('').replace(/^0+(?=\d)/, '')}${fraction ? `.${fraction}` : ''}`
}

/** The decimal mark under which every amount of the file is one; two marks that give different amounts are not chosen from. */
export const decimalMarkOf = (cells: readonly Cell[]): DecimalMark => {
  const stated = cells.filter((cell) => cell.text.trim() !== '')
  const unfit = (mark: DecimalMark) => stated.find((cell) => amountUnder(mark, cell.text) === null)
  const [point, comma] = [unfit('.'), unfit(',')]
  if (point && comma) {
    const later = point.line > comma.line ? point : comma
    throw new Unusable(
      later.line,
      `the amount is ${shown(later.text)}`,
      'every amount written in one way, e.g. 1250.00 or 1.250,00',
    )
  }
  if (point) return ','
  if (comma) return '.'
  const doubtful = stated.find((cell) => amountUnder('.', cell.text) !== amountUnder(',', cell.text))
  if (doubtful)
    throw new Unusable(
      doubtful.line,
      `the amount ${shown(doubtful.text)} can be meant in two ways`,
      'decimals, e.g. 1250.00 or 1.250,00',
    )
  return '.'
}

export type DayOrder = { shape: RegExp; names: [string, string, string] }

const dayOrders: Record<string, DayOrder> = {
  'year first': {
    shape: /^(?<year>\d{4})(?<mark>[-/.]?)(?<month>\d{2})\k<mark>(?<day>\d{2})(?:[T ].*)?$/,
    names: ['year', 'month', 'day'],
  },
  'day first': {
    shape: /^(?<day>\d{1,2})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<year>\d{4}|\d{2})(?:[T ].*)?$/,
    names: ['day', 'month', 'year'],
  },
  'month first': {
    shape: /^(?<month>\d{1,2})(?<mark>[-/])(?<day>\d{1,2})\k<mark>(?<year>\d{4}|\d{2})(?:[T ].*)?$/,
    names: ['month', 'day', 'year'],
  },
}

export const dayUnder = ({ shape }: DayOrder, text: string): string | null => {
  if (text.length > longest) return null
  const { year = '', month = '', day = '' } = shape.exec(text.trim())?.groups ?? {}
  const date = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(date) ? date : null
}

/** The order of day and month under which every date of the file is one; where two orders fit and differ, none is chosen. */
export const dayOrderOf = (cells: readonly Cell[]): DayOrder => {
  const orders = Object.values(dayOrders)
  const fitting = orders.filter((order) => cells.every((cell) => dayUnder(order, cell.text) !== null))
  const [order, another] = fitting
  if (!order) {
    const first = cells.find((cell) => orders.every((each) => dayUnder(each, cell.text) === null)) ?? cells.at(-1)
    throw new Unusable(
      first?.line ?? null,
      `the date is ${shown(first?.text)}`,
      'a day, written alike on every line, e.g. 2026-11-24',
    )
  }
  const doubtful = another && cells.find((cell) => dayUnder(order, cell.text) !== dayUnder(another, cell.text))
  if (doubtful)
    throw new Unusable(doubtful.line, `the date ${shown(doubtful.text)} can be meant in two ways`, 'days as 2026-11-24')
  return order
}
