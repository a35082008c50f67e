/** What the emulator would get wrong without its patches, and AWS does: tokens, time limits, streams, exact grants. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { asAdmin, LOCAL_ACCOUNT, LOCAL_REGION } from '../../../infra/local/aws.ts'
import { type Emulator, startEmulator } from '../../../infra/local/emulator/emulator.ts'
import { preparePython } from '../../../infra/local/emulator/python.ts'
import { type Host, startHost } from '../../../infra/local/host/host.ts'
import { reservePort } from '../../../infra/local/listen.ts'

/** Remembers each token and each batch it was given, and fails as it is told. */
const code = `
import { appendFileSync } from 'node:fs'
const keep = (file, value) => appendFileSync(process.env.FOLDER + '/' + file, JSON.stringify(value) + '\\n')
export const handler = async (event) => {
  if (event.token) {
    keep('tokens', event.token)
    if (event.fail) throw Object.assign(new Error('because'), { name: 'Chosen' })
    return null
  }
  const keys = event.Records.map(({ dynamodb }) => dynamodb.Keys.pk.S)
  keep('batches', keys)
  const bad = event.Records.find(({ dynamodb }) => dynamodb.Keys.pk.S === 'bad')
  return { batchItemFailures: bad ? [{ itemIdentifier: bad.dynamodb.SequenceNumber }] : [] }
}`

let folder: string
let emulator: Emulator
let host: Host
let admin: ReturnType<typeof asAdmin>
const functionArn = `arn:aws:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT}:function:remember`

const roleFor = async (RoleName: string, ...Statement: object[]) => {
  const iam = new IAMClient(admin)
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const document = (statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document([trust]) }))
  if (Statement.length > 0)
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'one', PolicyDocument: document(Statement) }))
  return Role?.Arn ?? ''
}

const lines = async <T>(file: string): Promise<T[]> => {
  const text = await readFile(join(folder, file), 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patches-'))
  await mkdir(join(folder, 'log'))
  await writeFile(join(folder, 'index.mjs'), code)
  host = await startHost(join(folder, 'log'))
  const port = await reservePort(0, 'emulator', '--aws')
  const interpreter = await preparePython(console.error)
  emulator = await startEmulator({ interpreter, port, folder, hostUrl: host.url })
  const aws = { endpoint: emulator.endpoint, account: LOCAL_ACCOUNT, region: LOCAL_REGION }
  admin = asAdmin(aws)
  const role = await roleFor('remember')
  await new LambdaClient(admin).send(
    new CreateFunctionCommand({
      FunctionName: 'remember',
      Role: role,
      Handler: 'index.handler',
      Runtime: 'nodejs22.x',
      Code: { ZipFile: zipSync({ 'index.mjs': new TextEncoder().encode(code) }) },
    }),
  )
  const hosted = { id: 'Remember', name: 'remember', arn: functionArn, role, handler: 'index.handler', folder }
  host.serve([{ ...hosted, variables: { FOLDER: folder }, timeout: 5, memory: 128 }], aws, {})
})
afterAll(async () => {
  await host?.stop()
  await emulator?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('a task with a token', () => {
  const workflows = () => new SFNClient(admin)

  /** Starts a machine of one state that hands its token to the function. */
  const start = async (name: string, fail: boolean, state: object = {}) => {
    const task = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: functionArn, Payload: { token: '{% $states.context.Task.Token %}', fail } },
      TimeoutSeconds: 60,
      End: true,
      ...state,
    }
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Ask', States: { Ask: task } })
    const roleArn = `arn:aws:iam::${LOCAL_ACCOUNT}:role/remember`
    const { stateMachineArn } = await workflows().send(new CreateStateMachineCommand({ name, definition, roleArn }))
    const { executionArn } = await workflows().send(new StartExecutionCommand({ stateMachineArn }))
    return { stateMachineArn: stateMachineArn ?? '', executionArn: executionArn ?? '' }
  }
  const execution = (executionArn: string) => workflows().send(new DescribeExecutionCommand({ executionArn }))
  const ended = (executionArn: string) =>
    vi.waitUntil(
      async () => {
        const found = await execution(executionArn)
        return found.status !== 'RUNNING' && found
      },
      { timeout: 15_000 },
    )
  const tokens = (count: number) =>
    vi.waitUntil(
      async () => {
        const found = await lines<string>('tokens')
        return found.length >= count && found
      },
      { timeout: 15_000 },
    )

  it('fails by the name of what its function threw', async () => {
    const { executionArn } = await start('fails', true)
    expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'Chosen' })
  })

  it('gives every try a token of its own, of which only the last wakes', async () => {
    const before = (await lines('tokens')).length
    await start('retries', true, { Retry: [{ ErrorEquals: ['Chosen'], IntervalSeconds: 1, MaxAttempts: 1 }] })
    const [first, second] = (await tokens(before + 2)).slice(before)
    expect(first).not.toBe(second)
    const late = workflows().send(new SendTaskSuccessCommand({ taskToken: first, output: '{}' }))
    await expect(late).rejects.toMatchObject({
      name: expect.stringMatching(/^(TaskDoesNotExist|TaskTimedOut|InvalidToken)$/),
    })
  })

  it('is woken by its token, under a grant for exactly its machine', async () => {
    const before = (await lines('tokens')).length
    const { stateMachineArn, executionArn } = await start('wakes', false)
    const [taskToken] = (await tokens(before + 1)).slice(before)
    const as = async (name: string, Resource: string) => {
      const RoleArn = await roleFor(name, { Effect: 'Allow', Action: 'states:SendTaskSuccess', Resource })
      const { Credentials } = await new STSClient(admin).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: name }))
      const credentials = {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken,
      }
      return new SFNClient({ ...admin, credentials })
    }
    const answer = new SendTaskSuccessCommand({ taskToken, output: '{"next":"Done"}' })
    const other = await as('other', `${stateMachineArn}-other`)
    await expect(other.send(answer)).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await (await as('own', stateMachineArn)).send(answer)
    expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"next": "Done"}' })
  })

  it('dies with its execution', async () => {
    const before = (await lines('tokens')).length
    const { executionArn } = await start('stops', false)
    const [taskToken] = (await tokens(before + 1)).slice(before)
    await workflows().send(new StopExecutionCommand({ executionArn }))
    await vi.waitFor(
      () =>
        expect(workflows().send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))).rejects.toMatchObject({
          name: expect.stringMatching(/^Task/),
        }),
      { timeout: 5000 },
    )
  })
})

it('a stream gives a failed record again, the good ones once, and what stays bad to the queue for failures', async () => {
  const sqs = new SQSClient(admin)
  const dynamodb = new DynamoDBClient(admin)
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'failures' }))
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      TableName: 'streamed',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  )
  const put = (pk: string) => dynamodb.send(new PutItemCommand({ TableName: 'streamed', Item: { pk: { S: pk } } }))
  for (const pk of ['good', 'bad', 'later']) await put(pk)
  await new LambdaClient(admin).send(
    new CreateEventSourceMappingCommand({
      FunctionName: 'remember',
      EventSourceArn: TableDescription?.LatestStreamArn,
      StartingPosition: 'TRIM_HORIZON',
      MaximumRetryAttempts: 1,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: Attributes?.QueueArn } },
    }),
  )
  const failure = await vi.waitUntil(
    async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0],
    { timeout: 20_000 },
  )
  expect(JSON.parse(failure.Body ?? '')).toMatchObject({ requestContext: { condition: 'RetryAttemptsExhausted' } })
  const seen = (await lines<string[]>('batches')).flat()
  const times = (pk: string) => seen.filter((one) => one === pk).length
  expect(times('good')).toBe(1)
  expect(times('bad')).toBeGreaterThan(1)
  await vi.waitUntil(async () => (await lines<string[]>('batches')).some((batch) => String(batch) === 'later'))
})

it('a role that is held to some items of a table reaches those alone', async () => {
  const TableName = 'shared'
  const Resource = `arn:aws:dynamodb:${LOCAL_REGION}:${LOCAL_ACCOUNT}:table/${TableName}`
  await new DynamoDBClient(admin).send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  )
  const RoleArn = await roleFor('some-items', {
    ...{ Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:Query'], Resource },
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['OWN#*'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  })
  const { Credentials } = await new STSClient(admin).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'some-items' }),
  )
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  const own = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  const client = new DynamoDBClient({ ...admin, credentials: own })
  const [mine, other] = [{ pk: { S: 'OWN#1' } }, { pk: { S: 'OTHER#1' } }]
  const query = (pk: { S: string }) =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
      }),
    )
  await client.send(new PutItemCommand({ TableName, Item: mine }))
  expect((await client.send(new GetItemCommand({ TableName, Key: mine }))).Item).toEqual(mine)
  expect((await query(mine.pk)).Items).toEqual([mine])
  await expect(client.send(new PutItemCommand({ TableName, Item: other }))).rejects.toThrow(/not authorized/)
  await expect(client.send(new GetItemCommand({ TableName, Key: other }))).rejects.toThrow(/not authorized/)
  await expect(query(other.pk)).rejects.toThrow(/not authorized/)
})
