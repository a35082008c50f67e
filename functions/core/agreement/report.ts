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
