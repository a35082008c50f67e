/** Whatever is changed outside is found: a pointer, a text, an entry of the log, one left out, one put in. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Decided } from '../../../functions/core/agreement/decided.ts'
import { entriesAfter, type LogEntry } from '../../../functions/core/agreement/log.ts'
import { changedOutside, type Stored } from '../../../functions/core/agreement/outside.ts'
import { aCharter, charterText, sampleFile } from '../../make/charter.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const at = '2026-11-24T09:00:00.000Z'
const anHourLater = '2026-11-24T10:00:00.000Z'
const rules = sampleFile('rules.txt')
const proposed = `${rules}\n# smaller\n`
const coo = { key: 'rules' as const, by: 'coo@pilot.example', inPlaceOf: null }

const importing = (document: 'charter' | 'rules', text: string): Decided => ({
  ...{ what: 'imported', document, version: 1, textHash: hash(text), by: 'a test', how: 'for a test' },
})
const entries = entriesAfter(
  null,
  [
    importing('charter', charterText),
    importing('rules', rules),
    {
      ...{
        what: 'proposed',
        document: 'rules',
        proposal: 1,
        textHash: hash(proposed),
        base: 1,
        why: 'why',
        safety: null,
      },
      ...coo,
    },
  ],
  at,
  hash,
)
const version = (text: string, charter?: unknown) => ({ number: 1, sha256: hash(text), text, charter })
const charter = version(charterText, aCharter())
const stored: Record<'charter' | 'rules', Stored> & { paused: null } = {
  paused: null,
  charter: { active: { number: 1, sha256: hash(charterText) }, versions: [charter], proposals: [] },
  rules: {
    active: { number: 1, sha256: hash(rules) },
    versions: [version(rules)],
    proposals: [{ number: 1, text: proposed }],
  },
}
const agreed = { entries, copies: entries, stored }
const withRules = (over: Partial<Stored>) => ({ ...agreed, stored: { ...stored, rules: { ...stored.rules, ...over } } })
const withCharter = (over: Partial<Stored>) => ({
  ...agreed,
  stored: { ...stored, charter: { ...stored.charter, ...over } },
})
const edited = (index: number, why: string): LogEntry[] =>
  entries.map((entry, position) =>
    position === index ? { ...entry, decided: { ...entry.decided, why } as Decided } : entry,
  )
const lies = entriesAfter(
  null,
  entries.map(({ decided }) => ('why' in decided ? { ...decided, why: 'another' } : decided)) as Decided[],
  at,
  hash,
)

describe('a pause in the table', () => {
  const pause = { by: 'cto@pilot.example', at, why: 'It stands still.' }
  const said = entriesAfter(entries.at(-1) ?? null, [{ what: 'paused', by: pause.by, why: pause.why }], at, hash)
  const log = [...entries, ...said]
  const found = (logged: LogEntry[], paused: typeof pause | null) =>
    changedOutside({ entries: logged, copies: logged, stored: { ...stored, paused } }, anHourLater, hash)

  it('is found where nobody decided it, where it is gone, and where it says another', () => {
    expect(found(log, pause)).toEqual([])
    expect(found(entries, pause)[0]?.what).toMatch(/is paused, by the decision log it is running/)
    expect(found(log, null)[0]?.what).toMatch(/is not paused, by the decision log it is paused by cto/)
    expect(found(log, { ...pause, why: 'another' })[0]?.what).toMatch(/paused in other words/)
  })
})

describe('nothing is found', () => {
  it('where the tables hold what was decided', () => {
    expect(changedOutside(agreed, anHourLater, hash)).toEqual([])
  })

  it('where a table keeps the names of the charter in another order', () => {
    const turned = Object.fromEntries(Object.entries(aCharter()).toReversed())
    expect(changedOutside(withCharter({ versions: [{ ...charter, charter: turned }] }), anHourLater, hash)).toEqual([])
  })

  it('while the copy of a fresh decision is under way', () => {
    const fresh = { ...agreed, copies: entries.slice(0, 2) }
    expect(changedOutside(fresh, '2026-11-24T09:14:59.000Z', hash)).toEqual([])
    expect(changedOutside(fresh, '2026-11-24T09:15:00.000Z', hash)).toHaveLength(1)
  })

  it('before there is a pilot', () => {
    const empty = { active: null, versions: [], proposals: [] }
    expect(
      changedOutside({ entries: [], copies: [], stored: { charter: empty, rules: empty, paused: null } }, at, hash),
    ).toEqual([])
  })
})

describe('before anything is in force', () => {
  const drafting = (document: 'charter' | 'rules', text: string): Decided => ({
    ...{ what: 'drafted', document, textHash: hash(text), by: 'a test', how: 'for a test' },
  })
  const log = entriesAfter(null, [drafting('charter', charterText), drafting('rules', rules)], at, hash)
  const draft = (text: string, read?: unknown) => ({ ...version(text, read), number: 0 })
  const nothing = { active: null, proposals: [] }
  const drafts = {
    charter: { ...nothing, versions: [draft(charterText, aCharter())] },
    rules: { ...nothing, versions: [draft(rules)] },
  }
  const found = (over: Partial<typeof drafts>, logged = log): string[] =>
    changedOutside(
      { entries: logged, copies: logged, stored: { ...drafts, ...over, paused: null } },
      anHourLater,
      hash,
    ).map(({ what, back }) => `${what} ${back}`)

  it('drafts are what the log says', () => expect(found({})).toEqual([]))

  it.each<[string, Partial<typeof drafts>, RegExp]>([
    [
      'a draft whose text was edited',
      { rules: { ...nothing, versions: [draft(proposed)] } },
      /^The draft of the rules is not the text that the decision log says\. Its item RULES \/ VERSION#000000/,
    ],
    ['a draft that is gone', { rules: { ...nothing, versions: [] } }, /^The draft of the rules is gone/],
    [
      'a draft that is read otherwise than its text says',
      { charter: { ...nothing, versions: [draft(charterText, aCharter({ inbox: 'mine@other.example' }))] } },
      /^The draft of the charter is read by the system otherwise/,
    ],
    [
      'a draft that was put in force by hand',
      { rules: { ...drafts.rules, active: { number: 0, sha256: hash(rules) } as never } },
      /^By the table version 0 of the rules is in force, and nobody agreed/,
    ],
  ])('%s is found', (_, over, said) => {
    expect(found(over)).toHaveLength(1)
    expect(found(over)[0]).toMatch(said)
  })

  it('a draft that nobody brought is found', () => {
    const there = withRules({ versions: [version(rules), draft(rules)] })
    expect(changedOutside(there, anHourLater, hash).map(({ what }) => what)).toEqual([
      'The draft of the rules stands in the table, and nobody agreed to it.',
    ])
  })
})

describe('found, with the way back, is', () => {
  it.each<[string, typeof agreed, RegExp, RegExp]>([
    [
      'a pointer to another version',
      withRules({ active: { number: 2, sha256: hash('x') } }),
      /By the table version 2 of the rules .* version 1/,
      new RegExp(`RULES / ACTIVE .* number 1 and sha256 ${hash(rules)}`),
    ],
    ['a pointer to another text', withRules({ active: { number: 1, sha256: hash('x') } }), /^By the table/, /ACTIVE/],
    ['a pointer that is gone', withRules({ active: null }), /^By the table no version/, /ACTIVE/],
    [
      'a version whose text was edited',
      withRules({ versions: [{ ...version(rules), text: `${rules} ` }] }),
      /Version 1 of the rules is not the text/,
      /RULES \/ VERSION#000001/,
    ],
    [
      'a version that was edited together with its hash',
      withRules({ versions: [version(`${rules} `)] }),
      /Version 1 of the rules is not the text/,
      /point in time/,
    ],
    ['a version that is gone', withRules({ versions: [] }), /Version 1 of the rules is gone/, /point in time/],
    [
      'a version that nobody agreed to',
      withRules({ versions: [version(rules), { ...version(rules), number: 2 }] }),
      /Version 2 of the rules .* nobody agreed/,
      /Delete item RULES \/ VERSION#000002/,
    ],
    [
      'a charter that is read otherwise than its text says',
      withCharter({ versions: [version(charterText, aCharter({ inbox: 'mine@other.example' }))] }),
      /Version 1 of the charter is read by the system otherwise/,
      /CHARTER \/ VERSION#000001/,
    ],
    [
      'a proposal whose text was edited',
      withRules({ proposals: [{ number: 1, text: rules }] }),
      /text of proposal 1 is not the one/,
      /RULES \/ PROPOSAL#000001/,
    ],
    ['a proposal that is gone', withRules({ proposals: [] }), /text of proposal 1 is gone/, /point in time/],
    [
      'a proposal that nobody made',
      withRules({ proposals: [...stored.rules.proposals, { number: 2, text: rules }] }),
      /Proposal 2 of the rules .* nobody proposed/,
      /Delete item/,
    ],
    [
      'an edited entry',
      { ...agreed, entries: edited(2, 'another') },
      /Entry 3 is not what was hashed/,
      /log\/000000003/,
    ],
    ['a log that was hashed anew', { ...agreed, entries: lies }, /Entry 3 .* its locked copy/, /log\/000000003\.json/],
    [
      'an entry cut off at the end',
      { ...withRules({ proposals: [] }), entries: entries.slice(0, 2) },
      /Entry 3 .* is gone/,
      /put it back/,
    ],
    [
      'an entry without a copy',
      { ...agreed, copies: entries.slice(0, 2) },
      /Entry 3 .* no locked copy/,
      /dead letters/,
    ],
  ])('%s', (_, there, what, back) => {
    const found = changedOutside(there, anHourLater, hash)
    expect(found.map((one) => one.what).join('\n')).toMatch(what)
    expect(found.map((one) => one.back).join('\n')).toMatch(back)
  })
})

describe('a log that cannot even be read', () => {
  const mangled = entries.with(1, { ...entries[1], decided: undefined } as never)

  it('is found, and the tables are compared with its copies', () => {
    const there = { ...withRules({ active: null }), entries: mangled }
    expect(changedOutside(there, anHourLater, hash).map(({ what }) => what)).toEqual([
      'The decision log is not what was written: Entry 2 is not what was hashed when it was written.',
      'Entry 2 of the decision log says something else than its locked copy.',
      'By the table no version of the rules is in force, by the decision log version 1.',
    ])
  })
})
