/** The two owners as the story plays them: each at the pages of the mailed link, in a browser of their own. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Mail } from './mailbox.ts'
import { cookieBrowser, type Page, said } from './pages.ts'
import { must, type World } from './world.ts'

/** The hash of the log that a mail states. */
export const hashIn = ({ text }: Mail): string => /Hash of the log\W+([0-9a-f]{64})/.exec(text)?.[1] ?? ''

export const ownersOf = ({ pilot }: World): string[] => ['coo', 'cto'].flatMap((role) => pilot.people(role))

/** The page, if it was answered with this status. */
export const came = (page: Page, status: number, about: string): Page => {
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
  /** Sends a text: the page with what is wrong with it, or what would change. */
  const propose = async (document: 'rules' | 'charter', text: string, why: string, safety = ''): Promise<Page> =>
    browser.send(came(await open(`propose-${document}`), 200, 'the page to propose'), { text, why, safety })
  /** Signs a proposal, by the code that is mailed for it. */
  const sign = async (proposal: number, reason: string, safety = ''): Promise<Page> => {
    const page = came(await open(`proposal-${proposal}`), 200, `proposal ${proposal}`)
    return came(await typeCode(await browser.send(page, { decision: 'sign', reason, safety })), 200, 'the signature')
  }
  return { ...browser, open, signIn, typeCode, propose, sign }
}

/** A rehearsal plays some twenty cases, each with mails of its own. */
const rehearsalSeconds = 240

/** Waits until what both signed has passed its rehearsal and is in force; answers what the owners were told. */
export const inForce = async (
  world: World,
  { document, proposal }: { document: 'rules' | 'charter'; proposal: number },
): Promise<string> => {
  const [owner = ''] = ownersOf(world)
  const subject = `${document} of proposal ${proposal} in force as version`
  return (await world.box.wait({ to: owner, subject }, rehearsalSeconds)).subject
}
