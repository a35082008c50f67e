/** The launch gate on the running system: the sample pilot passes and nobody notices; a planted defect makes its case fail. */
import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, describe, expect, inject, test, vi } from 'vitest'
import type { Command } from '../../functions/core/agreement/agreement.ts'
import { casesOf } from '../../functions/core/agreement/report.ts'
import { actingNow, agreed, recordAgreement } from '../../functions/edge/agreement-record.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import { agreementsTable } from '../../functions/edge/tables/agreements.ts'
import { dynamoDatabase } from '../../functions/edge/tables/database.ts'
import { decisionLogTable } from '../../functions/edge/tables/decision-log.ts'
import { bundle } from '../../infra/bundle.ts'
import { asAdmin } from '../../infra/local/aws.ts'
import { LOCAL_FOLDER, REPOSITORY } from '../../infra/local/folders.ts'
import type { Replacement } from '../../infra/local/host/host.ts'
import { invokeFunction } from '../../infra/local/invoke.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'
import { proposing, rulesOf } from '../edge/agreement-record-contract.ts'

const system = inject('system')
const { aws, box, pilot } = worldOf(system, pilotFolder)
const admin = asAdmin(system.aws)
const run = promisify(execFile)

type Case = { name: string; seen: string; ok: boolean | null; todo: string | null }
type Report = { ok: boolean; proposal: number | null; cases: Case[]; seconds: number }

/** As a person calls it; answers its JSON and its exit code. */
const rehearse = async (...flags: string[]): Promise<{ report: Report; code: number; told: string }> => {
  const port = new URL(system.aws.endpoint).port
  const command = ['--import', 'tsx', join('infra', 'local', 'rehearse.ts'), '--aws', port, '--json', ...flags]
  const { stdout, stderr, code } = await run(process.execPath, command, { cwd: REPOSITORY }).then(
    (said) => ({ ...said, code: 0 }),
    (failed: { stdout: string; stderr: string; code: number }) => failed,
  )
  return { report: stdout ? (JSON.parse(stdout) as Report) : (null as never), code, told: stderr }
}

/** Everything that the bus carries from the real system, as others would hear it. */
const listenToReal = async (): Promise<() => Promise<string[]>> => {
  const [sqs, bus] = [new SQSClient(admin), new EventBridgeClient(admin)]
  const allowed = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage' }
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...allowed, Resource: '*' }] })
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'hears-real', Attributes: { Policy } }))
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
  const rule = { EventBusName: system.outputs.BusName, Rule: 'hears-real' }
  const EventPattern = JSON.stringify({ source: ['countersign'] })
  await bus.send(new PutRuleCommand({ EventBusName: rule.EventBusName, Name: rule.Rule, EventPattern }))
  await bus.send(new PutTargetsCommand({ ...rule, Targets: [{ Id: 'hears-real', Arn: Attributes?.QueueArn ?? '' }] }))
  return async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    return Messages.map(({ Body = '' }) => Body)
  }
}

const weeks = async (): Promise<number> => {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(admin))
  const { Items = [] } = await documents.send(
    new ScanCommand({ TableName: system.outputs.WeeksTable, ConsistentRead: true }),
  )
  return Items.length
}

const pending = async (): Promise<number> =>
  (await aws.records()).items.filter(({ pk }) => pk === 'RELEASES#PENDING').length

test('the sample pilot passes, nobody is mailed, and nothing is counted, paid or told', async () => {
  const heard = await listenToReal()
  // Both owners are told of the import, whenever that mail comes.
  for (const owner of [...pilot.people('coo'), ...pilot.people('cto')]) await box.wait({ to: owner })
  const before = { mails: (await box.list()).length, weeks: await weeks(), pending: await pending() }
  const { report, code, told } = await rehearse()
  expect(report.cases.filter(({ ok }) => ok !== true)).toEqual([])
  expect({ ok: report.ok, proposal: report.proposal, code }).toEqual({ ok: true, proposal: null, code: 0 })
  expect(told).toMatch(/of 21 cases/)
  expect({ mails: (await box.list()).length, weeks: await weeks(), pending: await pending() }).toEqual(before)
  expect(await heard()).toEqual([])
  const { invoices } = await aws.records()
  const open = invoices.filter(({ id, closed }) => id.startsWith('rehearsal-') && closed === null)
  expect(open).toEqual([])
})

test('a proposal that nobody made cannot be rehearsed', async () => {
  const { code, told } = await rehearse('77')
  expect(code).toBe(2)
  expect(told).toContain('There is no proposal 77.')
})

describe('a proposal', () => {
  const database = dynamoDatabase(new DynamoDBClient(admin))
  const output = (name: string): string => system.outputs[name] ?? ''
  const needs = {
    database,
    agreements: agreementsTable(database, output('AgreementsTable'), () => {
      throw new Error('no scene is looked at here')
    }),
    decisionLog: decisionLogTable(database, output('DecisionLogTable')),
    clock: { now: () => new Date().toISOString() },
  }
  const [coo = '', cto = ''] = [...pilot.people('coo'), ...pilot.people('cto')]
  const does = async (person: string, command: Command, text?: string): Promise<void> => {
    const { state } = await agreed(needs)
    const acting = await actingNow(needs, state, person)
    expect(await recordAgreement(needs, command, acting, text)).toMatchObject({ kind: 'recorded' })
  }
  const safety = 'It is to be rehearsed.'
  /** Both sign it, as on their pages; answers its number once its rehearsal is in the log. */
  const rehearsed = async (text: string) => {
    const open = (await agreed(needs)).state.proposals
    await does(coo, proposing(text, { safety }), text)
    const about = { proposal: open.length + 1, textHash: sha256(text) }
    await does(cto, { do: 'countersign', ...about, why: 'The system can.', safety })
    const { entries } = await vi.waitUntil(
      async () => {
        const now = await agreed(needs)
        const seen = now.entries.some(
          ({ decided }) => decided.what === 'rehearsed' && decided.proposal === about.proposal,
        )
        return seen && now
      },
      { timeout: 100_000, interval: 500 },
    )
    const of = entries.flatMap(({ decided }) =>
      decided.what === 'rehearsed' && decided.proposal === about.proposal ? [decided] : [],
    )
    return { about, decided: of[0] }
  }

  test('that both have signed and that lets everything through stays out of force', async () => {
    const { about, decided } = await rehearsed('Rules for nobody\n\nOtherwise, approve it.\n')
    expect(decided).toMatchObject({ passed: false })
    expect(casesOf(decided?.report ?? '').find(({ name }) => name === 'Information is missing')).toMatchObject({
      ok: false,
      todo: expect.stringContaining('return it to the sender'),
    })
    expect((await agreed(needs)).state.inForce.rules?.version).toBe(1)
    await does(coo, { do: 'withdraw', ...about, why: 'It did not pass.' })
  })

  test('comes into force once its own text passed', async () => {
    const text = rulesOf('4,000')
    const { decided } = await rehearsed(text)
    expect(decided).toMatchObject({ passed: true, textHash: sha256(text) })
    await vi.waitUntil(async () => (await needs.agreements.active('RULES')).number === 2, { timeout: 20_000 })
    const fate = 'keep their version' as const
    await does(coo, { do: 'roll back', document: 'rules', version: 1, fate, why: 'Other journeys know the first one.' })
  })
})

/** Builds one function with one line of a source replaced, and lets it run in the place of a function. */
const plant = async (
  place: string,
  { handler, as, source, line, by }: { handler: string; as?: string; source: string; line: string; by: string },
): Promise<void> => {
  const file = join(REPOSITORY, source)
  const text = await readFile(file, 'utf8')
  if (!text.includes(line)) throw new Error(`${source} has no line ${line}`)
  const loader = file.endsWith('.tsx') ? ('tsx' as const) : ('ts' as const)
  const plugin: NonNullable<Parameters<typeof bundle>[2]>[number] = {
    name: 'defect',
    setup: (build) =>
      build.onLoad({ filter: new RegExp(`${source.replace(/[/.]/g, '\\$&')}$`) }, () => ({
        contents: text.replace(line, by),
        loader,
      })),
  }
  const [made] = await bundle(join(LOCAL_FOLDER, 'planted'), [handler], [plugin])
  const replacement: Replacement = { folder: made?.folder ?? '', as }
  const answer = await fetch(`${system.ready.functions}/${place}`, {
    method: 'PUT',
    body: JSON.stringify(replacement),
  })
  if (answer.status !== 204) throw new Error(`${place} was not replaced: ${answer.status}`)
}

describe('a planted defect makes its case fail:', () => {
  const places = ['SendMails', 'ShowPage', 'AssessInvoice']
  afterEach(async () => {
    for (const place of places) await fetch(`${system.ready.functions}/${place}`, { method: 'DELETE' })
    await rm(join(LOCAL_FOLDER, 'planted'), { recursive: true, force: true })
  })

  const seenOf = async (name: string): Promise<Case | undefined> => {
    const place = { client: admin, stacks: system.stacks }
    const report = await invokeFunction(place, 'Rehearse', { byHand: true, proposal: null, only: [name] })
    const { cases, passed } = report as { cases: Case[]; passed: boolean }
    expect(passed).toBe(false)
    return cases.find((one) => one.name === name)
  }

  test('a reminder is lost', async () => {
    await plant('SendMails', {
      handler: 'send-mails',
      source: 'functions/handlers/send-mails.ts',
      line: "return open ? toAsked(needs, { state, ask: open, charter, sequence, kind: 'reminder' }) : []",
      by: 'return []',
    })
    expect(await seenOf('Nobody decides in time')).toMatchObject({
      ok: false,
      seen: expect.stringContaining('A mail "Reminder: …" comes to Sam Ruiz: not within a minute.'),
      todo: expect.stringContaining('Sweep and SendMails'),
    })
  })

  test('opening a link decides', async () => {
    await plant('ShowPage', {
      handler: 'record-decision',
      as: 'RecordDecision',
      source: 'functions/edge/lambda.ts',
      line: 'form: formOf(event, formBytes),',
      by: "form: { decision: 'approve' },",
    })
    expect(await seenOf('A scanner that fetches every link')).toMatchObject({
      ok: false,
      seen: expect.stringMatching(/^After \d+ addresses were fetched something is recorded that was not: "\w+"\.$/),
      todo: expect.stringContaining('Pause the pilot now'),
    })
  })

  test('a duplicate is accepted', async () => {
    await plant('AssessInvoice', {
      handler: 'assess-invoice',
      source: 'functions/core/invoice/duplicate.ts',
      line: "({ state }) => state !== 'rejected' && state !== 'returned'",
      by: '() => false',
    })
    expect(await seenOf('The same number in another file, with and without zeros, and from last year')).toMatchObject({
      ok: false,
      seen: expect.stringContaining('the same number is not known as a repeat'),
      todo: expect.stringContaining('When it is a duplicate, reject it'),
    })
  })
})
