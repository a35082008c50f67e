/** `npm run -s rules -- check|decide|diff|replay …`: the COO's workbench, offline (`commands.md`). */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import type { Charter } from '../core/pilot/charter.ts'
import { parseCharter } from '../core/pilot/parse-charter.ts'
import { nameOf, vocabulary } from '../core/pilot/roles.ts'
import { analyse } from '../core/rules/analyse.ts'
import { compile } from '../core/rules/decide.ts'
import { differences } from '../core/rules/diff.ts'
import { Facts } from '../core/rules/facts.ts'
import type { Finding } from '../core/rules/finding.ts'
import type { Decision, Duration, Outcome } from '../core/rules/outcome.ts'
import { type Parsed, parse } from '../core/rules/parse.ts'
import { impossibleFact } from '../core/rules/possible.ts'
import { type PastInvoice, replay } from '../core/rules/replay.ts'
import type { RuleSet } from '../core/rules/rule-set.ts'
import { type Colour, checkInWords, differenceInWords, replayInWords } from '../view/rules-in-words.ts'

const help = `npm run -s rules -- check FILE [--charter FILE] [--json]
npm run -s rules -- decide FILE --facts FACTS [--charter FILE] [--json]
npm run -s rules -- diff OLD NEW [--charter FILE] [--json]
npm run -s rules -- replay FILE --past PAST [--against OLD] [--charter FILE] [--json]

check    whether the rules can be proposed: what is wrong, never decides or breaks a promise, with an example each
decide   what the rules decide for an invoice, why, and what did not hold in the rules above
diff     which invoices the new rules decide otherwise than the old ones
replay   what the rules would have decided for past invoices, compared with the old rules or with the record: how many
         differently, of how much money, whom they reach and no longer reach, how long people may take

FILE     the rules, as sentences
FACTS    a JSON file with the facts of one invoice or an array of them; - reads a line of JSON each from stdin
         and answers with a line each; infra/local/pilot/samples/facts.json has every fact
PAST     a line of JSON for each past invoice: {"id": "…", "facts": {…}, "outcome": {…}}, the outcome where it is known
--charter   whose roles, departments and currency the rules may name; without it charter.yaml beside FILE, if there
--json      JSON on stdout and nothing else

Examples
  npm run -s rules -- check infra/local/pilot/rules.txt
  npm run -s rules -- decide infra/local/pilot/rules.txt --facts infra/local/pilot/samples/facts.json
  echo '{"amount":1240000,"currency":"EUR",…}' | npm run -s rules -- decide infra/local/pilot/rules.txt --facts - --json
  npm run -s rules -- diff infra/local/pilot/rules.txt new-rules.txt
  npm run -s rules -- replay new-rules.txt --past november.ndjson --against infra/local/pilot/rules.txt

Exit codes
  check    0 the rules can be proposed, 1 they have an error
  decide   0 every invoice was decided
  diff     0 both decide every invoice alike, 1 they do not
  replay   0 every past invoice was decided again, however many of them differently: judge that by what it says
  any      2 it could not be tried; one sentence on stderr says why
`

/** What each command takes beside --charter and --json. */
const commands: Record<string, string[]> = { check: [], decide: ['facts'], diff: [], replay: ['past', 'against'] }

const within = z.custom<Duration>(
  (value) => typeof value === 'string' && /^(PT[1-9]\d{0,5}[MH]|P[1-9]\d{0,3}[DW])$/.test(value),
  'expected a duration such as "PT4H"',
)
const timed = { within, clock: z.enum(['working', 'calendar']) }
const roles = z.array(z.string().min(1)).min(1)
/** OUTCOME of `commands.md`. */
const Recorded: z.ZodType<Outcome> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('approve') }),
  z.strictObject({ kind: z.literal('reject') }),
  z.strictObject({ kind: z.literal('return') }),
  z.strictObject({ kind: z.literal('hand'), role: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('ask'),
    steps: z
      .array(z.union([z.strictObject({ any: roles, ...timed }), z.strictObject({ all: roles, ...timed })]))
      .min(1),
  }),
])
const PastLine = z.strictObject({ id: z.string(), facts: z.unknown(), outcome: Recorded.nullish() })

/** Something that keeps the command from being tried, said in one sentence. */
class NotTried extends Error {}

const bytesOf = (path: string): Uint8Array => {
  try {
    return readFileSync(path)
  } catch {
    throw new NotTried(`${path} cannot be read; check the path and who may read it.`)
  }
}

/** Read as what it is not, a name in a rule would be another one than its owner sees, and would fit nothing. */
const utf8 = new TextDecoder('utf-8', { fatal: true })

const read = (path: string): string => {
  const bytes = bytesOf(path)
  try {
    return utf8.decode(bytes)
  } catch {
    throw new NotTried(`${path} is no text in UTF-8; save it with that encoding.`)
  }
}

const charterOf = (file: string, named: string | undefined): Charter | null => {
  const path = named ?? join(dirname(file), 'charter.yaml')
  if (named === undefined && !existsSync(path)) return null
  const parsed = parseCharter(read(path))
  if ('charter' in parsed) return parsed.charter
  const [first] = parsed.findings
  throw new NotTried(
    `${path}:${first?.line}:${first?.column}: ${first?.message?.replace(/\.?$/, '.')} Without a good charter nothing can be said of the rules.`,
  )
}

type Loaded = Parsed & { source: string; charter: Charter | null }

const load = (file: string, charter: Charter | null): Loaded => {
  const source = read(file)
  return { ...parse(source, charter && vocabulary(charter)), source, charter }
}

const colour: Colour = (text, number) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[${number}m${text}\u001b[0m` : text

const everyFinding = ({ ruleSet, findings, places, charter }: Loaded): Finding[] => {
  if (!ruleSet) return findings
  const proved = analyse(ruleSet, places, charter, charter ? vocabulary(charter).departments : [])
  return [...findings, ...proved].toSorted((a, b) => a.line - b.line || a.column - b.column)
}

const check = (file: string, loaded: Loaded, json: boolean): number => {
  const findings = everyFinding(loaded)
  const ok = findings.every(({ level }) => level !== 'error')
  process.stdout.write(
    json
      ? `${JSON.stringify({ ok, rules: loaded.ruleSet?.rules.length ?? 0, findings })}\n`
      : `${checkInWords({ ...loaded, file, findings }, colour)}\n`,
  )
  return ok ? 0 : 1
}

/** The facts of one invoice, or why they are none. */
const factsOf = (value: unknown, where: string, currency: string | null): Facts => {
  const parsed = Facts.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const unknown = issue?.code === 'unrecognized_keys'
    const name = unknown ? issue.keys.join(', ') : issue?.path.join('.')
    const expected = issue?.message.replace(/^(Invalid \w+|Too \w+): /, '')
    const stated = name && (value as Record<string, unknown>)[name]
    const why = unknown
      ? 'is no fact of an invoice'
      : name && (stated === undefined || stated === null)
        ? `is missing; every invoice has it (${expected})`
        : `is not what it has to be: ${expected}`
    throw new NotTried(`${where}: ${name || 'this'} ${why}.`)
  }
  const impossible = impossibleFact(parsed.data, currency)
  if (impossible) throw new NotTried(`${where}: ${impossible.fact} cannot be so: it ${impossible.because}.`)
  return parsed.data
}

const json = (text: string, where: string, expected: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new NotTried(`${where} is no JSON; expected ${expected}.`)
  }
}
const someFacts = 'the facts of an invoice, such as {"amount": 1240000, "currency": "EUR", …}'
const somePast =
  'a line such as {"id": "4711", "facts": {…}, "outcome": {"kind": "approve"}}, the outcome where it is known'

const decisionInWords = ({ because, tried }: Decision): string =>
  [because, ...tried.map(({ rule, failing }) => `  Rule ${rule} does not fit: it is not so that ${failing}.`)].join(
    '\n',
  )

const answered = ({ rule, name, outcome, because, tried }: Decision): string =>
  JSON.stringify({ rule, name, outcome, because, tried })

const rulesIn = (file: string, { ruleSet, findings }: Loaded): RuleSet => {
  const [first] = findings.filter(({ level }) => level === 'error')
  if (!ruleSet)
    throw new NotTried(`${file}:${first?.line}:${first?.column}: ${first?.message} Run check to see everything.`)
  return ruleSet
}

const decide = async (file: string, loaded: Loaded, facts: string, asJson: boolean): Promise<number> => {
  const ruleSet = rulesIn(file, loaded)
  const decision = compile(ruleSet)
  if (facts === '-') {
    let line = 0
    for await (const text of createInterface({ input: process.stdin })) {
      line += 1
      if (text.trim() === '') continue
      const where = `line ${line}`
      const decided = decision(factsOf(json(text, where, someFacts), where, ruleSet.currency))
      process.stdout.write(`${asJson ? answered(decided) : decisionInWords(decided)}\n`)
    }
    return 0
  }
  const value = json(read(facts), facts, `${someFacts}, or an array of them`)
  const all = Array.isArray(value) ? value : [value]
  const decided = all.map((one, index) =>
    decision(factsOf(one, Array.isArray(value) ? `${facts}, invoice ${index + 1}` : facts, ruleSet.currency)),
  )
  if (!asJson)
    process.stdout.write(
      `${decided.map(decisionInWords).join('\n\n') || 'There is no invoice, so nothing is decided.'}\n`,
    )
  else if (Array.isArray(value)) process.stdout.write(`[${decided.map(answered).join(',\n')}]\n`)
  else process.stdout.write(`${decided.map(answered).join('')}\n`)
  return 0
}

const diff = (old: RuleSet, now: RuleSet, departments: string[], asJson: boolean): number => {
  const difference = differences(old, now, departments)
  if ('tooMuch' in difference)
    throw new NotTried('The two files differ in too many ways to say exactly; compare them in smaller steps.')
  const { changes } = difference
  const same = changes.length === 0
  process.stdout.write(`${asJson ? JSON.stringify({ same, changes }) : differenceInWords(difference, now)}\n`)
  return same ? 0 : 1
}

const pastOf = (path: string, currency: string | null): PastInvoice[] =>
  read(path)
    .split('\n')
    .flatMap((text, index) => {
      if (text.trim() === '') return []
      const where = `${path}:${index + 1}`
      const parsed = PastLine.safeParse(json(text, where, somePast))
      if (!parsed.success) {
        const [issue] = parsed.error.issues
        const name = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.')
        throw new NotTried(`${where}: ${name || 'this'} is not what it has to be; expected ${somePast}.`)
      }
      return [{ ...parsed.data, facts: factsOf(parsed.data.facts, where, currency) }]
    })

const replayed = (
  { ruleSet, charter }: { ruleSet: RuleSet; charter: Charter | null },
  past: PastInvoice[],
  against: { file: string; ruleSet: RuleSet } | null,
  asJson: boolean,
): number => {
  const answer = replay(ruleSet, past, against?.ruleSet ?? null, charter)
  const words = () =>
    replayInWords(answer, {
      currency: ruleSet.currency ?? 'EUR',
      against: against ? `by ${against.file}` : 'is recorded',
      nameOf: (person) => (charter ? nameOf(charter, person) : person),
    })
  process.stdout.write(`${asJson ? JSON.stringify(answer) : words()}\n`)
  return 0
}

const flags = {
  past: { type: 'string' },
  against: { type: 'string' },
  charter: { type: 'string' },
  facts: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const argumentsOf = (given: string[]) => {
  try {
    return parseArgs({ args: given, options: flags, allowPositionals: true })
  } catch (error) {
    throw new NotTried(`${(error as Error).message.split('.')[0]}; --help shows the flags.`)
  }
}

const run = async (given: string[]): Promise<number> => {
  const { values, positionals } = argumentsOf(given)
  const [command, file, ...more] = positionals
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  if (command === undefined || !Object.hasOwn(commands, command))
    throw new NotTried(
      `Say what to do: ${Object.keys(commands).join(', ')}${command === undefined ? '' : `; not ${command}`}. --help shows how.`,
    )
  const foreign = Object.keys(values).find(
    (flag) => !['charter', 'json', 'help', ...(commands[command] ?? [])].includes(flag),
  )
  if (foreign) throw new NotTried(`--${foreign} does not go with ${command}; --help shows what does.`)
  if (command === 'diff') {
    const [newer, ...others] = more
    if (file === undefined || newer === undefined || others.length > 0)
      throw new NotTried('Name two files of rules, the old and the new one.')
    const charter = charterOf(newer, values.charter) ?? charterOf(file, values.charter)
    const [old, now] = [file, newer].map((path) => rulesIn(path, load(path, charter)))
    return diff(old as RuleSet, now as RuleSet, charter ? vocabulary(charter).departments : [], values.json)
  }
  if (file === undefined || more.length > 0)
    throw new NotTried('Name one file of rules, e.g. infra/local/pilot/rules.txt.')
  const charter = charterOf(file, values.charter)
  const loaded = load(file, charter)
  if (command === 'check') return check(file, loaded, values.json)
  if (command === 'replay') {
    if (values.past === undefined) throw new NotTried('Say which invoices, with --past FILE.')
    const ruleSet = rulesIn(file, loaded)
    const against =
      values.against === undefined
        ? null
        : { file: values.against, ruleSet: rulesIn(values.against, load(values.against, charter)) }
    return replayed({ ruleSet, charter }, pastOf(values.past, ruleSet.currency), against, values.json)
  }
  if (values.facts === undefined) throw new NotTried('Say which invoice, with --facts FILE or --facts - for stdin.')
  return decide(file, loaded, values.facts, values.json)
}

// A reader such as `head` has enough before the end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})
process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof NotTried)) throw error
  process.stderr.write(`${error.message}\n`)
  return 2
})
