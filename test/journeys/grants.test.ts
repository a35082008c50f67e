/** Each function may do what it needs and no more: with one grant taken off, the step that needs it fails. */
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, inject, onTestFinished, test } from 'vitest'
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

/** Takes an action out of every policy of a function's role; what it answers gives it back, as does the end of the test. */
const takeOff = async (action: string, name: string): Promise<() => Promise<void>> => {
  const role = (await world.aws.functions())
    .find((one) => one.function === name)
    ?.role.split('/')
    .at(-1)
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: role }))
  const policies = await Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName }))
      return { PolicyName, policy: JSON.parse(decodeURIComponent(PolicyDocument)) as Policy }
    }),
  )
  const put = (PolicyName: string, policy: Policy) =>
    iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName, PolicyDocument: JSON.stringify(policy) }))
  const less = (policy: Policy): Policy => ({
    ...policy,
    Statement: policy.Statement.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((one) => one !== action),
    })).filter(({ Action }) => Action.length > 0),
  })
  const holding = policies.filter(({ policy }) =>
    policy.Statement.some(({ Action }) => [Action].flat().includes(action)),
  )
  expect(holding.length, `${name} has the grant ${action}`).toBeGreaterThan(0)
  const giveBack = async () => {
    for (const { PolicyName, policy } of holding) await put(PolicyName, policy)
  }
  onTestFinished(giveBack)
  for (const { PolicyName, policy } of holding) await put(PolicyName, less(policy))
  return giveBack
}

/** The sweep looks again at what has not moved for ten minutes. */
const sweepLater = () => world.commands.sweep(new Date(Date.now() + 11 * 60_000).toISOString())

test('without the grant to write, the story fails where somebody decides', async () => {
  const step = atOnce.find(({ name }) => name === 'a large invoice goes through two levels by clicked links')
  const giveBack = await takeOff('dynamodb:PutItem', 'RecordDecision')
  await expect(step?.play(world)).rejects.toThrow(/answer 500/)
  await giveBack()
  const link = linkIn(await world.request(manager, 'S-1002'))
  expect((await decide(link, { decision: 'decline', reason: 'It was a rehearsal' })).status).toBe(200)
})

test('without the grant to start executions, an invoice is recorded and waits; with it, it goes on', async () => {
  const number = 'G-1002'
  const giveBack = await takeOff('states:StartExecution', 'StartWorkflow')
  await world.send({ number, vendor, payable: 14_200 })
  await world.aws.invoice(number, 'recorded', () => true)
  await expect(world.aws.invoice(number, 'asked', ({ asks }) => asks.length > 0, 3)).rejects.toThrow(/not within/)
  await giveBack()
  await sweepLater()
  await decide(linkIn(await world.request(manager, number)), { decision: 'approve' })
  const { closed } = await world.aws.invoice(number, 'closed', (one) => one.closed !== null)
  expect(closed?.state).toBe('approved')
})

test('a step that cannot be done ends at the desk, and where the desk cannot be asked the CTO is told', async () => {
  const [desk = ''] = world.pilot.people('invoice desk')
  const [cto = ''] = world.pilot.people('cto')
  const finish = async (number: string) => {
    const mail = await world.box.wait({ to: desk, subject: `Finish by hand: ${number}` })
    const answer = await decide(linkIn(mail), { decision: 'decline', reason: 'It was a rehearsal' })
    expect(answer.status).toBe(200)
    return mail
  }
  const giveBackDesk = await takeOff('dynamodb:PutItem', 'AskDesk')
  await world.send({ number: 'G-1003', vendor: world.pilot.blocked, payable: 14_300 })
  await world.aws.invoice('G-1003', 'handed over', ({ handedOver }) => handedOver !== null)
  const giveBackDecide = await takeOff('dynamodb:PutItem', 'DecideInvoice')
  await world.send({ number: 'G-1004', vendor, payable: 14_400 })

  const stuck = await world.box.wait({ to: cto, subject: 'Stuck: G-1003' })
  expect(stuck.text).toContain('G-1003')
  await giveBackDesk()
  expect((await finish('G-1004')).text).toContain('could not go on')
  await giveBackDecide()
  await sweepLater()
  await finish('G-1003')
  const ends = await Promise.all(
    ['G-1003', 'G-1004'].map((number) => world.aws.invoice(number, 'closed', (one) => one.closed !== null)),
  )
  expect(ends.map(({ closed }) => closed)).toMatchObject([{ by: 'hand' }, { by: 'hand' }])
})
