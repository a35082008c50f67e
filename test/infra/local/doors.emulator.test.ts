/** The doors before the emulator: nothing acknowledged is lost, nothing unverified is sent, an answer comes back in. */
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { CreateEmailIdentityCommand, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startSesDoor } from '../../../infra/local/doors/ses.ts'
import { startSmtpDoor } from '../../../infra/local/doors/smtp.ts'
import { messages } from '../../../infra/local/mailbox/messages.ts'
import { startMailbox } from '../../../infra/local/mailbox/server.ts'
import { freshAccount } from '../../emulator/account.ts'

const admin = freshAccount()
const aws = { endpoint: inject('emulator'), account: admin.credentials.accessKeyId, region: admin.region }
const s3 = new S3Client(admin)
const bucket = `inbox-${aws.account}`
const store = messages()
const quiet = () => {}
let smtp: Awaited<ReturnType<typeof startSmtpDoor>>
let ses: Awaited<ReturnType<typeof startSesDoor>>
let box: Awaited<ReturnType<typeof startMailbox>>

beforeAll(async () => {
  await s3.send(
    new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } }),
  )
  smtp = await startSmtpDoor({ port: 0, inbox: 'invoices@pilot.example', bucket, aws }, quiet)
  ses = await startSesDoor({ emulator: aws.endpoint, region: aws.region }, store.deliver, quiet)
  box = await startMailbox({ port: 0, smtpPort: () => smtp.port, inbox: 'invoices@pilot.example' }, store)
})
afterAll(() => Promise.all([smtp?.stop(), ses?.stop(), box?.stop()]))

const post = (mail: object) => createTransport({ host: '127.0.0.1', port: smtp.port, ignoreTLS: true }).sendMail(mail)
const stored = async () => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }))
  return Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
      return { key: Key, text: (await Body?.transformToString()) ?? '' }
    }),
  )
}

it('a mail that was acknowledged is in the bucket, under SES headers', async () => {
  const headers = { 'X-Local-Verdicts': 'dmarc=fail' }
  const mail = {
    from: 'billing@vendor.example',
    to: 'invoices@pilot.example',
    subject: 'Invoice 17',
    text: 'x',
    headers,
  }
  const { response } = await post(mail)
  const id = /OK (\S+)/.exec(response)?.[1]
  const found = (await stored()).find(({ key }) => key === `inbound/${id}`)
  expect(found?.text).toMatch(/^Return-Path: <billing@vendor.example>\r\n/)
  expect(found?.text).toContain(' dmarc=fail header.from=vendor.example;')
  expect(found?.text).toContain('Subject: Invoice 17')
  expect(found?.text).not.toContain('X-Local-Verdicts')
})

it('mail for another domain is refused with 550', async () => {
  const mail = { from: 'a@vendor.example', to: 'someone@elsewhere.example', text: 'x' }
  await expect(post(mail)).rejects.toMatchObject({ responseCode: 550 })
})

it('mail over 40 MB is refused with 552', async () => {
  const attachments = [{ filename: 'big', content: Buffer.alloc(31 * 1024 * 1024) }]
  const mail = { from: 'a@vendor.example', to: 'invoices@pilot.example', attachments }
  await expect(post(mail)).rejects.toMatchObject({ responseCode: 552 })
})

it('a mail that no storage took is refused with 451, not lost', async () => {
  const door = await startSmtpDoor(
    { port: 0, inbox: 'invoices@pilot.example', bucket: 'not-there', aws: { ...aws, endpoint: 'http://127.0.0.1:9' } },
    quiet,
  )
  const transport = createTransport({ host: '127.0.0.1', port: door.port, ignoreTLS: true })
  const mail = { from: 'a@vendor.example', to: 'invoices@pilot.example', text: 'x' }
  await expect(transport.sendMail(mail)).rejects.toMatchObject({ responseCode: 451 })
  await door.stop()
})

const send = (raw: string) =>
  new SESv2Client({ ...admin, endpoint: ses.url }).send(
    new SendEmailCommand({
      FromEmailAddress: 'invoices@pilot.example',
      Destination: { ToAddresses: ['boss@pilot.example'] },
      Content: { Raw: { Data: Buffer.from(raw) } },
    }),
  )
const raw = 'From: invoices@pilot.example\r\nTo: boss@pilot.example\r\nSubject: Approve 17\r\n\r\nPlease.\r\n'

it('an unverified sender is refused by the emulator, and nothing arrives', async () => {
  await expect(send(raw)).rejects.toMatchObject({ name: 'MessageRejected' })
  expect(store.find({})).toEqual([])
})

it('a mail of a verified sender arrives under the id that SES gave it, and can be answered', async () => {
  await new SESv2Client(admin).send(new CreateEmailIdentityCommand({ EmailIdentity: 'pilot.example' }))
  const { MessageId } = await send(raw)
  const [mail] = store.find({ to: 'boss@pilot.example' })
  expect(mail).toMatchObject({ subject: 'Approve 17', messageId: `<${MessageId}@eu-central-1.amazonses.com>` })

  const before = (await stored()).length
  const answered = await fetch(`http://127.0.0.1:${box.port}/api/messages/${mail?.id}/reply`, {
    method: 'POST',
    body: JSON.stringify({ text: 'Fine with me', attachments: [{ name: 'note.txt', content: 'aGVsbG8=' }] }),
  })
  expect(answered.status).toBe(200)
  const mails = await stored()
  expect(mails).toHaveLength(before + 1)
  const reply = mails.find(({ text }) => text.includes('Subject: Re: Approve 17'))?.text
  expect(reply).toMatch(/^Return-Path: <boss@pilot.example>/)
  expect(reply?.replace(/\r\n\s+/g, ' ')).toContain(`In-Reply-To: <${MessageId}@eu-central-1.amazonses.com>`)
  expect(reply).toContain('Fine with me')
  expect(reply).toContain('> Please.')
  expect(reply).toContain('filename=note.txt')
})
