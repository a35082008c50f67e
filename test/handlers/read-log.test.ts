/** The decision log as it is read back, and what of it no longer holds. */
import { describe, expect, it } from 'vitest'
import { entriesAfter } from '../../functions/core/agreement/log.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import { readLog } from '../../functions/handlers/read-log.ts'
import { emptyWorld, pilotWorld } from '../make/world.ts'

describe('the log of an imported pilot', () => {
  it('holds both texts, and verifies', async () => {
    const { entries, verified } = await readLog(await pilotWorld())({ known: null })
    expect(entries.map(({ number, words: { what, why } }) => [number, what, why])).toEqual([
      [1, 'imported the charter as version 1', 'imported by a test'],
      [2, 'imported the rules as version 1', 'imported by a test'],
    ])
    expect(verified).toEqual({ ok: true })
  })

  it('still holds an entry whose hash was mailed, and says when it does not', async () => {
    const read = readLog(await pilotWorld())
    const { entries } = await read({ known: null })
    expect(await read({ known: entries[0]?.hash ?? '' })).toMatchObject({ verified: { ok: true } })
    expect(await read({ known: sha256('another log') })).toMatchObject({
      verified: { ok: false, brokenAt: null, because: expect.stringContaining('No entry has the hash') },
    })
  })

  it('does not hold once an entry is altered, left out or put in by hand', async () => {
    for (const alter of ['why', 'remove', 'insert'] as const) {
      const world = await pilotWorld()
      const [, second] = await world.decisionLog.entries()
      if (!second) throw new Error('a pilot was imported')
      const key = { pk: 'LOG', sk: 'ENTRY#000000002' }
      const by = {
        why: {
          table: 'DecisionLog',
          put: { ...key, entry: { ...second, decided: { ...second.decided, how: 'countersigned' } } },
        },
        remove: { table: 'DecisionLog', remove: { ...key, sk: 'ENTRY#000000001' } },
        insert: {
          table: 'DecisionLog',
          put: {
            pk: 'LOG',
            sk: 'ENTRY#000000003',
            entry: { ...entriesAfter(null, [second.decided], second.at, sha256)[0], number: 3 },
          },
        },
      }
      await world.database.write([by[alter]])
      const { verified } = await readLog(world)({ known: null })
      expect(verified, alter).toMatchObject({ ok: false, because: expect.stringMatching(/^Entry \d /) })
    }
  })
})

it('a log that nobody wrote in holds', async () => {
  expect(await readLog(emptyWorld())({ known: null })).toEqual({ entries: [], verified: { ok: true } })
})
