/** Who may open the owners' pages, and for how long without another code. */
import type { Charter } from '../pilot/charter.ts'
import { holders } from '../pilot/roles.ts'
import { type Instant, minutesAfter } from '../time.ts'
import { sessionHours } from './action.ts'

/** Everybody to whom the charter gives a key or the pause, and those who back them up. */
export const mayOpen = (charter: Charter, person: string): boolean =>
  [charter.owners.rules, charter.owners.build, ...charter.owners.pause].some((role) => {
    const { people, backup } = holders(charter, role, null)
    return people.includes(person) || backup.includes(person)
  })

/** Signed in by a right code: this person, in this browser. */
export type Session = { person: string; browser: string; at: Instant }

/** Until when a session lasts; null where it is another person's or browser's, or over. */
export const lastsUntil = (
  session: Session | null,
  { person, browser, at }: { person: string; browser: string; at: Instant },
): Instant | null => {
  if (session?.person !== person || session.browser !== browser) return null
  const until = minutesAfter(session.at, sessionHours * 60)
  return at < until ? until : null
}
