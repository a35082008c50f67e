/** What breaks beside the story: events that come twice, an execution that is stopped, a mail service that refuses. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { CopyObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateEmailIdentityCommand, DeleteEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn'
import { ListQueuesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { describe, expect, inject, test } from 'vitest'
import { asAdmin } from '../../infra/local/aws.ts'
import { linkIn } from '../../infra/local/story/mailbox.ts'
import { decide } from '../../infra/local/story/pages.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'

const system = inject('system')
const world = worldOf(system, pilotFolder)
const { pilot, send, request, aws, box } = world
const vendor = pilot.supplier
const manager = pilot.manager(vendor)

/** One invoice from its mail to its request: whatever was queued before it has been worked on. */
const afterEverythingQueued = async (number: string, payable: number) => {
  await send({ number, vendor, payable })
  await decide(linkIn(await request(manager, number)), { decision: 'approve' })
}

describe('an event that is delivered twice', () => {
  test('of a mail makes no second invoice and no second end', async () => {
    const key = await send({ number: 'F-1001', vendor, payable: 11_100 })
    await aws.end(key)
    const Bucket = system.outputs.InboxBucket ?? ''
    await new S3Client(asAdmin(system.aws)).send(
      new CopyObjectCommand({ Bucket, Key: key, CopySource: `${Bucket}/${key}`, MetadataDirective: 'REPLACE' }),
    )
    await afterEverythingQueued('F-1002', 11_200)
    const { invoices, mails } = await aws.records()
    expect(invoices.filter(({ mail }) => mail.key === key)).toHaveLength(1)
    expect(mails.filter((mail) => mail.key === key)).toHaveLength(1)
  })

  test('on the bus starts no second execution and mails no second request', async () => {
    await send({ number: 'F-1003', vendor, payable: 11_300 })
    await request(manager, 'F-1003')
    const { items, invoices } = await aws.records()
    const invoice = invoices.find((candidate) => candidate.invoice?.number === 'F-1003')
    const history = items.filter(({ pk, sk }) => pk === `INVOICE#${invoice?.id}` && sk.startsWith('EVENT#'))
    const detailOf = (what: string) => {
      const event = history.map((item) => item.event as Record<string, unknown>).find((one) => one.what === what)
      const { sequence, at, ask } = event ?? {}
      return { invoice: invoice?.id, sequence, at, correlation: invoice?.mail.key, ...(ask ? { ask } : {}) }
    }
    const entry = (DetailType: string, detail: object) => ({
      EventBusName: system.outputs.BusName,
      Source: 'countersign',
      DetailType,
      Detail: JSON.stringify(detail),
    })
    await new EventBridgeClient(asAdmin(system.aws)).send(
      new PutEventsCommand({
        Entries: [entry('InvoiceReceived', detailOf('received')), entry('ApprovalRequested', detailOf('asked'))],
      }),
    )
    await afterEverythingQueued('F-1004', 11_400)
    expect(await box.list({ subject: 'Approve F-1003' })).toHaveLength(1)
    await decide(linkIn(await request(manager, 'F-1003')), { decision: 'approve' })
    const closed = await aws.invoice('F-1003', 'closed', (one) => one.closed !== null)
    expect(closed.closed?.state).toBe('approved')
  })
})

test('of two documents with one number at the same instant one is the duplicate', async () => {
  const bill = (payable: number) => ({ number: 'F-4001', vendor, payable })
  await Promise.all([send(bill(15_100)), send(bill(15_200))])
  const closed = await aws.invoice('F-4001', 'closed', (one) => one.closed !== null)
  const other = await aws.invoice('F-4001', 'asked', ({ asks }) => asks.length > 0)
  expect(closed).toMatchObject({ duplicateOf: other.id, closed: { state: 'rejected', by: 'rules' } })
  await decide(linkIn(await request(manager, 'F-4001')), { decision: 'approve' })
})

test('a decision stands when its execution is gone, and the sweep starts the workflow anew', async () => {
  await send({ number: 'F-2001', vendor, payable: 12_100 })
  const link = linkIn(await request(manager, 'F-2001'))
  const { id } = await aws.invoice('F-2001', 'asked', ({ asks }) => asks.length > 0)
  const executionArn = `${system.outputs.StateMachineArn?.replace(':stateMachine:', ':execution:')}:${id}-1`
  await new SFNClient(asAdmin(system.aws)).send(new StopExecutionCommand({ executionArn }))

  const answer = await decide(link, { decision: 'approve' })
  expect(answer.status).toBe(200)
  await world.commands.sweep(new Date(Date.now() + 11 * 60_000).toISOString())
  const { closed } = await aws.invoice('F-2001', 'closed', (one) => one.closed !== null)
  expect(closed).toMatchObject({ state: 'approved', by: 'people' })
  expect(await aws.execution(`${id}-2`)).toBe('SUCCEEDED')
})

test('a request that the mail service refused is mailed once it takes it', async () => {
  const sqs = new SQSClient(asAdmin(system.aws))
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}))
  const QueueUrl = QueueUrls.find((url) => /SendMails/.test(url) && !/Dead/i.test(url))
  // what failed comes back after the queue's visibility time-out, which is minutes
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '3' } }))
  const ses = new SESv2Client(asAdmin(system.aws))
  const EmailIdentity = world.inbox.split('@')[1]
  await ses.send(new DeleteEmailIdentityCommand({ EmailIdentity }))
  try {
    await send({ number: 'F-3001', vendor, payable: 13_100 })
    await aws.until('the refused mail claimed', ({ items }) =>
      items.find(({ sk, mail }) => sk.startsWith('SENT#') && (mail as { subject: string }).subject.includes('F-3001')),
    )
  } finally {
    await ses.send(new CreateEmailIdentityCommand({ EmailIdentity }))
  }
  const mail = await box.wait({ to: manager, subject: 'Approve F-3001' }, 60)
  expect((await decide(linkIn(mail), { decision: 'approve' })).status).toBe(200)
})
