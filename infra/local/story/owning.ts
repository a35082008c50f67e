/** Steps of the two owners: what they are told, and how a text comes to bear both their signatures. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { linkIn, type Mail } from './mailbox.ts'
import { came, hashIn, inForce, ownerAt, ownersOf } from './owner.ts'
import { decide, open, said } from './pages.ts'
import type { Step } from './step.ts'
import { must, pilotFolder } from './world.ts'

const running: Step = {
  name: 'both owners are told that the pilot runs, with a link of their own and the hash of the log',
  play: async (world) => {
    const { box, commands } = world
    const owners = ownersOf(world)
    const mails = await Promise.all(owners.map((to) => box.wait({ to, subject: 'Your pilot is running' })))
    const links = mails.map(({ text }) => /https?:\/\/\S+\/o\/[\w-]{22}/.exec(text)?.[0] ?? '')
    must(links.every(Boolean) && new Set(links).size === links.length, `the links are ${links.length} of ${owners}`)
    const hashes = new Set(mails.map(hashIn))
    const [hash = ''] = hashes
    const verified = await commands.verify(hash)
    must(hashes.size === 1 && verified.code === 0, `the mails say ${[...hashes]}, the log ${JSON.stringify(verified)}`)
    return { told: mails.map(({ to, subject }) => ({ to, subject })), hash, verified: verified.ok }
  },
}

const rules = readFileSync(join(pilotFolder, 'rules.txt'), 'utf8')
const smaller = rules.replace('at most 5,000 EUR and the purchase order', 'at most 1,000 EUR and the purchase order')
/** Whoever changed its bank details would be approved, which the last promise forbids. */
const broken = smaller.replace('ask finance within 4 hours, then the finance director within 1 day', 'approve it')
const why = 'Routine invoices of more than 1,000 EUR were approved unseen.'

const charter = readFileSync(join(pilotFolder, 'charter.yaml'), 'utf8')
const vague = charter.replace(/^goal: .*$/m, 'goal: Improve operations with automation')
/** The pilot of the story is minutes old: only a cycle that began on a day before can be over. */
const threeWeeksAgo = new Date(Date.now() - 21 * 86_400_000).toISOString().slice(0, 10)
const begunEarlier = charter.replace('starts: launch', `starts: ${threeWeeksAgo}`)

/** What the first step proposes, and what the second does. */
const [rulesProposal, charterProposal] = [1, 2]

const parking: Step = {
  name: 'rules that break a promise are found out; corrected, they are parked, for the pilot is frozen, and come up when its cycle ends',
  play: async (world) => {
    const [coo = ''] = ownersOf(world)
    const owner = await ownerAt(world, coo)
    came(await owner.signIn(), 200, 'signing in')
    const found = came(await owner.propose('rules', broken, why), 400, 'a broken promise')
    must(said(found).includes('promise is broken'), `the page does not name the promise: ${said(found)}`)
    const preview = came(await owner.propose('rules', smaller, why), 200, 'the corrected text')
    const parked = came(await owner.send(preview, { decision: 'propose' }), 200, 'the proposal')
    must(said(parked).includes('parked'), `it is not parked: ${said(parked)}`)
    const wish = came(
      await owner.send(came(await owner.open('wish'), 200, 'the page to wish'), { text: 'A report per vendor.' }),
      200,
      'the wish',
    )
    await world.commands.week(new Date(Date.now() + 15 * 86_400_000).toISOString())
    const over = await world.box.wait({ to: coo, subject: 'The freeze has ended' })
    return {
      found: said(found).slice(0, 200),
      parked: said(parked).slice(0, 200),
      wish: said(wish).slice(0, 200),
      whenTheCycleEnds: over.subject,
    }
  },
}

const chartering: Step = {
  name: 'a vague charter is refused; corrected, both sign it for safety, it is rehearsed and in force',
  play: async (world) => {
    const [coo = '', cto = ''] = ownersOf(world)
    const [proposer, signer] = await Promise.all([ownerAt(world, coo), ownerAt(world, cto)])
    came(await proposer.signIn(), 200, 'signing in')
    const because = 'The first cycle began three weeks ago, on paper.'
    const safety = 'What was parked stops forged invoices.'
    const refused = came(await proposer.propose('charter', vague, because, safety), 400, 'a vague goal')
    must(said(refused).includes('Cut invoice approval from'), `no better example: ${said(refused)}`)
    const preview = came(await proposer.propose('charter', begunEarlier, because, safety), 200, 'the corrected charter')
    came(await proposer.send(preview, { decision: 'propose' }), 200, 'the proposal')
    came(await signer.signIn(), 200, 'signing in')
    const signed = await signer.sign(charterProposal, 'It was so.', 'I saw them, too.')
    const told = await inForce(world, { document: 'charter', proposal: charterProposal })
    const report = said(await signer.open(`proposal-${charterProposal}`))
    must(report.includes('double click'), `the page of the proposal holds no report: ${report}`)
    return { refused: said(refused).slice(0, 300), signed: said(signed).slice(0, 200), inForce: told }
  },
}

const agreeing: Step = {
  name: 'the cycle is over: what was parked is taken up, countersigned, rehearsed and in force, and nobody turns both keys',
  play: async (world) => {
    const { box, commands } = world
    const [coo = '', cto = ''] = ownersOf(world)
    const [rulesOwner, buildOwner] = await Promise.all([ownerAt(world, coo), ownerAt(world, cto)])
    came(await rulesOwner.signIn(), 200, 'signing in')
    const page = `proposal-${rulesProposal}`
    const parked = came(await rulesOwner.open(page), 200, 'what was parked')
    came(await rulesOwner.send(parked, { decision: 'take-up', reason: why }), 200, 'taking it up')
    const own = await rulesOwner.open(page)
    must(!own.html.includes('value="sign"'), 'the page offers to sign what one proposed')
    const refused = await rulesOwner.send(own, { decision: 'sign', reason: 'I sign my own.' })
    must(refused.status === 409, `signing one's own was answered ${refused.status}: ${said(refused)}`)
    came(await buildOwner.signIn(), 200, 'signing in')
    await buildOwner.sign(rulesProposal, 'The system can carry it.')
    const receipts = await Promise.all(
      [coo, cto].map((to) => box.wait({ to, subject: `countersigned proposal ${rulesProposal}` })),
    )
    const { code } = await commands.verify(hashIn(receipts[0] as Mail))
    must(code === 0, 'the log does not hold the hash of the receipt')
    const told = await inForce(world, { document: 'rules', proposal: rulesProposal })
    const news = await box.wait({ to: world.pilot.manager(world.pilot.supplier), subject: 'has new rules' })
    return {
      ownSignature: refused.status,
      receipts: receipts.map(({ to, subject }) => ({ to, subject })),
      inForce: told,
      told: { to: news.to, subject: news.subject },
    }
  },
}

const rollingBack: Step = {
  name: 'one key rolls the new rules back: who was asked under them is told, and the rules of before decide',
  play: async (world) => {
    const { pilot, send, request, aws, box } = world
    const [coo = '', cto = ''] = ownersOf(world)
    // An order that was approved unseen before, and is asked about by the rules that are in force now.
    const { vendor, order, payable } = pilot.order(4)
    const number = 'S-8601'
    await send({ number, vendor, payable, order })
    const asked = await request(pilot.manager(vendor), number)
    const owner = await ownerAt(world, cto)
    came(await owner.signIn(), 200, 'signing in')
    const form = came(await owner.open('roll-back-rules'), 200, 'the page to roll back')
    const asks = await owner.send(form, { decision: 'anew', reason: 'The managers drown in small invoices.' })
    came(await owner.typeCode(asks), 200, 'rolling back')
    const told = await box.wait({ to: coo, subject: 'rolled the rules back' })
    const { id, closed } = await aws.invoice(number, 'closed', (invoice) => invoice.closed !== null)
    must(closed?.state === 'approved' && closed.by === 'rules', `it was ${closed?.state} by ${closed?.by}`)
    const late = await open(linkIn(asked))
    must(late.status === 409, `the earlier link is answered ${late.status}: ${said(late)}`)
    return { told: told.subject, invoice: id, asked: asked.subject, by: closed.by, link: said(late).slice(0, 200) }
  },
}

const pausing: Step = {
  name: 'the pilot is paused, an invoice is decided by hand, and what waits goes through the rules when it resumes',
  play: async (world) => {
    const { pilot, send, aws, box, commands, request } = world
    const [coo = '', cto = ''] = ownersOf(world)
    const [desk = ''] = pilot.people('invoice desk')
    const owner = await ownerAt(world, cto)
    await owner.signIn()
    const says = async (decision: string, reason: string, subject: string): Promise<string> => {
      const asks = await owner.send(came(await owner.open('pause'), 200, 'the page to pause'), { decision, reason })
      came(await owner.typeCode(asks), 200, decision)
      return (await box.wait({ to: coo, subject })).subject
    }
    const paused = await says('pause', 'Textract answers in another shape.', 'paused the pilot')
    const vendor = pilot.supplier
    const [byHand, waits] = ['S-8501', 'S-8502']
    const key = await send({ number: byHand, vendor, payable: 61_125 })
    await send({ number: waits, vendor, payable: 62_250 })
    const mails = await Promise.all(
      [byHand, waits].map((number) => box.wait({ to: desk, subject: `Finish by hand: ${number}` })),
    )
    const [mail] = mails
    must(
      mail?.text.replace(/\s+/g, ' ').includes('because: Textract answers in another shape.') ?? false,
      `the mail does not say why: ${mail?.text}`,
    )
    const answer = await decide(linkIn(mail as Mail), { decision: 'approve', reason: 'Signed on paper.' })
    must(answer.status === 200, `the decision by hand was answered ${answer.status}: ${said(answer)}`)
    const done = await aws.invoice(byHand, 'closed', (invoice) => invoice.closed !== null)
    must(done.closed?.by === 'hand', `it was closed by ${done.closed?.by}`)

    const resumed = await says('resume', 'It works again.', 'resumed the pilot')
    await commands.sweep(new Date().toISOString())
    const asked = await request(pilot.manager(vendor), waits)
    const late = await open(linkIn(mails[1] as Mail))
    must(late.status === 409, `the link of the desk is answered ${late.status}: ${said(late)}`)
    await decide(linkIn(asked), { decision: 'approve' })
    const ruled = await aws.invoice(waits, 'closed', (invoice) => invoice.closed !== null)
    must(ruled.closed?.by === 'people', `it was closed by ${ruled.closed?.by}`)
    return {
      told: [paused, resumed],
      end: (await aws.end(key)).end,
      byHand: { invoice: done.id, mail: mail?.subject, by: done.closed.by },
      resumed: { invoice: ruled.id, asked: asked.subject, by: ruled.closed.by, desk: said(late).slice(0, 200) },
    }
  },
}

/** Beside the invoices. */
export const told: Step[] = [running]

/** One after the other, once the invoices are closed. */
export const owning: Step[] = [parking, chartering, agreeing, rollingBack, pausing]
