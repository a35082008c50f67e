/** What a code allows, in words: as its mail says it. */
import { describe, expect, it } from 'vitest'
import { actionOf, sameAction, signingIn } from '../../../functions/core/access/action.ts'

const textHash = 'a'.repeat(64)
const why = 'because'
const about = { proposal: 3, textHash, why }

describe('this code', () => {
  it.each<[string, string | null, Parameters<typeof actionOf>[0]]>([
    [
      'proposes a new text of the rules',
      textHash,
      { do: 'propose', document: 'rules', textHash, bytes: 1, seen: null, objections: [], why, safety: null },
    ],
    ['takes up parked proposal 3', textHash, { do: 'take up', ...about }],
    ['signs proposal 3', textHash, { do: 'countersign', safety: null, ...about }],
    ['refuses proposal 3', textHash, { do: 'refuse', ...about }],
    ['withdraws proposal 3', textHash, { do: 'withdraw', ...about }],
    [
      'brings back version 2 of the charter; invoices that nobody has decided yet keep their version',
      null,
      { do: 'roll back', document: 'charter', version: 2, fate: 'keep their version', why },
    ],
    [
      'brings back version 2 of the rules; invoices that nobody has decided yet are asked anew',
      null,
      { do: 'roll back', document: 'rules', version: 2, fate: 'are asked anew', why },
    ],
    ['pauses the pilot', null, { do: 'pause', why }],
    ['lets the pilot go on', null, { do: 'resume', why }],
    ['takes up wish 4', null, { do: 'take up wish', wish: 4, why }],
    ['drops wish 4', null, { do: 'drop wish', wish: 4, why }],
    [
      'records that you are away from 2026-12-01 to 2026-12-04',
      null,
      { do: 'be away', from: '2026-12-01', to: '2026-12-04', why },
    ],
  ])('%s', (words, hash, command) => {
    expect(actionOf(command)).toEqual({ words, textHash: hash })
  })

  it('opens your pages for 12 hours', () => {
    expect(signingIn).toEqual({ words: 'opens your pages for 12 hours', textHash: null })
  })
})

it('an action is the same only with the same words and the same text', () => {
  const action = { words: 'signs proposal 3', textHash }
  expect(sameAction(action, { ...action })).toBe(true)
  expect(sameAction(action, { ...action, words: 'signs proposal 4' })).toBe(false)
  expect(sameAction(action, { ...action, textHash: null })).toBe(false)
})
