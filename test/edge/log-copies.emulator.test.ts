/** Copies of the log in S3, as the emulator plays it: put once, and read as they were first put, whatever comes after. */
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { expect, test, vi } from 'vitest'
import { entriesAfter, type LogEntry } from '../../functions/core/agreement/log.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import { logCopies } from '../../functions/edge/log-copies.ts'
import { freshAccount } from '../emulator/account.ts'

const account = freshAccount()
vi.stubEnv('AWS_ENDPOINT_URL', account.endpoint)
vi.stubEnv('AWS_ACCESS_KEY_ID', account.credentials.accessKeyId)
vi.stubEnv('AWS_SECRET_ACCESS_KEY', account.credentials.secretAccessKey)
vi.stubEnv('AWS_REGION', account.region)

const s3 = new S3Client({ ...account, forcePathStyle: true })
let buckets = 0

const lockedBucket = async (): Promise<string> => {
  const Bucket = `log-${account.credentials.accessKeyId}-${++buckets}`
  await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }))
  const Rule = { DefaultRetention: { Mode: 'COMPLIANCE' as const, Days: 4018 } }
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule }
  await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }))
  return Bucket
}
const entries = (count: number): LogEntry[] =>
  entriesAfter(
    null,
    Array.from({ length: count }, (_, index) => ({ what: 'paused', by: 'cto@pilot.example', why: `why ${index}` })),
    '2026-11-24T09:00:00.000Z',
    sha256,
  )

test('what was put is read again, in the order of the log, however many there are', async () => {
  const copies = logCopies(await lockedBucket())
  expect(await copies.all()).toEqual([])
  const log = entries(45)
  for (const entry of log) await copies.put(entry)
  expect(await copies.all()).toEqual(log)
})

test('a copy that is put again stays as it is', async () => {
  const Bucket = await lockedBucket()
  const copies = logCopies(Bucket)
  const [entry] = entries(1) as [LogEntry]
  await copies.put(entry)
  await copies.put({ ...entry, hash: 'f'.repeat(64) })
  expect(await copies.all()).toEqual([entry])
  const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket }))
  expect(Versions).toHaveLength(1)
})

test('what somebody writes over a copy, or hides it with, does not reach who reads the log; the lock holds', async () => {
  const Bucket = await lockedBucket()
  const copies = logCopies(Bucket)
  const [entry] = entries(1) as [LogEntry]
  await copies.put(entry)
  const Key = 'log/000000001.json'
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify({ ...entry, hash: 'f'.repeat(64) }) }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  expect(await copies.all()).toEqual([entry])
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }))
  const VersionId = Versions.at(-1)?.VersionId
  await expect(s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))).rejects.toThrow(/lock|denied/i)
})
