/** The state machine, made from its file: it may call exactly its tasks, and tell the bus. */
import { join } from 'node:path'
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import type { EventBus } from 'aws-cdk-lib/aws-events'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import { Construct } from 'constructs'
import type { Platform } from '../platform.ts'
import { WakingAlarm } from './alarm.ts'
import type { Handler } from './handler.ts'

export type WorkflowProps = {
  platform: Platform
  bus: EventBus
  /** By the name of the state, which is the name of the handler. */
  tasks: Record<string, Handler>
}

const definition = join(import.meta.dirname, '..', '..', 'statemachines', 'invoice-approval.asl.json')

export class Workflow extends Construct {
  readonly machine: StateMachine

  constructor(scope: Construct, id: string, { platform, bus, tasks }: WorkflowProps) {
    super(scope, id)
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: 'Calls the tasks of the approval workflow, tells the bus when it is stuck',
    })
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: Object.values(tasks).map((task) => task.function.functionArn),
      }),
    )
    role.addToPolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }))
    const logs = new LogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${platform.name('invoice-approval')}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: platform.name('invoice-approval'),
      definitionBody: DefinitionBody.fromFile(definition),
      definitionSubstitutions: {
        BusName: bus.eventBusName,
        ...Object.fromEntries(Object.entries(tasks).map(([name, task]) => [`${name}Arn`, task.function.functionArn])),
      },
      role,
      // What happened without what was said: an execution's data holds task tokens.
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    })
    new WakingAlarm(this, 'Failed', {
      metric: this.machine.metricFailed({ statistic: 'Sum', period: Duration.minutes(5) }),
      above: 0,
      wakes: 'An approval workflow ended without asking even the desk. The CTO got a mail that names the invoice.',
      topic: platform.alarms,
    })
  }
}
