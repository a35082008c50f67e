/** Steps of the two owners: what they are told, and how a text comes to bear both their signatures. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { linkIn, type Mail } from './mailbox.ts'
import { cookieBrowser, decide, open, type Page, said } from './pages.ts'
import type { Step } from './step.ts'
import { must, pilotFolder, type World } from './world.ts'

const hashIn = ({ text }: Mail): string => /Hash of the log\W+([0-9a-f]{64})/.exec(text)?.[1] ?? ''

const ownersOf = ({ pilot }: World): string[] => ['coo', 'cto'].flatMap((role) => pilot.people(role))

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

const came = (page: Page, status: number, about: string): Page => {
  must(page.status === status, `${about} was answered ${page.status}: ${said(page)}`)
  return page
}

/** An owner at the pages of the link that a mail brought, in a browser of their own. */
export const ownerAt = async ({ box }: World, person: string, subject = 'Your pilot is running') => {
  const browser = cookieBrowser()
  const mail = await box.wait({ to: person, subject })
  const link = /https?:\/\/\S+\/o\/[\w-]{22}/.exec(mail.text)?.[0] ?? ''
  const used = new Set((await box.list({ to: person, subject: 'A code that' })).map(({ id }) => id))

  /** The digits of a mail that was not read before. */
  const digits = async (): Promise<string> => {
    for (let look = 0; look < 300; look += 1) {
      const fresh = (await box.list({ to: person, subject: 'A code that' })).find(({ id }) => !used.has(id))
      if (fresh) {
        used.add(fresh.id)
        return /^\d{3} \d{3}$/m.exec((await box.read(fresh.id)).text)?.[0] ?? ''
      }
      await pause(200)
    }
    throw new Error(`no code was mailed to ${person}`)
  }
  /** Types the code that a page has asked for. */
  const typeCode = async (asks: Page): Promise<Page> =>
    browser.send(came(asks, 403, 'what needs a code'), { code: await digits() })
  const signIn = async (): Promise<Page> =>
    typeCode(await browser.send(came(await browser.open(link), 403, 'a link without a code'), {}))
  const open = async (path = ''): Promise<Page> => browser.open(path === '' ? link : `${link}/${path}`)
  const propose = async (text: string, why: string, safety: string): Promise<Page> =>
    browser.send(came(await open('propose-rules'), 200, 'the page to propose'), { text, why, safety })
  return { ...browser, open, signIn, typeCode, propose }
}

const rules = readFileSync(join(pilotFolder, 'rules.txt'), 'utf8')
const smaller = rules.replace('at most 5,000 EUR and the purchase order', 'at most 4,000 EUR and the purchase order')
/** Whoever changed its bank details would be approved, which the last promise forbids. */
const broken = smaller.replace('ask finance within 4 hours, then the finance director within 1 day', 'approve it')
const why = 'Routine invoices of more than 4,000 EUR were approved unseen.'

const agreeing: Step = {
  name: 'rules are proposed, corrected and countersigned, and nobody turns both keys',
  play: async (world) => {
    const [coo = '', cto = ''] = ownersOf(world)
    const [rulesOwner, buildOwner] = await Promise.all([ownerAt(world, coo), ownerAt(world, cto)])
    came(await rulesOwner.signIn(), 200, 'signing in')
    const found = came(await rulesOwner.propose(broken, why, ''), 400, 'a broken promise')
    must(said(found).includes('promise is broken'), `the page does not name the promise: ${said(found)}`)
    const safety = 'Two forged invoices got through on Monday.'
    const preview = came(await rulesOwner.propose(smaller, why, safety), 200, 'the corrected text')
    const proposed = came(await rulesOwner.send(preview, { decision: 'propose' }), 200, 'the proposal')
    const own = await rulesOwner.open('proposal-1')
    must(!own.html.includes('value="sign"'), 'the page offers to sign what one proposed')
    const refused = await rulesOwner.send(own, { decision: 'sign', reason: 'I sign my own.' })
    must(refused.status === 409, `signing one's own was answered ${refused.status}: ${said(refused)}`)

    came(await buildOwner.signIn(), 200, 'signing in')
    const signing = { decision: 'sign', reason: 'The system can carry it.', safety: 'I saw both of them.' }
    const asks = await buildOwner.send(came(await buildOwner.open('proposal-1'), 200, 'the proposal'), signing)
    const signed = came(await buildOwner.typeCode(asks), 200, 'the signature')
    const receipts = await Promise.all(
      [coo, cto].map((to) => world.box.wait({ to, subject: 'countersigned proposal 1' })),
    )
    const { code } = await world.commands.verify(hashIn(receipts[0] as Mail))
    must(code === 0, 'the log does not hold the hash of the receipt')
    return {
      found: said(found).slice(0, 200),
      proposed: said(proposed).slice(0, 200),
      ownSignature: refused.status,
      signed: said(signed).slice(0, 200),
      receipts: receipts.map(({ to, subject }) => ({ to, subject })),
    }
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
export const owning: Step[] = [agreeing, pausing]
