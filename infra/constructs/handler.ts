/** The one Lambda construct: a handler file, single actions on single resources, logs, and an alarm that says whom it wakes. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Duration, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { EnvironmentName } from '../environment.ts'
import type { Platform } from '../platform.ts'
import { type Wakes, WakingAlarm } from './alarm.ts'
import type { Grant } from './resource.ts'

export type HandlerProps = {
  platform: Platform
  /** Everything that it may do. */
  may: Grant[]
  /** Whom an error wakes that was not caught and tried again. */
  wakes: Wakes
  timeout: Duration
  /** 1769 are one processor. */
  memoryMb: number
  environment?: Partial<Record<EnvironmentName, string>>
}

/** `ReceiveMail` is `functions/handlers/receive-mail.ts`. */
export const fileOf = (id: string): string => id.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()

/** What is asked for without a key, as a scan is, is not let through either: for all values of none is true. */
const onlyItemsOf = (beginnings: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': beginnings.map((beginning) => `${beginning}*`) },
  Null: { 'dynamodb:LeadingKeys': 'false' },
})

export class Handler extends Construct {
  readonly function: LambdaFunction

  constructor(scope: Construct, id: string, { platform, may, wakes, timeout, memoryMb, environment }: HandlerProps) {
    super(scope, id)
    const file = fileOf(id)
    const folder = join(platform.bundles, file)
    if (!existsSync(folder)) throw new Error(`there is no functions/handlers/${file}.ts for ${id}`)
    const functionName = platform.name(file)

    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${file} may do, and nothing else`,
      inlinePolicies: {
        may: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              // The streams of its own log group, whose names Lambda makes: the ARN ends in `:*`.
              resources: [logGroup.logGroupArn],
            }),
            ...may
              .filter(({ actions }) => actions.length > 0)
              .map(
                ({ resource, actions, itemsOf }) =>
                  new PolicyStatement({
                    actions: actions.map((action) => `${resource.service}:${action}`),
                    resources: [resource.arn],
                    ...(itemsOf ? { conditions: onlyItemsOf(itemsOf) } : {}),
                  }),
              ),
          ],
        }),
      },
    })
    const fromGrants = may.flatMap(({ resource }) =>
      resource.environment ? [[resource.environment.name, resource.environment.value] as const] : [],
    )
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(folder),
      handler: 'index.handler',
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      timeout,
      memorySize: memoryMb,
      environment: {
        STAGE: platform.settings.stage,
        ...Object.fromEntries(fromGrants),
        ...environment,
      },
    })
    new WakingAlarm(this, 'Errors', {
      metric: this.function.metricErrors({ statistic: 'Sum' }),
      above: 0,
      wakes,
      topic: platform.alarms,
    })
  }
}
