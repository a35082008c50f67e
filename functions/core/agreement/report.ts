/** The report of a rehearsal as the decision log keeps it: what each case expected, what was seen, and what is to be done. */
import * as z from 'zod'

const CaseSeen = z.object({
  /** What was played, in the words of whoever owns the rules. */
  name: z.string(),
  expected: z.string(),
  seen: z.string(),
  /** Null where these texts gave no occasion to try it. */
  ok: z.boolean().nullable(),
  /** What is to be done where it failed. */
  todo: z.string().nullable(),
})
export type CaseSeen = z.infer<typeof CaseSeen>

/** One text, for the log hashes what it keeps: JSON, each case with its parts in one order. */
export const reportText = (cases: readonly CaseSeen[]): string =>
  JSON.stringify(cases.map(({ name, expected, seen, ok, todo }) => ({ name, expected, seen, ok, todo })))

/** Throws for what no rehearsal wrote. */
export const casesOf = (report: string): CaseSeen[] => z.array(CaseSeen).parse(JSON.parse(report))

/** No case failed, and something was tried. */
export const passed = (cases: readonly CaseSeen[]): boolean =>
  cases.every(({ ok }) => ok !== false) && cases.some(({ ok }) => ok === true)

/** As `casesOf`; null for what no rehearsal wrote, for a page of the log has to show that, too. */
export const casesIn = (report: string): CaseSeen[] | null => {
  try {
    return casesOf(report)
  } catch {
    return null
  }
}

const namesOf = (cases: readonly CaseSeen[]): string => cases.map(({ name }) => name).join(', ')

/** `17 of 18 cases passed; failed: A reminder that is lost`. */
export const reportInWords = (report: string): string => {
  const cases = casesIn(report)
  if (!cases) return report
  const [good, bad, untried] = [true, false, null].map((is) => cases.filter(({ ok }) => ok === is)) as [
    CaseSeen[],
    CaseSeen[],
    CaseSeen[],
  ]
  return [
    `${good.length} of ${good.length + bad.length} cases passed`,
    ...(bad.length > 0 ? [`failed: ${namesOf(bad)}`] : []),
    ...(untried.length > 0 ? [`could not be tried with these texts: ${namesOf(untried)}`] : []),
  ].join('; ')
}
