/** New rules, a new charter, or those of before: everybody whose work changes gets one mail, the owners their receipt. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Command } from '../../functions/core/agreement/agreement.ts'
import type { AgreedDocument } from '../../functions/core/agreement/decided.ts'
import { actingNow, agreed, recordAgreement } from '../../functions/edge/agreement-record.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import { tellOwners } from '../../functions/handlers/tell-owners.ts'
import { tellPeople } from '../../functions/handlers/tell-people.ts'
import { proposing } from '../edge/agreement-record-contract.ts'
import { samplePilot } from '../make/pilot.ts'
import { desk1, desk2, manager } from '../make/state.ts'
import { type MemoryWorld, pilotWorld } from '../make/world.ts'

const [coo, cto] = ['coo@pilot.example', 'cto@pilot.example']
const marketing = 'marketing.manager@pilot.example'
const files = samplePilot()
const [rules, charter] = [files['rules.txt'] ?? '', files['charter.yaml'] ?? '']
const stricter = rules.replace('at most 5,000 EUR and the purchase', 'at most 2,000 EUR and the purchase')

let world: MemoryWorld
beforeEach(async () => {
  world = await pilotWorld()
  world.time.now = '2026-12-15T09:00:00.000Z'
})

const decide = async (person: string, command: Command, text?: string): Promise<void> => {
  const { state } = await agreed(world)
  const answer = await recordAgreement(world, command, await actingNow(world, state, person), text)
  if (answer.kind !== 'recorded') throw new Error(answer.because)
}
/** Proposed, signed, rehearsed, in force. */
const activate = async (text: string, document: AgreedDocument = 'rules'): Promise<void> => {
  const { state } = await agreed(world)
  const one = { proposal: state.proposals.length + 1, textHash: sha256(text) }
  await decide(coo, proposing(text, { document, why: 'Small ones are checked too seldom.' }), text)
  await decide(cto, { do: 'countersign', ...one, why: 'It can be carried.', safety: null })
  await decide('the rehearsal', { do: 'rehearsed', ...one, passed: true, report: '[]' })
  await decide('the rehearsal', { do: 'activate', ...one })
}

const heard = async () => {
  const { head } = await agreed(world)
  if (!head) throw new Error('nothing was decided')
  const { number, at, decided, hash, previousHash } = head
  return {
    name: 'DecisionLogged' as const,
    detail: { number, at, what: decided.what, textHash: null, hash, previousHash },
  }
}
/** The last decision is told; answers the mails. */
const told = async () => {
  await tellPeople(world)(await heard())
  return world.sent.splice(0)
}
const addresses = (mails: { to: string }[]): string[] => mails.map(({ to }) => to).toSorted()

describe('new rules', () => {
  it('are told to whoever they ask, and to the desk: what is new, from when, when to use it and what if it fails', async () => {
    await activate(stricter)
    const mails = await told()
    expect(addresses(mails)).toEqual([desk1, desk2, marketing, manager].toSorted())
    const inForce = await world.agreements.charter()
    for (const { subject, text, from } of mails) {
      expect(subject).toBe('Invoice approval has new rules, from Tue 15 Dec, 10:00')
      expect(from.address).toBe('invoices@pilot.example')
      for (const part of [
        'Routine: When the amount is at most 2,000 EUR and the purchase order matches and the totals add up, approve it.',
        'Until now: When the amount is at most 5,000 EUR',
        'Small ones are checked too seldom.',
        'Olga Ortega, signed by Chidi Torres',
        inForce.useItWhen,
        inForce.dailyUse,
        ...inForce.fallback,
      ])
        expect(text).toContain(part)
    }
  })

  it('are told once, however often it is heard', async () => {
    await activate(stricter)
    expect(await told()).toHaveLength(4)
    expect(await told()).toEqual([])
  })

  it('that only read otherwise are told to nobody', async () => {
    await activate(`# Looked through.\n${rules}`)
    expect(await told()).toEqual([])
  })

  it('are told to nobody twice: who gets the receipt gets no other mail', async () => {
    await activate(
      rules.replace('then the finance director within 1 day.\n\nOtherwise', 'then finance within 1 day.\n\nOtherwise'),
    )
    await tellOwners(world)(await heard())
    const receipts = addresses(world.sent.splice(0))
    expect(receipts).toEqual([coo, cto])
    // The COO backs the finance director up.
    const people = addresses(await told())
    expect(people).toContain('director@pilot.example')
    expect(people.filter((person) => receipts.includes(person))).toEqual([])
  })
})

describe('rules of before', () => {
  it.each([
    ['are asked anew', 'and for those that nobody had decided'],
    ['keep their version', 'Those that were here before go on as they began'],
  ] as const)('are told, and that invoices %s', async (fate, says) => {
    await activate(stricter)
    await told()
    await decide(coo, { do: 'roll back', document: 'rules', version: 1, fate, why: 'Too many asks.' })
    const mails = await told()
    expect(addresses(mails)).toEqual([desk1, desk2, marketing, manager].toSorted())
    for (const { subject, text } of mails) {
      expect(subject).toContain('has its earlier rules again')
      expect(text).toContain('Too many asks.')
      expect(text).toContain(says)
    }
  })
})

describe('a new charter', () => {
  it('is told to everybody who is in it and to who left, but for the owners', async () => {
    const changed = charter
      .replace('  ap2@pilot.example: { name: Aron Vogel }\n', '')
      .replace(
        'holders: [ap@pilot.example, ap2@pilot.example]',
        'holder: ap@pilot.example, backup: finance1@pilot.example',
      )
    await activate(changed, 'charter')
    const mails = await told()
    const { people } = await world.agreements.charter()
    expect(addresses(mails)).toEqual(
      [...Object.keys(people), desk2].filter((person) => person !== coo && person !== cto).toSorted(),
    )
    expect(mails.find(({ to }) => to === desk2)?.subject).toContain('You no longer take part in invoice approval')
    expect(mails.find(({ to }) => to === desk1)?.text).toContain('Roles · invoice desk')
  })
})

it('no other decision is told, and one that the log does not hold is not made up', async () => {
  await decide(cto, { do: 'pause', why: 'Mails look wrong.' })
  expect(await told()).toEqual([])
  const { detail } = await heard()
  await expect(tellPeople(world)({ name: 'DecisionLogged', detail: { ...detail, what: 'activated' } })).rejects.toThrow(
    'the log does not hold it',
  )
})
