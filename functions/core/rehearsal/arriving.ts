/** Cases about what arrives: whole and incomplete invoices, files that are none, repeats, forged and automatic mails. */
import {
  endOf,
  letter,
  linkOf,
  mailOf,
  mailTo,
  nameOf,
  namesOf,
  ofShape,
  openAsks,
  recordOf,
  sendBill,
  settled,
  waiting,
} from './acts.ts'
import { type Case, must, NotTried } from './case.ts'
import { castOf, tagOf } from './documents.ts'
import type { Hands, Recorded } from './hands.ts'
import { linksIn } from './pages.ts'
import { anyAsked, firstAsk, type Tried } from './tried.ts'

const inWords = (hands: Hands, record: Recorded): string => {
  const { closed } = record
  if (closed) return `${closed.state} by ${closed.by}`
  const open = openAsks(record)
  const who = namesOf(
    hands,
    open.flatMap(({ people }) => people),
  )
  return open.some(({ purpose }) => purpose === 'approve') ? `${who} asked` : `at the desk (${who})`
}

const approvedByNobody = ({ closed }: Recorded): boolean => closed?.state === 'approved' && closed.by === 'rules'

const complete: Case = {
  name: 'A complete invoice',
  expected: 'It is decided, a person is asked, or it is at the desk; whoever is asked is in the charter.',
  todo: 'Somebody is asked who is not in the charter, or an invoice stands still: the CTO traces it.',
  play: async (_, trial) => {
    const { hands, all } = await trial()
    for (const { shape, record } of all)
      for (const person of record.asks.flatMap(({ people }) => people))
        must(
          person in hands.pilot.people,
          `About an invoice ${shape.name} ${person} is asked, who is nobody in the charter.`,
        )
    return all.map(({ shape, record }) => `${shape.name}: ${inWords(hands, record)}`).join('; ')
  },
}

/** Whoever has to act on it, or its sender, has a mail about it. */
const somebodyKnows = async (hands: Hands, record: Recorded): Promise<string> => {
  const { known } = castOf(hands.scene, hands.pilot)
  const told = record.closed ? [known.mail, ...hands.pilot.desk] : openAsks(record).flatMap(({ people }) => people)
  const mail = await hands.until(`A mail about it comes to ${namesOf(hands, told)}`, async () => {
    const mails = await hands.mails()
    return mails.find(({ to }) => told.includes(to)) ?? null
  })
  return `${mail.to === known.mail ? 'the vendor' : nameOf(hands, mail.to)} was told`
}

const incomplete: Case = {
  name: 'Information is missing',
  expected: 'It is never approved without a person, and somebody is asked or the sender is told.',
  todo: 'Add a rule, such as "When required information is missing, return it to the sender", before those that approve.',
  play: async (stage) => {
    const seen: string[] = []
    for (const [what, over] of [
      ['without a number', { number: null }],
      ['without a total', { payable: null }],
    ] as const) {
      const hands = await stage.scene()
      const record = await sendBill(hands, over)
      must(!approvedByNobody(record), `An invoice ${what} was approved without a person.`)
      const told = await somebodyKnows(hands, record)
      seen.push(`${what}: ${inWords(hands, record)}, and ${told}`)
    }
    return seen.join('; ')
  },
}

const unreadable: Case = {
  name: 'A file that nobody can read, and a mail without one',
  expected: 'Both reach the invoice desk, each with a link that opens.',
  todo: 'The CTO looks into what became of the mail: npm run -s trace, and the log of ReceiveMail.',
  play: async (stage) => {
    const seen: string[] = []
    for (const [what, files] of [
      ['the broken file', 1],
      ['the mail without a file', 0],
    ] as const) {
      const hands = await stage.scene()
      // The scene's own, for a file that was here before is no second invoice.
      const content = `<Invoice><cbc:ID>${tagOf(hands.scene)}</cbc:`
      const broken = { name: 'invoice.xml', type: 'application/xml', content }
      const { known } = castOf(hands.scene, hands.pilot)
      const key = await hands.send(letter(hands, { from: known.mail, attachments: [broken].slice(0, files) }))
      const { invoices } = await endOf(hands, key)
      for (const id of invoices) must(!approvedByNobody(await recordOf(hands, id)), `${what} was approved.`)
      const mail = await hands.until(`A mail about ${what} comes to the invoice desk`, async () => {
        const mails = await hands.mails()
        return mails.find(({ to, subject }) => hands.pilot.desk.includes(to) && /^Finish by hand/.test(subject)) ?? null
      })
      const [link = ''] = linksIn(mail, hands.pilot.web)
      const { status } = await hands.open(link)
      must(status === 200 || status === 302, `The link in the desk’s mail about ${what} was answered ${status}.`)
      seen.push(`${what}: ${nameOf(hands, mail.to)} has it, with a link that opens`)
    }
    return seen.join('; ')
  },
}

const twice: Case = {
  name: 'The same mail twice, and the same file in another mail',
  expected: 'One invoice, asked about once.',
  todo: 'Mails or files are not recognised when they come again: the CTO looks into ReceiveMail.',
  play: async (stage, trial) => {
    const { shape } = anyAsked(await trial())
    const hands = await stage.scene()
    const { record, person } = await waiting(hands, shape)
    const mail = mailOf(hands, ofShape(hands, shape))
    const again = await hands.send(mail)
    const other = await hands.send(
      mailOf(hands, ofShape(hands, shape), 0, { messageId: `${tagOf(hands.scene)}.other@rehearsal.invalid` }),
    )
    const ends = await Promise.all([again, other].map((key) => endOf(hands, key)))
    const ids = new Set([record.id, ...ends.flatMap(({ invoices }) => invoices)])
    must(ids.size === 1, `${ids.size} invoices came of it.`)
    const requests = (await hands.mails()).filter(({ to, subject }) => to === person && subject.startsWith('Approve '))
    must(requests.length === 1, `${nameOf(hands, person)} was asked ${requests.length} times.`)
    return `One invoice; the others ended as ${ends.map(({ end }) => `"${end}"`).join(' and ')}`
  },
}

/** One that a duplicate would harm: approved by the rules alone where there is such a kind, else one that is not refused. */
const accepted = ({ all }: { all: Tried[] }): Tried => {
  const found =
    all.find(({ record }) => approvedByNobody(record)) ??
    all.find(({ record: { closed } }) => closed === null || closed.state === 'approved')
  if (!found)
    throw new NotTried('It could not be tried: these rules refuse every kind of invoice, so nothing is repeated.')
  return found
}

const repeated: Case = {
  name: 'The same number in another file, with and without zeros, and from last year',
  expected: 'None of them is approved without a person, and each is known as a repeat.',
  todo: 'Add rules, such as "When it is a duplicate, reject it" and "When it is a possible duplicate, ask finance within 1 day", before those that approve. Where they are there, the CTO looks into how repeats are found.',
  play: async (stage, trial) => {
    const { shape } = accepted(await trial())
    const hands = await stage.scene()
    const number = `R${tagOf(hands.scene)}-003411`
    // Repeats of one delivery: for the same order, of the same amount.
    const delivery = ofShape(hands, shape)
    const repeats = [
      ['the same number', { number, dueDate: hands.day(29) }],
      ['3411 for 003411', { number: number.replace('-00', '-') }],
      ['last year’s number', { number, issueDate: hands.day(-400) }],
    ] as const
    const first = await sendBill(hands, { ...delivery, number })
    must(first.closed === null || first.closed.state === 'approved', `The first of them was ${first.closed?.state}.`)
    const seen: string[] = []
    for (const [index, [what, over]] of repeats.entries()) {
      const record = await sendBill(hands, { ...delivery, ...over }, index + 1)
      must(!approvedByNobody(record), `${what} was approved without a person.`)
      must(record.duplicateOf !== null, `${what} is not known as a repeat; it is ${inWords(hands, record)}.`)
      seen.push(`${what}: ${inWords(hands, record)}`)
    }
    return seen.join('; ')
  },
}

const forged: Case = {
  name: 'A forged sender',
  expected: 'Who is not proved to have written hears nothing from us.',
  todo: 'Somebody hears from us whose address was forged: the CTO stops the answers to senders.',
  play: async (stage) => {
    const hands = await stage.scene()
    const forger = `forger@${hands.scene}.rehearsal.invalid`
    const proved = { from: forger, proved: false }
    const record = await settled(hands, await hands.send(mailOf(hands, { number: null }, 0, proved)))
    // Of what was approved nobody is told.
    if (record.closed?.state !== 'approved') await somebodyKnows(hands, record)
    await endOf(hands, await hands.send(letter(hands, { ...proved, subject: 'Where is my money?' })))
    await hands.until('The desk has the mail without an invoice', async () => {
      const mails = await hands.mails()
      return mails.find(({ subject }) => subject.includes(forger)) ?? null
    })
    const heard = (await hands.mails()).filter(({ to }) => to === forger)
    must(heard.length === 0, `The forged address was mailed "${heard[0]?.subject}".`)
    return `An invoice (${inWords(hands, record)}) and a mail without one: nothing was mailed to the forged address`
  },
}

const forwarded: Case = {
  name: 'An invoice forwarded by a person who would be asked',
  expected: 'That person is not asked about it.',
  todo: 'Who sends an invoice in must not decide on it: the CTO looks into AskApprover.',
  play: async (stage, trial) => {
    const kind = anyAsked(await trial())
    const [who = ''] = firstAsk(kind)?.people ?? []
    const hands = await stage.scene({ alsoSends: who })
    const person = hands.here(who)
    const record = await sendBill(hands, ofShape(hands, kind.shape), 0, { from: person, subject: 'Fwd: an invoice' })
    const asked = record.asks.filter(({ purpose }) => purpose === 'approve').flatMap(({ people }) => people)
    must(!asked.includes(person), `${nameOf(hands, person)} forwarded it and is asked about it.`)
    return `${nameOf(hands, person)} forwarded it; ${inWords(hands, record)}`
  },
}

const outOfOffice: Case = {
  name: 'An out-of-office answer to a request',
  expected: 'It is no invoice, decides nothing, and alarms nobody.',
  todo: 'An automatic answer is taken for a person’s: the CTO looks into how ReceiveMail tells them apart.',
  play: async (stage, trial) => {
    const { shape } = anyAsked(await trial())
    const hands = await stage.scene()
    const { record, person } = await waiting(hands, shape)
    const request = await mailTo(hands, person, 'Approve ')
    const key = await hands.send(
      letter(hands, {
        from: person,
        subject: `Automatic reply: ${request.subject}`,
        inReplyTo: `${request.id}@rehearsal.invalid`,
        headers: ['Auto-Submitted: auto-replied'],
        text: 'I am out of the office.',
      }),
    )
    const { end, invoices } = await endOf(hands, key)
    must(invoices.length === 0, 'An invoice came of it.')
    must(end === 'automatic', `It ended as "${end}".`)
    const { version } = await recordOf(hands, record.id)
    must(version === record.version, 'Something was recorded about the invoice that it answers.')
    return `It ended as "${end}", and ${nameOf(hands, person)} is still asked`
  },
}

const byMail: Case = {
  name: 'An answer by mail',
  expected: 'It decides nothing, and the CTO hears of it.',
  todo: 'A reply went round the page, or nobody was told of it: the CTO looks into ReceiveMail and SendMails.',
  play: async (stage, trial) => {
    const { shape } = anyAsked(await trial())
    const hands = await stage.scene()
    const { record, person } = await waiting(hands, shape)
    const request = await mailTo(hands, person, 'Approve ')
    const key = await hands.send(
      letter(hands, {
        from: person,
        subject: `Re: ${request.subject}`,
        inReplyTo: `${request.id}@rehearsal.invalid`,
        text: 'Approved, please pay.',
      }),
    )
    const { end } = await endOf(hands, key)
    const after = await recordOf(hands, record.id)
    must(after.closed === null && openAsks(after).length > 0, `It counted as a decision: ${inWords(hands, after)}.`)
    const [cto = ''] = hands.pilot.cto
    const alert = await mailTo(hands, cto, 'Bypassed: ')
    const { status } = await hands.open(linkOf(hands, alert))
    must(status === 200, `The link of the alert was answered ${status}.`)
    return `It ended as "${end}"; ${nameOf(hands, person)} is still asked, and ${nameOf(hands, cto)} was told "${alert.subject}"`
  },
}

export const arriving: Case[] = [
  complete,
  incomplete,
  unreadable,
  twice,
  repeated,
  forged,
  forwarded,
  outOfOffice,
  byMail,
]
