/** Holds what is deployed against its limits: entries of at most 350 kB, and nothing of the local doors in them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { bundleFaults } from './bundle-faults.ts'

const out = mkdtempSync(join(tmpdir(), 'countersign-bundles-'))
try {
  const bundles = await bundle(out)
  const faults = bundleFaults(bundles)
  const largest = (size: 'entryBytes' | 'startBytes') => Math.round(Math.max(...bundles.map((one) => one[size])) / 1000)
  if (faults.length === 0)
    process.stdout.write(
      `bundles: ${bundles.length} functions, the largest entry has ${largest('entryBytes')} kB (${largest('startBytes')} kB with what it starts with)\n`,
    )
  else {
    process.stderr.write(`${faults.join('\n')}\n`)
    process.exitCode = 1
  }
} finally {
  rmSync(out, { recursive: true, force: true })
}
