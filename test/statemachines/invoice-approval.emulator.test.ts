/** Every way through the state machine, run: the functions are played, so that each answer and each failure can be chosen. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { rehearsalSource, source } from '../../events/contracts.ts'
import { asAdmin, LOCAL_ACCOUNT, LOCAL_REGION } from '../../infra/local/aws.ts'
import { type Emulator, startEmulator } from '../../infra/local/emulator/emulator.ts'
import { preparePython } from '../../infra/local/emulator/python.ts'
import { close, listen, reservePort } from '../../infra/local/listen.ts'

const names = ['AssessInvoice', 'DecideInvoice', 'AskApprover', 'AskDesk', 'CloseInvoice'] as const
type Name = (typeof names)[number]
type Given = { invoice: string; token?: string; because?: string | null }
type Call = { name: Name } & Given
/** What a function does: answers what is next, fails with an error of this name, or (null) asks and leaves the wait open. */
type Answer = { next: string } | { fails: string } | null

let folder: string
let emulator: Emulator
let admin: ReturnType<typeof asAdmin>
let queue: string
const calls: Call[] = []
/** By invoice: what each function does when it is called the first time, the second time, and so on; the last one stays. */
const plays = new Map<string, Partial<Record<Name, Answer[]>>>()

const host = createServer(async (request, response) => {
  const name = request.headers['x-amzn-lambda-function-name'] as Name
  const given = (await json(request)) as Given
  calls.push({ name, ...given })
  const answers = plays.get(given.invoice)?.[name] ?? []
  const answer = answers.length > 1 ? answers.shift() : answers[0]
  const fails = answer && 'fails' in answer ? answer.fails : answer === undefined ? 'NotPlayed' : null
  response.writeHead(fails ? 500 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(fails ? { errorType: fails, errorMessage: 'with data that must not travel' } : answer))
})

/** The machine as it is, but patient people wait two seconds and a failure is tried again once. */
const definition = async (): Promise<string> => {
  const text = await readFile(
    join(import.meta.dirname, '..', '..', 'statemachines', 'invoice-approval.asl.json'),
    'utf8',
  )
  return text
    .replaceAll(/\$\{(\w+)Arn\}/g, `arn:aws:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT}:function:$1`)
    .replaceAll(`\${BusName}`, 'told')
    .replaceAll(/"TimeoutSeconds": \d{6,}/g, '"TimeoutSeconds": 2')
    .replaceAll('"MaxAttempts": 4', '"MaxAttempts": 1')
    .replaceAll('"IntervalSeconds": 2', '"IntervalSeconds": 1')
}

const stateMachineArn = `arn:aws:states:${LOCAL_REGION}:${LOCAL_ACCOUNT}:stateMachine:approval`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'machine-'))
  await mkdir(join(folder, 'log'))
  const hostPort = await listen(host, 0, 'played functions', '')
  const port = await reservePort(0, 'emulator', '--aws')
  const interpreter = await preparePython(console.error)
  emulator = await startEmulator({ interpreter, port, folder, hostUrl: `http://127.0.0.1:${hostPort}/` })
  admin = asAdmin({ endpoint: emulator.endpoint, account: LOCAL_ACCOUNT, region: LOCAL_REGION })
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const { Role } = await new IAMClient(admin).send(
    new CreateRoleCommand({
      RoleName: 'played',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    }),
  )
  const role = Role?.Arn ?? ''
  const ZipFile = zipSync({ 'index.mjs': new TextEncoder().encode('// played') })
  const lambda = new LambdaClient(admin)
  for (const FunctionName of names)
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: role,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile },
      }),
    )
  const sqs = new SQSClient(admin)
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'told' }))
  queue = QueueUrl
  const queueArn = `arn:aws:sqs:${LOCAL_REGION}:${LOCAL_ACCOUNT}:told`
  const allow = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
  }
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [allow] })
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }))
  const events = new EventBridgeClient(admin)
  await events.send(new CreateEventBusCommand({ Name: 'told' }))
  const EventPattern = JSON.stringify({ source: [source, rehearsalSource] })
  await events.send(new PutRuleCommand({ Name: 'all', EventBusName: 'told', EventPattern }))
  await events.send(
    new PutTargetsCommand({ Rule: 'all', EventBusName: 'told', Targets: [{ Id: 'queue', Arn: queueArn }] }),
  )
  await new SFNClient(admin).send(
    new CreateStateMachineCommand({ name: 'approval', roleArn: role, definition: await definition() }),
  )
})

afterAll(async () => {
  await emulator?.stop()
  await close(host)
  await rm(folder, { recursive: true, force: true })
})

const patient = { timeout: 20_000, interval: 50 }
const callsOf = (invoice: string): Call[] => calls.filter((call) => call.invoice === invoice)
const order = (invoice: string): Name[] => callsOf(invoice).map(({ name }) => name)

const start = async (invoice: string, play: Partial<Record<Name, Answer[]>>): Promise<string> => {
  plays.set(invoice, play)
  const { executionArn = '' } = await new SFNClient(admin).send(
    new StartExecutionCommand({
      stateMachineArn,
      name: `${invoice}-1`,
      input: JSON.stringify({ invoice, attempt: 1 }),
    }),
  )
  return executionArn
}

const ended = async (executionArn: string) => {
  const sfn = new SFNClient(admin)
  return vi.waitFor(async () => {
    const { status, error } = await sfn.send(new DescribeExecutionCommand({ executionArn }))
    expect(status).not.toBe('RUNNING')
    return { status, error }
  }, patient)
}

/** Somebody answered: wakes the wait with what is next. */
const wake = async (invoice: string, name: Name, next: string, nth = 1): Promise<void> => {
  const token = await vi.waitFor(() => {
    const call = callsOf(invoice).filter((one) => one.name === name)[nth - 1]
    expect(call).toBeDefined()
    return call?.token
  }, patient)
  await vi.waitFor(
    () => new SFNClient(admin).send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify({ next }) })),
    patient,
  )
}

/** What the bus was told since it was asked last. */
const heard = async (): Promise<{ source: string; 'detail-type': string; detail: object }[]> => {
  const sqs = new SQSClient(admin)
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queue, WaitTimeSeconds: 5, MaxNumberOfMessages: 10 }),
  )
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }))
  return Messages.map(({ Body = '' }) => JSON.parse(Body))
}

const succeeded = { status: 'SUCCEEDED', error: undefined }

describe('an invoice', () => {
  test('that the rules approve is assessed, decided and closed', async () => {
    const execution = await start('plain', {
      AssessInvoice: [{ next: 'Decide' }],
      DecideInvoice: [{ next: 'Close' }],
      CloseInvoice: [{ next: 'Done' }],
    })
    expect(await ended(execution)).toEqual(succeeded)
    expect(callsOf('plain')).toEqual([
      { name: 'AssessInvoice', invoice: 'plain' },
      { name: 'DecideInvoice', invoice: 'plain' },
      { name: 'CloseInvoice', invoice: 'plain' },
    ])
  })

  test('that two people are asked about, one after the other, waits for each', async () => {
    const execution = await start('asked', {
      AssessInvoice: [{ next: 'Decide' }],
      DecideInvoice: [{ next: 'Ask' }],
      AskApprover: [null],
      CloseInvoice: [{ next: 'Done' }],
    })
    await wake('asked', 'AskApprover', 'Ask')
    await wake('asked', 'AskApprover', 'Close', 2)
    expect(await ended(execution)).toEqual(succeeded)
    expect(order('asked')).toEqual(['AssessInvoice', 'DecideInvoice', 'AskApprover', 'AskApprover', 'CloseInvoice'])
    const tokens = callsOf('asked').flatMap(({ token }) => token ?? [])
    expect(new Set(tokens).size).toBe(2)
  })

  test('that could not be read goes to the desk, and from there on through the rules', async () => {
    const execution = await start('filled', {
      AssessInvoice: [{ next: 'Desk' }, { next: 'Decide' }],
      AskDesk: [null],
      DecideInvoice: [{ next: 'Close' }],
      CloseInvoice: [{ next: 'Done' }],
    })
    await wake('filled', 'AskDesk', 'Assess')
    expect(await ended(execution)).toEqual(succeeded)
    expect(order('filled')).toEqual(['AssessInvoice', 'AskDesk', 'AssessInvoice', 'DecideInvoice', 'CloseInvoice'])
    expect(callsOf('filled')[1]?.because).toBeNull()
  })
})

describe('a wait', () => {
  test('that is over before it began asks the record at once, and is not tried again', async () => {
    const execution = await start('moved', {
      AssessInvoice: [{ next: 'Ask' }, { next: 'Close' }],
      AskApprover: [{ fails: 'Moved' }],
      CloseInvoice: [{ next: 'Done' }],
    })
    expect(await ended(execution)).toEqual(succeeded)
    expect(order('moved')).toEqual(['AssessInvoice', 'AskApprover', 'AssessInvoice', 'CloseInvoice'])
  })

  test.each(['AskApprover', 'AskDesk'] as const)('of %s that ends unanswered asks the record again', async (name) => {
    const invoice = `late-${name}`
    const execution = await start(invoice, {
      AssessInvoice: [{ next: name === 'AskDesk' ? 'Desk' : 'Ask' }, { next: 'Done' }],
      [name]: [null],
    })
    expect(await ended(execution)).toEqual(succeeded)
    expect(order(invoice)).toEqual(['AssessInvoice', name, 'AssessInvoice'])
  })
})

describe('a function that fails', () => {
  test('once is tried again', async () => {
    const execution = await start('again', {
      AssessInvoice: [{ fails: 'Conflict' }, { next: 'Done' }],
    })
    expect(await ended(execution)).toEqual(succeeded)
    expect(order('again')).toEqual(['AssessInvoice', 'AssessInvoice'])
  })

  test.each([
    ['AssessInvoice', {}],
    ['DecideInvoice', { AssessInvoice: [{ next: 'Decide' }] }],
    ['AskApprover', { AssessInvoice: [{ next: 'Ask' }] }],
    ['CloseInvoice', { AssessInvoice: [{ next: 'Close' }] }],
  ] as [Name, Partial<Record<Name, Answer[]>>][])(
    'for good in %s leads to the desk, which is told the name of the error alone',
    async (name, before) => {
      const invoice = `broken-${name}`
      const execution = await start(invoice, { ...before, [name]: [{ fails: 'Broken' }], AskDesk: [null] })
      await wake(invoice, 'AskDesk', 'Done')
      expect(await ended(execution)).toEqual(succeeded)
      const desk = callsOf(invoice).find((call) => call.name === 'AskDesk')
      expect(desk).toEqual({ name: 'AskDesk', invoice, token: expect.any(String), because: 'Broken' })
    },
  )

  test('even where the desk is asked, someone is told, and the execution ends where an alarm sees it', async () => {
    const execution = await start('stuck', {
      AssessInvoice: [{ next: 'Desk' }],
      AskDesk: [{ fails: 'AccessDenied' }],
    })
    expect(await ended(execution)).toEqual({ status: 'FAILED', error: 'Stuck' })
    const told = await heard()
    expect(told.map((event) => [event['detail-type'], event.detail])).toEqual([
      ['WorkflowStuck', { invoice: 'stuck', execution: expect.stringContaining('stuck-1'), because: 'AccessDenied' }],
    ])
  })

  test('is told apart where it was rehearsed', async () => {
    const rehearsed = 'rehearsal-k7f3-late-abcdefghjk'
    for (const invoice of [rehearsed, 'real'])
      await ended(await start(invoice, { AssessInvoice: [{ next: 'Elsewhere' }] }))
    const told = [...(await heard()), ...(await heard())]
    expect(told.map((event) => [event.source, event.detail])).toEqual(
      expect.arrayContaining([
        [rehearsalSource, expect.objectContaining({ invoice: rehearsed })],
        [source, expect.objectContaining({ invoice: 'real' })],
      ]),
    )
  })

  test('by answering an unknown word is no dead end either', async () => {
    const execution = await start('word', { AssessInvoice: [{ next: 'Elsewhere' }] })
    expect(await ended(execution)).toEqual({ status: 'FAILED', error: 'Stuck' })
    expect(await heard()).toMatchObject([{ detail: { invoice: 'word', because: 'an unknown step' } }])
  })
})
