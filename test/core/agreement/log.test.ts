/** The decision log's chain: whatever is changed, left out or put in between is found where it is. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, type LogEntry, logEntry, verifyChain } from '../../../functions/core/agreement/log.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

const decision = {
  number: 1,
  at: '2026-11-24T09:00:00.000Z',
  who: 'npm start',
  what: 'charter imported',
  why: 'imported locally, not countersigned',
  textHash: hash('the charter'),
  version: 1,
  previousHash: null,
}

const chainOf = (reasons: string[]): LogEntry[] => {
  const entries: LogEntry[] = []
  for (const [index, why] of reasons.entries())
    entries.push(logEntry({ ...decision, number: index + 1, why, previousHash: entries.at(-1)?.hash ?? null }, hash))
  return entries
}

describe('an entry', () => {
  it('is hashed over one text that says all of it', () => {
    expect(canonical(decision)).toBe(
      `[1,"2026-11-24T09:00:00.000Z","npm start","charter imported","imported locally, not countersigned","${decision.textHash}",1,null]`,
    )
    expect(logEntry(decision, hash).hash).toBe(hash(canonical(decision)))
  })

  it('never shares that text with another', () => {
    expect(canonical({ ...decision, what: 'a","b', why: 'c' })).not.toBe(
      canonical({ ...decision, what: 'a', why: 'b","c' }),
    )
  })
})

describe('a chain', () => {
  const chain = chainOf(['first', 'second', 'third', 'fourth'])

  it('as it was written holds, an empty one too', () => {
    expect(verifyChain(chain, hash)).toEqual({ ok: true })
    expect(verifyChain([], hash)).toEqual({ ok: true })
  })

  it.each<[string, LogEntry[], number]>([
    ['an entry left out', chain.toSpliced(1, 1), 2],
    ['the first left out', chain.slice(1), 1],
    ['two exchanged', chain.toSpliced(1, 2, chain[2] as LogEntry, chain[1] as LogEntry), 2],
    ['an entry written again', chain.toSpliced(2, 1, logEntry({ ...(chain[2] as LogEntry), why: 'another' }, hash)), 4],
    ['one put twice', chain.toSpliced(1, 0, chain[0] as LogEntry), 2],
  ])('%s breaks it there', (_, entries, brokenAt) => {
    expect(verifyChain(entries, hash)).toMatchObject({ ok: false, brokenAt })
  })

  it('any field of any entry that is changed breaks it there', () => {
    const fields = ['at', 'who', 'what', 'why', 'textHash', 'previousHash', 'hash'] as const
    fc.assert(
      fc.property(fc.nat(3), fc.constantFrom(...fields), fc.string(), (index, field, text) => {
        const entry = chain[index] as LogEntry
        fc.pre(entry[field] !== text)
        const changed = chain.toSpliced(index, 1, { ...entry, [field]: text })
        expect(verifyChain(changed, hash)).toMatchObject({ ok: false, brokenAt: index + 1 })
      }),
    )
  })
})
