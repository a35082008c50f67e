/** `pilot check DIR`: whether a pilot's folder can be taken over; what stands in the way, with file, line and column. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePilot } from '../core/pilot/parse-pilot.ts'

const help = `node --import tsx functions/commands/pilot.ts check DIR

Whether the files of the pilot in DIR can be taken over: charter.yaml, rules.txt, vendors.csv, orders.csv,
absences.csv, baseline.csv. What stands in the way goes to stderr as file:line:column: sentence.

Exit codes: 0 they can be taken over, 2 they cannot.
`

/** The texts of the files in a folder by name; null where there is no such folder. */
const filesIn = (folder: string): Record<string, string> | null => {
  try {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
    return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]))
  } catch {
    return null
  }
}

const run = ([command, folder, ...more]: string[]): 0 | 2 => {
  const refuse = (text: string): 2 => {
    process.stderr.write(`${text}\n`)
    return 2
  }
  if (command === '--help' || folder === '--help') {
    process.stdout.write(help)
    return 0
  }
  if (command !== 'check' || folder === undefined || more.length > 0)
    return refuse('Say which folder to check, e.g. check infra/local/pilot; --help says more.')
  const files = filesIn(folder)
  if (!files) return refuse(`${folder} cannot be read; name the folder of a pilot, e.g. infra/local/pilot.`)
  const pilot = parsePilot(files)
  if ('findings' in pilot)
    return refuse(
      pilot.findings
        .map(({ file, line, column, message }) => `${join(folder, file)}:${line}:${column}: ${message}`)
        .join('\n'),
    )
  const { charter, vendors, orders } = pilot
  process.stdout.write(
    `${folder}: ${charter.process}, ${vendors.length} vendors, ${orders.length} orders; it can be taken over.\n`,
  )
  return 0
}

process.exitCode = run(process.argv.slice(2))
