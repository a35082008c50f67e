/** A queue between a source and a function: what fails five times is kept, and wakes someone. */
import { Duration } from 'aws-cdk-lib'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { Platform } from '../platform.ts'
import { WakingAlarm } from './alarm.ts'
import type { Handler } from './handler.ts'

export type WatchedQueueProps = {
  platform: Platform
  /** What stands in the dead-letter queue, and what to do with it. */
  wakes: `${string} ${string}`
  /** How many of its function run at once. */
  maxConcurrency?: number
  batchSize?: number
  visibilityTimeout?: Duration
}

export class WatchedQueue extends Construct {
  readonly queue: Queue
  readonly deadLetters: Queue
  readonly #props: WatchedQueueProps

  constructor(scope: Construct, id: string, props: WatchedQueueProps) {
    super(scope, id)
    this.#props = props
    const secured = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true }
    this.deadLetters = new Queue(this, 'DeadLetters', { ...secured, retentionPeriod: Duration.days(14) })
    this.queue = new Queue(this, 'Queue', {
      ...secured,
      // Six times the function's time-out, as AWS asks of a queue that feeds a function.
      visibilityTimeout: props.visibilityTimeout ?? Duration.seconds(120),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    })
    new WakingAlarm(this, 'Dead', {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
      above: 0,
      wakes: props.wakes,
      topic: props.platform.alarms,
    })
  }

  feeds({ function: fed }: Handler): void {
    fed.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: this.#props.batchSize ?? 10,
        maxConcurrency: this.#props.maxConcurrency ?? 10,
        reportBatchItemFailures: true,
      }),
    )
  }
}
