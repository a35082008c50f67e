/** The pages, the mail of a stage on AWS, and what its settings may be. */
import { describe, expect, test } from 'vitest'
import { settingsOf } from '../../infra/settings.ts'
import { all, localTemplates, stageTemplates } from '../make/templates.ts'

const local = localTemplates()
const stage = stageTemplates()

describe('the pages', () => {
  const [api] = all(local, 'AWS::ApiGatewayV2::Stage')

  test('are slowed down', () => {
    expect(api?.properties.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 })
  })

  test('log the route, never the path, which holds a ticket', () => {
    const log = api?.properties.AccessLogSettings as { Format: string } | undefined
    expect(JSON.parse(log?.Format ?? '')).toEqual({
      at: '$context.requestTime',
      requestId: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      milliseconds: '$context.responseLatency',
      error: '$context.integrationErrorMessage',
    })
  })

  test('are looked at by functions that change nothing, and changed by others', () => {
    const integrations = new Map(
      all(local, 'AWS::ApiGatewayV2::Integration').map(({ id, properties }) => [
        id,
        (properties.IntegrationUri as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0].replace(/Function[0-9A-F]{8}$/, ''),
      ]),
    )
    const routes = all(local, 'AWS::ApiGatewayV2::Route').map(({ properties }) => {
      const [, parts] = (properties.Target as { 'Fn::Join': [string, [string, { Ref: string }]] })['Fn::Join']
      return [properties.RouteKey, integrations.get(parts[1].Ref)]
    })
    expect(Object.fromEntries(routes)).toEqual({
      'GET /a/{ticket}': 'ShowPage',
      'HEAD /a/{ticket}': 'ShowPage',
      'POST /a/{ticket}': 'RecordDecision',
      'GET /a/{ticket}/{about}': 'ShowPage',
      'HEAD /a/{ticket}/{about}': 'ShowPage',
      'POST /a/{ticket}/{about}': 'RecordConcern',
      'GET /o/{ticket}': 'ShowOwnerPage',
      'HEAD /o/{ticket}': 'ShowOwnerPage',
      'POST /o/{ticket}': 'RecordAgreement',
      'GET /o/{ticket}/{about}': 'ShowOwnerPage',
      'HEAD /o/{ticket}/{about}': 'ShowOwnerPage',
      'POST /o/{ticket}/{about}': 'RecordAgreement',
    })
  })

  test('and the mails begin their links at a domain of the stage, else at the API', () => {
    expect(stageTemplates({ webBase: 'https://approve.pilot.example' }).web?.Parameters?.WebBase?.Default).toBe(
      'https://approve.pilot.example',
    )
    expect(stage.workflow?.Parameters?.WebBase?.Default).toBe('')
    const sendMails = all(stage, 'AWS::Lambda::Function').find(({ id }) => id.startsWith('SendMails'))
    const environment = sendMails?.properties.Environment as { Variables: Record<string, unknown> } | undefined
    expect(environment?.Variables.WEB_BASE).toMatchObject({
      'Fn::If': ['WebBaseIsGiven', { Ref: 'WebBase' }, { 'Fn::ImportValue': expect.stringContaining('ApiEndpoint') }],
    })
  })
})

describe('a stage on AWS', () => {
  test('has the stacks of this machine, and its mail domain besides', () => {
    expect(Object.keys(local)).toEqual(['alerts', 'records', 'web', 'intake', 'workflow'])
    expect(Object.keys(stage)).toEqual([...Object.keys(local), 'mail-domain'])
    for (const name of Object.keys(local))
      expect(
        Object.values(stage[name]?.Resources ?? {}).map(({ Type }) => Type),
        name,
      ).toEqual(expect.arrayContaining(Object.values(local[name]?.Resources ?? {}).map(({ Type }) => Type)))
  })

  test('takes mail to its domain, has it scanned, and keeps it in the inbox', () => {
    const [rule] = all(stage, 'AWS::SES::ReceiptRule')
    expect(rule?.properties).toMatchObject({
      RuleSetName: 'countersign',
      Rule: {
        Name: 'countersign-check',
        Enabled: true,
        ScanEnabled: true,
        Recipients: ['pilot.example'],
        Actions: [{ S3Action: { ObjectKeyPrefix: 'inbound/', BucketName: expect.anything() } }],
      },
    })
  })

  test('adds its rule to the rule set that the account has', () => {
    const [rule] = all(stageTemplates({ receiptRuleSet: 'inbound-mail' }), 'AWS::SES::ReceiptRule')
    expect(rule?.properties.RuleSetName).toBe('inbound-mail')
  })

  test('sends as its domain, signed, with a return path of its own', () => {
    const [identity] = all(stage, 'AWS::SES::EmailIdentity')
    expect(identity?.properties).toMatchObject({
      EmailIdentity: 'pilot.example',
      MailFromAttributes: { MailFromDomain: 'bounce.pilot.example' },
      ConfigurationSetAttributes: { ConfigurationSetName: { Ref: expect.any(String) } },
    })
    const [set] = all(stage, 'AWS::SES::ConfigurationSet')
    expect(set?.properties).toMatchObject({ Name: 'countersign-check', DeliveryOptions: { TlsPolicy: 'REQUIRE' } })
  })

  test('tells the bus, and people, of mails that bounced', () => {
    const [destination] = all(stage, 'AWS::SES::ConfigurationSetEventDestination')
    expect(destination?.properties.EventDestination).toMatchObject({
      MatchingEventTypes: ['bounce', 'complaint'],
      Enabled: true,
      EventBridgeDestination: expect.anything(),
    })
    const rules = all(stage, 'AWS::Events::Rule').filter(({ stack }) => stack === 'mail-domain')
    expect(rules.map(({ id }) => id.slice(0, -8)).toSorted()).toEqual(['BouncesToBus', 'BouncesToPeople'])
  })

  test('says every DNS record that it needs', () => {
    const records = Object.keys(stage['mail-domain']?.Outputs ?? {}).filter((name) => name.startsWith('Dns'))
    expect(records.toSorted()).toEqual([
      'DnsDkim1',
      'DnsDkim2',
      'DnsDkim3',
      'DnsDmarc',
      'DnsInbox',
      'DnsMailFrom',
      'DnsSpf',
    ])
  })

  test('wakes the person whom its settings name', () => {
    const [subscription] = all(stage, 'AWS::SNS::Subscription')
    expect(subscription?.properties).toMatchObject({ Protocol: 'email', Endpoint: 'alarms@pilot.example' })
    expect(all(stageTemplates({ alarmAddress: null }), 'AWS::SNS::Subscription')).toEqual([])
  })

  test('lets alarms of the account, and what SES says of bounces, reach that person, and nobody without TLS', () => {
    const [policy] = all(stage, 'AWS::SNS::TopicPolicy')
    const { Statement } = (policy?.properties.PolicyDocument ?? {}) as { Statement: Record<string, unknown>[] }
    expect(Statement).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }),
        expect.objectContaining({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' } }),
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]),
    )
  })

  test.each([
    ['goes by its clock; only this machine may be told any time', 'SWEEP_ANY_TIME'],
    ['takes in drafts; only on this machine an import is in force at once', 'IMPORTS_IN_FORCE'],
  ])('%s', (_, name) => {
    const told = (templates: typeof stage) =>
      new Set(
        all(templates, 'AWS::Lambda::Function').flatMap(
          ({ properties }) => (properties.Environment as { Variables: Record<string, string> }).Variables[name] ?? [],
        ),
      )
    expect(told(stage)).toEqual(new Set(['false']))
    expect(told(local)).toEqual(new Set(['true']))
  })
})

describe('settings', () => {
  const of = (context: Record<string, unknown>) => () => settingsOf((name) => context[name])

  test('of this machine take the domain of its pilot', () => {
    expect(of({})()).toMatchObject({ stage: 'local', mailDomain: 'pilot.example', onAws: false })
    expect(of({ mailDomain: 'own.example' })().mailDomain).toBe('own.example')
  })

  test.each([
    ['a stage that nobody wrote down', { stage: 'prod' }, /add "prod": .* to the stages in cdk.json/],
    ['a domain that is none', { stage: 'a', stages: { a: { mailDomain: 'nothing' } } }, /^stage a: mailDomain/],
    [
      'a name that is too long',
      { stage: 'x'.repeat(21), stages: { ['x'.repeat(21)]: { mailDomain: 'a.example' } } },
      /stage/,
    ],
    [
      'a word that is no setting',
      { stage: 'a', stages: { a: { mailDomain: 'a.example', mail: 1 } } },
      /Unrecognized key/,
    ],
    [
      'a stage that would be told any time',
      { stage: 'a', stages: { a: { mailDomain: 'a.example', webBase: 'ftp://x' } } },
      /webBase/,
    ],
  ])('refuse %s', (_, context, because) => {
    expect(of(context)).toThrow(because)
  })
})
