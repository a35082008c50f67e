/** The world in memory, for tests of handlers: real tables on a memory database, and what left remembered. */
import type { BusEvent } from '../../events/contracts.ts'
import type { LogEntry } from '../../functions/core/agreement/log.ts'
import type { Happening } from '../../functions/core/approval/history.ts'
import type { InvoiceState, Next } from '../../functions/core/approval/state.ts'
import type { Files } from '../../functions/edge/files.ts'
import type { World } from '../../functions/edge/live.ts'
import type { LogCopies } from '../../functions/edge/log-copies.ts'
import { apartFrom, type Outgoing } from '../../functions/edge/mail-out.ts'
import type { Agreed, ToRehearse } from '../../functions/edge/queue.ts'
import { accessTable } from '../../functions/edge/tables/access.ts'
import { agreementsTable } from '../../functions/edge/tables/agreements.ts'
import { decisionLogTable } from '../../functions/edge/tables/decision-log.ts'
import { dedupeTable } from '../../functions/edge/tables/dedupe.ts'
import { invoicesTable } from '../../functions/edge/tables/invoices.ts'
import { listsTable } from '../../functions/edge/tables/lists.ts'
import { referenceTable } from '../../functions/edge/tables/reference.ts'
import { rehearsalsTable } from '../../functions/edge/tables/rehearsals.ts'
import { weeksTable } from '../../functions/edge/tables/weeks.ts'
import { importPilot } from '../../functions/handlers/import-pilot.ts'
import { type MemoryDatabase, memoryDatabase } from './memory-database.ts'
import { samplePilot } from './pilot.ts'

const memoryCopies = (): LogCopies & { kept: LogEntry[] } => {
  const kept: LogEntry[] = []
  return {
    kept,
    put: async (entry) => {
      if (!kept.some(({ number }) => number === entry.number)) kept.push(structuredClone(entry))
    },
    all: async () => structuredClone(kept),
  }
}

const memoryFiles = (): Files & { stored: Map<string, Uint8Array> } => {
  const stored = new Map<string, Uint8Array>()
  return {
    stored,
    get: async (key) => {
      const bytes = stored.get(key)
      if (!bytes) throw new Error(`no file ${key}`)
      return bytes
    },
    put: async (key, bytes) => {
      stored.set(key, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
    },
    link: async (key) => `https://files.example/${key}?signed`,
  }
}

export type MemoryWorld = World & {
  database: MemoryDatabase
  inbox: ReturnType<typeof memoryFiles>
  documents: ReturnType<typeof memoryFiles>
  releases: ReturnType<typeof memoryFiles>
  logCopies: ReturnType<typeof memoryCopies>
  /** What left: events, mails, executions, wakes, messages. */
  published: BusEvent[]
  sent: Outgoing[]
  started: string[]
  woken: { token: string; next: Next }[]
  queued: { mail: string; document: number }[]
  /** What is to be recorded in the decision log, and which proposals are to be rehearsed. */
  agreed: Agreed[]
  toRehearse: ToRehearse[]
  /** What it is now; tests move it. */
  time: { now: string }
  /** Positions of events that the bus refuses the next time. */
  refuse: { next: number[] }
}

/** Tuesday morning in Berlin, within working hours. */
export const tuesday = '2026-11-24T09:00:00.000Z'

/** What only runs in a world that runs by itself (`running.ts`). */
const nobody = async (): Promise<never> => {
  throw new Error('nothing runs by itself in this world')
}

export const emptyWorld = (): MemoryWorld => {
  const database = memoryDatabase()
  const time = { now: tuesday }
  const refuse: { next: number[] } = { next: [] }
  const published: BusEvent[] = []
  const sent: Outgoing[] = []
  const started: string[] = []
  const woken: { token: string; next: Next }[] = []
  const queued: { mail: string; document: number }[] = []
  const agreed: Agreed[] = []
  const toRehearse: ToRehearse[] = []
  const rehearsals = rehearsalsTable(database, 'Rehearsals')
  const clock = { now: () => time.now }
  let tickets = 0
  let codes = 0
  const ids = {
    ticket: () => `ticket${String(++tickets).padStart(16, '0')}`,
    code: () => String((++codes * 111_111) % 1_000_000).padStart(6, '0'),
  }
  return {
    database,
    invoices: invoicesTable(database, 'Invoices'),
    agreements: agreementsTable(database, 'Agreements', () => rehearsals),
    decisionLog: decisionLogTable(database, 'DecisionLog'),
    lists: listsTable(database, 'Invoices'),
    reference: referenceTable(database, 'Reference', () => rehearsals),
    weeks: weeksTable(database, 'Weeks'),
    dedupe: dedupeTable(database, 'Dedupe'),
    access: accessTable(database, 'Access'),
    rehearsals,
    inbox: memoryFiles(),
    documents: memoryFiles(),
    releases: memoryFiles(),
    logCopies: memoryCopies(),
    bus: {
      publish: async (events) => {
        const refused = refuse.next
        refuse.next = []
        published.push(...events.filter((_, position) => !refused.includes(position)))
        return refused
      },
    },
    workflow: {
      start: async (invoice, attempt) => {
        const name = `${invoice}-${attempt}`
        if (started.includes(name)) return 'exists'
        started.push(name)
        return 'started'
      },
      wake: async (token, next) => {
        if (token.startsWith('gone')) return 'asleep'
        woken.push({ token, next })
        return 'woken'
      },
      stop: async () => {},
    },
    sweeper: { sweep: nobody },
    browser: { open: nobody, post: nobody },
    pause: async () => {},
    mailQueue: { send: async (message) => void queued.push(message) },
    scans: { read: async () => ({ kind: 'unread', because: 'This is a scan, and nobody reads scans in this world.' }) },
    agreedQueue: { send: async (message) => void agreed.push(message) },
    rehearseQueue: { send: async (message) => void toRehearse.push(message) },
    mailOut: apartFrom(
      {
        send: async (mail) => {
          sent.push(mail)
          return `ses-${sent.length}`
        },
      },
      { rehearsals: () => rehearsals, clock, ids },
    ),
    webBase: 'https://approve.pilot.example',
    sweepAnyTime: true,
    importsInForce: true,
    clock,
    ids,
    log: { info: () => {}, failed: () => {} },
    published,
    sent,
    started,
    woken,
    queued,
    agreed,
    toRehearse,
    time,
    refuse,
  }
}

/** A world in which the sample pilot was imported. */
export const pilotWorld = async (files = samplePilot()): Promise<MemoryWorld> => {
  const world = emptyWorld()
  const answer = await importPilot(world)({ files, by: 'a test', how: 'imported by a test' })
  if (answer.kind !== 'imported') throw new Error(`the sample pilot was not imported: ${JSON.stringify(answer)}`)
  return world
}

/** A deployed stage on its first day: nobody has signed the sample pilot. */
export const draftWorld = async (): Promise<MemoryWorld> => {
  const world = { ...emptyWorld(), importsInForce: false }
  await importPilot(world)({ files: samplePilot(), by: 'a deployer', how: 'at the first deploy' })
  return world
}

/** Records an invoice with this history, as its handlers would have; pinned to the pilot's texts. */
export const recorded = async (world: MemoryWorld, id: string, ...happenings: Happening[]): Promise<InvoiceState> => {
  const [rules, charter] = await Promise.all([world.agreements.active('RULES'), world.agreements.active('CHARTER')])
  const pinned = happenings.map((happening) =>
    happening.what === 'received' ? { ...happening, rules, charter } : happening,
  )
  const appended = await world.invoices.append(id, null, pinned, world.time.now)
  if (appended.kind !== 'appended') throw new Error(`not appended: ${appended.kind}`)
  return appended.state
}
