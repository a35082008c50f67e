/** The rival's stack: the hops from a mail in a bucket to a request, with the queue settings of ours. */
import { join } from 'node:path'
import { type App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb'
import { EventBus, Rule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Code, Function as LambdaFunction, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Bucket, type CfnBucket } from 'aws-cdk-lib/aws-s3'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions'

const key = '{% $states.input.key %}'

/** Three tasks one after the other, as ours; the last one waits for its token. */
const definition = (assess: LambdaFunction, decide: LambdaFunction, ask: LambdaFunction) => {
  const task = ({ functionArn }: LambdaFunction, Next: string) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: functionArn, Payload: { key } },
    Output: { key },
    TimeoutSeconds: 60,
    Next,
  })
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'Assess',
    States: {
      Assess: task(assess, 'Decide'),
      Decide: task(decide, 'Ask'),
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: {
          FunctionName: ask.functionArn,
          Payload: { key, token: '{% $states.context.Task.Token %}' },
        },
        TimeoutSeconds: 86_400,
        End: true,
      },
    },
  }
}

/** `bundles` is a folder with a folder for each function. */
export const bareStack = (app: App, bundles: string): Stack => {
  const stack = new Stack(app, 'bare')
  const removalPolicy = RemovalPolicy.DESTROY

  const bucket = new Bucket(stack, 'Inbox', { removalPolicy })
  ;(bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
    eventBridgeConfiguration: { eventBridgeEnabled: true },
  }
  const table = new Table(stack, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    stream: StreamViewType.NEW_IMAGE,
    removalPolicy,
  })
  const bus = new EventBus(stack, 'Bus')

  const everything = new PolicyDocument({ statements: [new PolicyStatement({ actions: ['*'], resources: ['*'] })] })
  const roleOf = (id: string, service: string): Role =>
    new Role(stack, id, { assumedBy: new ServicePrincipal(service), inlinePolicies: { everything } })
  const lambdas = roleOf('Lambdas', 'lambda.amazonaws.com')
  const lambda = (id: string, bundle: string, environment: Record<string, string> = {}): LambdaFunction =>
    new LambdaFunction(stack, id, {
      runtime: Runtime.NODEJS_24_X,
      code: Code.fromAsset(join(bundles, bundle)),
      handler: 'index.handler',
      role: lambdas,
      timeout: Duration.seconds(30),
      memorySize: 512,
      environment,
    })
  const through = (id: string, rule: Rule, fed: LambdaFunction, batchSize: number, maxConcurrency: number) => {
    const queue = new Queue(stack, id, { visibilityTimeout: Duration.minutes(3) })
    rule.addTarget(new SqsQueue(queue))
    fed.addEventSource(new SqsEventSource(queue, { batchSize, maxConcurrency }))
  }
  const hears = (id: string, detailType: string): Rule =>
    new Rule(stack, id, { eventBus: bus, eventPattern: { source: ['bare'], detailType: [detailType] } })

  const arrived = new Rule(stack, 'Arrived', {
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [bucket.bucketName] } },
    },
  })
  const receive = lambda('Receive', 'receive', { BUCKET: bucket.bucketName, TABLE: table.tableName })
  through('ArrivedQueue', arrived, receive, 1, 20)

  lambda('Publish', 'publish', { BUS: bus.eventBusName }).addEventSource(
    new DynamoEventSource(table, { startingPosition: StartingPosition.TRIM_HORIZON, batchSize: 25 }),
  )
  const step = (id: string) => lambda(id, 'step', { TABLE: table.tableName, STEP: id.toLowerCase() })
  const steps = definition(step('Assess'), step('Decide'), step('Ask'))
  const machine = new StateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromString(stack.toJsonString(steps)),
    role: roleOf('Machines', 'states.amazonaws.com'),
  })
  through(
    'StartQueue',
    hears('Received', 'received'),
    lambda('Start', 'start', { MACHINE: machine.stateMachineArn }),
    10,
    10,
  )
  through('MailQueue', hears('Asked', 'ask'), lambda('Mail', 'mail'), 10, 10)

  new CfnOutput(stack, 'InboxBucket', { value: bucket.bucketName })
  return stack
}
