/** Where alarms go: a topic, and the person who is woken. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'
import type { Settings } from '../settings.ts'

export class Alerts extends Stack {
  readonly topic: Topic

  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, id, props)
    this.topic = new Topic(this, 'Alarms', { displayName: `Countersign ${settings.stage}`, enforceSSL: true })
    // A policy of one's own takes the place of the one by which alarms of the account may publish.
    this.topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    )
    if (settings.alarmAddress) this.topic.addSubscription(new EmailSubscription(settings.alarmAddress))
    new CfnOutput(this, 'AlarmsTopic', { value: this.topic.topicArn })
  }
}
