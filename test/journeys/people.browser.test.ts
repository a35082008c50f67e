/** People and machines at the decision page, in Chromium: prompt, late, twice, never, unknown, wrong person, scanner, declined. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { linkIn } from '../../infra/local/story/mailbox.ts'
import { decide } from '../../infra/local/story/pages.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'
import { openBrowser } from '../make/browser.ts'

const system = inject('system')
const world = worldOf(system, pilotFolder)
const { pilot, aws } = world
const vendor = pilot.supplier
const manager = pilot.manager(vendor)

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  page = await context.newPage()
  return () => context.close()
})

/** Mails an invoice that needs the manager; answers the mail that asks for it. */
const asked = async (number: string, payable: number) => {
  await world.send({ number, vendor, payable })
  return world.request(manager, number)
}

const closed = async (number: string) => (await aws.invoice(number, 'closed', (one) => one.closed !== null)).closed

/** What the page says. */
const says = async (): Promise<string> => (await page.locator('main').textContent()) ?? ''

test('prompt: from the mailbox to the link, a choice, and it is recorded', async () => {
  const mail = await asked('B-1001', 31_100)
  await page.goto(`${system.ready.mailbox}/`)
  await page.getByRole('link', { name: mail.subject }).click()
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.frameLocator('iframe').getByRole('link', { name: 'Look and decide' }).click(),
  ])
  page = tab
  await page.waitForLoadState()
  expect(page.url()).toBe(linkIn(mail))
  expect(await page.locator('input[name=decision]:checked').count()).toBe(0)
  await page.getByText('It is right and may be paid.').click()
  await page.getByRole('button').click()
  expect(await says()).toMatch(/approved/i)
  expect(await closed('B-1001')).toMatchObject({ state: 'approved', by: 'people' })
})

test('with the keyboard alone', async () => {
  await page.goto(linkIn(await asked('B-1002', 31_200)))
  const focused = () => page.locator(':focus')
  for (let tabs = 0; tabs < 20; tabs += 1) {
    await page.keyboard.press('Tab')
    if ((await focused().getAttribute('name')) === 'decision') break
  }
  expect(await focused().getAttribute('name')).toBe('decision')
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  expect(await focused().getAttribute('name')).toBe('reason')
  await page.keyboard.type('Seen')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForLoadState()
  expect(await closed('B-1002')).toMatchObject({ state: 'approved' })
})

test('late: somebody else was quicker, and the page says who', async () => {
  const { order, payable, vendor: other } = pilot.order(2)
  await world.send({ number: 'B-1003', vendor: other, payable: Math.round(payable * 1.05), order })
  const [quick = '', slow = ''] = pilot.people('finance')
  const [mine, theirs] = await Promise.all([quick, slow].map((person) => world.request(person, 'B-1003')))
  await page.goto(linkIn(theirs as NonNullable<typeof theirs>))
  await decide(linkIn(mine as NonNullable<typeof mine>), { decision: 'approve' })
  await page.getByText('It is right and may be paid.').click()
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST'),
    page.getByRole('button').click(),
  ])
  expect(answer.status()).toBe(409)
  expect(pilot.named(await says(), quick)).toBe(true)
  expect(await page.locator('form').count()).toBe(0)
})

test('twice: the second click of the same person is told what the first one did', async () => {
  const link = linkIn(await asked('B-1004', 31_400))
  await page.goto(link)
  await page.getByText('It is right and may be paid.').click()
  await page.getByRole('button').click()
  await page.waitForLoadState()
  const [answer] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST'), page.reload()])
  expect(answer.status()).toBe(409)
  expect(await says()).toMatch(/decided|approved/i)
  expect(await closed('B-1004')).toMatchObject({ state: 'approved' })
})

test('never: a form that is sent without a choice says what is missing, and nothing is recorded', async () => {
  await page.goto(linkIn(await asked('B-1005', 31_500)))
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST'),
    page.getByRole('button').click(),
  ])
  expect(answer.status()).toBe(400)
  expect(await page.title()).toMatch(/^Problem:/)
  const { asks } = await aws.invoice('B-1005', 'as it was', (one) => one.closed === null)
  expect(asks.map(({ state }) => state)).toEqual(['open'])
})

test('declined: without a reason the choice is kept, with one the vendor is told', async () => {
  await page.goto(linkIn(await asked('B-1006', 31_600)))
  await page.locator('#decline').check()
  await page.getByRole('button').click()
  expect(await page.locator('#decline').isChecked()).toBe(true)
  await page.locator('#reason').fill('Delivered to the wrong house')
  await page.getByRole('button').click()
  await page.waitForLoadState()
  expect(await closed('B-1006')).toMatchObject({ state: 'rejected' })
  const told = await world.box.wait({ to: vendor.emails.split(' ')[0], subject: 'Re: Invoice B-1006' })
  expect(told.text).toContain('Delivered to the wrong house')
})

test('an unknown link is told so, and nothing else', async () => {
  const answer = await page.goto(`${system.ready.web}/a/AAAAAAAAAAAAAAAAAAAAAA`)
  expect(answer?.status()).toBe(404)
  expect(await page.locator('form').count()).toBe(0)
})

test('wrong person: who sent an invoice in is never asked to decide on it', async () => {
  await world.send({ number: 'B-1007', vendor, payable: 31_700 }, { from: manager })
  const [desk = ''] = pilot.people('invoice desk')
  const handed = await world.box.wait({ to: desk, subject: 'Finish by hand: B-1007' })
  await decide(linkIn(handed), { decision: 'ask', role: 'manager', reason: 'They know the vendor' })
  const { asks } = await aws.invoice('B-1007', 'asked again', (one) => one.asks.length === 2)
  expect(asks.flatMap(({ people }) => people)).not.toContain(manager)
})

test('scanner: every link of the page is opened, and the request is as it was', async () => {
  const link = linkIn(await asked('B-1008', 31_800))
  await page.goto(link)
  const links = await page
    .getByRole('link')
    .evaluateAll((all) => all.map((one) => (one as unknown as { href: string }).href))
  for (const address of links.filter((one) => one.startsWith(system.ready.web) && !one.includes('#')))
    await page.request.get(address)
  const { version } = await aws.invoice('B-1008', 'as it was', () => true)
  await page.goto(link)
  expect(await page.locator('input[name=decision]').count()).toBe(2)
  expect((await aws.invoice('B-1008', 'as it was', () => true)).version).toBe(version)
})

test('wishing: from the link of a request and by mail, once each; both owners get what is parked when the cycle is over', async () => {
  const [desk = '', coo = '', cto = ''] = ['invoice desk', 'coo', 'cto'].map((role) => pilot.people(role)[0])
  await page.goto(linkIn(await asked('B-1009', 31_900)))
  await page.getByRole('link', { name: 'Wish for something else' }).click()
  await page.locator('#text').fill('A report by vendor')
  await page.getByRole('button').click()
  expect(await says()).toContain('It is kept; you are told its number by mail')
  await page.reload()
  expect((await world.box.wait({ to: manager, subject: 'Your wish' })).text).toContain('A report by vendor')

  const mail = { from: desk, subject: 'Wish: travel expenses as well', text: 'By the end of the year.' }
  expect(await aws.end(await world.post.send(mail))).toMatchObject({ end: 'wish' })
  const kept = await world.box.wait({ to: desk, subject: 'Your wish' })
  expect(kept.text).toContain('travel expenses as well: By the end of the year.')
  expect(await world.box.list({ to: manager, subject: 'Your wish' })).toHaveLength(1)

  await world.commands.week(new Date(Date.now() + 100 * 86_400_000).toISOString())
  for (const to of [coo, cto]) {
    const { subject, text } = await world.box.wait({ to, subject: 'The freeze has ended' })
    expect(subject).toMatch(/2 wishes|3 wishes/)
    for (const words of ['A report by vendor', 'travel expenses as well']) expect(text).toContain(words)
    expect(text).toMatch(/\/o\/[\w-]{22}\/wish-\d+\n/)
  }
})
