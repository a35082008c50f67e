/** What no function may do about decisions, tried under its own role: each call is denied by its policy. */
import {
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { DeleteObjectCommand, PutObjectCommand, PutObjectRetentionCommand, S3Client } from '@aws-sdk/client-s3'
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, inject, test } from 'vitest'
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

const invoice = { pk: { S: 'INVOICE#abc' }, sk: { S: 'EVENT#000001' } }

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

const putsHistory = (settings: Settings) =>
  new DynamoDBClient(settings).send(new PutItemCommand({ TableName: output('InvoicesTable'), Item: invoice }))
const removesHistory = (settings: Settings) =>
  new DynamoDBClient(settings).send(new DeleteItemCommand({ TableName: output('InvoicesTable'), Key: invoice }))
const mailsAsVendor = (settings: Settings) =>
  new S3Client({ ...settings, forcePathStyle: true }).send(
    new PutObjectCommand({ Bucket: output('InboxBucket'), Key: 'inbound/forged', Body: 'From: me' }),
  )
const stopsWorkflow = (settings: Settings) =>
  new SFNClient(settings).send(
    new StopExecutionCommand({
      executionArn: `${output('StateMachineArn').replace(':stateMachine:', ':execution:')}:abc-1`,
    }),
  )

test.each<[string, string, (settings: Settings) => Promise<unknown>]>([
  ['RecordAgreement', 'change an entry of the decision log', changes],
  ['RecordAgreement', 'remove an entry of the decision log', removes],
  ['RecordAgreement', 'write over the copy of a decision', writesCopy],
  ['ImportPilot', 'change an entry of the decision log', changes],
  ['ShowOwnerPage', 'put a decision', puts],
  ['ShowOwnerPage', 'put rules in force', activates],
  ['TellOwners', 'put a decision', puts],
  ['TellPeople', 'put a decision', puts],
  ['AskAnew', 'put a decision', puts],
  ['AskAnew', 'put rules in force', activates],
  ['CheckAgreements', 'put a decision', puts],
  ['CheckAgreements', 'put rules in force', activates],
  ['CheckAgreements', 'write over the copy of a decision', writesCopy],
  ['PublishDecisions', 'put a decision', puts],
  ['PublishDecisions', 'remove the copy of a decision', removesCopy],
  ['PublishDecisions', 'lift the lock of a copy', unlocksCopy],
  ['RecordDecision', 'put a decision', puts],
  ['ReceiveMail', 'put rules in force', activates],
  ['ReceiveMail', 'put a decision', puts],
  ['RecordConcern', 'put a decision', puts],
  ['ReportWeek', 'put a decision', puts],
  ['Rehearse', 'put a decision', puts],
  ['Rehearse', 'put rules in force', activates],
  ['Rehearse', 'write into the history of a real invoice', putsHistory],
  ['Rehearse', 'remove something from the history of a real invoice', removesHistory],
  ['Rehearse', 'put a mail where real ones come in', mailsAsVendor],
  ['Rehearse', 'stop the workflow of a real invoice', stopsWorkflow],
])('%s may not %s', async (name, _, tries) => {
  await expect(tries(await as(name))).rejects.toThrow(/not authorized|denied/i)
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
