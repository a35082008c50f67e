/** Who holds which key at a moment, who may pause, and when the freeze ends. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actingAs, freezeEnded, ownersOf } from '../../../functions/core/agreement/acting.ts'
import { minutesAfter } from '../../../functions/core/time.ts'
import { aCharter } from '../../make/charter.ts'

const [coo, cto, director, platform] = ['coo', 'cto', 'director', 'platform'].map(
  (name) => `${name}@pilot.example`,
) as [string, string, string, string]
const startedAt = '2026-11-24T09:00:00.000Z'
const charter = aCharter()
const later = '2026-12-24T09:00:00.000Z'
const since = (absences: { person: string; from: string; to: string }[] = []) => ({ startedAt, absences })

describe('a key', () => {
  it('is held by the owner whom the charter names', () => {
    expect(ownersOf(charter)).toEqual([coo, cto])
    expect(actingAs(charter, since(), coo, later).key).toEqual({ key: 'rules', by: coo, inPlaceOf: null })
    expect(actingAs(charter, since(), cto, later).key).toEqual({ key: 'build', by: cto, inPlaceOf: null })
  })

  it('is nobody else’s, the backups’ neither, while the owners are there', () => {
    for (const person of [director, platform, 'ap@pilot.example', 'stranger@other.example'])
      expect(actingAs(charter, since(), person, later)).toMatchObject({ key: null, mayPause: false })
  })

  it('is turned by the backup on the days on which the owner is away, in the backup’s name', () => {
    const away = since([{ person: coo, from: '2026-12-24', to: '2026-12-24' }])
    const acting = (at: string) => actingAs(charter, away, director, at)
    expect(acting(later)).toMatchObject({ key: { key: 'rules', by: director, inPlaceOf: coo }, mayPause: true })
    // The day is that of the charter's zone: Berlin is an hour ahead.
    expect(acting('2026-12-23T22:59:59.000Z').key).toBeNull()
    expect(acting('2026-12-23T23:00:00.000Z').key).not.toBeNull()
    expect(acting('2026-12-24T22:59:59.000Z').key).not.toBeNull()
    expect(acting('2026-12-24T23:00:00.000Z').key).toBeNull()
    expect(actingAs(charter, away, platform, later).key).toBeNull()
  })

  it('is never held twice by one person, whoever is away', () => {
    const person = fc.constantFrom(coo, cto, director, platform)
    const day = fc.constantFrom('2026-12-23', '2026-12-24', '2026-12-25')
    fc.assert(
      fc.property(fc.array(fc.record({ person, from: day, to: day }), { maxLength: 6 }), (absences) => {
        const held = [coo, cto, director, platform].map((who) => actingAs(charter, since(absences), who, later))
        for (const { key, by } of held) if (key) expect(key.by).toBe(by)
        expect(held[0]?.key?.key).toBe('rules')
        expect(held[1]?.key?.key).toBe('build')
        expect(['rules', undefined]).toContain(held[2]?.key?.key)
        expect(['build', undefined]).toContain(held[3]?.key?.key)
      }),
    )
  })
})

describe('pausing', () => {
  it('is for whom the charter names, whether or not they hold a key', () => {
    const desk = { ...charter, owners: { ...charter.owners, pause: ['invoice desk'] } }
    expect(actingAs(desk, since(), 'ap2@pilot.example', later)).toMatchObject({ key: null, mayPause: true })
    expect(actingAs(desk, since(), coo, later).mayPause).toBe(false)
  })
})

describe('the freeze', () => {
  const frozen = (cycle: typeof charter.cycle, at: string) =>
    actingAs({ ...charter, cycle }, since(), coo, at).frozenUntil

  it('ends when the weeks of the first cycle are over, counted from the launch', () => {
    const ends = '2026-12-08T09:00:00.000Z'
    expect(frozen({ starts: 'launch', weeks: 2 }, startedAt)).toBe(ends)
    expect(frozen({ starts: 'launch', weeks: 2 }, minutesAfter(ends, -1))).toBe(ends)
    expect(frozen({ starts: 'launch', weeks: 2 }, ends)).toBeNull()
  })

  it('or from the beginning of a day, by the clock on the wall of the charter’s zone', () => {
    // From Monday in summer time to Monday in winter time: an hour more than two weeks.
    expect(frozen({ starts: '2027-10-18', weeks: 2 }, later)).toBe('2027-10-31T23:00:00.000Z')
  })

  it('has not begun where there is no pilot yet', () => {
    expect(actingAs(charter, { startedAt: null, absences: [] }, coo, later).frozenUntil).toBeNull()
    expect(freezeEnded(charter, { startedAt: null, absences: [] }, later)).toBeNull()
  })

  it('has ended from the moment at which the cycle is over', () => {
    const ends = '2026-12-08T09:00:00.000Z'
    const launched = { ...charter, cycle: { starts: 'launch' as const, weeks: 2 } }
    expect(freezeEnded(launched, since(), minutesAfter(ends, -1))).toBeNull()
    expect(freezeEnded(launched, since(), ends)).toBe(ends)
    expect(freezeEnded(launched, since(), later)).toBe(ends)
  })

  it('never ended where the cycle was over before there was a pilot', () => {
    const past = { ...charter, cycle: { starts: '2026-11-02', weeks: 2 } }
    expect(freezeEnded(past, since(), later)).toBeNull()
  })
})
