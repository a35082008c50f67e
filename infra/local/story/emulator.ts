/** What lies in the emulated AWS, asked through its own API: tables, executions, buckets, functions. */
import { setTimeout as pause } from 'node:timers/promises'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import {
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn'
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient, GetCommand, PutCommand, paginateScan, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { asAdmin } from '../aws.ts'
import type { Note } from '../running.ts'
import { PATIENCE_SECONDS } from './mailbox.ts'

/** The parts of an invoice's record that the story looks at. */
export interface Recorded {
  id: string
  version: number
  invoice: { number: string | null } | null
  mail: { key: string }
  document: { sha256: string }
  decision: { rule: number | null; name: string; because: string } | null
  duplicateOf: string | null
  handedOver: { role: string; because: string } | null
  asks: { number: number; purpose: string; state: string; people: string[] }[]
  closed: { state: string; by: string; because: string } | null
}

export interface MailEnd {
  key: string
  end: string
  because: string
  invoices: string[]
}

type Item = { pk: string; sk: string } & Record<string, unknown>

/** All that the Invoices table holds at one moment; what is rehearsed plays apart and is no invoice. */
export interface Records {
  items: Item[]
  invoices: Recorded[]
  mails: MailEnd[]
}

export interface FunctionUse {
  function: string
  role: string
  ranAs: string | null
  invocations: number
  errors: number
}

/** How often the records are looked at while somebody waits for something in them. */
const LOOK_EVERY_MS = 200

export const emulatorAt = ({ aws, outputs, ready }: Pick<Note, 'aws' | 'outputs' | 'ready'>) => {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(asAdmin(aws)))
  const s3 = new S3Client(asAdmin(aws))
  const workflows = new SFNClient(asAdmin(aws))

  const output = (name: string): string => {
    const value = outputs[name]
    if (!value) throw new Error(`no stack has the output ${name}`)
    return value
  }

  const records = async (): Promise<Records> => {
    const items: Item[] = []
    for await (const page of paginateScan(
      { client: documents },
      { TableName: output('InvoicesTable'), ConsistentRead: true },
    ))
      items.push(...((page.Items ?? []) as Item[]))
    return {
      items,
      invoices: items
        .filter(({ pk, sk }) => sk === 'HEAD' && !pk.startsWith('INVOICE#rehearsal-'))
        .map(({ state }) => state as Recorded),
      mails: items.filter(({ sk }) => sk === 'MAIL').map(({ mail }) => mail as MailEnd),
    }
  }

  // one look for all who wait at this moment
  let next: Promise<Records> | undefined
  const look = (): Promise<Records> => {
    next ??= pause(LOOK_EVERY_MS).then(() => {
      next = undefined
      return records()
    })
    return next
  }

  /** Waits until the records hold what `find` looks for; throws after `seconds`. */
  const until = async <Found>(
    what: string,
    find: (records: Records) => Found | undefined,
    seconds = PATIENCE_SECONDS,
  ): Promise<Found> => {
    const giveUp = performance.now() + seconds * 1000
    for (;;) {
      const found = find(await look())
      if (found !== undefined) return found
      if (performance.now() > giveUp) throw new Error(`${what}: not within ${seconds} s`)
    }
  }

  return {
    records,
    until,
    /** The invoice of this number once it is what `fits` says. */
    invoice: (
      number: string,
      what: string,
      fits: (invoice: Recorded) => boolean,
      seconds?: number,
    ): Promise<Recorded> =>
      until(
        `invoice ${number} ${what}`,
        ({ invoices }) => invoices.find((invoice) => invoice.invoice?.number === number && fits(invoice)),
        seconds,
      ),
    /** The end of a mail. */
    end: (key: string, seconds?: number): Promise<MailEnd> =>
      until(`the end of ${key}`, ({ mails }) => mails.find((mail) => mail.key === key), seconds),
    /** Waits until this week's rows count what the records hold: how many invoices came, how many were decided. */
    counted: async (received: number, decided: number): Promise<void> => {
      for (let look = 0; look < 50; look += 1) {
        const { Items = [] } = await documents.send(
          new ScanCommand({ TableName: output('WeeksTable'), ConsistentRead: true }),
        )
        const rows = Items.flatMap(({ row }) => (row ? [row as { decidedAt: string | null }] : []))
        if (rows.length === received && rows.filter(({ decidedAt }) => decidedAt).length === decided) return
        await pause(LOOK_EVERY_MS)
      }
      throw new Error(`the week's rows do not count ${received} invoices, ${decided} decided`)
    },
    /** Changes one letter of an entry of the decision log, as somebody with the console could; answers what puts it back. */
    changeLog: async (number: number): Promise<() => Promise<unknown>> => {
      const TableName = output('DecisionLogTable')
      const Key = { pk: 'LOG', sk: `ENTRY#${String(number).padStart(9, '0')}` }
      const { Item } = await documents.send(new GetCommand({ TableName, Key }))
      const entry = Item?.entry as { decided: { by: string } }
      const decided = { ...entry.decided, by: `${entry.decided.by.slice(0, -1)}x` }
      await documents.send(new PutCommand({ TableName, Item: { ...Item, entry: { ...entry, decided } } }))
      return () => documents.send(new PutCommand({ TableName, Item }))
    },
    /** Adds a line to the rules in force, as somebody with the console could; answers what puts it back. */
    changeRules: async (line: string): Promise<() => Promise<unknown>> => {
      const TableName = output('AgreementsTable')
      const Key = { pk: 'RULES', sk: 'VERSION#000001' }
      const { Item } = await documents.send(new GetCommand({ TableName, Key }))
      await documents.send(new PutCommand({ TableName, Item: { ...Item, text: `${Item?.text}\n${line}\n` } }))
      return () => documents.send(new PutCommand({ TableName, Item }))
    },
    /** How the bucket with the copies of the decision log keeps them, and how many it holds. */
    copies: async (): Promise<{ count: number; mode: string | undefined; days: number | undefined }> => {
      const Bucket = output('LogBucket')
      const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
      const kept = ObjectLockConfiguration?.Rule?.DefaultRetention
      return { count: Contents.length, mode: kept?.Mode, days: kept?.Days }
    },
    /** Status of an execution, once it is none of a running one. */
    execution: async (name: string): Promise<string> => {
      const executionArn = `${output('StateMachineArn').replace(':stateMachine:', ':execution:')}:${name}`
      for (let look = 0; look < 50; look += 1) {
        const { status = 'UNKNOWN' } = await workflows.send(new DescribeExecutionCommand({ executionArn }))
        if (status !== 'RUNNING') return status
        await pause(LOOK_EVERY_MS)
      }
      return 'RUNNING'
    },
    /** Keys of the inbox. */
    inbox: async (): Promise<string[]> =>
      ((await s3.send(new ListObjectsV2Command({ Bucket: output('InboxBucket') }))).Contents ?? []).flatMap(
        ({ Key }) => Key ?? [],
      ),
    /**
     * Listens to the bus as another system would, with a rule and a queue of its own; what it answers reads every detail
     * that has come until then.
     */
    listen: async (event: string): Promise<() => Promise<Record<string, unknown>[]>> => {
      const sqs = new SQSClient(asAdmin(aws))
      const bus = new EventBridgeClient(asAdmin(aws))
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
        ],
      })
      const QueueName = `hears-${event}`
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }))
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
      const rule = { EventBusName: output('BusName'), Name: QueueName }
      await bus.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify({ 'detail-type': [event] }) }))
      const Targets = [{ Id: QueueName, Arn: Attributes?.QueueArn ?? '' }]
      await bus.send(new PutTargetsCommand({ EventBusName: rule.EventBusName, Rule: rule.Name, Targets }))
      return async () => {
        const heard: Record<string, unknown>[] = []
        for (;;) {
          const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
          if (Messages.length === 0) return heard
          for (const { Body = '{}' } of Messages)
            heard.push((JSON.parse(Body) as { detail: Record<string, unknown> }).detail)
        }
      }
    },
    putIntoInbox: async (Key: string, Body: string): Promise<void> => {
      await s3.send(new PutObjectCommand({ Bucket: output('InboxBucket'), Key, Body }))
    },
    releases: async (): Promise<{ key: string; csv: string }[]> => {
      const Bucket = output('ReleasesBucket')
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
      return Promise.all(
        Contents.map(async ({ Key = '' }) => {
          const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
          return { key: Key, csv: (await Body?.transformToString()) ?? '' }
        }),
      )
    },
    /** The Lambda host's own record: which function ran, and as whom. */
    functions: async (): Promise<FunctionUse[]> => (await fetch(ready.functions)).json() as Promise<FunctionUse[]>,
  }
}
