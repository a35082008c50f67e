/** `npm run rehearse`: the messy cases through the running system, which every text has to pass before it comes into force. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Operating, operate } from './operate.ts'
import { Refusal } from './refusal.ts'

const help = `npm run -s rehearse [-- PROPOSAL] [flags]     the messy cases through the running system; the launch gate

  PROPOSAL       number of the proposal whose text is rehearsed. Default: the one that both have signed and that
                 waits for its rehearsal, else what is in force
  --aws PORT     the system whose local AWS is on PORT (default: the one started last)
  --stage NAME   a deployed system instead
  --json         { "ok", "proposal", "cases": [{ "name", "expected", "seen", "ok", "todo" }], "seconds" }
  --help         this text

Nobody real is mailed by a case, and nothing of it counts. How the rehearsal of a proposal ended that waits for it is
recorded, and both owners are told. Exit code 0: every case that could be tried went as expected; 1: one did not;
2: it could not be rehearsed. What both have signed comes into force when it passed.
`

interface Case {
  name: string
  expected: string
  seen: string
  /** null: these texts left nothing to try it with */
  ok: boolean | null
  todo: string | null
}

interface Report {
  proposal: number | null
  about: string
  passed: boolean
  cases: Case[]
}

type Answer<Told> = Told | { refused: string }

/** Asks for the report, and tells how far it is while it comes. */
const rehearsed = async (invoke: Operating['invoke'], proposal: number | null): Promise<Report> => {
  const began = new Date().toISOString()
  const event = { byHand: true, proposal }
  let over = false
  const coming = (invoke('Rehearse', event) as Promise<Answer<Report>>).finally(() => {
    over = true
  })
  let told = 0
  const follow = async () => {
    while (!over) {
      await Promise.race([pause(3000), coming.catch(() => {})])
      if (over) return
      // how far it is, is told where it can be; the report comes all the same
      const answer = await invoke('Rehearse', { ...event, look: true }).catch(() => null)
      const { progress } = answer as { progress?: { at: string; done: number; of: number } | null }
      if (!progress || progress.at < began || progress.done === told) continue
      told = progress.done
      process.stderr.write(`${progress.done} of ${progress.of} cases\n`)
    }
  }
  const [report] = await Promise.all([coming, follow()])
  if ('refused' in report) throw new Refusal(report.refused)
  return report
}

const signs = new Map<boolean | null, string>([
  [true, '✓'],
  [false, '✗'],
  [null, '–'],
])

const inLines = ({ name, expected, seen, ok, todo }: Case): string[] => [
  `${signs.get(ok)} ${name}`,
  ...(ok === null ? [`    ${seen}`] : []),
  ...(ok === false ? [`    expected  ${expected}`, `    seen      ${seen}`, `    to do     ${todo ?? ''}`] : []),
]

const print = ({ about, passed, cases }: Report, seconds: number): void => {
  const count = (ok: boolean | null): number => cases.filter((one) => one.ok === ok).length
  const what = about === 'in force' ? 'what is in force' : about.replace('-', ' ')
  process.stdout.write(
    [
      ...cases.flatMap(inLines),
      '',
      `The rehearsal of ${what} ${passed ? 'passed' : 'failed'}: ${count(true)} of ${cases.length} cases as expected, ${count(false)} not, ${count(null)} not tried; ${seconds} s.`,
      '',
    ].join('\n'),
  )
}

const numberOf = (word: string | undefined): number | null => {
  if (word === undefined) return null
  if (!/^[1-9]\d*$/.test(word)) throw new Refusal(`A proposal has a number, such as 3, not ${word}; see --help`)
  return Number(word)
}

await operate({
  help,
  takesTime: false,
  mayFollow: 1,
  run: async ({ invoke, json, words }) => {
    const proposal = numberOf(words[0])
    process.stderr.write('rehearsing in the running system; it may take two minutes\n')
    const began = performance.now()
    const report = await rehearsed(invoke, proposal)
    const seconds = Math.round((performance.now() - began) / 100) / 10
    if (json) {
      const { passed: ok, cases } = report
      process.stdout.write(`${JSON.stringify({ ok, proposal: report.proposal, cases, seconds })}\n`)
    } else print(report, seconds)
    return report.passed ? 0 : 1
  },
})
