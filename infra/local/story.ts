/** `npm run story`: one scripted pass through the main job, on a system of its own. */
import { parseArgs } from 'node:util'
import { Refusal, sentence } from './refusal.ts'
import { type Played, story } from './story/play.ts'
import { pilotFolder, worldOf } from './story/world.ts'
import { startSystem } from './system.ts'

const help = `npm run story [-- --json]

Starts a system of its own, mails invoices, clicks links, and says what it saw from outside.

  --json   a line of JSON a step, and a last one for the story; progress goes to stderr
  --help   this

Exit codes: 0 every step came out as promised, 1 one did not, 2 it could not be tried or was interrupted.
`

const flags = () => {
  try {
    return parseArgs({
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    }).values
  } catch (thrown) {
    throw new Refusal(`${sentence(thrown)}. See npm run story -- --help.`)
  }
}

const readable = ({ step, ok, saw }: Played): string =>
  [
    `${ok ? '✓' : '✗'} ${step}`,
    ...Object.entries(saw).map(
      ([name, value]) => `    ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
  ].join('\n')

const tell = async (json: boolean, ending: AbortSignal): Promise<number> => {
  const began = performance.now()
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const ports = { web: 0, mailbox: 0, smtp: 0, aws: 0 }
  const system = await startSystem({ ports, pilot: pilotFolder, empty: true, log }, ending)
  const interrupted = () => system.stop().then(() => process.exit(2))
  ending.addEventListener('abort', interrupted)
  try {
    const steps: Played[] = []
    for await (const step of story(worldOf(system, pilotFolder))) {
      steps.push(step)
      console.log(json ? JSON.stringify(step) : readable(step))
    }
    const failed = steps.filter(({ ok }) => !ok).map(({ step }) => step)
    const seconds = Math.round((performance.now() - began) / 100) / 10
    const came =
      failed.length === 0 ? { story: 'ok', steps: steps.length } : { story: 'failed', steps: steps.length, failed }
    console.log(
      json ? JSON.stringify({ ...came, seconds }) : `The story is ${came.story}: ${came.steps} steps in ${seconds} s.`,
    )
    return failed.length === 0 ? 0 : 1
  } finally {
    ending.removeEventListener('abort', interrupted)
    await system.stop()
  }
}

const main = async (): Promise<number> => {
  const { json, help: wanted } = flags()
  if (!wanted) {
    const ending = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => ending.abort())
    return tell(json, ending.signal)
  }
  console.log(help)
  return 0
}

main().then(
  (code) => process.exit(code),
  (thrown) => {
    console.error(sentence(thrown))
    process.exit(2)
  },
)
