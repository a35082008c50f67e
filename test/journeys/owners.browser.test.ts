/** Both owners in Chromium, without scripts: from the mailed link to a text that both signed, and everything that keeps one from it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { REPOSITORY } from '../../infra/local/folders.ts'
import { linkIn } from '../../infra/local/story/mailbox.ts'
import { open, said } from '../../infra/local/story/pages.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'
import { axeFindings } from '../make/axe.ts'
import { openBrowser } from '../make/browser.ts'

const system = inject('system')
const world = worldOf(system, pilotFolder)
const { pilot, box, commands } = world
const [coo = ''] = pilot.people('coo')
const [cto = ''] = pilot.people('cto')
const rules = readFileSync(join(pilotFolder, 'rules.txt'), 'utf8')
const limitOfRoutine = 'at most 5,000 EUR and the purchase order matches'
const withLimit = (limit: string): string =>
  rules.replace(limitOfRoutine, `at most ${limit} EUR and the purchase order matches`)
/** Whoever changed its bank details would be approved, which the last promise forbids. */
const broken = rules.replace('ask finance within 4 hours, then the finance director within 1 day', 'approve it')
const pictures = process.env.PICTURES === '1' ? join(REPOSITORY, 'docs', 'pictures') : null

/** One owner: a browser that keeps cookies, the link from the mail, and codes read from the mailbox. */
const owner = async (person: string, context: BrowserContext) => {
  const page = await context.newPage()
  const mail = await box.wait({ to: person, subject: 'Your pilot is running' })
  const link = /https?:\/\/\S+\/o\/[\w-]{22}/.exec(mail.text)?.[0] ?? ''
  const known = new Set<string>()

  const open = async (path = ''): Promise<number> => (await page.goto(`${link}${path}`))?.status() ?? 0
  const says = async (): Promise<string> => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
  /** Presses the only button, and answers the status of what comes. */
  const press = async (): Promise<number> => {
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST'),
      page.locator('form button').click(),
    ])
    await page.waitForLoadState()
    return answer.status()
  }
  /** The digits of the newest mail with a code that was not read before. */
  const digits = async (): Promise<string> => {
    for (let tries = 0; tries < 120; tries++) {
      const [fresh] = (await box.list({ to: person, subject: 'A code that' })).filter(({ id }) => !known.has(id))
      if (fresh) {
        known.add(fresh.id)
        return /^\d{3} \d{3}$/m.exec((await box.read(fresh.id)).text)?.[0] ?? ''
      }
      await page.waitForTimeout(500)
    }
    throw new Error(`no code was mailed to ${person}`)
  }
  const typeCode = async (): Promise<number> => {
    await page.locator('#code').fill(await digits())
    return press()
  }
  const propose = async (text: string, why: string, safety = ''): Promise<number> => {
    await open('/propose-rules')
    await page.locator('#text').fill(text)
    await page.locator('#why').fill(why)
    await page.locator('#safety').fill(safety)
    return press()
  }
  const choose = async (decision: string, reason?: string): Promise<number> => {
    await page.locator(`#${decision}`).check()
    if (reason !== undefined) await page.locator('#reason').fill(reason)
    return press()
  }
  return { page, link, open, says, press, digits, typeCode, propose, choose }
}
type Owner = Awaited<ReturnType<typeof owner>>

let browser: Browser
let olga: Owner
let chidi: Owner

const phone = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false }
beforeAll(async () => {
  browser = await openBrowser()
  olga = await owner(coo, await browser.newContext(phone))
  chidi = await owner(cto, await browser.newContext({ ...phone, viewport: { width: 1280, height: 900 } }))
})
afterAll(() => browser?.close())

/** Of a page as it stands: clean for axe-core and no wider than the screen, on a phone and on a desk. */
const looksRight = async ({ page }: Owner, name: string): Promise<void> => {
  for (const width of [390, 1280]) {
    const context = await browser.newContext({
      viewport: { width, height: width === 390 ? 1360 : 900 },
      bypassCSP: true,
    })
    try {
      await context.addCookies(await page.context().cookies())
      const looked = await context.newPage()
      await looked.goto(page.url())
      expect(await axeFindings(looked)).toEqual([])
      const wider = await looked.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      expect(wider, 'wider than the screen').toBe(0)
      if (pictures) await looked.screenshot({ path: join(pictures, `${name}-${width}.png`) })
    } finally {
      await context.close()
    }
  }
}

/** A rehearsal plays some twenty cases before what both signed comes into force. */
const rehearsalSeconds = 100

const proposals = async (): Promise<string> => {
  await olga.open()
  return olga.says()
}

// One story, in order: what an owner does stands on what the other one did.
describe('two keys', () => {
  test('a link alone opens nothing: a code is mailed, a wrong one is told so, the right one opens the pages', async () => {
    expect(await olga.open()).toBe(403)
    expect(await olga.says()).not.toContain(pilot.company.name)
    await olga.press()
    const digits = await olga.digits()
    await olga.page.locator('#code').fill(digits === '111 111' ? '222 222' : '111 111')
    expect(await olga.press()).toBe(403)
    expect(await olga.page.title()).toMatch(/^Problem:/)
    await olga.page.locator('#code').fill(digits)
    expect(await olga.press()).toBe(200)
    expect(await olga.says()).toContain('The pilot is running')
    await looksRight(olga, 'owner-today')
    await chidi.open()
    await chidi.press()
    expect(await chidi.typeCode()).toBe(200)
  })

  test('another browser with the same link is asked for a code of its own', async () => {
    const context = await browser.newContext(phone)
    const page = await context.newPage()
    expect((await page.goto(olga.link))?.status()).toBe(403)
    await context.close()
  })

  test('rules with a broken promise: the findings are shown, the text is kept, nothing is proposed', async () => {
    expect(await olga.propose(broken, 'Finance is asked too often.')).toBe(400)
    expect(await olga.says()).toContain('This promise is broken')
    expect(await olga.says()).toContain('For example: An invoice')
    expect(await olga.page.locator('#text').inputValue()).toBe(broken)
    expect(await olga.page.locator('#why').inputValue()).toBe('Finance is asked too often.')
    expect(await proposals()).toContain('Nothing waits for a signature')
  })

  test('corrected, they are parked while the pilot is frozen, with date and name', async () => {
    expect(await olga.propose(withLimit('2,000'), 'Small ones are looked at too seldom.')).toBe(200)
    expect(await olga.says()).toContain('Ask the manager within 1 day')
    expect(await olga.press()).toBe(400)
    expect(await olga.choose('propose')).toBe(200)
    expect(await olga.says()).toContain('It is kept until the freeze ends')
    expect(await proposals()).toContain('Small ones are looked at too seldom.')
  })

  test('a safety reason lets a proposal through, and who proposed it cannot sign it', async () => {
    expect(await olga.propose(withLimit('1,000'), 'Fraud was tried.', 'Two forged invoices came yesterday.')).toBe(200)
    expect(await olga.choose('propose')).toBe(200)
    await olga.open('/proposal-2')
    expect(await olga.says()).toContain('Nobody can turn both keys')
    expect(await olga.page.locator('#sign').count()).toBe(0)
  })

  test('a page that is stale is told so, and loses nothing that was typed', async () => {
    const other = await olga.page.context().newPage()
    await other.goto(`${olga.link}/propose-rules`)
    expect(await other.locator('input[name=seen]').getAttribute('value')).toBe('2')
    expect(await olga.propose(withLimit('1,500'), 'A milder limit.', 'Two forged invoices came yesterday.')).toBe(200)
    expect(await olga.choose('propose')).toBe(200)
    await other.locator('#text').fill(withLimit('900'))
    await other.locator('#why').fill('A stricter limit.')
    const [answer] = await Promise.all([
      other.waitForResponse((one) => one.request().method() === 'POST'),
      other.locator('form button').click(),
    ])
    expect(answer.status()).toBe(409)
    expect(await other.locator('main').textContent()).toContain('Meanwhile proposal 3 was made')
    expect(await other.locator('#text').inputValue()).toBe(withLimit('900'))
    expect(await other.locator('#why').inputValue()).toBe('A stricter limit.')
    await other.close()
  })

  test('the other owner reads the same facts and signs with a fresh code; it then waits for its rehearsal', async () => {
    await chidi.open()
    expect(await chidi.says()).toContain('A proposal waits for your signature')
    await chidi.page.getByRole('link', { name: 'Read it, then sign or refuse' }).click()
    await looksRight(chidi, 'owner-sign')
    expect(await chidi.page.locator('input[type=radio]:checked').count()).toBe(0)
    await chidi.page.locator('#safety').fill('I saw both of them.')
    expect(await chidi.choose('sign', 'The system can carry it.')).toBe(403)
    expect(await chidi.says()).toContain('This code signs proposal 3')
    expect(await proposals()).not.toContain('signed by both')
    expect(await chidi.typeCode()).toBe(200)
    expect(await chidi.says()).toContain('Its rehearsal begins by itself')
    expect(await proposals()).toContain('signed by both')
  })

  test('either may still withdraw it; the log says who and why', async () => {
    await olga.open('/proposal-3')
    expect(await olga.choose('withdraw', 'The bank called: it was a mistake.')).toBe(200)
    expect(await proposals()).toContain('The bank called: it was a mistake.')
  })

  test('refused by the other owner, it is closed', async () => {
    expect(await olga.propose(withLimit('800'), 'Try again.', 'Two forged invoices came yesterday.')).toBe(200)
    expect(await olga.choose('propose')).toBe(200)
    await chidi.open('/proposal-4')
    expect(await chidi.choose('refuse')).toBe(400)
    expect(await chidi.page.locator('#refuse').isChecked()).toBe(true)
    expect(await chidi.choose('refuse', 'There was no second mail.')).toBe(403)
    expect(await chidi.typeCode()).toBe(200)
    await olga.open('/proposal-4')
    expect(await olga.says()).toContain('It was refused; nothing changed.')
  })

  test('pause and resume, each with a code and a reason', async () => {
    await chidi.open('/pause')
    expect(await chidi.choose('pause', 'Mails look wrong.')).toBe(403)
    expect(await chidi.typeCode()).toBe(200)
    expect(await proposals()).toContain('The pilot is paused')
    await olga.open('/pause')
    expect(await olga.choose('resume', 'They are right again.')).toBe(403)
    expect(await olga.typeCode()).toBe(200)
    expect(await proposals()).toContain('The pilot is running')
  })

  test('what passed its rehearsal comes into force; rolled back, what nobody has decided is asked anew', async () => {
    const text = withLimit('700')
    const [manager = ''] = pilot.people('manager', 'Marketing')
    expect(await olga.propose(text, 'Once more.', 'Two forged invoices came yesterday.')).toBe(200)
    expect(await olga.choose('propose')).toBe(200)
    await chidi.open('/proposal-5')
    await chidi.page.locator('#safety').fill('I saw both of them.')
    expect(await chidi.choose('sign', 'The system can carry it.')).toBe(403)
    expect(await chidi.typeCode()).toBe(200)
    await box.wait({ to: manager, subject: 'Invoice approval has new rules' }, rehearsalSeconds)
    expect(await proposals()).toContain('Version 2, in force since')
    await olga.open('/proposal-5')
    expect(await olga.says()).toContain('as version 2')
    await looksRight(olga, 'owner-in-force')

    const { order, payable, vendor } = pilot.order(4)
    await world.send({ number: 'ANEW-1', vendor, payable, order })
    const link = linkIn(await world.request(manager, 'ANEW-1'))
    await olga.open('/roll-back-rules')
    await looksRight(olga, 'owner-roll-back')
    expect(await olga.choose('anew', 'Managers get forty requests a day.')).toBe(403)
    expect(await olga.says()).toContain('invoices that nobody has decided yet are asked anew')
    expect(await olga.typeCode()).toBe(200)
    const { closed } = await world.aws.invoice('ANEW-1', 'closed', (invoice) => invoice.closed !== null)
    expect(closed).toMatchObject({ state: 'approved', by: 'rules' })
    const late = await open(link)
    expect(late.status).toBe(409)
    expect(said(late)).toContain('rolled the rules back from version 2 to version 1, because: Managers get forty')
    await box.wait({ to: manager, subject: 'Invoice approval has its earlier rules again' })
    const { ruleVersion, events } = await commands.trace('ANEW-1')
    expect(ruleVersion).toBe(1)
    expect(events.map(({ what }) => what)).toEqual(expect.arrayContaining(['withdrawn', 'rules changed']))
  })

  test('the first rules are in force again, and the log holds every step', async () => {
    expect(await proposals()).toContain('Version 1, in force since')
    const verified = await commands.verify()
    expect(verified).toMatchObject({ code: 0, ok: true })
    expect(verified.entries).toBeGreaterThanOrEqual(11)
  })
})
