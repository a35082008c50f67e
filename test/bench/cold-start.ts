/** A process of its own: loads a function, calls it once with no event, which it refuses at once, says how long that took. */
import { pathToFileURL } from 'node:url'

const [, , entry = ''] = process.argv
const began = performance.now()
const { handler } = (await import(pathToFileURL(entry).href)) as {
  handler: (event: unknown, context: unknown) => unknown
}
await Promise.resolve(handler(null, {})).catch(() => {})
process.send?.(performance.now() - began, () => process.exit(0))
