/** `npm run bench [-- NAME…]`: benchmarks, each against a named rival in the same run. */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { REPOSITORY } from '../../infra/local/folders.ts'
import { sentence } from '../../infra/local/refusal.ts'
import { bundles } from './bundles.ts'
import { burst } from './burst.ts'
import { pipeline } from './pipeline.ts'
import { read } from './read.ts'
import { type Benchmark, type Measurement, table, versionOf } from './report.ts'
import { rules } from './rules.ts'

const benchmarks: Record<string, Benchmark> = { rules, read, bundles, pipeline, burst }

const help = `npm run bench [-- NAME…] [--json]

  rules      decisions of core/rules, against the same rules by hand and in other engines; checks, and the worst of them
  read       e-invoices of the corpus, against factur-x-kit, einvoicing and @fin.cx/einvoice: right, fast, memory; sizes
  bundles    size and cold start of each function, against a function that has nothing but the SDK
  pipeline   from a mail taken to the request in the mailbox, against the same hops without logic
  burst      200 mails at once, 5 % duplicates: lost, doubled, mails a second, against the same hops without logic

Without a name, all of them. Each number is a median of five rounds.

  --json   a line of JSON a benchmark; progress goes to stderr
  --help   this

Exit codes: 0 every target holds, 1 one was missed, 2 it could not be tried.
`

/** Version of a Python package, as its requirements file pins it. */
const pinned = (name: string): string => {
  const requirements = readFileSync(join(REPOSITORY, 'infra', 'local', 'emulator', 'requirements.txt'), 'utf8')
  return new RegExp(`^${name}==(\\S+)`, 'm').exec(requirements)?.[1] ?? 'unknown'
}

const versions = {
  node: process.versions.node,
  esbuild: versionOf('esbuild'),
  'json-logic-js': versionOf('json-logic-js'),
  'json-rules-engine': versionOf('json-rules-engine'),
  feelin: versionOf('feelin'),
  'factur-x-kit': versionOf('factur-x-kit'),
  einvoicing: versionOf('einvoicing'),
  '@fin.cx/einvoice': versionOf('@fin.cx/einvoice'),
  '@aws-sdk/client-dynamodb': versionOf('@aws-sdk/client-dynamodb'),
  ministack: pinned('ministack'),
}

const words = (): string => {
  const said = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [...said, `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`].join(' · ')
}

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  })
  if (values.help) {
    console.log(help)
    return 0
  }
  const unknown = positionals.filter((name) => !(name in benchmarks))
  if (unknown.length > 0) throw new Error(`There is no benchmark ${unknown.join(', ')}; see npm run bench -- --help`)
  const tell = (line: string) => process.stderr.write(`${line}\n`)
  const measured: Measurement[] = []
  if (!values.json) console.log(`${words()}\n`)
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    tell(`${name} …`)
    const measurements = await benchmark(tell)
    measured.push(...measurements)
    console.log(
      values.json ? JSON.stringify({ benchmark: name, measurements, versions }) : `${name}\n\n${table(measurements)}\n`,
    )
  }
  return measured.every(({ holds }) => holds) ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (thrown) => {
    console.error(sentence(thrown))
    process.exit(2)
  },
)
