/** Holds what is deployed against its limits: entries of at most 350 kB, and nothing of the local doors in them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle, entryLimitBytes } from './bundle.ts'

/** The header by which a test chooses SES's verdicts: the SMTP door alone may know it. */
const localOnly = 'X-Local-Verdicts'

const out = mkdtempSync(join(tmpdir(), 'countersign-bundles-'))
try {
  const bundles = await bundle(out)
  const tooLarge = bundles.flatMap(({ name, entryBytes }) =>
    entryBytes > entryLimitBytes ? [`${name}: the entry has ${entryBytes} bytes, ${entryLimitBytes} are allowed`] : [],
  )
  const leaking = bundles.flatMap(({ name, folder }) =>
    readdirSync(folder)
      .filter((file) => readFileSync(join(folder, file), 'utf8').toLowerCase().includes(localOnly.toLowerCase()))
      .map((file) => `${name}/${file}: holds ${localOnly}, which only the local SMTP door may know`),
  )
  const found = [...tooLarge, ...leaking]
  const largest = (size: 'entryBytes' | 'startBytes') => Math.round(Math.max(...bundles.map((one) => one[size])) / 1000)
  if (found.length === 0)
    process.stdout.write(
      `bundles: ${bundles.length} functions, the largest entry has ${largest('entryBytes')} kB (${largest('startBytes')} kB with what it starts with)\n`,
    )
  else {
    process.stderr.write(`${found.join('\n')}\n`)
    process.exitCode = 1
  }
} finally {
  rmSync(out, { recursive: true, force: true })
}
