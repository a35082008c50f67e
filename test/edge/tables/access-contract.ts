/** What the Access table has to do: one suite, run on memory and on the emulator. */
import { describe, expect, it } from 'vitest'
import { accessTable, type KeptCode } from '../../../functions/edge/tables/access.ts'
import type { Database } from '../../../functions/edge/tables/database.ts'

/** `fresh` gives a database, and a table of it in which nobody else writes. */
export const accessContract = (name: string, fresh: () => Promise<{ database: Database; table: string }>): void => {
  const at = '2026-11-24T09:00:00.000Z'
  const later = '2026-11-24T09:01:00.000Z'
  const person = 'coo@pilot.example'
  const code = (over: Partial<KeptCode> = {}): KeptCode => ({
    id: 'one',
    browser: 'mine',
    action: { words: 'signs proposal 3', textHash: 'a' },
    at,
    usedAt: null,
    seal: 'sealed',
    ...over,
  })
  const given = async () => {
    const { database, table } = await fresh()
    const access = accessTable(database, table)
    const keep = async (kept: KeptCode) => {
      const budget = await access.budget(person, kept.browser, kept.at)
      return access.keepCode(person, kept, { ...budget, sent: [...budget.sent, kept.at] })
    }
    return { access, keep, item: (pk: string, sk: string) => database.get(table, { pk, sk }) }
  }

  describe(`the Access table (${name})`, () => {
    it('knows whose a link is, until all of that person are replaced', async () => {
      const { access } = await given()
      await access.keepLink('first', { person, at })
      await access.keepLink('second', { person, at })
      await access.keepLink('other', { person: 'cto@pilot.example', at })
      expect(await access.link('first')).toEqual({ person })
      expect(await access.link('unknown')).toBeNull()
      await access.replaceLinks('third', { person, at: later })
      expect(await access.link('first')).toBeNull()
      expect(await access.link('second')).toBeNull()
      expect(await access.link('third')).toEqual({ person })
      expect(await access.link('other')).toEqual({ person: 'cto@pilot.example' })
    })

    it('keeps codes, oldest first, and one of two that were asked for at the same moment', async () => {
      const { access, keep } = await given()
      const budget = await access.budget(person, 'mine', at)
      expect(budget).toEqual({ name: 'strangers', sent: [], version: 0 })
      expect(await keep(code({ id: 'two', at: later }))).toBe(true)
      expect(await access.keepCode(person, code({ id: 'lost' }), { ...budget, sent: [at] })).toBe(false)
      expect(await keep(code())).toBe(true)
      expect(await access.codes(person)).toEqual([code(), code({ id: 'two', at: later })])
      expect(await access.codes('cto@pilot.example')).toEqual([])
      expect(await access.budget(person, 'mine', at)).toMatchObject({ sent: [later, at], version: 2 })
    })

    it('lets a code be used once; then its browser is known, and mails on an account of its own', async () => {
      const { access, keep, item } = await given()
      await keep(code())
      await access.keepTries('mine', { tries: { count: 2, last: at }, told: false, version: 0 })
      expect(await access.use(person, code(), { at: later, session: { hash: 'token' } })).toBe(true)
      expect(await access.use(person, code(), { at: later, session: { hash: 'stolen' } })).toBe(false)
      expect(await access.codes(person)).toEqual([code({ usedAt: later })])
      expect(await access.session('token')).toEqual({ person, browser: 'mine', at: later })
      expect(await access.session('stolen')).toBeNull()
      expect(await access.tries('mine')).toEqual({ tries: null, told: false, version: 0 })
      expect(await access.budget(person, 'mine', later)).toEqual({ name: 'mine', sent: [], version: 0 })
      expect(await access.budget(person, 'another', later)).toMatchObject({ name: 'strangers', sent: [at] })
      expect(await access.budget(person, 'mine', '2026-12-24T09:01:00.000Z')).toMatchObject({ name: 'strangers' })
      // A session ends by itself, even where nobody asks for it any more.
      expect(await item('SESSION#token', 'SESSION')).toMatchObject({ expires: Date.parse(later) / 1000 + 12 * 3600 })
    })

    it('without a session where the code does not sign in', async () => {
      const { access, keep } = await given()
      await keep(code())
      expect(await access.use(person, code(), { at: later, session: null })).toBe(true)
      expect(await access.codes(person)).toEqual([code({ usedAt: later })])
    })

    it('counts tries, on condition that nobody tried since', async () => {
      const { access } = await given()
      expect(await access.tries('mine')).toEqual({ tries: null, told: false, version: 0 })
      const first = { tries: { count: 1, last: at }, told: false, version: 0 }
      expect(await access.keepTries('mine', first)).toBe(true)
      expect(await access.keepTries('mine', first)).toBe(false)
      expect(await access.tries('mine')).toEqual({ ...first, version: 1 })
      expect(await access.keepTries('mine', { tries: { count: 2, last: later }, told: true, version: 1 })).toBe(true)
      expect(await access.tries('mine')).toEqual({ tries: { count: 2, last: later }, told: true, version: 2 })
      expect(await access.tries('another')).toEqual({ tries: null, told: false, version: 0 })
    })
  })
}
