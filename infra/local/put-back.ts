/** After a deploy: puts back what the emulator drops from a template without a word. */

import { DynamoDBClient, UpdateContinuousBackupsCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
import { PutObjectLockConfigurationCommand, S3Client } from '@aws-sdk/client-s3'
import { asAdmin, type LocalAws } from './aws.ts'
import type { DeployedStack } from './deploy.ts'

interface Resource {
  physicalId: string
  properties: Record<string, unknown>
}

const resourcesOf = (stacks: DeployedStack[], type: string): Resource[] =>
  stacks.flatMap(({ template, resources }) =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties = {} }]) => ({ physicalId: resources[id] ?? '', properties: Properties })),
  )

const names = (changed: Resource[]) => changed.map(({ physicalId }) => physicalId.split('/').at(-1)).join(', ')

/** Says each thing that it did in one line. */
export const putBack = async (stacks: DeployedStack[], aws: LocalAws, log: (line: string) => void): Promise<void> => {
  const dynamodb = new DynamoDBClient(asAdmin(aws))

  const tables = resourcesOf(stacks, 'AWS::DynamoDB::Table')
  const expiring = tables.filter(({ properties }) => properties.TimeToLiveSpecification)
  for (const { physicalId, properties } of expiring) {
    const { AttributeName } = properties.TimeToLiveSpecification as { AttributeName: string }
    const TimeToLiveSpecification = { AttributeName, Enabled: true }
    await dynamodb.send(new UpdateTimeToLiveCommand({ TableName: physicalId, TimeToLiveSpecification }))
  }
  if (expiring.length > 0) log(`put back, the emulator had dropped it: time to live of ${names(expiring)}`)

  const recoverable = tables.filter(({ properties }) => properties.PointInTimeRecoverySpecification)
  for (const { physicalId } of recoverable) {
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true }
    await dynamodb.send(new UpdateContinuousBackupsCommand({ TableName: physicalId, PointInTimeRecoverySpecification }))
  }
  if (recoverable.length > 0)
    log(`put back, the emulator had dropped it: point-in-time recovery of ${recoverable.length} tables`)

  const buckets = resourcesOf(stacks, 'AWS::S3::Bucket')
  const locked = buckets.filter(({ properties }) => properties.ObjectLockConfiguration)
  const s3 = new S3Client({ ...asAdmin(aws), forcePathStyle: true })
  for (const { physicalId, properties } of locked) {
    const { Rule } = properties.ObjectLockConfiguration as {
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE'; Days: number } }
    }
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule }
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket: physicalId, ObjectLockConfiguration }))
  }
  if (locked.length > 0) log(`put back, the emulator had dropped it: the lock of ${names(locked)}`)

  const kept = buckets.filter(({ properties }) => properties.LifecycleConfiguration)
  if (kept.length > 0) log(`not acted out here: the lifecycle rules of ${kept.length} buckets`)
  log('not asked for here: TLS; the policies that allow nothing but https count this machine as https')
}
