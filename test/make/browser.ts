/** Chromium out of the npm package, for tests that look at pages as people do. */
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** A browser; whoever opens it closes it. */
export const openBrowser = async (): Promise<Browser> => {
  // as in Lambda the package then brings the libraries along that a bare Debian lacks
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x'
  const executablePath = await chromium.executablePath()
  // In a single process the first context that is closed takes the whole browser along.
  const args = chromium.args.filter((argument) => argument !== '--single-process')
  return playwright.launch({ executablePath, args, headless: true })
}
