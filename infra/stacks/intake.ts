/** From a mail in the inbox to an event on the bus; and the door by which a pilot comes in. */
import { Duration, Stack, type StackProps } from 'aws-cdk-lib'
import type { Table } from 'aws-cdk-lib/aws-dynamodb'
import { Rule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { WakingAlarm } from '../constructs/alarm.ts'
import { Handler } from '../constructs/handler.ts'
import { to } from '../constructs/resource.ts'
import { WatchedQueue } from '../constructs/watched-queue.ts'
import type { Platform } from '../platform.ts'
import { inboxPrefix, type Records, rehearsalPrefix } from './records.ts'
import type { Web } from './web.ts'

/**
 * Ten seconds for a document, twelve for Textract, and the rest; no longer, so that a mail which met another of the same
 * kind at the same moment is soon tried again.
 */
const takesIn = Duration.seconds(30)

/** Textract knows no resources: it reads the bytes that it is given, and keeps none. */
const textract = { service: 'textract', arn: '*', environment: null }

export class Intake extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { platform, records, web, ...props }: StackProps & { platform: Platform; records: Records; web: Web },
  ) {
    super(scope, id, props)

    const arrived = new WatchedQueue(this, 'MailArrived', {
      platform,
      wakes:
        'A mail could not be taken in, again and again. It lies unharmed in the inbox; look into the dead letters, mend, redrive.',
      // A mail of 25 MB is taken apart in memory: one at a time in a function, many functions at once.
      batchSize: 1,
      maxConcurrency: 20,
      timeout: takesIn,
    })
    new Rule(this, 'MailInInbox', {
      description: 'SES put a mail into the inbox, or a rehearsal did',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [records.inboxBucket.bucketName] },
          object: { key: [{ prefix: inboxPrefix }, { prefix: rehearsalPrefix }] },
        },
      },
      targets: [new SqsQueue(arrived.queue, { deadLetterQueue: arrived.deadLetters })],
    })
    const mailQueue = {
      service: 'sqs',
      arn: arrived.queue.queueArn,
      environment: { name: 'MAIL_QUEUE_URL' as const, value: arrived.queue.queueUrl },
    }
    const receiveMail = new Handler(this, 'ReceiveMail', {
      platform,
      wakes: 'nobody',
      timeout: takesIn,
      memoryMb: 1769,
      may: [
        to(records.inbox, 'GetObject'),
        to(records.rehearsalInbox, 'GetObject'),
        to(records.rehearsals, 'GetItem'),
        to(records.documents, 'GetObject', 'PutObject'),
        to(records.invoices, 'GetItem', 'PutItem'),
        to(records.agreements, 'GetItem'),
        to(records.dedupe, 'GetItem', 'PutItem'),
        to(records.reference, 'GetItem', 'Query', 'PutItem'),
        to(mailQueue, 'SendMessage'),
        // A wish that came by mail.
        to(web.agreed, 'SendMessage'),
        to(textract, 'AnalyzeExpense'),
      ],
    })
    arrived.feeds(receiveMail)

    const unpublished = new Queue(this, 'Unpublished', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    new WakingAlarm(this, 'NotPublished', {
      metric: unpublished.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
      above: 0,
      wakes:
        'What happened was written but not published after ten tries; see why the bus refused it. The sweep publishes an invoice’s history again; the end of a mail and what happened to a list are only here: redrive them. A decision without its locked copy is named by the daily check.',
      topic: platform.alarms,
    })
    /** What is put into a table under these keys reaches a function in order, again and again until it worked. */
    const publishes = ({ function: fed }: Handler, table: Table, ...prefixes: string[]): void =>
      fed.addEventSource(
        new DynamoEventSource(table, {
          startingPosition: StartingPosition.TRIM_HORIZON,
          batchSize: 25,
          retryAttempts: 10,
          bisectBatchOnError: true,
          reportBatchItemFailures: true,
          onFailure: new SqsDlq(unpublished),
          filters: prefixes.map((prefix) =>
            FilterCriteria.filter({
              eventName: FilterRule.isEqual('INSERT'),
              dynamodb: { Keys: { sk: { S: FilterRule.beginsWith(prefix) } } },
            }),
          ),
        }),
      )
    const publishHistory = new Handler(this, 'PublishHistory', {
      platform,
      // What it cannot publish is tried again, and then wakes by the queue above.
      wakes: 'nobody',
      timeout: Duration.seconds(30),
      memoryMb: 512,
      may: [to(records.invoices, 'GetItem', 'PutItem'), to(records.bus, 'PutEvents')],
    })
    publishes(publishHistory, records.table, 'EVENT#', 'MAIL')
    const publishDecisions = new Handler(this, 'PublishDecisions', {
      platform,
      // As above.
      wakes: 'nobody',
      timeout: Duration.seconds(30),
      memoryMb: 512,
      may: [to(records.logCopies, 'PutObject'), to(records.bus, 'PutEvents')],
    })
    publishes(publishDecisions, records.logTable, 'ENTRY#')

    new Handler(this, 'ImportPilot', {
      platform,
      // Whoever imports sees the error at once.
      wakes: 'nobody',
      timeout: Duration.minutes(1),
      memoryMb: 1024,
      environment: { IMPORTS_IN_FORCE: String(platform.settings.importsInForce) },
      may: [
        to(records.agreements, 'GetItem', 'PutItem'),
        to(records.decisionLog, 'PutItem'),
        to(records.reference, 'PutItem'),
      ],
    })
  }
}
