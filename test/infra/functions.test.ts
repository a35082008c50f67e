/** Every function: small rights, the names that it needs, a queue that loses nothing, and a sentence for who is woken. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { subscriptions } from '../../events/contracts.ts'
import { handlerNames } from '../../infra/bundle.ts'
import { fileOf } from '../../infra/constructs/handler.ts'
import { environmentNames } from '../../infra/environment.ts'
import { constructId } from '../../infra/local/host/functions.ts'
import { page, permissionsOf, permissionsPage } from '../../infra/permissions.ts'
import { all, localTemplates } from '../make/templates.ts'

const repository = join(import.meta.dirname, '..', '..')
const read = (...path: string[]): string => readFileSync(join(repository, ...path), 'utf8')

const templates = localTemplates()
const functions = all(templates, 'AWS::Lambda::Function').map(
  ({ id, properties }) => [constructId(id), properties] as const,
)
const permissions = permissionsOf(templates)
const variablesOf = (properties: Record<string, unknown>): string[] =>
  Object.keys((properties.Environment as { Variables: object }).Variables)

test('one name: handler, construct, function, test', () => {
  expect(functions.map(([name]) => fileOf(name)).toSorted()).toEqual(handlerNames())
  for (const [name, { FunctionName }] of functions) expect(FunctionName).toBe(`countersign-local-${fileOf(name)}`)
  const untested = handlerNames().filter((name) => !existsSync(join(repository, 'test', 'handlers', `${name}.test.ts`)))
  expect(untested).toEqual([])
})

describe.each(functions)('%s', (name, properties) => {
  test('runs Node 24 on arm64, with its memory and time written out', () => {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: expect.any(Number),
      Timeout: expect.any(Number),
    })
  })

  test('knows the names that it asks for, and no others', () => {
    const asked = /live\(([^)]*)\)/.exec(read('functions', 'handlers', `${fileOf(name)}.ts`))?.[1] ?? ''
    const parts = [...asked.matchAll(/'(\w+)'/g)].map(([, part]) => part)
    const live = read('functions', 'edge', 'live.ts')
    const wanted = parts.flatMap((part) => {
      const maker = new RegExp(`^  ${part}: (.*)$`, 'm').exec(live)?.[1] ?? ''
      return [...maker.matchAll(/env\('(\w+)'\)/g)].map(([, found]) => found ?? '')
    })
    expect(variablesOf(properties).toSorted()).toEqual([...new Set([...wanted, 'STAGE'])].toSorted())
  })
})

test('the names are those that the functions read', () => {
  const source = read('functions', 'edge', 'env.ts')
  expect([...source.matchAll(/^ {2}([A-Z_]+): z\./gm)].map(([, name]) => name).toSorted()).toEqual(
    environmentNames.toSorted(),
  )
})

describe('grants', () => {
  const each = Object.entries(permissions).flatMap(([name, may]) =>
    may.flatMap(({ on, actions }) => actions.map((action) => ({ name, on, action }))),
  )

  test('are the page that people read', () => {
    expect(read('docs', 'permissions.md'), 'run npm run permissions').toBe(permissionsPage(permissions))
    expect(page).toBe(join(repository, 'docs', 'permissions.md'))
  })

  test('are single actions', () => {
    expect(each.filter(({ action }) => action.includes('*'))).toEqual([])
  })

  test('are on single resources, but where AWS knows none, and for the objects under one prefix', () => {
    const open = each.filter(({ on }) => on.includes('*'))
    const anything = open.filter(({ on }) => on === '*').map(({ name, action }) => `${name} ${action.split(':')[0]}`)
    expect([...new Set(anything)].toSorted()).toEqual([
      'InvoiceApproval logs',
      'InvoiceApproval xray',
      'PublishDecisions dynamodb',
      'PublishHistory dynamodb',
      'ReceiveMail textract',
    ])
    expect(
      open.filter(({ on, action }) => on === '*' && action.startsWith('dynamodb')).map(({ action }) => action),
    ).toEqual(['dynamodb:ListStreams', 'dynamodb:ListStreams'])
    const within = open.filter(({ on }) => on !== '*' && !/^bucket \w+\/\w+\/\*$/.test(on))
    expect([...new Set(within.map(({ name, on }) => `${name} ${on}`))]).toEqual([
      'Rehearse executions rehearsal-*',
      'Rehearse table Invoices, only INVOICE#rehearsal-*',
      'Rehearse table Invoices, only INVOICE#rehearsal-* and MAIL#rehearsal/*',
      'ReportWeek table Access, only LINK#*',
      'SendMails table Rehearsals, only SCENE#*',
      'TellOwners table Access, only LINK#*',
    ])
  })

  test('let a rehearsal reach no real invoice or mail, not even by asking for none in particular', () => {
    const statements = Object.values(templates)
      .flatMap(({ Resources }) => Object.entries(Resources))
      .filter(([id]) => id.startsWith('RehearseRole'))
      .flatMap(([, { Properties }]) => (Properties.Policies as { PolicyDocument: { Statement: unknown[] } }[]) ?? [])
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement as { Action: string | string[]; Condition?: unknown }[])
    const onItems = statements.filter(({ Action }) => /dynamodb:(PutItem|DeleteItem|GetItem)/.test(String(Action)))
    const conditions = onItems.flatMap(({ Condition }) => (Condition ? [Condition] : []))
    const only = (...keys: string[]) => ({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    })
    expect(conditions).toEqual([only('INVOICE#rehearsal-*', 'MAIL#rehearsal/*'), only('INVOICE#rehearsal-*')])
    // What it reaches without a condition holds nothing of an invoice.
    const free = each.filter(({ name, on }) => name === 'Rehearse' && on.startsWith('table ') && !on.includes('only'))
    expect([...new Set(free.map(({ on }) => on))]).toEqual([
      'table Agreements',
      'table DecisionLog',
      'table Rehearsals',
    ])
  })

  const who = (wanted: RegExp) => [...new Set(each.filter(({ action }) => wanted.test(action)).map(({ name }) => name))]

  test('let nobody scan, update in place, or take a file away', () => {
    expect(who(/Scan|UpdateItem|BatchWrite|PartiQL|s3:Delete/)).toEqual([])
  })

  test('let the release list remove an item, the owners’ door forget how often a code was tried, a rehearsal free its own', () => {
    expect(each.filter(({ action }) => /DeleteItem/.test(action)).map(({ name, on }) => `${name} ${on}`)).toEqual([
      'RecordAgreement table Access',
      'Rehearse table Invoices, only INVOICE#rehearsal-*',
      'ReleasePayments table Invoices',
    ])
  })

  test.each(['ShowPage', 'ShowOwnerPage'])('let %s, behind GET and HEAD, write nothing at all', (shows) => {
    const writes = each.filter(({ name, action }) => name === shows && !/:(Get|Query)/.test(action))
    expect(writes.map(({ action }) => action)).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents'])
  })

  test('let nobody change or remove an entry of the decision log, nor lift the lock of a copy', () => {
    const on = (place: RegExp) =>
      [...new Set(each.filter((one) => place.test(one.on)).map(({ action }) => action.split(':')[1]))].toSorted()
    expect(on(/^table DecisionLog$/)).toEqual(['PutItem', 'Query'])
    expect(on(/^bucket Log/)).toEqual(['GetObjectVersion', 'ListBucketVersions', 'PutObject'])
    expect(each.filter((one) => /^bucket Log/.test(one.on) && /Put/.test(one.action)).map(({ name }) => name)).toEqual([
      'PublishDecisions',
    ])
  })

  test('let who hears wishes and the rehearsal, and nobody else, ask for what is recorded without a key', () => {
    const asks = each.filter(({ on, action }) => on === 'queue Agreed' && action === 'sqs:SendMessage')
    expect(asks.map(({ name }) => name).filter((name) => name !== 'Rehearse')).toEqual(['ReceiveMail', 'RecordConcern'])
  })

  test('let the import and the owners’ forms into the decision log and the agreements, those send mail, one start a workflow', () => {
    const puts = (on: string) => each.filter((one) => one.on === on && /Put/.test(one.action)).map(({ name }) => name)
    expect(puts('table DecisionLog')).toEqual(['ImportPilot', 'RecordAgreement'])
    expect(puts('table Agreements')).toEqual(['ImportPilot', 'RecordAgreement'])
    expect(who(/ses:/)).toEqual([
      'RecordAgreement',
      'ReleasePayments',
      'ReportWeek',
      'SendMails',
      'TellOwners',
      'TellPeople',
    ])
    expect(who(/StartExecution/)).toEqual(['StartWorkflow'])
    expect(who(/SendTask/)).toEqual(['ResumeWorkflow'])
  })
})

type Alarm = {
  AlarmDescription: string
  AlarmActions?: unknown[]
  Dimensions: { Value: { Ref?: string; 'Fn::GetAtt'?: [string] } }[]
}
const alarms = all(templates, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties as unknown as Alarm)

test('an alarm wakes someone with a sentence, or says that it wakes nobody', () => {
  expect(alarms.length).toBeGreaterThan(20)
  for (const { AlarmDescription, AlarmActions = [] } of alarms) {
    if (AlarmActions.length === 0) expect(AlarmDescription).toBe('Wakes nobody.')
    else expect(AlarmDescription).toMatch(/^[A-Z].{30,}\.$/)
  }
})

const queues = all(templates, 'AWS::SQS::Queue').map((queue) => [queue.id, queue] as const)

describe.each(queues)('queue %s', (id, { properties }) => {
  test('is encrypted and takes nothing without TLS', () => {
    expect(properties.SqsManagedSseEnabled).toBe(true)
    const policies = all(templates, 'AWS::SQS::QueuePolicy').filter(({ properties: policy }) =>
      JSON.stringify(policy.Queues).includes(`"${id}"`),
    )
    expect(JSON.stringify(policies)).toContain('"aws:SecureTransport":"false"')
  })

  test('wakes someone when something in it is lost sight of', () => {
    const waking = alarms.filter(
      ({ Dimensions, AlarmActions }) => AlarmActions && JSON.stringify(Dimensions).includes(`"${id}"`),
    )
    expect(waking).toHaveLength(1)
  })
})

const feeding = queues.filter(([, { properties }]) => properties.RedrivePolicy)

test('every function that is not called by a person, a page or the workflow has a queue before it', () => {
  expect(feeding.map(([id]) => id.replace(/Queue[0-9A-F]{8}$/, '').replace(/Queue$/, '')).toSorted()).toEqual([
    'Agreed',
    'AskAnew',
    'CheckAgreements',
    'CountWeek',
    'MailArrived',
    'ReleasePayments',
    'ReportWeek',
    'ResumeWorkflow',
    'SendMails',
    'StartWorkflow',
    'Sweep',
    'TellOwners',
    'TellPeople',
    'ToRehearse',
  ])
})

test.each(feeding)(
  '%s gives its function the time that it may take, and puts aside what fails again and again',
  (id, queue) => {
    expect(queue.properties.RedrivePolicy).toMatchObject({ maxReceiveCount: 15 })
    const [mapping] = all(templates, 'AWS::Lambda::EventSourceMapping').filter(({ properties }) =>
      JSON.stringify(properties.EventSourceArn).includes(id),
    )
    const fed = (mapping?.properties.FunctionName as { Ref: string } | undefined)?.Ref ?? ''
    const { Timeout } = templates[mapping?.stack ?? '']?.Resources[fed]?.Properties ?? {}
    expect(queue.properties.VisibilityTimeout).toBe(2 * Number(Timeout))
    expect(mapping?.properties).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: expect.any(Number) },
    })
  },
)

test('each function on the bus hears what the contracts say', () => {
  const ours = all(templates, 'AWS::Events::Rule').flatMap(({ id, properties }) => {
    const { source, 'detail-type': heard } = (properties.EventPattern as Record<string, string[]> | undefined) ?? {}
    return source?.[0] === 'countersign' ? [[id.replace(/Rule[0-9A-F]{8}$/, ''), heard] as const] : []
  })
  // A rehearsal hears of one kind of decision only; the rule says which.
  expect(Object.fromEntries(ours)).toEqual({ ...subscriptions, Rehearse: ['DecisionLogged'] })
})

test('what is rehearsed reaches whoever carries it on, and nobody who counts, pays or tells the owners', () => {
  const hearing = all(templates, 'AWS::Events::Rule').filter(({ properties }) =>
    JSON.stringify(properties.EventPattern ?? {}).includes('countersign.rehearsal'),
  )
  expect(hearing.map(({ id }) => id.replace(/Rule[0-9A-F]{8}$/, '')).toSorted()).toEqual([
    'ResumeWorkflow',
    'SendMails',
    'StartWorkflow',
  ])
})

test('time drives four functions, which are told the time', () => {
  const scheduled = all(templates, 'AWS::Events::Rule').filter(({ properties }) => properties.ScheduleExpression)
  const described = scheduled.map(({ id, properties }) => [
    id.replace(/Schedule[0-9A-F]{8}$/, ''),
    properties.ScheduleExpression,
    (properties.Targets as { InputTransformer?: { InputTemplate: string } }[])[0]?.InputTransformer?.InputTemplate,
  ])
  expect(described.toSorted()).toEqual([
    ['CheckAgreements', 'rate(1 day)', '{"time":<time>}'],
    ['ReleasePayments', 'rate(1 minute)', '{"time":<time>}'],
    ['ReportWeek', 'rate(1 hour)', '{"time":<time>}'],
    ['Sweep', 'rate(1 minute)', '{"time":<time>}'],
  ])
})

test('the stream of the invoices tells of new history and of mails, and puts aside what it cannot publish', () => {
  const [stream] = all(templates, 'AWS::Lambda::EventSourceMapping').filter(
    ({ properties }) => properties.StartingPosition,
  )
  expect(stream?.properties).toMatchObject({
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 10,
    DestinationConfig: { OnFailure: { Destination: expect.anything() } },
  })
  const criteria = stream?.properties.FilterCriteria as { Filters: { Pattern: string }[] } | undefined
  expect(criteria?.Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual(
    ['EVENT#', 'MAIL'].map((prefix) => ({ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix }] } } } })),
  )
})

test('every log ends', () => {
  for (const { properties } of all(templates, 'AWS::Logs::LogGroup')) expect(properties.RetentionInDays).toBe(90)
})
