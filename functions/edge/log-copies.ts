/** Copies of the decision log in a bucket under Object Lock: put once, read as they were first put. */
import type { S3Client } from '@aws-sdk/client-s3'
import type { LogEntry } from '../core/agreement/log.ts'

export type LogCopies = {
  /** Keeps a copy; one that is there already stays as it is. */
  put: (entry: LogEntry) => Promise<void>
  /** Every copy as it was first put: a lock keeps versions, and a key can be given a newer one. */
  all: () => Promise<LogEntry[]>
}

const prefix = 'log/'
/** The number in the key has as many digits as in the table. */
const keyOf = ({ number }: LogEntry): string => `${prefix}${String(number).padStart(9, '0')}.json`

/** How many copies are fetched at once. */
const atOnce = 20

export const logCopies = (bucket: string): LogCopies => {
  let client: Promise<S3Client> | undefined
  const s3 = () => {
    client ??= import('@aws-sdk/client-s3').then(({ S3Client }) => new S3Client({ forcePathStyle: true }))
    return client
  }

  /** The oldest version of each key. */
  const first = async (): Promise<{ Key: string; VersionId: string }[]> => {
    const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3')
    const oldest = new Map<string, string>()
    let from: { KeyMarker: string | undefined; VersionIdMarker: string | undefined } | undefined
    do {
      const page = await (await s3()).send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...from }))
      // Of one key the newest comes first.
      for (const { Key, VersionId } of page.Versions ?? []) if (Key && VersionId) oldest.set(Key, VersionId)
      from = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined
    } while (from)
    return [...oldest].map(([Key, VersionId]) => ({ Key, VersionId }))
  }

  return {
    put: async (entry) => {
      const { PutObjectCommand, S3ServiceException } = await import('@aws-sdk/client-s3')
      try {
        await (await s3()).send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: keyOf(entry),
            Body: JSON.stringify(entry),
            ContentType: 'application/json',
            IfNoneMatch: '*',
          }),
        )
      } catch (error) {
        if (!(error instanceof S3ServiceException) || error.name !== 'PreconditionFailed') throw error
      }
    },
    all: async () => {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3')
      const wanted = await first()
      const copies: LogEntry[] = []
      for (let from = 0; from < wanted.length; from += atOnce)
        copies.push(
          ...(await Promise.all(
            wanted.slice(from, from + atOnce).map(async (version) => {
              const { Body } = await (await s3()).send(new GetObjectCommand({ Bucket: bucket, ...version }))
              return JSON.parse((await Body?.transformToString()) ?? '') as LogEntry
            }),
          )),
        )
      return copies
    },
  }
}
