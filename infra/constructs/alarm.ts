/** An alarm that says whom it wakes, and with which sentence. */
import { Duration } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'

/** A sentence for the person who is woken: what happened, what to do. Or that nobody is, which has to be said. */
export type Wakes = 'nobody' | `${string} ${string}`

export type WakingAlarmProps = { metric: Metric; above: number; wakes: Wakes; topic: ITopic }

/** Goes off when the sum of five minutes is above the bound. */
export class WakingAlarm extends Construct {
  constructor(scope: Construct, id: string, { metric, above, wakes, topic }: WakingAlarmProps) {
    super(scope, id)
    const alarm = new Alarm(this, 'Alarm', {
      metric: metric.with({ period: Duration.minutes(5) }),
      threshold: above,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: wakes === 'nobody' ? 'Wakes nobody.' : wakes,
    })
    if (wakes !== 'nobody') alarm.addAlarmAction(new SnsAction(topic))
  }
}
