/** Laws of an invoice's life, whatever people, time and the machine do, in whatever order. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answer, finish } from '../../../functions/core/approval/answer.ts'
import { askDesk, askStep } from '../../../functions/core/approval/ask.ts'
import { askedAnew } from '../../../functions/core/approval/asked-anew.ts'
import { close } from '../../../functions/core/approval/close.ts'
import { dueSteps } from '../../../functions/core/approval/due.ts'
import type { Happening, InvoiceEvent } from '../../../functions/core/approval/history.ts'
import { evolve, type InvoiceState, nextStep, openAsks, replay } from '../../../functions/core/approval/state.ts'
import type { Step } from '../../../functions/core/rules/outcome.ts'
import { minutesAfter } from '../../../functions/core/time.ts'
import { assessed, decided, everybodyThere, historyOf, received } from '../../make/history.ts'
import { aCharter } from '../../make/state.ts'

const charter = aCharter()
const people = Object.keys(charter.people)
const roles = ['manager', 'finance', 'finance director', 'invoice desk']
const promises = { charter, forbids: () => null, barred: [] }

/** What can happen next: the machine goes on, somebody sends a form, time passes and the sweep looks, or rules are rolled back. */
type Move =
  | { kind: 'machine' }
  | { kind: 'form'; ask: number; by: string; decision: string; reason: string; role: string }
  | { kind: 'time'; minutes: number }
  | { kind: 'rolled back' }

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'machine' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('form' as const),
      ask: fc.integer({ min: 1, max: 8 }),
      by: fc.constantFrom(...people),
      decision: fc.constantFrom('approve', 'approve', 'decline', 'return', 'ask', ''),
      reason: fc.constantFrom('', 'because'),
      role: fc.constantFrom(...roles),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('time' as const), minutes: fc.integer({ min: 1, max: 5000 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'rolled back' as const }) },
)
const step: fc.Arbitrary<Step> = fc
  .tuple(fc.boolean(), fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1, maxLength: 3 }))
  .map(([all, names]) => ({
    ...(all ? { all: names } : { any: names }),
    within: 'P1D' as const,
    clock: 'working' as const,
  }))
const life = fc.record({
  sender: fc.constantFrom('billing@papier-und-druck.example', ...people),
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
  moves: fc.array(move, { maxLength: 40 }),
})

const machine = (state: InvoiceState, now: string, steps: Step[]): Happening[] => {
  const next = nextStep(state)
  if (next === 'Decide') return [decided({ kind: 'ask', steps })]
  if (next === 'Ask') return askStep(state, charter, now, everybodyThere)
  if (next === 'Desk') return askDesk(state, charter, now, null, everybodyThere)
  return next === 'Close' ? close(state) : []
}

const sendForm = (state: InvoiceState, form: Extract<Move, { kind: 'form' }>): Happening[] => {
  const ask = state.asks.find(({ number }) => number === form.ask)
  // Only who was asked has a link.
  if (!ask?.people.includes(form.by)) return []
  const outcome = ask.purpose === 'finish' ? finish(state, ask, form, promises) : answer(state, ask, form, promises)
  return outcome.kind === 'recorded' ? outcome.happenings : []
}

const rollBack = (state: InvoiceState): Happening[] => {
  const to = { number: state.rules.number + 1, sha256: 'b'.repeat(64) }
  return askedAnew(state, { from: state.rules, to, because: 'Rolled back.' })
}

const happen = (turn: Move, state: InvoiceState, now: string, steps: Step[]): Happening[] => {
  if (turn.kind === 'machine') return machine(state, now, steps)
  if (turn.kind === 'form') return sendForm(state, turn)
  return turn.kind === 'time' ? dueSteps(state, now) : rollBack(state)
}

/** Plays a life; answers its history and every state on the way. */
const play = ({ sender, steps, moves }: { sender: string; steps: Step[]; moves: Move[] }) => {
  const mail = { key: 'inbound/1', from: sender, subject: '', messageId: null, verified: true }
  const history: InvoiceEvent[] = historyOf(received({ mail }), assessed(), decided({ kind: 'ask', steps }))
  const states = [replay('a', history)]
  let now = '2026-11-24T09:00:00.000Z'
  for (const turn of moves) {
    const state = states.at(-1) as InvoiceState
    if (turn.kind === 'time') now = minutesAfter(now, turn.minutes)
    const happenings = happen(turn, state, now, steps)
    for (const happening of happenings) {
      const before = states.at(-1) as InvoiceState
      const event = { ...happening, sequence: before.version + 1, at: now }
      history.push(event)
      states.push(evolve('a', before, event))
    }
  }
  return { history, states, last: states.at(-1) as InvoiceState, now, sender, steps }
}
const always = (law: (played: ReturnType<typeof play>) => void) =>
  fc.assert(
    fc.property(life, (given) => law(play(given))),
    { numRuns: 400 },
  )

describe('whatever happens', () => {
  it('nobody approves twice, and the sender never', () => {
    always(({ last, history, sender }) => {
      const approvers = last.approvals.map(({ by }) => by)
      expect(new Set(approvers).size).toBe(approvers.length)
      const deciders = history.flatMap((event) =>
        event.what === 'answered' || (event.what === 'finished' && event.decision === 'approve') ? [event.by] : [],
      )
      expect(deciders).not.toContain(sender)
      expect(new Set(deciders).size).toBe(deciders.length)
    })
  })

  it('an ask is answered or withdrawn once, and stays so', () => {
    always(({ states }) => {
      const ended = new Map<number, string>()
      for (const { asks } of states)
        for (const { number, state } of asks) {
          if (ended.has(number)) expect(state).toBe(ended.get(number))
          if (state !== 'open') ended.set(number, state)
        }
    })
  })

  it('an invoice closes once, and nothing is open after it', () => {
    always(({ history, last }) => {
      const closings = history.filter(({ what }) => what === 'closed')
      expect(closings.length).toBeLessThanOrEqual(1)
      if (last.closed) expect(openAsks(last)).toEqual([])
    })
  })

  it('other rules decide only what nobody had decided', () => {
    always(({ history }) => {
      const last = history.findLastIndex(({ what }) => what === 'rules changed')
      expect(history.slice(0, last + 1).filter(({ what }) => what === 'answered' || what === 'finished')).toEqual([])
    })
  })

  it('replaying the history gives the head', () => {
    always(({ history, last }) => {
      expect(replay('a', history)).toEqual(last)
    })
  })

  it('one sweep does all that is due: a second at the same time finds nothing', () => {
    always(({ last, now }) => {
      const swept = dueSteps(last, now).reduce(
        (state, happening) => evolve('a', state, { ...happening, sequence: state.version + 1, at: now }),
        last,
      )
      expect(dueSteps(swept, now)).toEqual([])
    })
  })

  it('the machine never stops before the end without somebody who is asked', () => {
    always(({ last, now, steps }) => {
      let state = last
      for (let turn = 0; turn < 5 && !state.closed && openAsks(state).length === 0; turn++)
        for (const happening of machine(state, now, steps))
          state = evolve('a', state, { ...happening, sequence: state.version + 1, at: now })
      expect(state.closed !== null || openAsks(state).length > 0).toBe(true)
    })
  })
})
