/** The pages: one HTTP API, five functions; who shows cannot write. */
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Rule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { source } from '../../events/contracts.ts'
import { WakingAlarm } from '../constructs/alarm.ts'
import { Handler, type HandlerProps } from '../constructs/handler.ts'
import { linkBase } from '../constructs/link-base.ts'
import { mailing } from '../constructs/mailing.ts'
import { type Grant, type Resource, to } from '../constructs/resource.ts'
import { WatchedQueue } from '../constructs/watched-queue.ts'
import type { EnvironmentName } from '../environment.ts'
import type { Platform } from '../platform.ts'
import type { Records } from './records.ts'

/** As long as Lambda lets a function run; a rehearsal mostly waits. */
export const rehearsalTakes = Duration.minutes(15)

/** What is sent to a queue, and by which name its address is known. */
const queueOf = ({ queue }: WatchedQueue, name: EnvironmentName): Resource => ({
  service: 'sqs',
  arn: queue.queueArn,
  environment: { name, value: queue.queueUrl },
})

/** The route, never the path: a path holds a ticket. */
const accessLogFormat = JSON.stringify({
  at: '$context.requestTime',
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  error: '$context.integrationErrorMessage',
})

export class Web extends Stack {
  /** Where AWS serves the pages. */
  readonly address: string
  /** What others than owners have recorded in the decision log. */
  readonly agreed: Resource
  /** Proposals that are to be rehearsed. */
  readonly toRehearse: WatchedQueue

  constructor(
    scope: Construct,
    id: string,
    { platform, records, ...props }: StackProps & { platform: Platform; records: Records },
  ) {
    super(scope, id, props)
    const api = new HttpApi(this, 'Api', { apiName: platform.name('web'), createDefaultStage: false })
    this.address = api.apiEndpoint
    const webBase = linkBase(this, platform.settings, this.address)

    const wakes: HandlerProps['wakes'] =
      'A page failed: somebody may not be able to decide. Its log says where; the mails hold the manual path.'
    const pages = (name: string, may: Grant[], over: Partial<HandlerProps> = {}): Handler =>
      new Handler(this, name, {
        platform,
        wakes,
        may,
        timeout: Duration.seconds(15),
        memoryMb: 1024,
        environment: { WEB_BASE: webBase },
        ...over,
      })
    const agreed = to(records.agreements, 'GetItem')
    // What a rehearsal plays with, and how far it is.
    const rehearsed = to(records.rehearsals, 'GetItem')
    const showPage = pages('ShowPage', [
      to(records.invoices, 'GetItem', 'Query'),
      agreed,
      rehearsed,
      to(records.reference, 'GetItem', 'Query'),
      to(records.documents, 'GetObject'),
      to(records.inbox, 'GetObject'),
      to(records.rehearsalInbox, 'GetObject'),
    ])
    const recordDecision = pages('RecordDecision', [
      to(records.invoices, 'GetItem', 'PutItem'),
      agreed,
      rehearsed,
      // With the last confirmation a mailed list comes into force, in the write that records it.
      to(records.reference, 'GetItem', 'Query', 'PutItem'),
    ])

    // A text is proved and replayed over ninety days while its owner waits: a processor, and as long as the API lets it.
    const proving = { timeout: Duration.seconds(29), memoryMb: 1769 }
    const agreements = new WatchedQueue(this, 'Agreed', {
      platform,
      wakes:
        'How a rehearsal ended, or a wish, could not be recorded in the decision log, or a text that passed did not come into force. See the log of RecordAgreement, mend, redrive.',
      timeout: proving.timeout,
      maxConcurrency: 2,
      batchSize: 1,
    })
    this.agreed = queueOf(agreements, 'AGREED_QUEUE_URL')
    const recordConcern = pages('RecordConcern', [
      to(records.invoices, 'GetItem', 'PutItem'),
      agreed,
      rehearsed,
      // A wish.
      to(this.agreed, 'SendMessage'),
    ])
    this.toRehearse = new WatchedQueue(this, 'ToRehearse', {
      platform,
      wakes:
        'A proposal that both have signed could not be rehearsed, and cannot come into force. See the log of Rehearse, mend, redrive.',
      timeout: rehearsalTakes,
      maxConcurrency: 2,
      batchSize: 1,
    })

    new Rule(this, 'RehearseRule', {
      eventBus: records.eventBus,
      description: 'Both have signed a text, so it is rehearsed',
      eventPattern: { source: [source], detailType: ['DecisionLogged'], detail: { what: ['countersigned'] } },
      targets: [new SqsQueue(this.toRehearse.queue, { deadLetterQueue: this.toRehearse.deadLetters })],
    })

    const past = [to(records.invoices, 'GetItem'), to(records.weeks, 'Query')]
    const showOwnerPage = pages(
      'ShowOwnerPage',
      [to(records.access, 'GetItem'), agreed, rehearsed, to(records.decisionLog, 'Query'), ...past],
      proving,
    )
    const recordAgreement = pages(
      'RecordAgreement',
      [
        to(records.access, 'GetItem', 'Query', 'PutItem', 'DeleteItem'),
        to(records.agreements, 'GetItem', 'PutItem'),
        rehearsed,
        to(records.decisionLog, 'Query', 'PutItem'),
        ...past,
        // The button by which what failed is rehearsed anew.
        to(queueOf(this.toRehearse, 'REHEARSE_QUEUE_URL'), 'SendMessage'),
        // The six digits.
        ...mailing(this, platform.settings),
      ],
      proving,
    )

    agreements.feeds(recordAgreement)

    // A page that failed was answered, so its function has not; only the API counts it.
    new WakingAlarm(this, 'Failing', {
      metric: api.metricServerError({ statistic: 'Sum' }),
      above: 0,
      wakes,
      topic: platform.alarms,
    })
    const log = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      // A pilot's people and their mail scanners; not somebody who tries out tickets.
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(accessLogFormat),
      },
    })
    const route = (path: string, methods: HttpMethod[], { function: handler, node }: Handler) =>
      api.addRoutes({ path, methods, integration: new HttpLambdaIntegration(node.id, handler) })
    route('/a/{ticket}', [HttpMethod.GET, HttpMethod.HEAD], showPage)
    route('/a/{ticket}/{about}', [HttpMethod.GET, HttpMethod.HEAD], showPage)
    route('/a/{ticket}', [HttpMethod.POST], recordDecision)
    route('/a/{ticket}/{about}', [HttpMethod.POST], recordConcern)
    for (const path of ['/o/{ticket}', '/o/{ticket}/{about}']) {
      route(path, [HttpMethod.GET, HttpMethod.HEAD], showOwnerPage)
      route(path, [HttpMethod.POST], recordAgreement)
    }

    new CfnOutput(this, 'WebApiId', { value: api.apiId })
    new CfnOutput(this, 'WebUrl', { value: webBase })
    new CfnOutput(this, 'WebApiEndpoint', { value: this.address })
  }
}
