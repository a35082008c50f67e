/** The step in which nobody decides: what time brings, by sweeps as if it were later. */
import { linkIn } from './mailbox.ts'
import { decide, open, said } from './pages.ts'
import type { Step } from './step.ts'
import { must } from './world.ts'

const stalls: Step = {
  name: 'a request stalls: reminder, CTO alert, desk',
  play: async ({ pilot, send, aws, request, box, commands }) => {
    const number = 'S-5001'
    const manager = pilot.manager(pilot.supplier)
    const [cto = ''] = pilot.people('cto')
    const [desk = ''] = pilot.people('invoice desk')
    await send({ number, vendor: pilot.supplier, payable: 77_790 })
    const asked = await request(manager, number)
    const times = (await commands.trace(number)).events.find(({ what }) => what === 'asked')
    const { remindAt, dueAt, deskAt } = times as unknown as { remindAt: string; dueAt: string; deskAt: string }

    await commands.sweep(remindAt)
    const reminder = await box.wait({ to: manager, subject: `Reminder: Approve ${number}` })
    await commands.sweep(dueAt)
    const alert = await box.wait({ to: cto, subject: 'Stalled: ' })
    const tracePage = await open(linkIn(alert))
    await commands.sweep(deskAt)
    const atDesk = await box.wait({ to: desk, subject: `Finish by hand: ${number}` })
    const old = await open(linkIn(reminder))
    must(linkIn(asked) !== linkIn(reminder), 'the reminder repeats the first link')
    must(
      alert.text.includes(number) && pilot.named(alert.text, manager),
      `the alert does not say what stands still at whom: ${alert.text}`,
    )
    must(tracePage.status === 200 && said(tracePage).includes(number), `the alert's link answered ${tracePage.status}`)
    must(old.status === 409, `the manager's link still answers ${old.status}`)
    const answer = await decide(linkIn(atDesk), { decision: 'decline', reason: 'Nobody knows this order' })
    const { id, closed } = await aws.invoice(number, 'closed', (invoice) => invoice.closed !== null)
    must(closed?.state === 'rejected', `it was ${closed?.state}`)
    return {
      invoice: id,
      reminder: { at: remindAt, to: reminder.to, subject: reminder.subject },
      stalled: { at: dueAt, to: alert.to, subject: alert.subject, trace: tracePage.status },
      desk: { at: deskAt, to: atDesk.to, subject: atDesk.subject, answer: answer.status },
      managersLink: old.status,
      state: closed.state,
    }
  },
}

export const time: Step[] = [stalls]
