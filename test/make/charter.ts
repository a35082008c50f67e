/** The charter of the sample pilot, with what a test wants otherwise. */
import { readFileSync } from 'node:fs'
import type { Charter } from '../../functions/core/pilot/charter.ts'
import { parseCharter } from '../../functions/core/pilot/parse-charter.ts'

/** The text of the sample pilot's file. */
export const sampleFile = (name: string): string =>
  readFileSync(new URL(`../../infra/local/pilot/${name}`, import.meta.url), 'utf8')

export const charterText: string = sampleFile('charter.yaml')

const sample = (): Charter => {
  const read = parseCharter(charterText)
  if ('findings' in read) throw new Error(read.findings.map(({ message }) => message).join('\n'))
  return read.charter
}

export const aCharter = (over: Partial<Charter> = {}): Charter => ({ ...sample(), ...over })

/** Berlin, Monday to Friday, 9 to 17, no holidays. */
export const aCalendar = (over: Partial<Charter['calendar']> = {}): Charter['calendar'] => ({
  zone: 'Europe/Berlin',
  days: [1, 2, 3, 4, 5],
  hours: { from: '09:00', to: '17:00' },
  holidays: [],
  ...over,
})
