/** Each function may do what it needs and no more: with one grant taken off, the step that needs it fails. */
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, inject, test } from 'vitest'
import { asAdmin } from '../../infra/local/aws.ts'
import { linkIn } from '../../infra/local/story/mailbox.ts'
import { decide } from '../../infra/local/story/pages.ts'
import { atOnce } from '../../infra/local/story/play.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'

const system = inject('system')
const world = worldOf(system, pilotFolder)
const iam = new IAMClient(asAdmin(system.aws))
const vendor = world.pilot.supplier
const manager = world.pilot.manager(vendor)

interface Policy {
  Statement: { Effect: string; Action: string | string[] }[]
}

/** Takes an action out of every policy of a function's role while `work` runs. */
const without = async (action: string, name: string, work: () => Promise<void>): Promise<void> => {
  const role = (await world.aws.functions())
    .find((one) => one.function === name)
    ?.role.split('/')
    .at(-1)
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: role }))
  const policies = await Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName }))
      return { PolicyName, text: decodeURIComponent(PolicyDocument) }
    }),
  )
  const put = (PolicyName: string, PolicyDocument: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName, PolicyDocument }))
  const less = (text: string): string => {
    const policy = JSON.parse(text) as Policy
    const Statement = policy.Statement.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((one) => one !== action),
    })).filter(({ Action }) => Action.length > 0)
    return JSON.stringify({ ...policy, Statement })
  }
  expect(policies.some(({ text }) => less(text).length < JSON.stringify(JSON.parse(text)).length)).toBe(true)
  for (const { PolicyName, text } of policies) await put(PolicyName, less(text))
  try {
    await work()
  } finally {
    for (const { PolicyName, text } of policies) await put(PolicyName, text)
  }
}

test('without the grant to write, the story fails where somebody decides', async () => {
  const step = atOnce.find(({ name }) => name === 'a large invoice goes through two levels by clicked links')
  await without('dynamodb:PutItem', 'RecordDecision', async () => {
    await expect(step?.play(world)).rejects.toThrow(/answer 500/)
  })
  const link = linkIn(await world.request(manager, 'S-1002'))
  expect((await decide(link, { decision: 'decline', reason: 'It was a rehearsal' })).status).toBe(200)
})

test('without the grant to start executions, an invoice is recorded and waits; with it, it goes on', async () => {
  const number = 'G-1002'
  await without('states:StartExecution', 'StartWorkflow', async () => {
    await world.send({ number, vendor, payable: 14_200 })
    await world.aws.invoice(number, 'recorded', () => true)
    await expect(world.aws.invoice(number, 'asked', ({ asks }) => asks.length > 0, 5)).rejects.toThrow(/not within/)
  })
  await world.commands.sweep(new Date(Date.now() + 11 * 60_000).toISOString())
  await decide(linkIn(await world.request(manager, number)), { decision: 'approve' })
  const { closed } = await world.aws.invoice(number, 'closed', (one) => one.closed !== null)
  expect(closed?.state).toBe('approved')
})
