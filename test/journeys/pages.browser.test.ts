/** Every page and mail of ours, and the mailbox, in Chromium: clean for axe-core, readable at 390 px, with pictures. */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { REPOSITORY } from '../../infra/local/folders.ts'
import { strangeAccount } from '../../infra/local/story/by-hand.ts'
import { linkIn, type Mail } from '../../infra/local/story/mailbox.ts'
import { decide } from '../../infra/local/story/pages.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'
import { axeFindings } from '../make/axe.ts'
import { openBrowser } from '../make/browser.ts'

const system = inject('system')
const world = worldOf(system, pilotFolder)
const { pilot, box, post, bill } = world
const vendor = pilot.supplier
const manager = pilot.manager(vendor)
const [desk = ''] = pilot.people('invoice desk')
const [cto = ''] = pilot.people('cto')

/** Pictures for the documents are taken when somebody asks for them, so that a test run changes no file. */
const pictures = process.env.PICTURES === '1' ? join(REPOSITORY, 'docs', 'pictures') : null
const pictured = ['mail', 'decision', 'late-click']
const screens = [
  { width: 390, height: 1360 },
  { width: 1280, height: 900 },
]

let browser: Browser
let request: Mail
let late: Mail
let filling: Mail
let finishing: Mail
let alert: Mail

beforeAll(async () => {
  browser = await openBrowser()
  await world.send({ number: 'P-1001', vendor, payable: 745_000 })
  await world.send({ number: 'P-1002', vendor, payable: 41_200 })
  await world.send({ number: 'P-1003', vendor: pilot.blocked, payable: 41_300, account: strangeAccount })
  const { order, payable, vendor: other } = pilot.order(3)
  await world.send({ number: 'P-1005', vendor: other, payable: Math.round(payable * 1.05), order })
  await post.send({
    ...bill({ number: 'P-1004', vendor, payable: 41_400 }),
    attachments: [{ filename: 'scan.pdf', contentType: 'application/pdf', content: '%PDF-1.4\n%%EOF\n' }],
  })
  request = await world.request(manager, 'P-1001')
  const answeredByMail = await world.request(manager, 'P-1002')
  await box.reply(answeredByMail.id, 'Fine with me.', manager)
  const [quick = '', slow = ''] = pilot.people('finance')
  await decide(linkIn(await world.request(quick, 'P-1005')), { decision: 'approve' })
  late = await world.request(slow, 'P-1005')
  finishing = await box.wait({ to: desk, subject: 'Finish by hand: P-1003' })
  filling = await box.wait({ to: desk, subject: 'Finish by hand: invoice without a number' })
  alert = await box.wait({ to: cto, subject: 'Bypassed: P-1002' })
})
afterAll(() => browser?.close())

const shown: Record<string, () => string> = {
  mailbox: () => `${system.ready.mailbox}/`,
  'mailbox-message': () => `${system.ready.mailbox}/m/${request.id}`,
  mail: () => `${system.ready.mailbox}/api/messages/${request.id}/html`,
  'mail-to-the-desk': () => `${system.ready.mailbox}/api/messages/${finishing.id}/html`,
  'mail-to-the-cto': () => `${system.ready.mailbox}/api/messages/${alert.id}/html`,
  decision: () => linkIn(request),
  'late-click': () => linkIn(late),
  'desk-fill-in': () => linkIn(filling),
  'desk-finish': () => linkIn(finishing),
  concern: () => `${linkIn(request)}/not-understood`,
  trace: () => linkIn(alert),
  minutes: () => `${linkIn(alert)}/minutes`,
  'unknown-link': () => `${system.ready.web}/a/AAAAAAAAAAAAAAAAAAAAAA`,
}

describe.each(screens)('at $width px', ({ width, height }) => {
  test.each(Object.entries(shown))('%s', async (what, address) => {
    // the policies of our pages forbid the checker's script; it is let in past them, and nothing else changes
    const context = await browser.newContext({ viewport: { width, height }, bypassCSP: true })
    try {
      const page = await context.newPage()
      await page.goto(address())
      expect(await axeFindings(page)).toEqual([])
      const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      expect(wider, 'wider than the screen').toBe(0)
      if (pictures && pictured.includes(what)) await page.screenshot({ path: join(pictures, `${what}-${width}.png`) })
    } finally {
      await context.close()
    }
  })
})

/** Opens a link, sends its form with what `choose` does to it, and looks at the answer. */
const answered = async (link: string, choose: (page: Page) => Promise<void>) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, bypassCSP: true })
  try {
    const page = await context.newPage()
    await page.goto(link)
    await choose(page)
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST'),
      page.locator('form button').click(),
    ])
    return { status: answer.status(), findings: await axeFindings(page) }
  } finally {
    await context.close()
  }
}

describe('the answer to a form', () => {
  test('without a choice', async () => {
    expect(await answered(linkIn(request), async () => {})).toEqual({ status: 400, findings: [] })
  })

  test('that a promise forbids', async () => {
    const approving = async (page: Page) => {
      await page.locator('#approve').check()
      await page.locator('#reason').fill('It looks right')
    }
    expect(await answered(linkIn(finishing), approving)).toEqual({ status: 409, findings: [] })
  })

  test('with fields that do not parse', async () => {
    const filledIn = async (page: Page) => {
      await page.locator('[name=payable]').fill('much')
      await page.locator('#continue').check()
    }
    expect(await answered(linkIn(filling), filledIn)).toEqual({ status: 400, findings: [] })
  })

  test('that was recorded', async () => {
    const approving = (page: Page) => page.locator('#approve').check()
    expect(await answered(linkIn(request), approving)).toEqual({ status: 200, findings: [] })
  })
})
