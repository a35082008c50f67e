/** A cloud assembly on the emulator: order, parameters, exports, assets, what is put back, and the reason of a failure. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescribeContinuousBackupsCommand, DescribeTimeToLiveCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type DeployedStack, deploy } from '../../../infra/local/deploy.ts'
import { putBack } from '../../../infra/local/put-back.ts'
import { freshAccount } from '../../emulator/account.ts'

const admin = freshAccount()
const aws = { endpoint: inject('emulator'), account: admin.credentials.accessKeyId, region: admin.region }
let folder: string
let stacks: DeployedStack[]
const said: string[] = []

const records = {
  Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/x' } },
  Rules: { CheckBootstrapVersion: { Assertions: [] } },
  Resources: {
    Dedupe: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    },
  },
  Outputs: { Table: { Value: { Ref: 'Dedupe' }, Export: { Name: 'records:Table' } } },
}
const web = {
  Parameters: { WebBase: { Type: 'String', Default: 'https://elsewhere.example' } },
  Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
  Outputs: {
    Base: { Value: { Ref: 'WebBase' } },
    Table: { Value: { 'Fn::ImportValue': 'records:Table' } },
  },
}
const assets = {
  files: {
    one: {
      source: { path: 'asset.one', packaging: 'zip' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as the CDK writes it
      destinations: { d: { bucketName: 'assets-${AWS::AccountId}-${AWS::Region}', objectKey: 'one.zip' } },
    },
  },
}

/** An assembly of these templates, each in the order given depending on the one after it. */
const assembly = async (name: string, templates: Record<string, object>) => {
  const out = join(folder, name)
  await mkdir(join(out, 'asset.one'), { recursive: true })
  const ids = Object.keys(templates)
  const artifacts = Object.fromEntries(
    ids.map((id, index) => [
      id,
      {
        type: 'aws:cloudformation:stack',
        dependencies: ids.slice(index + 1),
        properties: { templateFile: `${id}.template.json`, stackName: `test-${id}` },
      },
    ]),
  )
  for (const [id, template] of Object.entries(templates))
    await writeFile(join(out, `${id}.template.json`), JSON.stringify(template))
  await writeFile(join(out, 'web.assets.json'), JSON.stringify(assets))
  await writeFile(join(out, 'manifest.json'), JSON.stringify({ artifacts }))
  return out
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploy-'))
  const out = await assembly('good', { web, records })
  stacks = await deploy(out, aws, { WebBase: 'http://localhost:8080' }, () => {})
  await putBack(stacks, aws, (line) => said.push(line))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('deploys a stack after those it depends on, under its own name', () => {
  expect(stacks.map(({ name }) => name)).toEqual(['test-records', 'test-web'])
})

it('fills in parameters, and values that another stack exports', () => {
  const [first, second] = stacks
  expect(second?.outputs).toEqual({ Base: 'http://localhost:8080', Table: first?.resources.Dedupe })
})

it('knows the folder of an asset by its key', () => {
  expect(stacks[1]?.assets).toEqual({ 'one.zip': join(folder, 'good', 'asset.one') })
})

it('puts back time to live and point-in-time recovery, and says so', async () => {
  const dynamodb = new DynamoDBClient(admin)
  const TableName = stacks[0]?.resources.Dedupe
  const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }))
  expect(TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' })
  const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }))
  expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe('ENABLED')
  expect(said.filter((line) => line.startsWith('put back'))).toHaveLength(2)
})

it('tells the reason when a stack fails', async () => {
  const broken = { Resources: { Nothing: { Type: 'AWS::SES::ReceiptRule', Properties: {} } } }
  const out = await assembly('bad', { broken })
  await expect(deploy(out, aws, {}, () => {})).rejects.toThrow(/AWS::SES::ReceiptRule/)
})
