/** How two charters differ in what they say, whatever their order and comments. */
import type { Charter } from '../pilot/charter.ts'

/** A part of the charter by its name, as it was and as it would be; null where it is not there. */
export type CharterChange = { part: string; was: string | null; now: string | null }

/** The charter's parts whose name in the file is another. */
const inFile: Record<string, string> = {
  vatId: 'vat_id',
  useItWhen: 'use it when',
  dailyUse: 'daily use',
  buildDays: 'build days',
  supportHoursAWeek: 'support hours a week',
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Lists of short values are read as one. */
const isShort = (value: unknown): boolean => typeof value !== 'object' && String(value).length <= 40

/** Every value of a part with its name, one a line. */
const valuesOf = (value: unknown, path: string[]): [part: string, value: string][] => {
  const part = path.join(' · ')
  if (value === null || value === undefined) return []
  if (/^(calendar · days|review · day)$/.test(part))
    return [
      [
        part,
        [value]
          .flat()
          .map((day) => weekdays[Number(day) - 1] ?? String(day))
          .join(', '),
      ],
    ]
  if (Array.isArray(value)) {
    if (value.every(isShort)) return value.length > 0 ? [[part, value.join(', ')]] : []
    return value.flatMap((one, index) => valuesOf(one, [...path, String(index + 1)]))
  }
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, one]) => valuesOf(one, [...path, inFile[key] ?? key]))
  return [[part, String(value)]]
}

/** What changes from one charter to the next, in the order of the charter; none where both say the same. */
export const charterChanges = (was: Charter, now: Charter): CharterChange[] => {
  const [before, after] = [new Map(valuesOf(was, [])), new Map(valuesOf(now, []))]
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((part) => ({ part, was: before.get(part) ?? null, now: after.get(part) ?? null }))
    .filter(({ was: old, now: is }) => old !== is)
}
