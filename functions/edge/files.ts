/** Files in S3: the mails as they came, the originals taken out of them, the release lists. */
import type { S3Client } from '@aws-sdk/client-s3'

/** How long a link to an original works, seconds: long enough for a slow phone, too short to be passed around. */
const linkSeconds = 300

/** What a browser may show in place; everything else is a download, for an HTML or SVG "invoice" must never run. */
const shown = new Set(['application/pdf', 'image/png', 'image/jpeg', 'text/plain'])

export type Files = {
  get: (key: string) => Promise<Uint8Array>
  put: (key: string, bytes: Uint8Array | string, type: string) => Promise<void>
  /** A short-lived address of the file, apart from the pages. */
  link: (key: string, as: { name: string; type: string }) => Promise<string>
}

const asciiName = (name: string): string => name.replace(/[^\w.-]+/g, '_').slice(0, 100) || 'document'

/** `inline` only for what cannot run; the name is given in the one form that every browser reads safely. */
const disposition = ({ name, type }: { name: string; type: string }): string =>
  `${shown.has(type) ? 'inline' : 'attachment'}; filename="${asciiName(name)}"`

export const bucket = (name: string): Files => {
  let client: Promise<S3Client> | undefined
  const s3 = () => {
    client ??= import('@aws-sdk/client-s3').then(({ S3Client }) => new S3Client({ forcePathStyle: true }))
    return client
  }
  return {
    get: async (key) => {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3')
      const { Body } = await (await s3()).send(new GetObjectCommand({ Bucket: name, Key: key }))
      if (!Body) throw new Error('an object without a body')
      return Body.transformToByteArray()
    },
    put: async (key, bytes, type) => {
      const { PutObjectCommand } = await import('@aws-sdk/client-s3')
      await (await s3()).send(new PutObjectCommand({ Bucket: name, Key: key, Body: bytes, ContentType: type }))
    },
    link: async (key, as) => {
      const [{ GetObjectCommand }, { getSignedUrl }] = await Promise.all([
        import('@aws-sdk/client-s3'),
        import('@aws-sdk/s3-request-presigner'),
      ])
      return getSignedUrl(
        await s3(),
        new GetObjectCommand({
          Bucket: name,
          Key: key,
          ResponseContentDisposition: disposition(as),
          ResponseContentType: shown.has(as.type) ? as.type : 'application/octet-stream',
        }),
        { expiresIn: linkSeconds },
      )
    },
  }
}
