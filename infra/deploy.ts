/** `npm run deploy`: a stage into the AWS account at hand, with everything that CloudFormation alone cannot do. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { SESClient } from '@aws-sdk/client-ses'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { REPOSITORY } from './local/folders.ts'
import { invokeFunction } from './local/invoke.ts'
import { Refusal, sentence } from './local/refusal.ts'
import { checkedPilot } from './pilot-files.ts'
import { OtherRuleSet, receiveBy } from './receipt-rule-set.ts'
import { type Settings, settingsOf } from './settings.ts'

const help = `npm run deploy -- --stage NAME [flags]     a stage into the AWS account and region of your credentials

  --stage NAME   one of the stages in cdk.json; what it needs stands in docs/deploy.md
  --pilot DIR    the pilot's files, brought in as drafts where nothing was imported yet (default: none)
  --yes          ask nothing, not even where permissions grow
  --help         this text

It makes SES's receipt rule set active, deploys the stacks with the CDK, brings in the pilot, and prints the addresses and the
DNS records. Nothing of the pilot is in force then: both owners get a mail with a link to their pages, where they propose and
sign the charter, then the rules; each comes into force once its rehearsal passed. Run it again at any time.
It was never run on AWS so far: docs/aws-truth.md says what was confirmed how.
`

const flags = () => {
  const string = { type: 'string' } as const
  const boolean = { type: 'boolean', default: false } as const
  try {
    return parseArgs({ options: { stage: string, pilot: string, yes: boolean, help: boolean }, strict: true }).values
  } catch (thrown) {
    throw new Refusal(`${sentence(thrown).split('. ')[0]}; see npm run deploy -- --help`)
  }
}

/** The settings of a stage that AWS can have. */
const stageSettings = (stage: string | undefined): Settings => {
  if (!stage) throw new Refusal('Name the stage, --stage NAME; see npm run deploy -- --help')
  if (stage === 'local') throw new Refusal('The stage local is for this machine: npm start')
  const { context } = JSON.parse(readFileSync(join(REPOSITORY, 'cdk.json'), 'utf8')) as { context: object }
  const names: Record<string, unknown> = { ...context, stage }
  try {
    const settings = settingsOf((name) => names[name])
    if (!settings.mailDomain.endsWith('.example')) return settings
  } catch (thrown) {
    throw new Refusal(sentence(thrown))
  }
  throw new Refusal(`Nobody owns a domain that ends in .example; set mailDomain of stage ${stage} in cdk.json to yours`)
}

/** The pilot's files, checked before anything is deployed, for a stage that receives its mail. */
const pilotOf = async (folder: string, { stage, mailDomain }: Settings): Promise<Record<string, string>> => {
  const { files, inbox } = await checkedPilot(folder)
  if (inbox.endsWith(`@${mailDomain}`)) return files
  throw new Refusal(
    `The charter's inbox ${inbox} is not of ${mailDomain}, the mailDomain of stage ${stage} in cdk.json`,
  )
}

/** Who deploys, as AWS knows them; and with it, whether there are credentials at all. */
const caller = async (): Promise<string> => {
  try {
    const { Arn = 'unknown' } = await new STSClient({}).send(new GetCallerIdentityCommand({}))
    return Arn
  } catch (thrown) {
    throw new Refusal(`AWS does not know you (${sentence(thrown)}); set AWS_PROFILE and AWS_REGION, or log in`)
  }
}

/** Before the stacks: the stage's rule is added to the set, so the set must be there. */
const receive = async ({ receiptRuleSet }: Settings): Promise<void> => {
  try {
    const what = await receiveBy(new SESClient({}), receiptRuleSet)
    process.stderr.write(`receipt rule set ${receiptRuleSet}: ${what}\n`)
  } catch (thrown) {
    if (!(thrown instanceof OtherRuleSet)) throw thrown
    throw new Refusal(
      `The rule set ${thrown.message} receives this account's mail, and only one can; set receiptRuleSet of the stage to it`,
    )
  }
}

const cdkDeploy = (stage: string, yes: boolean): Promise<number> =>
  new Promise((resolve, reject) => {
    const approval = yes ? 'never' : 'broadening'
    const child = spawn('cdk', ['deploy', '--all', '-c', `stage=${stage}`, '--require-approval', approval], {
      cwd: REPOSITORY,
      stdio: 'inherit',
    })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })

const outputsOf = async (stack: string): Promise<Record<string, string>> => {
  const { Stacks } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: stack }))
  return Object.fromEntries((Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
}

type Imported =
  | { kind: 'imported' | 'exists' }
  | { kind: 'refused'; findings: { file: string; line: number; message: string }[] }

/** True when the pilot is in, now or before. */
const importPilot = async (stage: string, files: Record<string, string>, identity: string): Promise<boolean> => {
  const stacks = [`countersign-${stage}-intake`]
  const payload = { files, by: `the AWS identity ${identity}`, how: 'At the first deploy.' }
  const imported = (await invokeFunction({ client: {}, stacks }, 'ImportPilot', payload)) as Imported
  if (imported.kind !== 'refused') {
    const drafts = 'drafts that are not in force; both owners were mailed a link to propose and sign them'
    process.stderr.write(`pilot: ${imported.kind === 'imported' ? drafts : 'brought in before; it stays as it is'}\n`)
    return true
  }
  for (const { file, line, message } of imported.findings) process.stderr.write(`${file}:${line}: ${message}\n`)
  return false
}

const deploy = async (): Promise<0 | 1> => {
  const { stage, pilot, yes, help: asked } = flags()
  if (asked) {
    process.stdout.write(help)
    return 0
  }
  const settings = stageSettings(stage)
  const files = pilot ? await pilotOf(pilot, settings) : null
  const by = await caller()
  await receive(settings)
  if ((await cdkDeploy(settings.stage, yes)) !== 0) return 1
  if (files && !(await importPilot(settings.stage, files, by))) return 1
  for (const [name, value] of Object.entries(await outputsOf(`countersign-${settings.stage}-mail-domain`)))
    if (name.startsWith('Dns')) process.stdout.write(`${value}\n`)
  const { WebUrl } = await outputsOf(`countersign-${settings.stage}-web`)
  process.stdout.write(`pages: ${WebUrl}\n`)
  return 0
}

try {
  process.exitCode = await deploy()
} catch (thrown) {
  process.stderr.write(`${sentence(thrown)}\n`)
  process.exitCode = thrown instanceof Refusal ? 2 : 1
}
