/** The Lambda host: own variables, own role, errors by name, a fresh start after death. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { HostedFunction } from '../../../infra/local/host/environments.ts'
import { type FunctionReport, type Host, startHost } from '../../../infra/local/host/host.ts'
import { freshAccount } from '../../emulator/account.ts'

const admin = freshAccount()
const aws = { endpoint: inject('emulator'), account: admin.credentials.accessKeyId, region: admin.region }

/** Does what its event says; the SDK comes from the repository, as it comes from the bundle in a real function. */
const source = (sdk: string) => `
let calls = 0
export const handler = async (event, context) => {
  if (event.throw) throw Object.assign(new Error('because'), { name: 'Chosen' })
  if (event.exit) process.exit(3)
  if (event.hang) await new Promise(() => setTimeout(() => {}, 60_000))
  if (event.put) {
    const { DynamoDBClient, PutItemCommand } = await import(${JSON.stringify(sdk)})
    const Item = { pk: { S: 'a' }, sk: { S: 'b' } }
    await new DynamoDBClient({}).send(new PutItemCommand({ TableName: event.put, Item }))
  }
  console.log('called')
  calls += 1
  return { calls, name: context.functionName, stage: process.env.STAGE, left: context.getRemainingTimeInMillis() }
}`

let folder: string
let host: Host

const hosted = (id: string, role: string, timeout = 20): HostedFunction => ({
  id,
  name: `${id}-physical`,
  arn: `arn:aws:lambda:${aws.region}:${aws.account}:function:${id}-physical`,
  role,
  handler: 'index.handler',
  folder: join(folder, 'code'),
  variables: { STAGE: id },
  timeout,
  memory: 256,
})

const invoke = async (id: string, event: object) => {
  const response = await fetch(host.url, {
    method: 'POST',
    headers: {
      'x-amzn-lambda-function-name': `${id}-physical`,
      'x-amzn-lambda-request-id': 'r-1',
      'x-amzn-lambda-deadline-ms': String(Date.now() + 2000),
    },
    body: JSON.stringify(event),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'host-'))
  await mkdir(join(folder, 'code'))
  await mkdir(join(folder, 'log'))
  await writeFile(join(folder, 'code', 'index.mjs'), source(import.meta.resolve('@aws-sdk/client-dynamodb')))
  const iam = new IAMClient(admin)
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const role = async (RoleName: string) => {
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    return Role?.Arn ?? ''
  }
  const dynamodb = new DynamoDBClient(admin)
  for (const TableName of ['ours', 'theirs'])
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    )
  host = await startHost(join(folder, 'log'))
  const functions = [
    hosted('Writes', await role('writes')),
    hosted('Reads', await role('reads')),
    hosted('Hangs', await role('hangs'), 1),
  ]
  const allowed = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: `arn:aws:dynamodb:*:*:table/ours` }
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'writes',
      PolicyName: 'one',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [allowed] }),
    }),
  )
  host.serve(functions, aws, {})
})
afterAll(async () => {
  await host?.stop()
  await rm(folder, { recursive: true, force: true })
})

it('a function has its own variables and keeps what it holds between calls', async () => {
  expect((await invoke('Writes', {})).body).toMatchObject({ calls: 1, name: 'Writes-physical', stage: 'Writes' })
  expect((await invoke('Writes', {})).body).toMatchObject({ calls: 2 })
  expect((await invoke('Reads', {})).body).toMatchObject({ calls: 1, stage: 'Reads' })
})

it('a function may do what its role may, and nothing else', async () => {
  expect(await invoke('Writes', { put: 'ours' })).toMatchObject({ status: 200 })
  expect(await invoke('Writes', { put: 'theirs' })).toMatchObject({
    status: 500,
    body: { errorType: 'AccessDeniedException' },
  })
  expect(await invoke('Reads', { put: 'ours' })).toMatchObject({ body: { errorType: 'AccessDeniedException' } })
})

it('what is thrown is answered by name', async () => {
  expect(await invoke('Writes', { throw: true })).toEqual({
    status: 500,
    body: { errorType: 'Chosen', errorMessage: 'because' },
  })
})

it('a function that dies or takes too long is begun anew', async () => {
  expect(await invoke('Reads', { exit: true })).toMatchObject({ body: { errorType: 'Runtime.ExitError' } })
  expect((await invoke('Reads', {})).body).toMatchObject({ calls: 1 })
  expect(await invoke('Hangs', { hang: true })).toMatchObject({ body: { errorType: 'Sandbox.Timedout' } })
  expect((await invoke('Hangs', {})).body).toMatchObject({ calls: 1 })
})

it('many calls at once are all answered', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => invoke('Writes', { put: 'ours' })))
  expect(answers.every(({ status }) => status === 200)).toBe(true)
})

it('tells under which role each function ran', async () => {
  const reports = (await (await fetch(`${host.url}functions`)).json()) as FunctionReport[]
  expect(reports.map(({ function: name, ranAs }) => [name, ranAs])).toEqual([
    ['Writes', `arn:aws:sts::${aws.account}:assumed-role/writes/Writes`],
    ['Reads', `arn:aws:sts::${aws.account}:assumed-role/reads/Reads`],
    ['Hangs', `arn:aws:sts::${aws.account}:assumed-role/hangs/Hangs`],
  ])
})

it('writes what a function prints to a log of its own', async () => {
  expect(await readFile(join(folder, 'log', 'Writes.log'), 'utf8')).toMatch(/^called\n/)
})
