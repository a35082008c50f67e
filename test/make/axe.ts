/** axe-core in a page: what a person with a screen reader, a keyboard or weak eyes would stumble over. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  help: string
  nodes: { html: string; failureSummary?: string }[]
}

/** The rules that a page breaks, a line each; empty for a clean page. */
export const axeFindings = async (page: Page): Promise<string[]> => {
  await page.evaluate(source)
  const { violations, passes } = (await page.evaluate('axe.run(document, { iframes: false })')) as {
    violations: Violation[]
    passes: unknown[]
  }
  if (passes.length === 0) throw new Error('axe-core found nothing to look at')
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`))
}
