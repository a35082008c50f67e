/** Every page and mail in Chromium, under the headers that the pages are sent with: clean for axe-core, fit for a phone. */
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { styleHash } from '../../functions/view/style.ts'
import { axeFindings } from '../make/axe.ts'
import { openBrowser } from '../make/browser.ts'
import { mails, pages } from '../make/shown.ts'

const base = 'https://countersign.pilot.example'
const policy = `default-src 'none'; style-src '${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`
const shown: Record<string, { html: () => string; headers: Record<string, string> }> = Object.fromEntries([
  ...Object.entries(pages).map(([name, html]) => [
    `page/${name}`,
    { html, headers: { 'content-security-policy': policy } },
  ]),
  ...Object.entries(mails).map(([name, write]) => [`mail/${name}`, { html: () => write().html, headers: {} }]),
])

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** A context in which our pages are served from memory, and nothing else can be reached. */
const serving = async (options: Parameters<Browser['newContext']>[0]): Promise<BrowserContext> => {
  const context = await browser.newContext(options)
  await context.route('**', (route) => {
    const found = shown[new URL(route.request().url()).pathname.slice(1)]
    return found
      ? route.fulfill({ body: found.html(), contentType: 'text/html; charset=utf-8', headers: found.headers })
      : route.abort()
  })
  return context
}

const names = Object.keys(shown)

describe.each([
  { width: 390, colorScheme: 'light' as const, looked: names },
  // Mails are the same in the dark, and their width is their own.
  { width: 1280, colorScheme: 'dark' as const, looked: names.filter((name) => name.startsWith('page/')) },
])('at $width pixels, $colorScheme', ({ width, colorScheme, looked }) => {
  let context: BrowserContext
  beforeAll(async () => {
    // The policy forbids the checker's own script; it is let in past it, and nothing else changes.
    context = await serving({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true })
  })
  afterAll(() => context?.close())

  test.each(looked)('%s', async (name) => {
    const page = await context.newPage()
    await page.goto(`${base}/${name}`)
    expect(await axeFindings(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 'wider than the screen').toBe(0)
    await page.close()
  })
})

test('the browser takes the style sheet under its hash, runs nothing and loads nothing', async () => {
  const context = await serving({})
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('dialog', (dialog) => said.push(dialog.message()))
  for (const name of names) {
    await page.goto(`${base}/${name}`)
    if (name.startsWith('page/'))
      expect(await page.evaluate('getComputedStyle(document.querySelector("main")).maxWidth')).toMatch(/^(1120|680)px$/)
  }
  expect(said).toEqual([])
  await context.close()
})

test('what can be pressed is large enough for a thumb', async () => {
  const context = await serving({ viewport: { width: 390, height: 800 } })
  const page = await context.newPage()
  for (const name of [
    ...['page/decision', 'page/desk-finish', 'page/desk-fill-in', 'page/concern-not-understood'],
    ...['page/owner-sign', 'page/owner-propose', 'page/owner-confirm', 'page/owner-today-to-sign', 'page/owner-away'],
  ]) {
    await page.goto(`${base}/${name}`)
    for (const pressed of await page.locator('button, .choice, .open, select, textarea').all())
      expect((await pressed.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44)
  }
  await context.close()
})
