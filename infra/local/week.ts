/** `npm run week`: composes and mails the weekly page for the week that ends before the given time. */
import { operate } from './operate.ts'

const help = `npm run -s week -- [flags]     compose and mail the weekly page for the last week that ended;
                                   after the first cycle, once, what was parked until then

  --at TIME      the week that ended before TIME (2026-03-06T16:00:00Z). Default: now
  --aws PORT     the system whose local AWS is on PORT (default: the one started last)
  --stage NAME   a deployed system instead; takes no --at
  --json         the answer as JSON, which it is anyway
  --help         this text
`

await operate({
  help,
  takesTime: true,
  run: async ({ invoke, at }) => {
    process.stdout.write(`${JSON.stringify(await invoke('ReportWeek', { time: at, byHand: true }))}\n`)
    return 0
  },
})
