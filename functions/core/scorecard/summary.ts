/** The weekly page in numbers: what the rows of one week add up to, held against the charter. */

import type { Invoice } from '../invoice/invoice.ts'
import type { Charter, MeasureName } from '../pilot/charter.ts'
import type { Week } from '../working-time.ts'
import type { WeekRow } from './week.ts'

/** A measure of the charter; `value` is null where nothing was measured in this week, and then nobody can say `met`. */
export type Measured = {
  measure: MeasureName
  baseline: number
  target: number
  value: number | null
  met: boolean | null
}

/** What one rule did to the invoices of the week; `rule` is null for Otherwise. */
type RuleUse = {
  rule: number | null
  name: string
  invoices: number
  stalled: number
  handed: number
  notUnderstood: number
  wrong: number
}

/** How well one reader read; `source` is null for what none could read. */
type Reading = {
  source: Invoice['source'] | null
  /** Invoices received in the week. */
  invoices: number
  /** Those in which a person put something right in the week, with the names of the fields. */
  corrected: { number: string | null; vendor: string | null; fields: string[] }[]
}

/** A rule of the rule file. */
export type RuleName = { number: number; name: string }

/** Counts are of this week; what was not measured is null, never 0. */
export type Scorecard = {
  week: Week
  received: number
  decided: number
  approved: number
  rejected: number
  returned: number
  /** Elapsed hours from receipt to decision, of the invoices decided in this week. */
  hours: { median: number | null; ninetieth: number | null }
  measures: Measured[]
  stalled: number
  bypassed: number
  /** How often an invoice went to a person to be filled in or finished. */
  handed: number
  /** Invoices that came while the pilot was paused, and those outside the group. */
  manual: { paused: number; outside: number }
  concerns: { notUnderstood: number; wrong: number; elsewhere: number }
  /** Every rule that decided one of the week's invoices, by its number, Otherwise last. */
  byRule: RuleUse[]
  /** Rules that decided none of them; null where it is not known which rules there are. */
  unusedRules: RuleName[] | null
  /** Every reader with an invoice in the week, and what it got wrong; what no reader could read comes last. */
  readings: Reading[]
  /** Minutes of support that people reported, null where nobody did, against the charter's estimate. */
  support: { minutes: number | null; estimatedMinutes: number }
}

/**
 * The value below which a share of the values lies, between two neighbours in proportion: definition 7 of Hyndman and
 * Fan, "Sample Quantiles in Statistical Packages" (1996), which is PERCENTILE.INC of spreadsheets and, for a half, the
 * usual median. Null without values; `share` from 0 to 1.
 */
export const percentile = (values: readonly number[], share: number): number | null => {
  const sorted = values.toSorted((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]]
  if (below === undefined || above === undefined) return null
  return below + (above - below) * (position - Math.floor(position))
}

const sum = (rows: readonly WeekRow[], of: (row: WeekRow) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)

const hoursOf = (rows: readonly WeekRow[]): number[] => rows.flatMap(({ hoursToDecision: hours }) => hours ?? [])

/**
 * Errors and rework need a look at what was corrected after it was paid; nothing measures them yet. Touches are those of
 * the week for each invoice decided in it: an invoice that is touched in two weeks counts in both.
 */
const value = (measure: MeasureName, rows: readonly WeekRow[], decided: readonly WeekRow[]): number | null => {
  if (measure === 'hours to decision') return percentile(hoursOf(decided), 0.5)
  if (measure === 'manual touches' && decided.length > 0) return sum(rows, (row) => row.touches) / decided.length
  return null
}

const byRule = (rows: readonly WeekRow[]): RuleUse[] =>
  [
    ...Map.groupBy(
      rows.filter(({ ruleName }) => ruleName !== null),
      ({ ruleName }) => ruleName ?? '',
    ).entries(),
  ]
    .map(([name, used]) => ({
      rule: used[0]?.rule ?? null,
      name,
      invoices: used.length,
      stalled: sum(used, (row) => row.stalled),
      handed: sum(used, (row) => row.handed),
      notUnderstood: sum(used, (row) => row.notUnderstood),
      wrong: sum(used, (row) => row.wrong),
    }))
    .toSorted((a, b) => (a.rule ?? Number.POSITIVE_INFINITY) - (b.rule ?? Number.POSITIVE_INFINITY))

const sources: Reading['source'][] = ['UBL', 'CII', 'Factur-X', 'PDF text', 'Textract', 'by hand', null]

const readings = (rows: readonly WeekRow[]): Reading[] =>
  sources.flatMap((source) => {
    const read = rows.filter((row) => row.source === source)
    const corrected = read
      .filter((row) => row.corrected.length > 0)
      .map(({ number, vendor, corrected: fields }) => ({ number, vendor, fields }))
    const invoices = read.filter(({ receivedAt }) => receivedAt !== null).length
    return invoices + corrected.length > 0 ? [{ source, invoices, corrected }] : []
  })

/** Every measure of a charter is better when it is lower. */
const measured = (charter: Charter, rows: readonly WeekRow[], decided: readonly WeekRow[]): Measured[] =>
  charter.measures.map(({ measure, baseline, target }) => {
    const found = value(measure, rows, decided)
    return { measure, baseline, target, value: found, met: found === null ? null : found <= target }
  })

/** `rows` are those of one week, one an invoice; `rules` are those that were in force. */
export const summary = (
  rows: readonly WeekRow[],
  charter: Charter,
  week: Week,
  rules: readonly RuleName[] | null = null,
): Scorecard => {
  const used = byRule(rows)
  const decided = rows.filter(({ decidedAt }) => decidedAt !== null)
  const ended = (state: WeekRow['state']): number => decided.filter((row) => row.state === state).length
  const minutes = sum(rows, (row) => row.supportMinutes)
  return {
    week,
    received: rows.filter(({ receivedAt }) => receivedAt !== null).length,
    decided: decided.length,
    approved: ended('approved'),
    rejected: ended('rejected'),
    returned: ended('returned'),
    hours: { median: percentile(hoursOf(decided), 0.5), ninetieth: percentile(hoursOf(decided), 0.9) },
    measures: measured(charter, rows, decided),
    stalled: sum(rows, (row) => row.stalled),
    bypassed: sum(rows, (row) => row.bypassed),
    handed: sum(rows, (row) => row.handed),
    manual: {
      paused: rows.filter(({ manual }) => manual === 'paused').length,
      outside: rows.filter(({ manual }) => manual === 'outside').length,
    },
    concerns: {
      notUnderstood: sum(rows, (row) => row.notUnderstood),
      wrong: sum(rows, (row) => row.wrong),
      elsewhere: sum(rows, (row) => row.elsewhere),
    },
    byRule: used,
    unusedRules: rules?.filter(({ number }) => !used.some(({ rule }) => rule === number)) ?? null,
    readings: readings(rows),
    support: {
      minutes: minutes === 0 ? null : minutes,
      estimatedMinutes: charter.estimate.supportHoursAWeek * 60,
    },
  }
}
