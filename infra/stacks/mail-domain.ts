/** On AWS alone: the domain's mail comes in through SES and leaves through it; what bounces is told. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import { EventBus, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events'
import { SnsTopic, EventBus as ToBus } from 'aws-cdk-lib/aws-events-targets'
import {
  CfnReceiptRule,
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
} from 'aws-cdk-lib/aws-ses'
import type { Construct } from 'constructs'
import type { Platform } from '../platform.ts'
import type { Settings } from '../settings.ts'
import { inboxPrefix, type Records, receiptRule } from './records.ts'

/** What SES keeps together for the mails that a stage sends. */
export const configurationSet = ({ stage }: Settings): string => `countersign-${stage}`

/** SES speaks to its own bus only: the account's default one. */
const bounced = { source: ['aws.ses'], detailType: ['Email Bounced', 'Email Complaint Received'] }

export class MailDomain extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { platform, records, ...props }: StackProps & { platform: Platform; records: Records },
  ) {
    super(scope, id, props)
    const { settings, alarms } = platform
    const sending = new ConfigurationSet(this, 'Sending', {
      configurationSetName: configurationSet(settings),
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
    })
    const defaultBus = EventBus.fromEventBusName(this, 'DefaultBus', 'default')
    sending.addEventDestination('Bounces', {
      destination: EventDestination.eventBus(defaultBus),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    })
    const eventPattern = {
      ...bounced,
      detail: { mail: { tags: { 'ses:configuration-set': [configurationSet(settings)] } } },
    }
    new Rule(this, 'BouncesToBus', { eventPattern, targets: [new ToBus(records.eventBus)] })
    new Rule(this, 'BouncesToPeople', {
      eventPattern,
      targets: [
        new SnsTopic(alarms, {
          message: RuleTargetInput.fromText(
            `A mail of Countersign did not reach its reader, or was reported as unwanted (${EventField.fromPath('$.detail-type')}, SES message ${EventField.fromPath('$.detail.mail.messageId')}). npm run trace shows whom it was for.`,
          ),
        }),
      ],
    })

    const identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(settings.mailDomain),
      mailFromDomain: `bounce.${settings.mailDomain}`,
      configurationSet: sending,
    })
    new CfnReceiptRule(this, 'Arrives', {
      ruleSetName: settings.receiptRuleSet,
      rule: {
        name: receiptRule(settings),
        enabled: true,
        recipients: [settings.mailDomain],
        // Without it SES writes no verdicts, and every mail would be taken for a virus.
        scanEnabled: true,
        tlsPolicy: 'Optional',
        actions: [{ s3Action: { bucketName: records.inboxBucket.bucketName, objectKeyPrefix: inboxPrefix } }],
      },
    })
    this.dnsRecords(settings, identity)
  }

  /** What has to stand in the domain's DNS, one output a record. */
  private dnsRecords({ mailDomain }: Settings, { dkimRecords }: EmailIdentity): void {
    const record = (name: string, value: string) => new CfnOutput(this, name, { value })
    record('DnsInbox', `${mailDomain}. MX 10 inbound-smtp.${this.region}.amazonaws.com.`)
    for (const [index, { name, value }] of dkimRecords.entries())
      record(`DnsDkim${index + 1}`, `${name}. CNAME ${value}.`)
    record('DnsMailFrom', `bounce.${mailDomain}. MX 10 feedback-smtp.${this.region}.amazonses.com.`)
    record('DnsSpf', `bounce.${mailDomain}. TXT "v=spf1 include:amazonses.com -all"`)
    record('DnsDmarc', `_dmarc.${mailDomain}. TXT "v=DMARC1; p=quarantine; adkim=r; aspf=r"`)
  }
}
