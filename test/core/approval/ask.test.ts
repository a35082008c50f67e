/** Whom to ask: holders of the step's roles, never the sender, nobody twice, the desk where nobody is left. */
import { describe, expect, it } from 'vitest'
import { askDesk, askStep } from '../../../functions/core/approval/ask.ts'
import type { Step } from '../../../functions/core/rules/outcome.ts'
import {
  answered,
  asked,
  askStepOf,
  assessed,
  decided,
  everybodyThere,
  received,
  stateAfter,
} from '../../make/history.ts'
import { aCharter } from '../../make/state.ts'

const charter = aCharter()
const now = '2026-11-24T09:00:00.000Z'
const sent = (from: string) =>
  received({ mail: { key: 'inbound/1', from, subject: 'Invoice', messageId: null, verified: true } })
const planned = (steps: Step[], from = 'billing@papier-und-druck.example') => [
  sent(from),
  assessed(),
  decided({ kind: 'ask', steps }),
]

describe('asking the present step of the plan', () => {
  it('given one role of the department, asks its holder, with the times of the charter’s calendar', () => {
    expect(askStep(stateAfter(...planned([askStepOf('manager')])), charter, now, everybodyThere)).toEqual([
      expect.objectContaining({
        what: 'asked',
        ask: 1,
        purpose: 'approve',
        step: 0,
        roles: ['manager'],
        people: ['sales.manager@pilot.example'],
        deadlines: {
          remindAt: '2026-11-24T13:00:00.000Z',
          dueAt: '2026-11-25T09:00:00.000Z',
          deskAt: '2026-11-26T09:00:00.000Z',
        },
      }),
    ])
  })

  it('given any of two roles, makes one ask to all of them', () => {
    const asks = askStep(stateAfter(...planned([askStepOf('finance', 'manager')])), charter, now, everybodyThere)
    expect(asks).toMatchObject([
      { people: ['finance1@pilot.example', 'finance2@pilot.example', 'sales.manager@pilot.example'] },
    ])
  })

  it('given all of two roles, makes an ask for each', () => {
    const asks = askStep(
      stateAfter(...planned([{ all: ['finance', 'manager'], within: 'PT4H', clock: 'working' }])),
      charter,
      now,
      everybodyThere,
    )
    expect(asks).toMatchObject([
      { ask: 1, roles: ['finance'] },
      { ask: 2, roles: ['manager'] },
    ])
  })

  it('given that somebody has decided before or sent the invoice in, leaves them out', () => {
    const before = planned([askStepOf('finance'), askStepOf('finance')])
    const state = stateAfter(
      ...before,
      asked(1, ['finance1@pilot.example']),
      answered(1, 'finance1@pilot.example', { roles: ['finance'] }),
    )
    expect(askStep(state, charter, now, everybodyThere)).toMatchObject([{ people: ['finance2@pilot.example'] }])
    const sentIn = stateAfter(...planned([askStepOf('finance')], 'finance2@pilot.example'))
    expect(askStep(sentIn, charter, now, everybodyThere)).toMatchObject([{ people: ['finance1@pilot.example'] }])
  })

  it('given one person for two roles that both have to approve, hands the invoice to the desk', () => {
    const both: Step = { all: ['manager', 'marketing manager'], within: 'P1D', clock: 'working' }
    const one = { holders: ['sales.manager@pilot.example'], backup: null }
    const double = aCharter({ roles: { ...charter.roles, 'marketing manager': one } })
    expect(askStep(stateAfter(...planned([both])), double, now, everybodyThere)).toMatchObject([
      { what: 'handed over', because: expect.stringContaining('different people') },
    ])
  })

  it('given nobody who may decide, hands the invoice to the desk', () => {
    const state = stateAfter(...planned([askStepOf('manager')], 'sales.manager@pilot.example'))
    expect(askStep(state, charter, now, everybodyThere)).toMatchObject([{ what: 'handed over', role: 'invoice desk' }])
  })

  it('given that they were asked, asks nobody again', () => {
    const state = stateAfter(...planned([askStepOf('manager')]), asked(1, ['sales.manager@pilot.example']))
    expect(askStep(state, charter, now, everybodyThere)).toEqual([])
  })
})

describe('asking the desk', () => {
  it('given an uncertain reading, asks to fill in the fields', () => {
    const state = stateAfter(received({ invoice: null, doubts: ['it is a scan'] }))
    expect(askDesk(state, charter, now, null, everybodyThere)).toMatchObject([
      {
        what: 'asked',
        purpose: 'fill in',
        people: ['ap@pilot.example', 'ap2@pilot.example'],
        deadlines: { deskAt: null },
      },
    ])
  })

  it('given an invoice that the rules hand to a role, asks that role to finish it', () => {
    const state = stateAfter(received(), assessed(), decided({ kind: 'hand', role: 'finance' }))
    expect(askDesk(state, charter, now, null, everybodyThere)).toMatchObject([
      {
        what: 'asked',
        purpose: 'finish',
        roles: ['finance'],
        people: ['finance1@pilot.example', 'finance2@pilot.example'],
      },
    ])
  })

  it('given that the machine failed while people were asked, withdraws their asks and hands over', () => {
    const state = stateAfter(...planned([askStepOf('manager')]), asked(1, ['sales.manager@pilot.example']))
    expect(askDesk(state, charter, now, 'States.Timeout', everybodyThere)).toMatchObject([
      { what: 'withdrawn', ask: 1 },
      { what: 'handed over', role: 'invoice desk', because: 'States.Timeout' },
      { what: 'asked', ask: 2, purpose: 'finish' },
    ])
  })

  it('given nothing to do, asks nobody', () => {
    expect(askDesk(stateAfter(received()), charter, now, null, everybodyThere)).toEqual([])
    const open = asked(1, ['ap@pilot.example'], { purpose: 'fill in' })
    expect(askDesk(stateAfter(received({ invoice: null }), open), charter, now, null, everybodyThere)).toEqual([])
  })
})

describe('who is away, or confirmed new bank details of the vendor', () => {
  const managerOf = (person: string) => ({ person, from: '2026-11-24', to: '2026-11-30' })
  const finance = stateAfter(...planned([askStepOf('finance')]))
  const bar = (person: string) => ({ person, until: '2026-12-01T00:00:00.000Z' })

  it('given the holder away, asks the backup; on the day after, the holder', () => {
    const state = stateAfter(...planned([askStepOf('manager')]))
    const not = { absences: [managerOf('sales.manager@pilot.example')], barred: [] }
    expect(askStep(state, charter, now, not)).toMatchObject([{ people: ['marketing.manager@pilot.example'] }])
    expect(askStep(state, charter, '2026-12-01T09:00:00.000Z', not)).toMatchObject([
      { people: ['sales.manager@pilot.example'] },
    ])
  })

  it('given holder and backup away, asks the holder all the same: somebody has to be asked', () => {
    const not = {
      absences: [managerOf('sales.manager@pilot.example'), managerOf('marketing.manager@pilot.example')],
      barred: [],
    }
    expect(askStep(stateAfter(...planned([askStepOf('manager')])), charter, now, not)).toMatchObject([
      { people: ['sales.manager@pilot.example'] },
    ])
  })

  it('given one of two holders away, asks the other', () => {
    const not = { absences: [managerOf('finance1@pilot.example')], barred: [] }
    expect(askStep(finance, charter, now, not)).toMatchObject([{ people: ['finance2@pilot.example'] }])
  })

  it('given one holder who confirmed the vendor’s new bank details, asks the other', () => {
    expect(askStep(finance, charter, now, { absences: [], barred: [bar('finance1@pilot.example')] })).toMatchObject([
      { people: ['finance2@pilot.example'] },
    ])
  })

  it('given the only holder who did, asks the backup', () => {
    const state = stateAfter(...planned([askStepOf('manager')]))
    expect(askStep(state, charter, now, { absences: [], barred: [bar('sales.manager@pilot.example')] })).toMatchObject([
      { people: ['marketing.manager@pilot.example'] },
    ])
  })

  it('given that both holders did, hands the invoice to the desk and says why', () => {
    const barred = [bar('finance1@pilot.example'), bar('finance2@pilot.example')]
    expect(askStep(finance, charter, now, { absences: [], barred })).toMatchObject([
      { what: 'handed over', because: expect.stringContaining('confirmed new bank details of this vendor') },
    ])
  })
})
