/** `npm run trace`: everything that happened to one invoice, in order. */
import { operate } from './operate.ts'
import { Refusal } from './refusal.ts'

const help = `npm run -s trace -- INVOICE [flags]     everything that happened to one invoice, in order

  INVOICE        its id, or the number on the document where only one invoice has it
  --aws PORT     the system whose local AWS is on PORT (default: the one started last)
  --stage NAME   a deployed system instead
  --json         the trace as JSON
  --help         this text
`

type Line = { at: string; what: string; who?: string } & Record<string, unknown>
type Trace = {
  id: string
  number: string | null
  vendor: string | null
  state: string
  by: string | null
  because: string | null
  rule: number | null
  ruleVersion: number
  ruleHash: string
  execution: string
  with: { address: string; role: string; due: string }[]
  events: Line[]
}
type Candidate = { id: string; vendor: string | null; receivedAt: string }
type Answer = { kind: 'trace'; trace: Trace } | { kind: 'unknown' } | { kind: 'several'; candidates: Candidate[] }

const detail = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value)
  return Object.entries(value)
    .map(([name, part]) => `\n        ${name}: ${typeof part === 'string' ? part : JSON.stringify(part)}`)
    .join('')
}

/** A line of time, what and who, and under it whatever else this kind of line says. */
const inWords = ({ at, what, who, ...rest }: Line): string => {
  const details = Object.entries(rest)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `      ${name}: ${detail(value)}`)
  return [`${at}  ${what}${who ? `  ${who}` : ''}`, ...details].join('\n')
}

const text = (trace: Trace): string =>
  [
    `${trace.number ?? 'no number'}, ${trace.vendor ?? 'no vendor'} (${trace.id}): ${trace.state}${trace.by ? ` by ${trace.by}` : ''}`,
    ...(trace.because ? [trace.because] : []),
    `rule ${trace.rule ?? 'none'} of version ${trace.ruleVersion} (${trace.ruleHash.slice(0, 12)}…), execution ${trace.execution}`,
    ...trace.with.map(({ address, role, due }) => `with ${address} as ${role}, due ${due}`),
    '',
    ...trace.events.map(inWords),
    '',
  ].join('\n')

await operate({
  help,
  takesTime: false,
  arguments: ['INVOICE'],
  run: async ({ invoke, words, json }) => {
    const [invoice = ''] = words
    const answer = (await invoke('TraceInvoice', { invoice })) as Answer
    if (answer.kind === 'unknown') throw new Refusal(`No invoice has the id or number ${invoice}`)
    if (answer.kind === 'several') {
      const ids = answer.candidates.map(
        ({ id, vendor, receivedAt }) => `${id} (${vendor ?? 'no vendor'}, ${receivedAt})`,
      )
      throw new Refusal(`Several invoices have the number ${invoice}; name one by its id: ${ids.join(', ')}`)
    }
    process.stdout.write(json ? `${JSON.stringify(answer.trace)}\n` : text(answer.trace))
    return 0
  },
})
