/** Two keys on one text: what is legal, what is refused and with which words, and laws over random sequences of commands. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Acting,
  type AgreementState,
  type Command,
  decide,
  moves,
  openProposal,
  type ProposalState,
  rollBackDays,
  standing,
} from '../../../functions/core/agreement/agreement.ts'
import type { Decided, OwnerKey, Recorded } from '../../../functions/core/agreement/decided.ts'
import { evolve, nothingAgreed } from '../../../functions/core/agreement/evolve.ts'
import { minutesAfter } from '../../../functions/core/time.ts'

const start = '2026-11-24T09:00:00.000Z'
const coo = 'coo@pilot.example'
const cto = 'cto@pilot.example'

const acting = (by: string, over: Partial<Acting> = {}): Acting => {
  const keys: Record<string, OwnerKey> = { [coo]: 'rules', [cto]: 'build' }
  const key = keys[by]
  return {
    by,
    key: key ? { key, by, inPlaceOf: null } : null,
    mayPause: key !== undefined,
    frozenUntil: null,
    at: start,
    ...over,
  }
}

const record = (state: AgreementState, decided: Decided, at = start): AgreementState =>
  evolve(state, { number: state.number + 1, at, decided })

const imported = (['charter', 'rules'] as const).reduce(
  (state, document) =>
    record(state, {
      what: 'imported',
      document,
      version: 1,
      textHash: `${document} 1`,
      by: 'a test',
      how: 'for a test',
    }),
  nothingAgreed,
)

/** A deployed stage on its first day: both texts are drafts. */
const drafted = (['charter', 'rules'] as const).reduce(
  (state, document) =>
    record(state, { what: 'drafted', document, textHash: `${document} 1`, by: 'a test', how: 'for a test' }),
  nothingAgreed,
)

/** What stands after these commands, each by a person; a refusal fails the test. */
const once = (state: AgreementState, ...done: [Command, Acting][]): AgreementState =>
  done.reduce((before, [command, who]) => {
    const answer = decide(before, command, who)
    if (answer.kind !== 'decided') throw new Error(answer.because)
    return answer.decided.reduce((each, decided) => record(each, decided, who.at), before)
  }, state)

const refusal = (state: AgreementState, command: Command, who: Acting): string => {
  const answer = decide(state, command, who)
  return answer.kind !== 'decided' ? answer.because : `decided: ${JSON.stringify(answer.decided)}`
}

const proposing = (over: Partial<Command & { do: 'propose' }> = {}): Command => ({
  ...{ do: 'propose', document: 'rules', textHash: 'rules 2', bytes: 100, seen: null, objections: [] },
  why: 'Small invoices take too long.',
  safety: null,
  ...over,
})
const one = { proposal: 1, textHash: 'rules 2' }
const signing = (over: Partial<Command & { do: 'countersign' }> = {}): Command => ({
  do: 'countersign',
  ...one,
  why: 'The system can carry it.',
  safety: null,
  ...over,
})
const passing: Command = { do: 'rehearsed', ...one, passed: true, report: 'all cases' }
const activating: Command = { do: 'activate', ...one }
const system = acting('countersign')

const proposed = once(imported, [proposing(), acting(coo)])
const signed = once(proposed, [signing(), acting(cto)])
const active = once(signed, [passing, system], [activating, system])

describe('the way of a text', () => {
  it('is proposed by its owner, signed by the other, rehearsed, and only then in force', () => {
    expect(openProposal(proposed, 'rules')).toMatchObject({ state: 'proposed', base: 1, proposedBy: { by: coo } })
    expect(openProposal(signed, 'rules')).toMatchObject({ state: 'countersigned', signedBy: { by: cto } })
    expect(signed.inForce.rules?.version).toBe(1)
    expect(active.inForce.rules).toEqual({ version: 2, textHash: 'rules 2', since: start, before: 1 })
    expect(openProposal(active, 'rules')).toBeNull()
  })

  it('of the charter may begin with either owner, and ends with the other', () => {
    const charter = proposing({ document: 'charter', textHash: 'charter 2' })
    const state = once(imported, [charter, acting(cto)])
    expect(decide(state, signing({ textHash: 'charter 2' }), acting(coo)).kind).toBe('decided')
  })

  it('in the place of an owner who is away keeps both names', () => {
    const backup = 'director@pilot.example'
    const key = { key: 'rules' as const, by: backup, inPlaceOf: coo }
    expect(openProposal(once(imported, [proposing(), acting(backup, { key })]), 'rules')?.proposedBy).toEqual(key)
  })

  it('that failed its rehearsal can be rehearsed again', () => {
    const failed = once(signed, [{ ...passing, passed: false } as Command, system])
    expect(openProposal(failed, 'rules')?.state).toBe('countersigned')
    expect(once(failed, [passing, system], [activating, system]).inForce.rules?.version).toBe(2)
  })

  it('that its owner edits becomes a new proposal, and the old one is withdrawn', () => {
    const edited = once(proposed, [proposing({ textHash: 'rules 3', seen: 1 }), acting(coo)])
    expect(edited.proposals.map(({ state, textHash }) => [textHash, state])).toEqual([
      ['rules 2', 'withdrawn'],
      ['rules 3', 'proposed'],
    ])
  })
})

describe('before anything is in force', () => {
  const charter = { proposal: 1, textHash: 'charter 1' }
  const rules = { proposal: 2, textHash: 'rules 1' }
  const charterProposed = once(drafted, [proposing({ document: 'charter', textHash: 'charter 1' }), acting(cto)])
  const bothProposed = once(charterProposed, [proposing({ textHash: 'rules 1' }), acting(coo)])
  const inForce = (state: AgreementState, text: typeof charter, signer: string, at: string): AgreementState =>
    once(
      state,
      [signing(text), acting(signer, { at })],
      [{ ...passing, ...text } as Command, acting('countersign', { at })],
      [{ do: 'activate', ...text }, acting('countersign', { at })],
    )

  it('the drafts stand, and nothing has begun', () => {
    expect(standing(drafted, 'charter')).toEqual({ number: 0, sha256: 'charter 1' })
    expect(standing(nothingAgreed, 'rules')).toBeNull()
    expect(drafted).toMatchObject({ startedAt: null, inForce: { charter: null, rules: null } })
  })

  it('both texts go the way of every text, and the pilot begins with the second', () => {
    const [monday, tuesday] = [minutesAfter(start, 60), minutesAfter(start, 1_500)]
    const charterOnly = inForce(bothProposed, charter, coo, monday)
    expect(standing(charterOnly, 'charter')).toEqual({ number: 1, sha256: 'charter 1' })
    expect([charterOnly.startedAt, standing(charterOnly, 'rules')?.number]).toEqual([null, 0])
    const launched = inForce(charterOnly, rules, cto, tuesday)
    expect(launched.inForce.rules).toEqual({ version: 1, textHash: 'rules 1', since: tuesday, before: null })
    expect(launched.startedAt).toBe(tuesday)
    const later = minutesAfter(tuesday, 60)
    expect(record(launched, { what: 'paused', by: cto, why: 'x' }, later).startedAt).toBe(tuesday)
  })

  it('the rules can be proposed, and not signed before the charter is in force', () => {
    expect(refusal(bothProposed, signing(rules), acting(cto))).toMatch(/^The charter comes first/)
    const signedCharter = once(bothProposed, [signing(charter), acting(coo)])
    expect(refusal(signedCharter, signing(rules), acting(cto))).toMatch(/^The charter comes first/)
  })

  it('who proposed the draft does not sign it', () => {
    expect(refusal(charterProposed, signing(charter), acting(cto))).toMatch(/^Nobody can turn both keys/)
  })

  it('another text than the draft can be proposed', () => {
    const other = once(drafted, [proposing({ document: 'charter', textHash: 'charter 2' }), acting(coo)])
    expect(other.proposals).toMatchObject([{ textHash: 'charter 2', base: null, state: 'proposed' }])
  })

  it('there is nothing to pause and nothing to go back to', () => {
    expect(refusal(drafted, { do: 'pause', why: 'x' }, acting(cto))).toMatch(/^The pilot has not begun/)
    const back = { do: 'roll back', document: 'rules', version: 0, fate: 'keep their version', why: 'x' } as const
    expect(refusal(drafted, back, acting(cto))).toMatch(/^There is no version 0/)
  })
})

describe('a proposal is refused', () => {
  it.each<[string, Partial<Command & { do: 'propose' }>, string, RegExp]>([
    ['by somebody without a key', {}, 'ap@pilot.example', /^Only the owner of the rules can propose/],
    ['by the owner of the build', {}, cto, /^Only the owner of the rules can propose/],
    ['with findings', { objections: ['Rule 3 can never fire.'] }, coo, /^It cannot be proposed yet: Rule 3/],
    ['that is too long', { bytes: 256_001 }, coo, /256001 bytes; a text of more than 256000/],
    ['without a reason', { why: ' ' }, coo, /^Say why; the other owner signs/],
    ['that changes nothing', { textHash: 'rules 1' }, coo, /nothing would change/],
    ['from a page that is stale', { seen: 7 }, coo, /^Proposal 7 is closed meanwhile/],
  ])('%s', (_, over, by, because) => expect(refusal(imported, proposing(over), acting(by))).toMatch(because))

  it('while somebody proposed meanwhile', () => {
    expect(refusal(proposed, proposing({ textHash: 'rules 3' }), acting(coo))).toMatch(
      /^Meanwhile proposal 1 was made by coo@/,
    )
  })

  it('while the other owner waits for a signature', () => {
    const state = once(imported, [proposing({ document: 'charter', textHash: 'charter 2' }), acting(cto)])
    expect(refusal(state, proposing({ document: 'charter', textHash: 'charter 3', seen: 1 }), acting(coo))).toMatch(
      /^Proposal 1 waits for your signature/,
    )
  })
})

describe('a signature is refused', () => {
  it.each<[string, AgreementState, Command, Acting, RegExp]>([
    ['by who proposed', proposed, signing(), acting(coo), /^Nobody can turn both keys/],
    [
      'by the one person who has the other key meanwhile',
      proposed,
      signing(),
      acting(coo, { key: { key: 'build', by: coo, inPlaceOf: cto } }),
      /^Nobody can turn both keys/,
    ],
    ['by somebody without a key', proposed, signing(), acting('ap@pilot.example'), /^Only an owner can sign/],
    ['of another text', proposed, signing({ textHash: 'rules 9' }), acting(cto), /^This is not the text of proposal 1/],
    ['of a proposal that is none', proposed, signing({ proposal: 4 }), acting(cto), /^There is no proposal 4/],
    ['a second time', signed, signing(), acting(cto), /^Proposal 1 is countersigned; there is nothing to countersign/],
    ['without a reason', proposed, signing({ why: '' }), acting(cto), /^Say why you sign/],
  ])('%s', (_, state, command, who, because) => expect(refusal(state, command, who)).toMatch(because))

  it('when what it was compared with is not in force any more', () => {
    const again = once(active, [proposing({ textHash: 'rules 3' }), acting(coo)])
    const back = once(again, [
      { do: 'roll back', document: 'rules', version: 1, fate: 'keep their version', why: 'It asked the wrong people.' },
      acting(cto),
    ])
    expect(refusal(back, signing({ proposal: 2, textHash: 'rules 3' }), acting(cto))).toMatch(/made against version 2/)
  })
})

describe('who may stop it', () => {
  const withdraw = (why = 'It was a mistake.'): Command => ({ do: 'withdraw', ...one, why })
  const refuse = (why = 'It asks nobody.'): Command => ({ do: 'refuse', ...one, why })

  it('its owner withdraws, the other refuses, and neither does the other’s part', () => {
    expect(once(proposed, [withdraw(), acting(coo)]).proposals[0]?.state).toBe('withdrawn')
    expect(once(proposed, [refuse(), acting(cto)]).proposals[0]?.state).toBe('refused')
    expect(refusal(proposed, withdraw(), acting(cto))).toMatch(/you can refuse it, not withdraw it/)
    expect(refusal(proposed, refuse(), acting(coo))).toMatch(/^You proposed this; you can withdraw it/)
  })

  it('once both have signed, either', () => {
    for (const by of [coo, cto]) expect(once(signed, [withdraw(), acting(by)]).proposals[0]?.state).toBe('withdrawn')
  })

  it('always with a reason, and nobody else', () => {
    expect(refusal(proposed, withdraw(''), acting(coo))).toMatch(/^Say why you withdraw it/)
    expect(refusal(proposed, refuse(''), acting(cto))).toMatch(/^Say why you refuse it/)
    expect(refusal(proposed, refuse(), acting('ap@pilot.example'))).toMatch(/^Only an owner/)
  })
})

describe('while the pilot is frozen', () => {
  const frozenUntil = '2026-12-08T15:00:00.000Z'
  const frozen = (by: string) => acting(by, { frozenUntil })
  const parked = once(imported, [proposing(), frozen(coo)])
  const takeUp: Command = { do: 'take up', ...one, why: 'The cycle has ended.' }

  it('a proposal is kept with date and name, and can be taken up after the cycle', () => {
    expect(parked.proposals[0]).toMatchObject({ state: 'parked', at: start, proposedBy: { by: coo } })
    expect(refusal(parked, signing(), frozen(cto))).toMatch(/^Proposal 1 is parked/)
    const withdraw: Command = { do: 'withdraw', ...one, why: 'It was a mistake.' }
    expect(refusal(parked, withdraw, frozen(cto))).toMatch(/you can sign or refuse it once it is taken up/)
    expect(refusal(parked, takeUp, frozen(coo))).toMatch(/frozen until 2026-12-08/)
    expect(once(parked, [takeUp, acting(coo)]).proposals).toMatchObject([{ state: 'proposed', base: 1 }])
    expect(refusal(parked, takeUp, acting(cto))).toMatch(/^Only who may propose the rules/)
  })

  it('a written safety reason of both lets it through, and the decisions say so', () => {
    const urgent = once(imported, [proposing({ safety: 'Forged accounts get through.' }), frozen(coo)])
    expect(refusal(urgent, signing(), frozen(cto))).toMatch(/safety reason from both of you, and yours is missing/)
    const both = decide(urgent, signing({ safety: 'I saw two of them.' }), frozen(cto))
    expect(both).toMatchObject({ decided: [{ what: 'countersigned', safety: 'I saw two of them.' }] })
  })
})

describe('rolling back', () => {
  const back = (over: Partial<Command & { do: 'roll back' }> = {}): Command => ({
    ...{ do: 'roll back', document: 'rules', version: 1, fate: 'are asked anew', why: 'It asked the wrong people.' },
    ...over,
  })
  const days = (count: number) => minutesAfter(start, count * 24 * 60)

  it('to the version just before takes one key and a reason', () => {
    const state = once(active, [back(), acting(cto)])
    expect(state.inForce.rules).toMatchObject({ version: 1, textHash: 'rules 1', before: 2 })
  })

  it.each<[string, Partial<Command & { do: 'roll back' }>, Acting, RegExp]>([
    ['after seven days', {}, acting(cto, { at: days(rollBackDays) }), /signed for another time/],
    ['to what never was', { version: 9 }, acting(cto), /^There is no version 9 of the rules/],
    ['to what is in force', { version: 2 }, acting(cto), /^Version 2 is in force already/],
    ['without a reason', { why: '' }, acting(cto), /^Say why you roll back/],
    ['without a key', {}, acting('ap@pilot.example'), /^Only an owner can roll back/],
  ])('%s is refused', (_, over, who, because) => expect(refusal(active, back(over), who)).toMatch(because))

  it('to an older one is refused: its text has to be proposed again', () => {
    const third = once(
      active,
      [proposing({ textHash: 'rules 3' }), acting(coo)],
      [signing({ proposal: 2, textHash: 'rules 3' }), acting(cto)],
      [{ ...passing, proposal: 2, textHash: 'rules 3' } as Command, system],
      [{ do: 'activate', proposal: 2, textHash: 'rules 3' }, system],
    )
    expect(refusal(third, back(), acting(cto))).toMatch(/Propose its text again/)
    expect(once(third, [proposing({ textHash: 'rules 1' }), acting(coo)]).proposals.at(-1)?.state).toBe('proposed')
  })
})

describe('pausing', () => {
  const pause: Command = { do: 'pause', why: 'Textract is down.' }
  const resume: Command = { do: 'resume', why: 'It works again.' }

  it('and resuming are decided by whoever the charter allows, with a reason', () => {
    const paused = once(imported, [pause, acting(cto)])
    expect(paused.paused).toEqual({ by: cto, at: start, why: 'Textract is down.' })
    expect(once(paused, [resume, acting(coo)]).paused).toBeNull()
    expect(refusal(paused, pause, acting(coo))).toMatch(/^It is paused already, by cto@/)
    expect(refusal(imported, resume, acting(coo))).toMatch(/^It is not paused/)
    expect(refusal(imported, pause, acting('ap@pilot.example'))).toMatch(/^The charter does not let ap@/)
    expect(refusal(imported, { ...pause, why: '' } as Command, acting(cto))).toMatch(/^Say why you pause it/)
  })
})

describe('wishes', () => {
  const wished = once(imported, [{ do: 'wish', text: 'A report by vendor' }, acting('ap@pilot.example')])
  const takeUp: Command = { do: 'take up wish', wish: 1, why: 'It is cheap.' }

  it('are parked by anybody, and taken up or dropped by an owner after the cycle', () => {
    expect(wished.wishes).toEqual([
      { number: 1, by: 'ap@pilot.example', at: start, text: 'A report by vendor', from: null, state: 'parked' },
    ])
    expect(refusal(wished, takeUp, acting(coo, { frozenUntil: '2026-12-08T15:00:00.000Z' }))).toMatch(/frozen until/)
    const taken = once(wished, [takeUp, acting(coo)])
    expect(taken.wishes[0]?.state).toBe('taken up')
    expect(refusal(taken, takeUp, acting(coo))).toMatch(/^Wish 1 was taken up before/)
    expect(once(wished, [{ do: 'drop wish', wish: 1, why: 'Too broad.' }, acting(cto)]).wishes[0]?.state).toBe(
      'dropped',
    )
    expect(refusal(wished, takeUp, acting('ap@pilot.example'))).toMatch(/^Only an owner/)
    expect(refusal(wished, { ...takeUp, wish: 2 } as Command, acting(coo))).toMatch(/^There is no wish 2/)
    expect(refusal(wished, { ...takeUp, why: '' } as Command, acting(coo))).toMatch(/^Say why; who wished/)
    expect(refusal(imported, { do: 'wish', text: ' ' }, acting(coo))).toMatch(/^Say what/)
  })

  it('in the same words of the same person are one while it waits, however often they come', () => {
    const again: Command = { do: 'wish', text: 'A report by vendor', from: 'by mail' }
    expect(decide(wished, again, acting('ap@pilot.example'))).toEqual({
      kind: 'stale',
      because: 'This is wish 1, which is parked already.',
    })
    expect(once(wished, [again, acting('ap2@pilot.example')]).wishes[1]).toMatchObject({ number: 2, from: 'by mail' })
    const dropped = once(wished, [{ do: 'drop wish', wish: 1, why: 'Too broad.' }, acting(cto)])
    expect(once(dropped, [again, acting('ap@pilot.example')]).wishes).toHaveLength(2)
  })
})

describe('an absence of an owner', () => {
  const away = (over: Partial<Command & { do: 'be away' }> = {}): Command => ({
    ...{ do: 'be away', from: '2026-12-01', to: '2026-12-04', why: 'On leave.' },
    ...over,
  })

  it('counts from that owner’s own word, the last one said', () => {
    const said = once(imported, [away(), acting(coo)], [away({ to: '2026-12-02' }), acting(coo)])
    expect(said.absences).toEqual([{ person: coo, from: '2026-12-01', to: '2026-12-02' }])
  })

  it('is nobody else’s to say, nor said without days and a reason', () => {
    const backup = acting('director@pilot.example', {
      key: { key: 'rules', by: 'director@pilot.example', inPlaceOf: coo },
    })
    for (const who of [backup, acting('ap@pilot.example')])
      expect(refusal(imported, away(), who)).toMatch(/^Only an owner/)
    for (const over of [{ from: '1 December' }, { to: '2026-11-30' }, { to: '2026-02-30' }])
      expect(refusal(imported, away(over), acting(coo))).toMatch(/^Say the first and the last day/)
    expect(refusal(imported, away({ why: ' ' }), acting(coo))).toMatch(/^Say why/)
  })
})

describe('who acts on something that is not so any more is told that it is stale', () => {
  it.each<[string, AgreementState, Command]>([
    ['a proposal made meanwhile', proposed, proposing({ textHash: 'rules 3' })],
    ['a signature of another text', proposed, signing({ textHash: 'rules 9' })],
    ['a signature too much', signed, signing()],
    [
      'a roll-back to what is in force',
      imported,
      { do: 'roll back', document: 'rules', version: 1, fate: 'keep their version', why: 'x' },
    ],
    ['resuming what is not paused', imported, { do: 'resume', why: 'x' }],
  ])('%s', (_, state, command) => expect(decide(state, command, acting(coo)).kind).toBe('stale'))
})

describe.each([
  ['a pilot that runs', imported],
  ['drafts', drafted],
])('whatever anybody does, in whichever order, from %s', (_, began) => {
  const document = fc.constantFrom('charter' as const, 'rules' as const)
  const hash = fc.constantFrom('rules 1', 'rules 2', 'charter 1', 'x', 'y')
  const proposal = fc.integer({ min: 1, max: 4 })
  const why = fc.constantFrom('', 'a reason', 'a reason', 'a reason')
  const safety = fc.constantFrom(null, 'a danger')
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.record({
      ...{
        do: fc.constant('propose' as const),
        document,
        textHash: hash,
        bytes: fc.constantFrom(10, 300_000),
        why,
        safety,
      },
      seen: fc.option(proposal),
      objections: fc.constantFrom([], [], ['It is wrong.']),
    }),
    fc.record({ do: fc.constant('take up' as const), proposal, textHash: hash, why }),
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('countersign' as const), proposal, textHash: hash, why, safety }),
    },
    fc.record({ do: fc.constantFrom('refuse' as const, 'withdraw' as const), proposal, textHash: hash, why }),
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('rehearsed' as const),
        proposal,
        textHash: hash,
        passed: fc.boolean(),
        report: why,
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('activate' as const), proposal, textHash: hash }) },
    fc.record({
      ...{ do: fc.constant('roll back' as const), document, version: fc.integer({ min: 1, max: 4 }), why },
      fate: fc.constantFrom('keep their version' as const, 'are asked anew' as const),
    }),
    fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const), why }),
    fc.record({ do: fc.constant('wish' as const), text: why }),
    fc.record({
      do: fc.constant('be away' as const),
      from: fc.constant('2026-12-01'),
      to: fc.constant('2026-12-02'),
      why,
    }),
  )
  const keys = fc.constantFrom<(OwnerKey | null)[]>('rules', 'build', null)
  const step = (people: string[]) =>
    fc.record({
      command,
      by: fc.constantFrom(...people),
      key: keys,
      frozen: fc.constantFrom(false, false, false, true),
      aims: fc.constantFrom(true, true, true, false),
      hours: fc.integer({ min: 0, max: 200 }),
    })

  /** The same command as somebody gives it who looked at the page first. */
  const aimed = (state: AgreementState, given: Command): Command => {
    const last = state.proposals.at(-1)
    if (given.do === 'propose') return { ...given, seen: openProposal(state, given.document)?.number ?? null }
    return 'proposal' in given && last ? { ...given, proposal: last.number, textHash: last.textHash } : given
  }

  const play = (
    steps: fc.Arbitrary<
      { command: Command; by: string; key: OwnerKey | null; frozen: boolean; aims: boolean; hours: number }[]
    >,
  ) =>
    steps.map((all) => {
      let [state, at] = [began, start]
      const log: Recorded[] = []
      for (const { command: given, by, key, frozen, aims, hours } of all) {
        const tried = aims ? aimed(state, given) : given
        at = minutesAfter(at, hours * 60)
        const who: Acting = {
          ...{ by, at, mayPause: key !== null, key: key && { key, by, inPlaceOf: null } },
          frozenUntil: frozen ? minutesAfter(at, 60) : null,
        }
        const answer = decide(state, tried, who)
        if (answer.kind !== 'decided') continue
        for (const decided of answer.decided) {
          const entry = { number: state.number + 1, at, decided }
          log.push(entry)
          state = evolve(state, entry)
        }
      }
      return { state, log }
    })
  const anybody = play(fc.array(step(['a', 'b', 'c']), { minLength: 20, maxLength: 60 }))

  it('one person alone, with both keys in turn, never brings a new text into force', () => {
    fc.assert(
      fc.property(play(fc.array(step(['a']), { minLength: 20, maxLength: 60 })), ({ state }) => {
        for (const document of ['charter', 'rules'] as const)
          expect(state.inForce[document]?.textHash).toBe(began.inForce[document]?.textHash)
      }),
      { numRuns: 500 },
    )
  })

  it('every text in force was proposed and signed by two people with two keys, and passed its rehearsal', () => {
    let reached = 0
    fc.assert(
      fc.property(anybody, ({ state, log }) => {
        for (const { decided } of log) {
          if (decided.what !== 'activated') continue
          reached++
          const of = (what: Decided['what']) =>
            log
              .map((entry) => entry.decided)
              .findLast((one) => one.what === what && 'proposal' in one && one.proposal === decided.proposal)
          const [made, countersigned, rehearsed] = [of('proposed'), of('countersigned'), of('rehearsed')]
          if (made?.what !== 'proposed' || countersigned?.what !== 'countersigned') throw new Error('a key is missing')
          expect(made.by).not.toBe(countersigned.by)
          expect(made.key).not.toBe(countersigned.key)
          expect([made.textHash, countersigned.textHash]).toEqual([decided.textHash, decided.textHash])
          expect(rehearsed).toMatchObject({ passed: true, textHash: decided.textHash })
        }
        for (const kind of ['charter', 'rules'] as const)
          expect(
            state.proposals.filter(
              (one) => one.document === kind && ['proposed', 'countersigned', 'rehearsed'].includes(one.state),
            ).length,
          ).toBeLessThan(2)
      }),
      { numRuns: 1_500 },
    )
    expect(reached).toBeGreaterThan(0)
  })

  it('nothing is imported or drafted by anybody: a stage begins once', () => {
    fc.assert(
      fc.property(anybody, ({ log }) => {
        expect(log.filter(({ decided }) => decided.what === 'imported' || decided.what === 'drafted')).toEqual([])
      }),
    )
  })

  it('rules are never in force without a charter, and the pilot begins when both are', () => {
    fc.assert(
      fc.property(anybody, ({ log }) => {
        let state = began
        for (const entry of log) {
          const before = state
          state = evolve(state, entry)
          const { charter, rules } = state.inForce
          if (rules) expect(charter).not.toBeNull()
          expect(state.startedAt !== null).toBe(rules !== null)
          if (before.startedAt !== null) expect(state.startedAt).toBe(before.startedAt)
        }
      }),
    )
  })

  it('the log alone gives the state', () => {
    fc.assert(
      fc.property(anybody, ({ state, log }) => {
        expect(log.reduce(evolve, began)).toEqual(state)
      }),
    )
  })

  it('every state that is reached is in the table, and every step between two is a move of it', () => {
    fc.assert(
      fc.property(anybody, ({ log }) => {
        const states = new Map<number, ProposalState>()
        let state = began
        for (const entry of log) {
          state = evolve(state, entry)
          for (const { number, state: now } of state.proposals) {
            const before = states.get(number)
            const legal: ProposalState[] = before ? [before, ...Object.values(moves[before])] : ['proposed', 'parked']
            expect(legal).toContain(now)
            states.set(number, now)
          }
        }
      }),
    )
  })
})
