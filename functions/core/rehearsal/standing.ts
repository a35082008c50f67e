/** Cases about time and about what breaks: reminders, absences, a lost callback, an audit write that fails. */
import {
  approve,
  approverAsk,
  linkOf,
  mailTo,
  nameOf,
  namesOf,
  ofShape,
  openAsks,
  recordOf,
  requestLink,
  sendBill,
  waiting,
  when,
} from './acts.ts'
import { type Case, must } from './case.ts'
import type { Asked, Hands, Mailbox } from './hands.ts'
import { anyAsked, askedKind, firstAsk } from './tried.ts'

const reminded: Case = {
  name: 'Nobody decides in time',
  expected:
    'A reminder at half the time, with a link of its own that works; the CTO hears of it at the due time; at twice the time it is at the desk.',
  todo: 'An invoice can be forgotten: the CTO looks into Sweep and SendMails, and whether the minute’s sweep runs.',
  play: async (stage, trial) => {
    const { shape } = anyAsked(await trial())
    const hands = await stage.scene()
    const { record, ask, person, link } = await waiting(hands, shape)
    const number = record.invoice?.number ?? ''
    const { remindAt, dueAt, deskAt } = ask.deadlines
    must(
      ask.askedAt < remindAt && remindAt < dueAt && dueAt < (deskAt ?? ''),
      `The times are not in order: asked ${ask.askedAt}, reminder ${remindAt}, due ${dueAt}, desk ${deskAt}.`,
    )
    await hands.sweep(ask.askedAt)
    must((await recordOf(hands, record.id)).version === record.version, 'Something happened before it was due.')
    await hands.sweep(remindAt)
    const own = linkOf(hands, await mailTo(hands, person, 'Reminder: ', number))
    must(own !== link, 'The reminder repeats the first link.')
    const { status } = await hands.open(own)
    must(status === 200, `The reminder’s link was answered ${status}.`)
    await hands.sweep(dueAt)
    const [cto = ''] = hands.pilot.cto
    const alert = await mailTo(hands, cto, 'Stalled: ', number)
    await hands.sweep(deskAt ?? '')
    const atDesk = await when(hands, record.id, 'At twice the time the desk is asked', (now) =>
      openAsks(now).some(({ purpose }) => purpose === 'finish'),
    )
    const [desk = ''] = openAsks(atDesk).flatMap(({ people }) => people)
    await mailTo(hands, desk, 'Finish by hand: ', number)
    return `${nameOf(hands, person)} was reminded, ${nameOf(hands, cto)} told "${alert.subject}", and ${nameOf(hands, desk)} has it`
  },
}

/** Who can be asked in the place of this person: the other holders of the ask's roles, and those who stand in. */
const others = (hands: Hands, { roles }: Asked, person: Mailbox): Mailbox[] =>
  hands.pilot.held
    .filter(({ role, people }) => roles.includes(role) && people.includes(person))
    .flatMap(({ people, backup }) => [...people, ...backup])
    .filter((other) => other !== person)

const absent: Case = {
  name: 'The person who would be asked is away',
  expected: 'Somebody else who holds the role, or the backup, is asked instead.',
  todo: 'Name a backup for the role in the charter; where there is one, the CTO looks into AskApprover.',
  play: async (stage, trial) => {
    const first = await trial()
    const replaceable = (ask: Asked): boolean =>
      ask.people.some((person) => others(first.hands, ask, person).length > 0)
    const { shape, record: before } = askedKind(
      first,
      'nobody is asked whom somebody else could stand in for',
      replaceable,
    )
    const ask = firstAsk({ shape, record: before })
    const who = ask?.people.find((person) => others(first.hands, ask, person).length > 0) ?? ''
    const hands = await stage.scene({ away: who })
    const person = hands.here(who)
    const record = await sendBill(hands, ofShape(hands, shape))
    const instead = approverAsk(record).people
    must(!instead.includes(person), `${nameOf(hands, person)} is away and is asked all the same.`)
    await requestLink(hands, record, instead[0] ?? '')
    return `${nameOf(hands, person)} is away; ${namesOf(hands, instead)} asked instead`
  },
}

const lostCallback: Case = {
  name: 'A lost callback',
  expected: 'A decision made after the workflow was stopped counts, and a later sweep brings the invoice to its end.',
  todo: 'An answered invoice can stand still for ever: the CTO looks into Sweep and StartWorkflow.',
  play: async (stage, trial) => {
    const { shape } = anyAsked(await trial())
    const hands = await stage.scene()
    const { record, ask } = await waiting(hands, shape)
    await hands.stopWorkflow(`${record.id}-${record.attempt}`)
    for (const { people } of openAsks(record)) {
      const { status } = await approve(hands, await requestLink(hands, record, people[0] ?? ''))
      must(status === 200, `After the workflow was stopped the click was answered ${status}.`)
    }
    // Later than whatever the machine may take from one step to the next.
    await hands.sweep(ask.deadlines.deskAt ?? ask.deadlines.dueAt)
    const after = await when(
      hands,
      record.id,
      'The invoice goes on with a workflow of its own',
      (now) => now.attempt > record.attempt && (now.closed !== null || openAsks(now).length > 0),
    )
    return `The decision counts; the workflow was started anew, and the invoice is ${after.closed?.state ?? 'with the next who is asked'}`
  },
}

const auditFails: Case = {
  name: 'The record of a decision cannot be written',
  expected: 'The click is not answered as if it counted, and nothing is recorded; once it can be written, it counts.',
  todo: 'A decision counts without its record. Pause the pilot: the CTO looks into RecordDecision.',
  play: async (stage, trial) => {
    const { shape } = anyAsked(await trial())
    const hands = await stage.scene()
    const { record, link } = await waiting(hands, shape)
    const next = record.version + 1
    await hands.occupyHistory(record.id, next)
    let refused: number
    try {
      refused = (await approve(hands, link)).status
    } finally {
      await hands.freeHistory(record.id, next)
    }
    must(refused !== 200, 'The click was answered 200, and nothing could be written.')
    const { version } = await recordOf(hands, record.id)
    must(version === record.version, 'Something was recorded all the same.')
    const { status } = await approve(hands, link)
    must(status === 200, `Once it could be written again, the click was answered ${status}.`)
    return `The click was answered ${refused} and nothing recorded; the next one was answered 200`
  },
}

export const standing: Case[] = [reminded, absent, lostCallback, auditFails]
