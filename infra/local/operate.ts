/** What the operating commands share: the system they act on, here or on AWS, and how they end. */
import { parseArgs } from 'node:util'
import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation'
import { asAdmin } from './aws.ts'
import { invokeFunction, type Place } from './invoke.ts'
import { Refusal, sentence } from './refusal.ts'
import { runningSystem } from './running.ts'

export interface Operation {
  /** what `--help` prints */
  help: string
  /** whether the command takes `--at TIME` */
  takesTime: boolean
  /** names of what follows the flags, each required */
  arguments?: string[]
  /** how many more may follow */
  mayFollow?: number
  /** Prints its answer; the exit code: 0 what was asked holds, 1 it does not. */
  run: (invocation: Operating) => Promise<0 | 1>
}

export interface Operating {
  /** calls a function of the architecture, `Sweep` */
  invoke: (id: string, event: unknown) => Promise<unknown>
  /** ISO time: `--at`, else now */
  at: string
  json: boolean
  words: string[]
}

/** Every stack of a stage, by the names that the app gives them. */
const stageStacks = async (stage: string): Promise<Place> => {
  const stacks: string[] = []
  try {
    for await (const { Stacks = [] } of paginateDescribeStacks({ client: new CloudFormationClient({}) }, {}))
      for (const { StackName = '' } of Stacks) if (StackName.startsWith(`countersign-${stage}-`)) stacks.push(StackName)
  } catch (thrown) {
    throw new Refusal(
      `AWS was not asked for stage ${stage} (${sentence(thrown)}); set AWS_PROFILE and AWS_REGION, or log in`,
    )
  }
  if (stacks.length === 0)
    throw new Refusal(
      `There are no stacks of stage ${stage} in this account and region; deploy them with npm run deploy -- --stage ${stage}`,
    )
  return { client: {}, stacks }
}

const localStacks = async (port: string | undefined): Promise<Place> => {
  if (port !== undefined && !/^\d+$/.test(port)) throw new Refusal(`--aws takes a port number, not ${port}`)
  const { aws, stacks } = await runningSystem(port === undefined ? undefined : Number(port))
  return { client: asAdmin(aws), stacks }
}

const timeOf = (text: string): string => {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw new Refusal(`--at takes a time as 2026-03-02T16:00:00Z, not ${text}`)
  return time.toISOString()
}

const FLAGS = {
  at: { type: 'string' },
  aws: { type: 'string' },
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const flags = () => {
  try {
    return parseArgs({ options: FLAGS, allowPositionals: true, strict: true })
  } catch (thrown) {
    throw new Refusal(`${sentence(thrown).split('. ')[0]}; see --help`)
  }
}

/** Runs a command from its arguments to its exit code. */
export const operate = async ({
  help,
  takesTime,
  arguments: wanted = [],
  mayFollow = 0,
  run,
}: Operation): Promise<void> => {
  try {
    const { values, positionals: words } = flags()
    if (values.help) {
      process.stdout.write(help)
      return
    }
    if (values.at !== undefined && !takesTime) throw new Refusal('This command takes no --at; see --help')
    if (values.at !== undefined && values.stage !== undefined)
      throw new Refusal('--at is for the system on this machine; a deployed one goes by its clock')
    if (words.length < wanted.length || words.length > wanted.length + mayFollow)
      throw new Refusal(
        wanted.length ? `Name ${wanted.join(' and ')}; see --help` : `There is no ${words[0]} here; see --help`,
      )
    const at = values.at === undefined ? new Date().toISOString() : timeOf(values.at)
    const place = await (values.stage === undefined ? localStacks(values.aws) : stageStacks(values.stage))
    process.exitCode = await run({
      invoke: (id, event) => invokeFunction(place, id, event),
      at,
      json: values.json,
      words,
    })
  } catch (thrown) {
    process.stderr.write(`${sentence(thrown)}\n`)
    process.exitCode = thrown instanceof Refusal ? 2 : 1
  }
}
