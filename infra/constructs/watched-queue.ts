/** A queue between a source and a function: nothing in it vanishes, and what cannot be worked on wakes someone. */
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
  /** How long the function may take for a batch: a message that failed comes again after twice as long. */
  timeout: Duration
  /** How many of its function run at once. */
  maxConcurrency: number
  batchSize: number
}

/** An outage of some minutes mends itself; what has failed this often needs a person. */
const tries = 15

export class WatchedQueue extends Construct {
  readonly queue: Queue
  readonly deadLetters: Queue
  readonly #props: WatchedQueueProps

  constructor(scope: Construct, id: string, props: WatchedQueueProps) {
    super(scope, id)
    this.#props = props
    const { platform, wakes, timeout } = props
    const secured = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true }
    this.deadLetters = new Queue(this, 'DeadLetters', { ...secured, retentionPeriod: Duration.days(14) })
    this.queue = new Queue(this, 'Queue', {
      ...secured,
      visibilityTimeout: Duration.seconds(2 * timeout.toSeconds()),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: tries },
    })
    new WakingAlarm(this, 'Dead', {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
      above: 0,
      wakes,
      topic: platform.alarms,
    })
    new WakingAlarm(this, 'Stands', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' }),
      above: Duration.minutes(30).toSeconds(),
      wakes: `A message has waited for half an hour. Next, if nothing is done: ${wakes}`,
      topic: platform.alarms,
    })
  }

  feeds({ function: fed }: Handler): void {
    fed.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: this.#props.batchSize,
        maxConcurrency: this.#props.maxConcurrency,
        reportBatchItemFailures: true,
      }),
    )
  }
}
