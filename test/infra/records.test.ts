/** What must never be lost is protected, kept as long as the law asks, and open to nobody. */
import { describe, expect, test } from 'vitest'
import { rehearsalPrefix as played } from '../../functions/core/pilot/scene.ts'
import { rehearsalPrefix } from '../../infra/stacks/records.ts'
import { all, localTemplates, stageTemplates } from '../make/templates.ts'

const stage = stageTemplates()
const tables = all(stage, 'AWS::DynamoDB::Table').map(({ id, ...table }) => [id.slice(0, -8), table] as const)
const buckets = all(stage, 'AWS::S3::Bucket').map(({ id, ...bucket }) => [id.slice(0, -8), { id, ...bucket }] as const)

test('a rehearsal’s mails are known by the prefix that one function may write', () => {
  expect(rehearsalPrefix).toBe(played)
})

test('eight tables and four buckets, all among the records', () => {
  expect(tables.map(([name]) => name).toSorted()).toEqual([
    'Access',
    'Agreements',
    'DecisionLog',
    'Dedupe',
    'Invoices',
    'Reference',
    'Rehearsals',
    'Weeks',
  ])
  expect(buckets.map(([name]) => name).toSorted()).toEqual(['Documents', 'Inbox', 'Log', 'Releases'])
  expect(new Set([...tables, ...buckets].map(([, { stack }]) => stack))).toEqual(new Set(['records']))
})

describe.each(tables)('table %s', (_, { resource, properties }) => {
  test('outlives its stack, cannot be deleted, and can be set back to any second', () => {
    expect(resource.DeletionPolicy).toBe('Retain')
    expect(properties.DeletionProtectionEnabled).toBe(true)
    expect(properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true })
  })
})

test('only what is disposable ends by itself: what was seen lately, codes and sessions, what was rehearsed', () => {
  const ending = tables.filter(([, { properties }]) => properties.TimeToLiveSpecification)
  expect(ending.map(([name, { properties }]) => [name, properties.TimeToLiveSpecification]).toSorted()).toEqual([
    ['Access', { AttributeName: 'expires', Enabled: true }],
    ['Dedupe', { AttributeName: 'expires', Enabled: true }],
    ['Rehearsals', { AttributeName: 'expires', Enabled: true }],
  ])
})

test('the invoices have a stream of new images and the indexes that their module reads', () => {
  const [, invoices] = tables.find(([name]) => name === 'Invoices') ?? []
  expect(invoices?.properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' })
  const indexes = invoices?.properties.GlobalSecondaryIndexes as {
    IndexName: string
    KeySchema: { AttributeName: string }[]
  }[]
  expect(indexes.map(({ IndexName, KeySchema }) => [IndexName, ...KeySchema.map((key) => key.AttributeName)])).toEqual([
    ['due', 'dueKey', 'dueAt'],
    ['vendor', 'vendorKey', 'receivedAt'],
    ['number', 'number', 'receivedAt'],
  ])
})

type Lifecycle = { Transitions: { StorageClass: string }[]; ExpirationInDays: number; [name: string]: unknown }
const lifecycle = (properties: Record<string, unknown>): Lifecycle =>
  (properties.LifecycleConfiguration as { Rules: [Lifecycle] }).Rules[0]

describe.each(buckets)('bucket %s', (_, { id, resource, properties }) => {
  test('outlives its stack, keeps what is written over, and is encrypted', () => {
    expect(resource.DeletionPolicy).toBe('Retain')
    expect(properties.VersioningConfiguration).toEqual({ Status: 'Enabled' })
    expect(properties.BucketEncryption).toMatchObject({
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    })
  })

  test('is closed to the public and to whoever comes without TLS', () => {
    expect(properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    })
    const [policy] = all(stage, 'AWS::S3::BucketPolicy').filter(
      ({ properties: { Bucket } }) => (Bucket as { Ref: string }).Ref === id,
    )
    const document = policy?.properties.PolicyDocument as { Statement: object[] } | undefined
    expect(document?.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    )
  })

  test('moves to cheaper storage that still opens at once', () => {
    const classes = lifecycle(properties).Transitions.map(({ StorageClass }) => StorageClass)
    expect(classes).toEqual(['STANDARD_IA', 'GLACIER_IR'])
  })
})

test.each([1, 10, 30])(
  'with %i years to keep, nothing is dropped before the end of the last of them',
  (retentionYears) => {
    for (const { properties } of all(stageTemplates({ retentionYears }), 'AWS::S3::Bucket')) {
      const { ExpirationInDays, NoncurrentVersionExpiration } = lifecycle(properties)
      // The longest way from a day in a year to the end of the years after it.
      const days = (Date.UTC(2001 + retentionYears, 0, 1) - Date.UTC(2000, 0, 1)) / 86_400_000
      expect(ExpirationInDays).toBeGreaterThanOrEqual(days)
      expect(NoncurrentVersionExpiration).toEqual({ NoncurrentDays: ExpirationInDays })
    }
  },
)

test('what arrives in the inbox is told to EventBridge, and only SES by the rule of the stage may put it there', () => {
  const [, inbox] = buckets.find(([name]) => name === 'Inbox') ?? []
  expect(inbox?.properties.NotificationConfiguration).toEqual({
    EventBridgeConfiguration: { EventBridgeEnabled: true },
  })
  const allowed = all(stage, 'AWS::S3::BucketPolicy').flatMap(({ properties }) =>
    (properties.PolicyDocument as { Statement: { Effect: string }[] }).Statement.filter(
      ({ Effect }) => Effect === 'Allow',
    ),
  )
  expect(allowed).toHaveLength(1)
  expect(allowed[0]).toMatchObject({ Action: 's3:PutObject', Principal: { Service: 'ses.amazonaws.com' } })
  expect(JSON.stringify(allowed[0])).toContain(':receipt-rule-set/countersign:receipt-rule/countersign-check')
})

test('the decision log has a stream, and its copies are locked for as long as they are kept', () => {
  const [, table] = tables.find(([name]) => name === 'DecisionLog') ?? []
  expect(table?.properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' })
  const [, log] = buckets.find(([name]) => name === 'Log') ?? []
  const Days = lifecycle(log?.properties ?? {}).ExpirationInDays
  expect(log?.properties.ObjectLockEnabled).toBe(true)
  // Governance mode would yield to whoever runs the account, who holds one of the two keys.
  expect(log?.properties.ObjectLockConfiguration).toEqual({
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days } },
  })
  for (const [name, { properties }] of buckets)
    expect(properties.ObjectLockEnabled, name).toBe(name === 'Log' ? true : undefined)
})

test('the stage of this machine has the same records', () => {
  const ofLocal = localTemplates().records
  expect(Object.keys(ofLocal?.Resources ?? {})).toEqual(Object.keys(stage.records?.Resources ?? {}))
})
