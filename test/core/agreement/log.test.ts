/** The decision log's chain: whatever is changed, left out or put in between is found where it is. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Decided, Turned } from '../../../functions/core/agreement/decided.ts'
import { canonical, entriesAfter, inWords, type LogEntry, verifyChain } from '../../../functions/core/agreement/log.ts'
import { reportText } from '../../../functions/core/agreement/report.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const at = '2026-11-24T09:00:00.000Z'
const paused = (why: string): Decided => ({ what: 'paused', by: 'cto@pilot.example', why })
const chainOf = (reasons: string[]): LogEntry[] => entriesAfter(null, reasons.map(paused), at, hash)

describe('an entry', () => {
  const [entry] = chainOf(['Textract is down.'])
  if (!entry) throw new Error('a chain of one')

  it('is hashed over one text that says all of it', () => {
    expect(canonical(entry)).toBe(
      `[1,"${at}",[["by","cto@pilot.example"],["what","paused"],["why","Textract is down."]],null]`,
    )
    expect(entry.hash).toBe(hash(canonical(entry)))
  })

  it('never shares that text with another', () => {
    const other = (by: string, why: string) => canonical({ ...entry, decided: { what: 'paused', by, why } })
    expect(other('a"],["why","b', 'c')).not.toBe(other('a', 'b"],["why","c'))
  })

  it('goes on from the head that is there', () => {
    const [next] = entriesAfter(entry, [paused('again')], at, hash)
    expect(next).toMatchObject({ number: 2, previousHash: entry.hash })
    expect(verifyChain([entry, next as LogEntry], hash)).toEqual({ ok: true })
  })
})

describe('a chain', () => {
  const chain = chainOf(['first', 'second', 'third', 'fourth'])

  it('as it was written holds, an empty one too', () => {
    expect(verifyChain(chain, hash)).toEqual({ ok: true })
    expect(verifyChain([], hash)).toEqual({ ok: true })
  })

  const again = { ...(chain[2] as LogEntry), decided: paused('another') }

  it.each<[string, LogEntry[], number]>([
    ['an entry left out', chain.toSpliced(1, 1), 2],
    ['the first left out', chain.slice(1), 1],
    ['two exchanged', chain.toSpliced(1, 2, chain[2] as LogEntry, chain[1] as LogEntry), 2],
    ['an entry written again', chain.toSpliced(2, 1, { ...again, hash: hash(canonical(again)) }), 4],
    ['one put twice', chain.toSpliced(1, 0, chain[0] as LogEntry), 2],
  ])('%s breaks it there', (_, entries, brokenAt) => {
    expect(verifyChain(entries, hash)).toMatchObject({ ok: false, brokenAt })
  })

  it('any field of any entry that is changed breaks it there', () => {
    const fields = ['at', 'previousHash', 'hash'] as const
    fc.assert(
      fc.property(fc.nat(3), fc.constantFrom(...fields), fc.string(), (index, field, text) => {
        const entry = chain[index] as LogEntry
        fc.pre(entry[field] !== text)
        const changed = chain.toSpliced(index, 1, { ...entry, [field]: text })
        expect(verifyChain(changed, hash)).toMatchObject({ ok: false, brokenAt: index + 1 })
      }),
    )
  })

  it('any part of any decision that is changed breaks it there', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.constantFrom('what', 'by', 'why', 'besides'), fc.string(), (index, name, text) => {
        const entry = chain[index] as LogEntry
        fc.pre((entry.decided as Record<string, unknown>)[name] !== text)
        const changed = { ...entry, decided: { ...entry.decided, [name]: text } as Decided }
        expect(verifyChain(chain.toSpliced(index, 1, changed), hash)).toMatchObject({ ok: false, brokenAt: index + 1 })
      }),
    )
  })
})

describe('in words', () => {
  const coo: Turned = { key: 'rules', by: 'coo@x', inPlaceOf: null }
  const backup: Turned = { key: 'build', by: 'platform@x', inPlaceOf: 'cto@x' }
  const text = { proposal: 3, textHash: 'abc' }
  const cases = (
    [
      ['Twice', true],
      ['Late', false],
      ['Both', null],
    ] as const
  ).map(([name, ok]) => ({
    ...{ name, expected: 'x', seen: 'y', ok, todo: null },
  }))

  it.each<[Decided, string]>([
    [
      {
        what: 'imported',
        document: 'rules',
        version: 1,
        textHash: 'abc',
        by: 'the local start',
        how: 'not countersigned',
      },
      'the local start: imported the rules as version 1 (not countersigned)',
    ],
    [
      { what: 'drafted', document: 'rules', textHash: 'abc', by: 'an admin', how: 'at the first deploy' },
      'an admin: brought a draft of the rules, which nobody has signed (at the first deploy)',
    ],
    [
      { what: 'proposed', document: 'rules', base: 1, why: 'Too slow.', safety: null, ...text, ...coo },
      'coo@x: proposed the rules, as proposal 3 (Too slow.)',
    ],
    [
      { what: 'parked', document: 'charter', why: 'Later.', ...text, ...coo },
      'coo@x: proposed the charter, as proposal 3; it is parked until the freeze ends (Later.)',
    ],
    [
      { what: 'countersigned', why: 'It can.', safety: 'Forged accounts.', ...text, ...backup },
      'platform@x in the place of cto@x: countersigned proposal 3 (It can. Safety reason: Forged accounts.)',
    ],
    [{ what: 'refused', why: 'No.', ...text, ...backup }, 'platform@x in the place of cto@x: refused proposal 3 (No.)'],
    [{ what: 'withdrawn', why: 'Oh.', ...text, ...coo }, 'coo@x: withdrew proposal 3 (Oh.)'],
    [{ what: 'rehearsed', passed: false, report: '2 of 20', ...text }, 'the rehearsal: of proposal 3 failed (2 of 20)'],
    [
      { what: 'rehearsed', passed: false, report: reportText(cases), ...text },
      'the rehearsal: of proposal 3 failed (1 of 2 cases passed; failed: Late; could not be tried with these texts: Both)',
    ],
    [
      { what: 'rehearsed', passed: true, report: reportText(cases.slice(0, 1)), ...text },
      'the rehearsal: of proposal 3 passed (1 of 1 cases passed)',
    ],
    [
      { what: 'activated', document: 'rules', version: 2, ...text },
      'the system: put the rules of proposal 3 in force as version 2 (null)',
    ],
    [
      {
        ...{ what: 'rolled back', document: 'rules', version: 1, from: 2, textHash: 'abc', why: 'Wrong.', ...coo },
        fate: 'are asked anew',
      },
      'coo@x: rolled the rules back from version 2 to version 1; undecided invoices are asked anew (Wrong.)',
    ],
    [{ what: 'paused', by: 'cto@x', why: 'Down.' }, 'cto@x: paused the pilot (Down.)'],
    [{ what: 'resumed', by: 'cto@x', why: 'Up.' }, 'cto@x: resumed the pilot (Up.)'],
    [{ what: 'wished', wish: 1, by: 'ap@x', text: 'A report' }, 'ap@x: wished, as wish 1 (A report)'],
    [{ what: 'wish taken up', wish: 1, why: 'Cheap.', ...coo }, 'coo@x: took up wish 1 (Cheap.)'],
    [{ what: 'wish dropped', wish: 1, why: 'Broad.', ...coo }, 'coo@x: dropped wish 1 (Broad.)'],
    [
      { what: 'away', from: '2026-12-01', to: '2026-12-04', why: 'On leave.', ...coo },
      'coo@x: is away from 2026-12-01 to 2026-12-04 (On leave.)',
    ],
  ])('%j', (decided, said) => {
    const { who, what, why, textHash } = inWords(decided)
    expect(`${who}: ${what} (${why})`).toBe(said)
    expect(textHash).toBe('textHash' in decided ? 'abc' : null)
  })
})
