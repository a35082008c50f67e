/** `npm run sweep`: every step that is due, each once, as if it were the given time. */
import { operate } from './operate.ts'

const help = `npm run -s sweep -- [flags]     every step that is due, in order, each once

  --at TIME      as if it were TIME (2026-03-02T16:00:00Z); records keep the real time. Default: now
  --aws PORT     the system whose local AWS is on PORT (default: the one started last)
  --stage NAME   a deployed system instead; takes no --at
  --json         the answer as JSON, which it is anyway
  --help         this text
`

await operate({
  help,
  takesTime: true,
  run: async ({ invoke, at }) => {
    const event = { time: at, byHand: true }
    const sweep = await invoke('Sweep', event)
    const releases = await invoke('ReleasePayments', event)
    process.stdout.write(`${JSON.stringify({ at, sweep, releases })}\n`)
    return 0
  },
})
