/** What must never be lost: the tables, the mails as they came, the originals, the release lists; and the bus. */
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb'
import { EventBus } from 'aws-cdk-lib/aws-events'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  ObjectLockRetention,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { Resource } from '../constructs/resource.ts'
import type { EnvironmentName } from '../environment.ts'
import type { Settings } from '../settings.ts'

/** Tables whose new items become events on the bus. */
const streamed = ['Invoices', 'DecisionLog']

const days = (years: number): number => Math.ceil(years * 365.25)

/** Where SES puts the mails. */
export const inboxPrefix = 'inbound/'

/** Where a rehearsal puts its own: SES writes nothing here, so nothing in a mail can make it one of a rehearsal. */
export const rehearsalPrefix = 'rehearsal/'

/** SES's rule that puts them there: one a stage. */
export const receiptRule = ({ stage }: Settings): string => `countersign-${stage}`

export class Records extends Stack {
  readonly table: Table
  readonly logTable: Table
  readonly inboxBucket: Bucket
  readonly eventBus: EventBus

  readonly invoices: Resource
  readonly invoicesByDue: Resource
  readonly invoicesByVendor: Resource
  readonly invoicesByNumber: Resource
  readonly agreements: Resource
  readonly decisionLog: Resource
  readonly reference: Resource
  readonly weeks: Resource
  readonly dedupe: Resource
  readonly access: Resource
  readonly rehearsals: Resource
  readonly inbox: Resource
  readonly rehearsalInbox: Resource
  readonly documents: Resource
  readonly releases: Resource
  /** The copies of the decision log, and the bucket that knows which there are. */
  readonly logCopies: Resource
  readonly logBucket: Resource
  readonly bus: Resource

  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, id, props)

    const table = (name: string, expires?: string): Table =>
      new Table(this, name, {
        partitionKey: { name: 'pk', type: AttributeType.STRING },
        sortKey: { name: 'sk', type: AttributeType.STRING },
        billingMode: BillingMode.PAY_PER_REQUEST,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        deletionProtection: true,
        removalPolicy: RemovalPolicy.RETAIN,
        ...(streamed.includes(name) ? { stream: StreamViewType.NEW_IMAGE } : {}),
        ...(expires ? { timeToLiveAttribute: expires } : {}),
      })
    const tableResource = (made: Table, name: EnvironmentName): Resource => {
      new CfnOutput(this, `${made.node.id}Table`, { value: made.tableName })
      return { service: 'dynamodb', arn: made.tableArn, environment: { name, value: made.tableName } }
    }
    const index = (indexName: string, partition: string, sort: string, ...besides: string[]): Resource => {
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: sort, type: AttributeType.STRING },
        ...(besides.length > 0
          ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: besides }
          : { projectionType: ProjectionType.KEYS_ONLY }),
      })
      return { service: 'dynamodb', arn: `${this.table.tableArn}/index/${indexName}`, environment: null }
    }

    this.table = table('Invoices')
    this.invoices = tableResource(this.table, 'INVOICES_TABLE')
    this.invoicesByDue = index('due', 'dueKey', 'dueAt')
    this.invoicesByVendor = index('vendor', 'vendorKey', 'receivedAt', 'earlier')
    this.invoicesByNumber = index('number', 'number', 'receivedAt')
    this.agreements = tableResource(table('Agreements'), 'AGREEMENTS_TABLE')
    this.logTable = table('DecisionLog')
    this.decisionLog = tableResource(this.logTable, 'DECISION_LOG_TABLE')
    this.reference = tableResource(table('Reference'), 'REFERENCE_TABLE')
    this.weeks = tableResource(table('Weeks'), 'WEEKS_TABLE')
    this.dedupe = tableResource(table('Dedupe', 'expires'), 'DEDUPE_TABLE')
    this.access = tableResource(table('Access', 'expires'), 'ACCESS_TABLE')
    this.rehearsals = tableResource(table('Rehearsals', 'expires'), 'REHEARSALS_TABLE')

    const bucket = (name: string, over: BucketProps = {}): Bucket =>
      new Bucket(this, name, {
        encryption: BucketEncryption.S3_MANAGED,
        blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
        objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
        enforceSSL: true,
        versioned: true,
        removalPolicy: RemovalPolicy.RETAIN,
        lifecycleRules: [
          {
            id: 'KeepAsLongAsTheLawAsks',
            transitions: [
              { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(90) },
              { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(365) },
            ],
            // The year in which a record was made does not count, so one more.
            expiration: Duration.days(days(settings.retentionYears + 1)),
            noncurrentVersionExpiration: Duration.days(days(settings.retentionYears + 1)),
            abortIncompleteMultipartUploadAfter: Duration.days(7),
          },
        ],
        ...over,
      })
    const bucketResource = (made: Bucket, name: EnvironmentName, prefix: string): Resource => {
      new CfnOutput(this, `${made.node.id}Bucket`, { value: made.bucketName })
      return { service: 's3', arn: made.arnForObjects(`${prefix}*`), environment: { name, value: made.bucketName } }
    }
    this.inboxBucket = bucket('Inbox')
    // Without the custom resource that the construct would make for it.
    ;(this.inboxBucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    }
    this.inboxBucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'MailArrives',
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.inboxBucket.arnForObjects(`${inboxPrefix}*`)],
        conditions: {
          StringEquals: {
            'aws:SourceAccount': this.account,
            'aws:SourceArn': `arn:${this.partition}:ses:${this.region}:${this.account}:receipt-rule-set/${settings.receiptRuleSet}:receipt-rule/${receiptRule(settings)}`,
          },
        },
      }),
    )
    this.inbox = bucketResource(this.inboxBucket, 'INBOX_BUCKET', inboxPrefix)
    this.rehearsalInbox = { ...this.inbox, arn: this.inboxBucket.arnForObjects(`${rehearsalPrefix}*`) }
    this.documents = bucketResource(bucket('Documents'), 'DOCUMENTS_BUCKET', 'documents/')
    this.releases = bucketResource(bucket('Releases'), 'RELEASES_BUCKET', 'releases/')
    // In compliance mode, which not even the administrator of the account can lift: in governance mode the one key
    // holder who runs the account could rewrite what both decided.
    const log = bucket('Log', {
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(days(settings.retentionYears + 1))),
    })
    this.logCopies = bucketResource(log, 'LOG_BUCKET', 'log/')
    this.logBucket = { service: 's3', arn: log.bucketArn, environment: null }

    this.eventBus = new EventBus(this, 'Bus', { description: `What happened to invoices (${settings.stage})` })
    new CfnOutput(this, 'BusName', { value: this.eventBus.eventBusName })
    this.bus = {
      service: 'events',
      arn: this.eventBus.eventBusArn,
      environment: { name: 'BUS_NAME', value: this.eventBus.eventBusName },
    }
  }
}
