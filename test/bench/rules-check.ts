/** A process of its own: checks a rule file so many times over, says how long each took and how much memory all of it. */
import { readFileSync } from 'node:fs'
import { analyse } from '../../functions/core/rules/analyse.ts'
import { parse } from '../../functions/core/rules/parse.ts'

/** Of the first check, of the others; the most memory that the process ever had, Node.js and all. */
export type Checked = { milliseconds: number[]; megabytes: number }

const [, , file = '', times = ''] = process.argv
const source = readFileSync(file, 'utf8')
const milliseconds = Array.from({ length: Number(times) }, () => {
  const began = performance.now()
  const { ruleSet, places } = parse(source)
  if (!ruleSet) throw new Error('the rules to be checked do not parse')
  analyse(ruleSet, places, null, [])
  return performance.now() - began
})
// kilobytes, as Linux and macOS count them
const megabytes = process.resourceUsage().maxRSS / 1000
process.send?.({ milliseconds, megabytes } satisfies Checked, () => process.exit(0))
