/** The mailbox in a browser: fits a phone, has no axe findings, opens links in a tab of their own, takes an answer. */
import type { Browser, Page } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listen } from '../../../infra/local/listen.ts'
import { messages } from '../../../infra/local/mailbox/messages.ts'
import { startMailbox } from '../../../infra/local/mailbox/server.ts'
import { axeFindings } from '../../make/axe.ts'
import { openBrowser } from '../../make/browser.ts'

const store = messages()
const received: string[] = []
const door = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, _session, done) => {
    let text = ''
    stream.on('data', (part) => {
      text += part
    })
    stream.on('end', () => {
      received.push(text)
      done()
    })
  },
})
let box: Awaited<ReturnType<typeof startMailbox>>
let browser: Browser
let page: Page
const open = (path: string) => page.goto(`http://127.0.0.1:${box.port}${path}`)

beforeAll(async () => {
  const smtpPort = await listen(door.server, 0, 'door', '')
  box = await startMailbox({ port: 0, smtpPort: () => smtpPort, inbox: 'invoices@pilot.example' }, store)
  const lines = [
    'From: Countersign <invoices@pilot.example>',
    'Subject: Approve 2026-0417, Brightworks Printing and Packaging GmbH & Co. KG, 1,234.50 EUR',
    'Content-Type: text/html',
    '',
    `<!doctype html><html lang="en"><head><title>Request</title></head><body><a href="http://127.0.0.1:${box.port}/api/messages">Open</a></body></html>`,
  ]
  await store.deliver({ to: ['sales.manager@pilot.example'], raw: Buffer.from(lines.join('\r\n')) })
  browser = await openBrowser()
  // axe is put into the page by the test, which the page's own policy forbids
  page = await browser.newPage({ bypassCSP: true, viewport: { width: 390, height: 844 } })
})
afterAll(async () => {
  await browser?.close()
  await box?.stop()
  await new Promise<void>((resolve) => door.close(() => resolve()))
})

const mailPath = () => `/m/${store.find({})[0]?.id}`

it.each([
  ['the list', () => '/'],
  ['a list without mail', () => '/?to=nobody@pilot.example'],
  ['a mail', mailPath],
  ['the form to write', () => '/write'],
])('%s fits a phone and has no findings', async (_name, path) => {
  await open(path())
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  expect(await axeFindings(page)).toEqual([])
})

it('a link in a mail opens in a tab of its own', async () => {
  await open(mailPath())
  const opened = page.context().waitForEvent('page')
  await page.frameLocator('iframe').getByText('Open').click()
  await (await opened).waitForURL('**/api/messages')
  expect(page.url()).toContain('/m/')
})

it('an answer goes out as mail', async () => {
  await open(mailPath())
  await page.getByLabel('Text').fill('Fine with me')
  await page.getByRole('button', { name: 'Send the reply' }).click()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Reply sent')
  expect(received[0]).toContain('Subject: Re: Approve 2026-0417')
  expect(received[0]).toContain('Fine with me')
})
