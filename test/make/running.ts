/** A world in memory that runs by itself: what is written reaches the next handler, as stream, bus and workflow carry it. */
import { type BusEvent, subscriptions } from '../../events/contracts.ts'
import type { Next } from '../../functions/core/approval/state.ts'
import { Moved } from '../../functions/edge/lambda.ts'
import type { Item } from '../../functions/edge/tables/database.ts'
import { askApprover } from '../../functions/handlers/ask-approver.ts'
import { askDesk } from '../../functions/handlers/ask-desk.ts'
import { assessInvoice } from '../../functions/handlers/assess-invoice.ts'
import { closeInvoice } from '../../functions/handlers/close-invoice.ts'
import { decideInvoice } from '../../functions/handlers/decide-invoice.ts'
import { publishHistory } from '../../functions/handlers/publish-history.ts'
import { receiveMail } from '../../functions/handlers/receive-mail.ts'
import { recordDecision } from '../../functions/handlers/record-decision.ts'
import { resumeWorkflow } from '../../functions/handlers/resume-workflow.ts'
import { sendMails } from '../../functions/handlers/send-mails.ts'
import { showPage } from '../../functions/handlers/show-page.ts'
import { startWorkflow } from '../../functions/handlers/start-workflow.ts'
import { sweep } from '../../functions/handlers/sweep.ts'
import type { MemoryWorld } from './world.ts'

/** The handlers that tests plant defects in, each as it is unless told otherwise. */
const handlers = {
  receiveMail,
  assessInvoice,
  decideInvoice,
  askApprover,
  askDesk,
  closeInvoice,
  startWorkflow,
  resumeWorkflow,
  sendMails,
  showPage,
  recordDecision,
  sweep,
}
export type Handlers = typeof handlers

type Execution = { invoice: string; token: string | null; stopped: boolean }

/** Makes the world run: each pause of whoever waits in it carries everything on by one turn. */
export const running = (world: MemoryWorld, planted: Partial<Handlers> = {}): MemoryWorld => {
  const use: Handlers = { ...handlers, ...planted }
  const executions = new Map<string, Execution>()
  const inStream: Item[] = []
  const toldOf = { mails: new Set<string>(), parts: 0, events: 0, starts: 0, wakes: 0 }
  let tokens = 0

  const needs: MemoryWorld = {
    ...world,
    workflow: {
      ...world.workflow,
      wake: async (token, next) =>
        [...executions.values()].some((one) => one.token === token && !one.stopped)
          ? world.workflow.wake(token, next)
          : 'asleep',
      stop: async (name) => {
        const execution = executions.get(name)
        if (!execution) throw new Error(`there is no execution ${name}`)
        execution.stopped = true
      },
    },
    sweeper: { sweep: async (scene, at) => void (await use.sweep(needs)(at, scene)) },
    browser: {
      open: async (address) => visit(address, use.showPage(needs)),
      post: async (address, form) => visit(address, use.recordDecision(needs), form),
    },
    pause: async () => {
      turn ??= oneTurn().finally(() => {
        turn = null
      })
      await turn
    },
  }
  let turn: Promise<void> | null = null

  const visit = async (
    address: string,
    page: ReturnType<Handlers['showPage']>,
    form: Record<string, string> = {},
  ): Promise<{ status: number; html: string; location: string | null }> => {
    const [, ticket = '', about = null] = /\/a\/([^/]+)(?:\/(.+))?$/.exec(address) ?? []
    try {
      const answer = await page({ ticket, about, form, cookies: {} })
      return 'redirect' in answer
        ? { status: 302, html: '', location: answer.redirect }
        : { status: answer.status, html: answer.html, location: null }
    } catch {
      return { status: 500, html: '', location: null }
    }
  }

  const write = world.database.write
  world.database.write = async (writes) => {
    const refused = await write(writes)
    if (refused.length === 0)
      for (const one of writes)
        if ('put' in one && one.when === 'absent' && /^(EVENT#|MAIL$)/.test(one.put.sk))
          inStream.push(JSON.parse(JSON.stringify(one.put)))
    return refused
  }

  /** The state machine, from a step to the next wait. */
  const work = async (execution: Execution, first: Next): Promise<void> => {
    const { invoice } = execution
    const steps: Partial<Record<Next, (input: { invoice: string }) => Promise<{ next: Next }>>> = {
      Assess: use.assessInvoice(needs),
      Decide: use.decideInvoice(needs),
      Close: use.closeInvoice(needs),
    }
    let next = first
    while (next !== 'Done') {
      const step = steps[next]
      if (step) {
        next = (await step({ invoice })).next
        continue
      }
      tokens += 1
      execution.token = `token-${tokens}`
      try {
        const wait = { invoice, token: execution.token }
        await (next === 'Ask' ? use.askApprover(needs)(wait) : use.askDesk(needs)(wait))
        return
      } catch (error) {
        if (!(error instanceof Moved)) throw error
        next = 'Assess'
      }
    }
  }

  const hear = async (event: BusEvent): Promise<void> => {
    const heard = (name: keyof typeof subscriptions): boolean =>
      (subscriptions[name] as readonly string[]).includes(event.name)
    if (heard('StartWorkflow')) await use.startWorkflow(needs)(event as never)
    if (heard('ResumeWorkflow')) await use.resumeWorkflow(needs)(event as never)
    if (heard('SendMails')) await use.sendMails(needs)(event as never)
  }

  const oneTurn = async (): Promise<void> => {
    world.time.now = new Date(Date.parse(world.time.now) + 100).toISOString()
    for (const key of world.inbox.stored.keys()) {
      if (toldOf.mails.has(key)) continue
      toldOf.mails.add(key)
      await use.receiveMail(needs)({ mail: key, document: null })
    }
    for (const part of world.queued.slice(toldOf.parts)) {
      toldOf.parts += 1
      await use.receiveMail(needs)(part)
    }
    await publishHistory(needs)(inStream.splice(0))
    for (const event of world.published.slice(toldOf.events)) {
      toldOf.events += 1
      await hear(event)
    }
    for (const name of world.started.slice(toldOf.starts)) {
      toldOf.starts += 1
      const execution: Execution = { invoice: name.slice(0, name.lastIndexOf('-')), token: null, stopped: false }
      executions.set(name, execution)
      await work(execution, 'Assess')
    }
    for (const { token, next } of world.woken.slice(toldOf.wakes)) {
      toldOf.wakes += 1
      const execution = [...executions.values()].find((one) => one.token === token)
      if (execution && !execution.stopped) await work(execution, next)
    }
  }
  return needs
}
