/** A process of its own: one reader reads files so many times over, says what it saw, how long it took and how much memory. */
import { readFileSync } from 'node:fs'
import { type Answer, readers } from './read-readers.ts'

export type ReadAll = {
  /** Null where the reader threw. */
  answers: (Answer | null)[]
  /** Files a second, of each time over; those that it threw at count as read. */
  perSecond: number[]
  /** The most memory that the process ever had, Node.js and all. */
  megabytes: number
}

const [, , name = '', times = '', list = ''] = process.argv
const files = (JSON.parse(readFileSync(list, 'utf8')) as string[]).map((path) => new Uint8Array(readFileSync(path)))
const read = await readers[name]?.load()
if (!read) throw new Error(`there is no reader ${name}`)

const perSecond: number[] = []
let answers: ReadAll['answers'] = []
for (let time = 0; time < Number(times); time += 1) {
  const began = performance.now()
  answers = []
  for (const bytes of files) answers.push(await read(bytes).catch(() => null))
  perSecond.push((1000 * files.length) / (performance.now() - began))
}
// kilobytes, as Linux and macOS count them
const megabytes = process.resourceUsage().maxRSS / 1000
process.send?.({ answers, perSecond, megabytes } satisfies ReadAll, () => process.exit(0))
