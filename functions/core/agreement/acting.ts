/** Who may do what at a moment: whose key a person turns now, who may pause, and how long the pilot is frozen. */
import { Temporal } from 'temporal-polyfill'
import type { Address } from '../approval/history.ts'
import type { Charter } from '../pilot/charter.ts'
import { everyHolder, holders } from '../pilot/roles.ts'
import { type Instant, instant } from '../time.ts'
import { localDate } from '../working-time.ts'
import type { Acting, AgreementState } from './agreement.ts'
import type { OwnerKey, Turned } from './decided.ts'

/** What was agreed that decides who may act. */
type Since = Pick<AgreementState, 'startedAt' | 'absences'>

const keys: readonly OwnerKey[] = ['rules', 'build']

/** The people who own the pilot: who holds the key of the rules, and who that of the build. */
export const ownersOf = (charter: Charter): Address[] => [
  ...new Set(keys.flatMap((key) => everyHolder(charter, charter.owners[key]))),
]

const isAway = (person: Address, at: Instant, { absences }: Since, { calendar }: Charter): boolean => {
  const today = localDate(at, calendar.zone)
  return absences.some((absence) => absence.person === person && absence.from <= today && today <= absence.to)
}

/** The key that a person may turn now: as its holder, or as the backup of a holder who is recorded as away. */
const keyOf = (charter: Charter, since: Since, person: Address, at: Instant): Turned | null => {
  const held = keys.map((key) => ({ key, ...holders(charter, charter.owners[key], null) }))
  const own = held.find(({ people }) => people.includes(person))
  if (own) return { key: own.key, by: person, inPlaceOf: null }
  const stoodIn = held.find(
    ({ people, backup }) => backup.includes(person) && people.every((holder) => isAway(holder, at, since, charter)),
  )
  return stoodIn ? { key: stoodIn.key, by: person, inPlaceOf: stoodIn.people[0] ?? null } : null
}

/**
 * When the first cycle ends, by the clock on the wall of the charter's zone; null before the pilot is launched. A cycle that
 * starts at launch lasts its weeks from that moment; one that starts on a date, from the beginning of that day.
 */
const cycleEnds = ({ cycle, calendar: { zone } }: Charter, { startedAt }: Since): Instant | null => {
  if (startedAt === null) return null
  const starts =
    cycle.starts === 'launch'
      ? Temporal.Instant.from(startedAt).toZonedDateTimeISO(zone)
      : Temporal.PlainDate.from(cycle.starts).toZonedDateTime(zone)
  return instant(starts.add({ weeks: cycle.weeks }).toInstant())
}

/** Until when new wishes are parked; null where the first cycle has ended. */
export const frozenUntil = (charter: Charter, since: Since, at: Instant): Instant | null => {
  const ends = cycleEnds(charter, since)
  return ends !== null && at < ends ? ends : null
}

/** When the freeze ended; null while it goes on, and where the cycle was over before there was a pilot. */
export const freezeEnded = (charter: Charter, since: Since, at: Instant): Instant | null => {
  const ends = cycleEnds(charter, since)
  return ends !== null && since.startedAt !== null && since.startedAt < ends && ends <= at ? ends : null
}

/** Who this person is to a decision at this moment, by the charter in force and what was agreed since. */
export const actingAs = (charter: Charter, since: Since, person: Address, at: Instant): Acting => {
  const key = keyOf(charter, since, person, at)
  const mayPause = charter.owners.pause.some(
    (role) =>
      everyHolder(charter, role).includes(person) ||
      (key !== null && key.inPlaceOf !== null && everyHolder(charter, role).includes(key.inPlaceOf)),
  )
  return { by: person, key, mayPause, frozenUntil: frozenUntil(charter, since, at), at }
}
