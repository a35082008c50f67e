/** From an event on the bus to a decision: the state machine, its tasks, what time drives, and the mails. */
import { ArnFormat, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import type { Construct } from 'constructs'
import { hearRehearsals, rehearsalSource, source, subscriptions } from '../../events/contracts.ts'
import { Handler, type HandlerProps } from '../constructs/handler.ts'
import { linkBase } from '../constructs/link-base.ts'
import { type Grant, itemsOf, type Resource, to } from '../constructs/resource.ts'
import { WatchedQueue } from '../constructs/watched-queue.ts'
import { Workflow as StateMachine } from '../constructs/workflow.ts'
import type { Platform } from '../platform.ts'
import { configurationSet } from './mail-domain.ts'
import { type Records, rehearsalPrefix } from './records.ts'
import { rehearsalTakes, type Web } from './web.ts'

export class Workflow extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { platform, records, web, ...props }: StackProps & { platform: Platform; records: Records; web: Web },
  ) {
    super(scope, id, props)
    const { settings } = platform
    const webBase = linkBase(this, settings, web.address)

    /** Errors wake nobody by themselves: whoever calls tries again, and what then fails for good has an alarm of its own. */
    const handler = (name: string, may: Grant[], over: Partial<HandlerProps> = {}): Handler =>
      new Handler(this, name, { platform, wakes: 'nobody', may, timeout: Duration.seconds(15), memoryMb: 512, ...over })
    const record = to(records.invoices, 'GetItem', 'PutItem')
    const agreed = to(records.agreements, 'GetItem')
    const listed = to(records.reference, 'GetItem', 'Query')
    // Texts and lists of a rehearsal, for an invoice that plays in one.
    const rehearsed = to(records.rehearsals, 'GetItem')
    // A link of their own to each owner; nothing else that opens their pages, such as a session or a code.
    const linked = itemsOf(to(records.access, 'PutItem'), 'LINK#')
    const ofSes = (resource: string, resourceName: string): Resource => ({
      service: 'ses',
      arn: this.formatArn({ service: 'ses', resource, resourceName }),
      environment: null,
    })
    const mails = [
      // Raw content asks for the second action; the identity's configuration set is asked for besides.
      ...[ofSes('identity', settings.mailDomain), ofSes('configuration-set', configurationSet(settings))].map((one) =>
        to(one, 'SendEmail', 'SendRawEmail'),
      ),
    ]
    // What is mailed about no invoice is not remembered, for no answer to it means anything.
    const mailsNobodyAnswers = [...mails, to(records.dedupe)]

    const stateMachine = new StateMachine(this, 'InvoiceApproval', {
      platform,
      bus: records.eventBus,
      tasks: {
        AssessInvoice: handler('AssessInvoice', [
          to(records.invoices, 'GetItem', 'PutItem'),
          to(records.invoicesByVendor, 'Query'),
          agreed,
          listed,
          rehearsed,
        ]),
        DecideInvoice: handler('DecideInvoice', [record, agreed, rehearsed]),
        AskApprover: handler('AskApprover', [record, agreed, listed, rehearsed]),
        AskDesk: handler('AskDesk', [record, agreed, listed, rehearsed]),
        CloseInvoice: handler('CloseInvoice', [record]),
      },
    })
    const machine: Resource = {
      service: 'states',
      arn: stateMachine.machine.stateMachineArn,
      environment: { name: 'STATE_MACHINE_ARN', value: stateMachine.machine.stateMachineArn },
    }
    new CfnOutput(this, 'StateMachineArn', { value: stateMachine.machine.stateMachineArn })

    /** A function that hears events of the bus, through a queue of its own. */
    const hears = (
      name: keyof typeof subscriptions,
      may: Grant[],
      wakes: `${string} ${string}`,
      over: Partial<HandlerProps> = {},
    ) => {
      const { timeout = Duration.seconds(15) } = over
      const queue = new WatchedQueue(this, `${name}Queue`, {
        platform,
        wakes,
        timeout,
        maxConcurrency: 10,
        batchSize: 10,
      })
      new Rule(this, `${name}Rule`, {
        eventBus: records.eventBus,
        description: `What ${name} hears`,
        eventPattern: {
          source: hearRehearsals.includes(name) ? [source, rehearsalSource] : [source],
          detailType: [...subscriptions[name]],
        },
        targets: [new SqsQueue(queue.queue, { deadLetterQueue: queue.deadLetters })],
      })
      queue.feeds(handler(name, may, { ...over, timeout }))
    }
    hears(
      'StartWorkflow',
      [to(machine, 'StartExecution')],
      'An invoice was recorded and its workflow could not be started. The sweep tries again; see the dead letters.',
    )
    hears(
      'ResumeWorkflow',
      [to(records.invoices, 'GetItem'), to(machine, 'SendTaskSuccess')],
      'A decision is recorded and its workflow could not be woken. The sweep starts it anew; see the dead letters.',
    )
    hears(
      'SendMails',
      // A mail of a rehearsal is put into its mailbox and never leaves.
      [
        record,
        agreed,
        listed,
        ...mails,
        to(records.dedupe, 'PutItem'),
        rehearsed,
        itemsOf(to(records.rehearsals, 'PutItem'), 'SCENE#'),
      ],
      'A mail could not be sent: somebody does not know that they are asked. See the dead letters, mend, redrive.',
      { memoryMb: 1024, environment: { WEB_BASE: webBase } },
    )
    hears(
      'CountWeek',
      [to(records.invoices, 'Query'), agreed, to(records.weeks, 'GetItem', 'PutItem')],
      'Something was not counted for the weekly page. Redrive the dead letters before Friday.',
    )
    hears(
      'TellOwners',
      [to(records.decisionLog, 'Query'), agreed, linked, record, ...mailsNobodyAnswers],
      'An owner was not told of a decision, or of a bypass. See the dead letters, mend, redrive.',
      { memoryMb: 1024, environment: { WEB_BASE: webBase } },
    )

    hears(
      'AskAnew',
      [
        to(records.decisionLog, 'Query'),
        to(records.invoices, 'GetItem', 'PutItem'),
        to(records.invoicesByDue, 'Query'),
      ],
      'Rules were rolled back, and invoices that nobody has decided were not asked anew. See the dead letters, mend, redrive.',
      // It looks at every open invoice.
      { timeout: Duration.minutes(1) },
    )

    hears(
      'TellPeople',
      [to(records.decisionLog, 'Query'), agreed, record, ...mailsNobodyAnswers],
      'New rules or a new charter are in force, and somebody whose work that changes was not told. See the dead letters, mend, redrive.',
      // It compares two whole rule files.
      { timeout: Duration.minutes(1), memoryMb: 1024 },
    )

    /** A function that time drives, through a queue, with the time of its event. */
    const timed = (
      name: string,
      rate: Duration,
      may: Grant[],
      wakes: `${string} ${string}`,
      environment: HandlerProps['environment'] = {},
    ): Handler => {
      const timeout = Duration.minutes(1)
      const queue = new WatchedQueue(this, `${name}Queue`, {
        platform,
        wakes,
        timeout,
        // Minutes that piled up are worked on as one.
        maxConcurrency: 2,
        batchSize: 10,
      })
      new Rule(this, `${name}Schedule`, {
        description: `Drives ${name}`,
        schedule: Schedule.rate(rate),
        targets: [
          new SqsQueue(queue.queue, {
            deadLetterQueue: queue.deadLetters,
            message: RuleTargetInput.fromObject({ time: EventField.time }),
          }),
        ],
      })
      const anyTime = { SWEEP_ANY_TIME: String(settings.sweepAnyTime) }
      const driven = handler(name, may, { timeout, environment: { ...anyTime, ...environment } })
      queue.feeds(driven)
      return driven
    }
    const sweep = timed(
      'Sweep',
      Duration.minutes(1),
      [
        to(records.invoices, 'GetItem', 'PutItem', 'Query'),
        to(records.invoicesByDue, 'Query'),
        // Whether the pilot is paused.
        agreed,
        to(records.bus, 'PutEvents'),
      ],
      'The sweep fails: reminders and stall alerts stand still. See its log.',
    )
    timed(
      'ReportWeek',
      Duration.hours(1),
      [to(records.weeks, 'Query'), to(records.decisionLog, 'Query'), record, agreed, linked, ...mailsNobodyAnswers],
      'The weekly page could not be mailed, or what was parked when the freeze ended. See its log; npm run week mails it.',
      { WEB_BASE: webBase },
    )
    timed(
      'ReleasePayments',
      Duration.minutes(1),
      [
        to(records.invoices, 'GetItem', 'PutItem', 'Query', 'DeleteItem', 'ConditionCheckItem'),
        to(records.releases, 'PutObject'),
        agreed,
        ...mailsNobodyAnswers,
      ],
      'The release list could not be made: finance waits for it. See its log.',
    )
    timed(
      'CheckAgreements',
      Duration.days(1),
      [
        to(records.decisionLog, 'Query'),
        to(records.agreements, 'Query', 'GetItem'),
        to(records.logCopies, 'GetObjectVersion'),
        to(records.logBucket, 'ListBucketVersions'),
        to(records.bus, 'PutEvents'),
      ],
      'Nobody compares the tables with what both owners signed: the daily check fails. See its log.',
    )

    // Of everything that real invoices share with those of a rehearsal it reaches the latter alone.
    const [ofInvoices, ofMails] = ['INVOICE#rehearsal-', `MAIL#${rehearsalPrefix}`]
    const rehearsedExecutions: Resource = {
      ...machine,
      arn: this.formatArn({
        ...{ service: 'states', resource: 'execution', arnFormat: ArnFormat.COLON_RESOURCE_NAME },
        resourceName: `${stateMachine.machine.stateMachineName}:rehearsal-*`,
      }),
    }
    const sweeps: Resource = {
      service: 'lambda',
      arn: sweep.function.functionArn,
      environment: { name: 'SWEEP_FUNCTION', value: sweep.function.functionName },
    }
    web.toRehearse.feeds(
      handler(
        'Rehearse',
        [
          agreed,
          to(records.decisionLog, 'Query'),
          to(records.rehearsals, 'GetItem', 'Query', 'PutItem'),
          to(records.rehearsalInbox, 'PutObject'),
          itemsOf(to(records.invoices, 'GetItem', 'Query'), ofInvoices, ofMails),
          // A place in the history is taken, so that a decision cannot be recorded, and freed again.
          itemsOf(to(records.invoices, 'PutItem', 'DeleteItem'), ofInvoices),
          // A callback is lost.
          to(rehearsedExecutions, 'StopExecution'),
          to(sweeps, 'InvokeFunction'),
          to(web.agreed, 'SendMessage'),
        ],
        { timeout: rehearsalTakes, memoryMb: 1024, environment: { WEB_BASE: webBase } },
      ),
    )

    handler('ReadLog', [to(records.decisionLog, 'Query')])
    handler('TraceInvoice', [to(records.invoices, 'GetItem', 'Query'), to(records.invoicesByNumber, 'Query')])
  }
}
