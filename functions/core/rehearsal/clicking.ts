/** Cases about links and clicks: scanners, double, early and late clicks, two people at once, steps that are skipped. */
import {
  approve,
  approverAsk,
  approveToTheEnd,
  decline,
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
import type { Hands, Mail, Recorded } from './hands.ts'
import { linksIn, linksOn, said, untouched } from './pages.ts'
import { anyAsked, askedKind } from './tried.ts'

/** What must not change while nobody decides. */
const unchanged = async (hands: Hands, { id, version }: Recorded, after: string): Promise<void> => {
  const now = await recordOf(hands, id)
  const [last] = (await hands.history(id)).slice(-1)
  must(now.version === version, `After ${after} something is recorded that was not: "${last?.what}".`)
}

/** Looks at every address of a mail, at every page behind it and at the original; answers how many there were. */
const fetchEverything = async (hands: Hands, mail: Mail): Promise<number> => {
  const { web } = hands.pilot
  const seen = new Set<string>()
  const visit = async (address: string, deeper: boolean): Promise<void> => {
    if (seen.has(address)) return
    seen.add(address)
    await hands.open(address, 'HEAD')
    const page = await hands.open(address)
    if (page.location) await hands.open(page.location)
    if (deeper) for (const further of linksOn(page.html, web)) await visit(further, false)
  }
  for (const address of linksIn(mail, web)) await visit(address, true)
  return seen.size
}

const fetches: Case = {
  name: 'A scanner that fetches every link',
  expected: 'It decides nothing, and the person’s own click still counts.',
  todo: 'Opening a link decides. Pause the pilot now: the CTO looks into who writes when a page is only looked at.',
  play: async (stage, trial) => {
    const { shape } = anyAsked(await trial())
    const hands = await stage.scene()
    const { record, person, link } = await waiting(hands, shape)
    const addresses = await fetchEverything(hands, await mailTo(hands, person, 'Approve '))
    await unchanged(hands, record, `${addresses} addresses were fetched`)
    const { status } = await approve(hands, link)
    must(status === 200, `After the scan the person’s own click was answered ${status}.`)
    return `${addresses} addresses were fetched and nothing was recorded; then ${nameOf(hands, person)} approved`
  },
}

const submits: Case = {
  name: 'A scanner that submits the form, and a decline without a reason',
  expected: 'Both are refused (400), and nothing is decided.',
  todo: 'A form counts that nobody filled in. Pause the pilot: the CTO looks into RecordDecision.',
  play: async (stage, trial) => {
    const { shape } = anyAsked(await trial())
    const hands = await stage.scene()
    const { record, link } = await waiting(hands, shape)
    const page = await hands.open(link)
    const pressed = await hands.post(link, untouched(page.html))
    const empty = await hands.post(link, {})
    const unexplained = await hands.post(link, { decision: 'decline', reason: '  ' })
    await unchanged(hands, record, 'forms that say nothing')
    const answers = [pressed, empty, unexplained].map(({ status }) => status)
    must(
      answers.every((status) => status === 400),
      `They were answered ${answers.join(', ')}.`,
    )
    return 'A form as it stands, an empty one and a decline without a reason: 400 each, and nothing was recorded'
  },
}

const unknown: Case = {
  name: 'A link that nobody was sent',
  expected: 'It is unknown (404), whatever is done with it.',
  todo: 'A made-up link opens something. Pause the pilot: the CTO looks into ShowPage and RecordDecision.',
  play: async (stage) => {
    const hands = await stage.scene()
    const link = `${hands.pilot.web}/a/${'A'.repeat(22)}`
    const answers = [
      await hands.open(link),
      await hands.open(link, 'HEAD'),
      await hands.open(`${link}/original`),
      await approve(hands, link),
    ].map(({ status }) => status)
    must(
      answers.every((status) => status === 404),
      `It was answered ${answers.join(', ')}.`,
    )
    return 'Looked at, its original asked for, and approved: 404 each time'
  },
}

const answersTo = async (hands: Hands, id: string, ask: number): Promise<number> =>
  (await hands.history(id)).filter(({ what, ask: of }) => what === 'answered' && of === ask).length

const doubled: Case = {
  name: 'A double click',
  expected: 'One answer is recorded (200), and the second click is told so (409).',
  todo: 'A click counts twice, or not at all: the CTO looks into RecordDecision.',
  play: async (stage, trial) => {
    const { shape } = anyAsked(await trial())
    const hands = await stage.scene()
    const { record, ask, link } = await waiting(hands, shape)
    const statuses = (await Promise.all([approve(hands, link), approve(hands, link)])).map(({ status }) => status)
    const answers = await answersTo(hands, record.id, ask.number)
    must(statuses.toSorted().join() === '200,409', `The two clicks were answered ${statuses.join(' and ')}.`)
    must(answers === 1, `${answers} answers are recorded.`)
    return 'The clicks were answered 200 and 409, and one answer is recorded'
  },
}

const together: Case = {
  name: 'Two people who are asked at once click at once',
  expected: 'One of them decides (200); the other is told who did (409).',
  todo: 'Two decisions count for one request, or nobody is told: the CTO looks into RecordDecision.',
  play: async (stage, trial) => {
    const { shape } = askedKind(await trial(), 'no two people are asked at once', ({ people }) => people.length > 1)
    const hands = await stage.scene()
    const record = await sendBill(hands, ofShape(hands, shape))
    const ask = approverAsk(record)
    const people = ask.people.slice(0, 2)
    const links = await Promise.all(people.map((person) => requestLink(hands, record, person)))
    const pages = await Promise.all(links.map((link) => approve(hands, link)))
    const statuses = pages.map(({ status }) => status)
    must(statuses.toSorted().join() === '200,409', `They were answered ${statuses.join(' and ')}.`)
    const answers = await answersTo(hands, record.id, ask.number)
    must(answers === 1, `${answers} answers are recorded.`)
    const winner = nameOf(hands, people[statuses.indexOf(200)] ?? '')
    const told = said(pages[statuses.indexOf(409)]?.html ?? '')
    must(told.includes(winner), `Who was too late was not told of ${winner}: ${told.slice(0, 200)}`)
    return `${namesOf(hands, people)} were asked; ${winner} decided, and the other was told so`
  },
}

const early: Case = {
  name: 'A click the moment the mail is there',
  expected: 'It counts, once, and the invoice goes on.',
  todo: 'An early click is lost or stops the workflow: the CTO looks into AskApprover and ResumeWorkflow.',
  play: async (stage, trial) => {
    const { shape } = anyAsked(await trial())
    const hands = await stage.scene()
    const { record, ask, person, link } = await waiting(hands, shape)
    const { status } = await approve(hands, link)
    must(status === 200, `It was answered ${status}.`)
    const after = await when(
      hands,
      record.id,
      'After the click the invoice goes on',
      (now) => now.closed !== null || openAsks(now).some(({ number }) => number !== ask.number),
    )
    const answers = await answersTo(hands, record.id, ask.number)
    must(answers === 1, `${answers} answers are recorded.`)
    return `${nameOf(hands, person)} approved; then it was ${after.closed?.state ?? 'asked about further'}`
  },
}

const skipped: Case = {
  name: 'A step that somebody tries to skip',
  expected:
    'Nobody of a later step has a link before the earlier one is answered; it is approved after all steps, by different people.',
  todo: 'A step can be left out. Pause the pilot: the CTO looks into AskApprover and CloseInvoice.',
  play: async (stage, trial) => {
    const { shape } = askedKind(
      await trial(),
      'nobody is asked after somebody else',
      (_, { record: { plan } }) => (plan?.steps.length ?? 0) > 1,
    )
    const hands = await stage.scene()
    const { record } = await waiting(hands, shape)
    const steps = record.plan?.steps.length ?? 0
    const asked = record.asks.flatMap(({ people }) => people)
    must(
      record.asks.every(({ step }) => step === 0),
      'Somebody of a later step is asked at the beginning.',
    )
    const linked = (await hands.mails()).filter((mail) => linksIn(mail, hands.pilot.web).length > 0)
    const ahead = linked.find(({ to }) => !asked.includes(to))
    must(ahead === undefined, `${nameOf(hands, ahead?.to ?? '')} has a link before the first step is answered.`)
    const after = await approveToTheEnd(hands, record.id)
    const by = after.approvals.map(({ by: person }) => person)
    must(new Set(by).size === by.length, `Somebody decided twice: ${namesOf(hands, by)}.`)
    if (after.closed === null) return `Of ${steps} steps ${by.length} were answered, then it went to the desk`
    must(
      after.closed.state !== 'approved' || by.length >= steps,
      `It was ${after.closed.state} after ${by.length} of ${steps} steps.`,
    )
    return `${steps} steps, approved in turn by ${namesOf(hands, by)}`
  },
}

const late: Case = {
  name: 'A click after it went to the desk',
  expected: 'It is told who has it now (409), and nothing changes.',
  todo: 'A late click decides: the CTO looks into RecordDecision.',
  play: async (stage, trial) => {
    const { shape } = anyAsked(await trial())
    const hands = await stage.scene()
    const { record, ask, link } = await waiting(hands, shape)
    await hands.sweep(ask.deadlines.deskAt ?? '')
    const atDesk = await when(hands, record.id, 'After twice the time the desk is asked', (now) =>
      openAsks(now).some(({ purpose }) => purpose === 'finish'),
    )
    const looked = await hands.open(link)
    const clicks = [await approve(hands, link), await decline(hands, link)]
    const statuses = [looked, ...clicks].map(({ status }) => status)
    must(
      statuses.every((status) => status === 409),
      `A late look and two late clicks were answered ${statuses.join(', ')}.`,
    )
    await unchanged(hands, atDesk, 'a late click')
    const has = openAsks(atDesk).flatMap(({ people }) => people)
    const told = said(looked.html)
    must(
      has.some((person) => told.includes(nameOf(hands, person))),
      `Who clicked late was not told who has it now: ${told.slice(0, 200)}`,
    )
    return `It was answered 409, with who has it now (${namesOf(hands, has)})`
  },
}

export const clicking: Case[] = [fetches, submits, unknown, doubled, together, early, late, skipped]
