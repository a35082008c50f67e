/** What a function may not do, tried under the role of each: every call is denied by its policy. */
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { DeleteObjectCommand, PutObjectCommand, PutObjectRetentionCommand, S3Client } from '@aws-sdk/client-s3'
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, inject, test } from 'vitest'
import { asAdmin } from '../../infra/local/aws.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'

const system = inject('system')
const world = worldOf(system, pilotFolder)
const admin = asAdmin(system.aws)

/** SDK settings of somebody who has the role of a function. */
const as = async (name: string) => {
  const role = (await world.aws.functions()).find((one) => one.function === name)?.role
  if (!role) throw new Error(`there is no function ${name}`)
  const { Credentials } = await new STSClient(admin).send(
    new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'denied' }),
  )
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  return { ...admin, credentials }
}

const output = (name: string): string => {
  const value = system.outputs[name]
  if (!value) throw new Error(`no stack has the output ${name}`)
  return value
}
const log = () => output('DecisionLogTable')
const entry = { pk: { S: 'LOG' }, sk: { S: 'ENTRY#000000001' } }
const copy = () => ({ Bucket: output('LogBucket'), Key: 'log/000000001.json' })

type Settings = Awaited<ReturnType<typeof as>>
const changes = (settings: Settings) =>
  new DynamoDBClient(settings).send(
    new UpdateItemCommand({
      TableName: log(),
      Key: entry,
      UpdateExpression: 'SET #entry = :entry',
      ExpressionAttributeNames: { '#entry': 'entry' },
      ExpressionAttributeValues: { ':entry': { S: 'nothing' } },
    }),
  )
const removes = (settings: Settings) =>
  new DynamoDBClient(settings).send(new DeleteItemCommand({ TableName: log(), Key: entry }))
const puts = (settings: Settings) =>
  new DynamoDBClient(settings).send(
    new PutItemCommand({ TableName: log(), Item: { ...entry, sk: { S: 'ENTRY#000009999' } } }),
  )
const activates = (settings: Settings) =>
  new DynamoDBClient(settings).send(
    new PutItemCommand({ TableName: output('AgreementsTable'), Item: { pk: { S: 'RULES' }, sk: { S: 'ACTIVE' } } }),
  )
const removesCopy = (settings: Settings) =>
  new S3Client({ ...settings, forcePathStyle: true }).send(new DeleteObjectCommand(copy()))
const writesCopy = (settings: Settings) =>
  new S3Client({ ...settings, forcePathStyle: true }).send(new PutObjectCommand({ ...copy(), Body: '{}' }))
const unlocksCopy = (settings: Settings) =>
  new S3Client({ ...settings, forcePathStyle: true }).send(
    new PutObjectRetentionCommand({ ...copy(), Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date() } }),
  )

const signsIn = (settings: Settings) =>
  new DynamoDBClient(settings).send(
    new GetItemCommand({ TableName: output('AccessTable'), Key: { pk: { S: 'SESSION#1' }, sk: { S: 'SESSION' } } }),
  )
const opensSession = (settings: Settings) =>
  new DynamoDBClient(settings).send(
    new PutItemCommand({
      TableName: output('AccessTable'),
      Item: { pk: { S: 'SESSION#denied' }, sk: { S: 'SESSION' } },
    }),
  )
const saysThatItPassed = (settings: Settings) =>
  new DynamoDBClient(settings).send(
    new PutItemCommand({ TableName: output('RehearsalsTable'), Item: { pk: { S: 'RESULT#1' }, sk: { S: 'RESULT' } } }),
  )
const putsInto = (prefix: string) => (settings: Settings) =>
  new S3Client({ ...settings, forcePathStyle: true }).send(
    new PutObjectCommand({ Bucket: output('InboxBucket'), Key: `${prefix}denied/1.eml`, Body: 'x' }),
  )

const real = { pk: { S: 'INVOICE#abc' }, sk: { S: 'EVENT#000001' } }
const writesHistory = (settings: Settings) =>
  new DynamoDBClient(settings).send(new PutItemCommand({ TableName: output('InvoicesTable'), Item: real }))
const removesHistory = (settings: Settings) =>
  new DynamoDBClient(settings).send(new DeleteItemCommand({ TableName: output('InvoicesTable'), Key: real }))
const stopsWorkflow = (settings: Settings) =>
  new SFNClient(settings).send(
    new StopExecutionCommand({
      executionArn: `${output('StateMachineArn').replace(':stateMachine:', ':execution:')}:abc-1`,
    }),
  )

/** What all but these may not do. */
const reserved: [string, (settings: Settings) => Promise<unknown>, string[]][] = [
  ['change an entry of the decision log', changes, []],
  ['remove an entry of the decision log', removes, []],
  ['put a decision', puts, ['ImportPilot', 'RecordAgreement']],
  ['put rules in force', activates, ['ImportPilot', 'RecordAgreement']],
  ['look whether somebody is signed in', signsIn, ['RecordAgreement', 'ShowOwnerPage']],
  ['open a session in the name of somebody', opensSession, ['RecordAgreement']],
  ['make a mail that nobody sent', putsInto('inbound/'), []],
  ['say how a rehearsal ended', saysThatItPassed, ['Rehearse']],
  ['make a mail of a rehearsal', putsInto('rehearsal/'), ['Rehearse']],
  ['write over the copy of a decision', writesCopy, ['PublishDecisions']],
  ['remove the copy of a decision', removesCopy, []],
  ['lift the lock of a copy', unlocksCopy, []],
]
const functions = (await world.aws.functions()).map((one) => one.function)

describe.each(functions)('%s', (name) => {
  test.each(reserved.filter(([, , but]) => !but.includes(name)))('may not %s', async (_, tries) => {
    await expect(tries(await as(name))).rejects.toThrow(/not authorized|denied/i)
  })
})

test.each<[string, (settings: Settings) => Promise<unknown>]>([
  ['write into the history of a real invoice', writesHistory],
  ['remove something from the history of a real invoice', removesHistory],
  ['stop the workflow of a real invoice', stopsWorkflow],
])('a rehearsal may not %s', async (_, tries) => {
  await expect(tries(await as('Rehearse'))).rejects.toThrow(/not authorized|denied/i)
})

test('what a function is granted is not denied to its role', async () => {
  const settings = await as('RecordAgreement')
  const { Items = [] } = await new DynamoDBClient(settings).send(
    new QueryCommand({
      TableName: log(),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'LOG' } },
    }),
  )
  expect(Items.length).toBeGreaterThanOrEqual(2)
})
