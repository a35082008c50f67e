/** An owner's form becomes a command, or says what is missing and where. */
import { describe, expect, it } from 'vitest'
import type { Acting, Proposal } from '../../../functions/core/agreement/agreement.ts'
import { nothingAgreed } from '../../../functions/core/agreement/evolve.ts'
import { askedFor, asksForRehearsal, seenIn, takesCode, textIn } from '../../../functions/core/agreement/form.ts'
import type { Looked } from '../../../functions/core/agreement/looked.ts'

const hash = 'a'.repeat(64)
const by = 'cto@pilot.example'
const acting: Acting = {
  ...{
    by,
    key: { key: 'build', by, inPlaceOf: null },
    mayPause: true,
    frozenUntil: null,
    at: '2026-12-09T09:00:00.000Z',
  },
}
const proposal: Proposal = {
  number: 3,
  document: 'rules',
  textHash: hash,
  state: 'proposed',
  base: null,
  at: acting.at,
  why: 'x',
  safety: null,
  proposedBy: { key: 'rules', by: 'coo@pilot.example', inPlaceOf: null },
  signedBy: null,
}
const charter = { version: 1, textHash: 'c'.repeat(64), since: acting.at, before: null }
const state = { ...nothingAgreed, inForce: { charter, rules: null }, proposals: [proposal] }
const looked: Record<string, Looked> = {
  proposal: { page: 'proposal', proposal, text: '', examined: null, entries: [], progress: null },
  pause: { page: 'pause' },
  'roll back': { page: 'roll back', document: 'rules' },
  'roll back charter': { page: 'roll back', document: 'charter' },
  wish: { page: 'wish' },
  away: { page: 'away' },
  'open wish': { page: 'open wish', wish: { number: 2, by, at: acting.at, text: 'x', from: null, state: 'parked' } },
  log: { page: 'log', entries: [] },
}
const asked = (page: string, form: Record<string, string>) =>
  askedFor(looked[page] ?? { page: 'wish' }, form, { state, acting })

describe('a form', () => {
  it.each([
    [
      'proposal',
      { decision: 'sign', reason: ' Yes. ', textHash: hash },
      { do: 'countersign', proposal: 3, textHash: hash, why: 'Yes.', safety: null },
    ],
    [
      'proposal',
      { decision: 'refuse', reason: 'No.', textHash: hash },
      { do: 'refuse', proposal: 3, textHash: hash, why: 'No.' },
    ],
    ['pause', { decision: 'pause', reason: 'Now.' }, { do: 'pause', why: 'Now.' }],
    [
      'roll back',
      { decision: 'keep', reason: 'Now.', version: '1' },
      { do: 'roll back', document: 'rules', version: 1, fate: 'keep their version', why: 'Now.' },
    ],
    [
      'roll back',
      { decision: 'anew', reason: 'Now.', version: '1' },
      { do: 'roll back', document: 'rules', version: 1, fate: 'are asked anew', why: 'Now.' },
    ],
    [
      'roll back charter',
      { decision: 'keep', reason: 'Now.', version: '1' },
      { do: 'roll back', document: 'charter', version: 1, fate: 'keep their version', why: 'Now.' },
    ],
    ['wish', { text: ' A report.\r\nBy vendor. ' }, { do: 'wish', text: 'A report.\nBy vendor.' }],
    ['open wish', { decision: 'drop', reason: 'No.' }, { do: 'drop wish', wish: 2, why: 'No.' }],
    [
      'away',
      { from: '2026-12-10', to: '2026-12-11', reason: 'Leave.' },
      { do: 'be away', from: '2026-12-10', to: '2026-12-11', why: 'Leave.' },
    ],
  ])('of %s with %j', (page, form, command) => {
    expect(asked(page, form)).toEqual({ command })
  })

  it.each([
    ['proposal', { reason: 'Yes.' }, 'sign'],
    ['proposal', { decision: 'countersign', reason: 'Yes.' }, 'sign'],
    ['proposal', { decision: 'sign', reason: ' ' }, 'reason'],
    ['pause', { reason: 'Now.' }, 'pause'],
    ['pause', { decision: 'pause' }, 'reason'],
    ['roll back', {}, 'keep'],
    ['roll back charter', { decision: 'anew', reason: 'Now.', version: '1' }, 'keep'],
    ['wish', { text: '\r\n' }, 'text'],
    ['open wish', {}, 'drop'],
    ['away', { from: '2026-12-10' }, 'reason'],
    ['log', { decision: 'sign' }, null],
  ])('of %s with %j lacks something at %s', (page, form, field) => {
    const answer = asked(page, form as Record<string, string>)
    expect(answer).toEqual({ problems: [{ text: expect.stringMatching(/nothing was recorded\.$/), field }] })
  })

  it('takes a fresh code for what turns a key, hands it over or stops the pilot; not for what another has to sign', () => {
    const command = (page: string, form: Record<string, string>) => {
      const answer = asked(page, { reason: 'x', textHash: hash, ...form })
      if ('problems' in answer) throw new Error(answer.problems[0]?.text)
      return takesCode(answer.command)
    }
    for (const decision of ['sign', 'refuse']) expect(command('proposal', { decision })).toBe(true)
    for (const decision of ['withdraw', 'take-up']) expect(command('proposal', { decision })).toBe(false)
    expect(command('pause', { decision: 'resume' })).toBe(true)
    expect(command('roll back', { decision: 'keep' })).toBe(true)
    expect(command('away', {})).toBe(true)
    expect(command('wish', { text: 'x' })).toBe(false)
    expect(command('open wish', { decision: 'drop' })).toBe(false)
  })

  it('has one kind of line break, and the proposal that it was made beside', () => {
    expect(textIn({ text: 'a\r\nb\rc\n' })).toBe('a\nb\nc\n')
    expect([seenIn({ seen: '4' }), seenIn({ seen: '' }), seenIn({})]).toEqual([4, null, null])
  })
})

it('the button of a rehearsal is one on the page of a proposal, and takes neither reason nor code', () => {
  const { proposal: page, pause } = looked
  if (!page || !pause) throw new Error('no such pages')
  expect(asksForRehearsal(page, { decision: 'rehearse' })).toBe(true)
  expect(asksForRehearsal(page, { decision: 'sign' })).toBe(false)
  expect(asksForRehearsal(pause, { decision: 'rehearse' })).toBe(false)
})
