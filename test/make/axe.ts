/** axe-core in a page: what a person with a screen reader, a keyboard or weak eyes would stumble over. */
import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/** The rules that a page breaks, a line each; empty for a clean page. */
export const axeFindings = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source)
  const { violations, passes } = await page.evaluate<AxeResults>('axe.run(document, { iframes: false })')
  if (passes.length === 0) throw new Error('axe-core found nothing to look at')
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`))
}
