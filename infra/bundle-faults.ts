/** What a bundle must not be: larger than its limit, or knowing of the doors of this machine. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Bundle, entryLimitBytes, startLimitBytes } from './bundle.ts'

/** The header by which a test chooses SES's verdicts: the SMTP door alone may know it. */
const localOnly = 'X-Local-Verdicts'

/** A sentence for each fault. */
export const bundleFaults = (bundles: Bundle[]): string[] =>
  bundles.flatMap(({ name, folder, entryBytes, startBytes }) => [
    ...(entryBytes > entryLimitBytes
      ? [`${name}: the entry has ${entryBytes} bytes, ${entryLimitBytes} are allowed`]
      : []),
    ...(startBytes > startLimitBytes
      ? [
          `${name}: ${startBytes} bytes are read before it starts, ${startLimitBytes} are allowed; load heavy parts when they are needed`,
        ]
      : []),
    ...readdirSync(folder)
      .filter((file) => readFileSync(join(folder, file), 'utf8').toLowerCase().includes(localOnly.toLowerCase()))
      .map((file) => `${name}/${file}: holds ${localOnly}, which only the local SMTP door may know`),
  ])
