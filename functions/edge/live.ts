/** What handlers need of the world, made from the environment: only what is asked for, when the function starts. */

import { setTimeout } from 'node:timers/promises'
import { browser } from './browser.ts'
import { eventBus } from './bus.ts'
import { systemClock } from './clock.ts'
import { env } from './env.ts'
import { bucket } from './files.ts'
import { randomIds } from './ids.ts'
import { log } from './log.ts'
import { logCopies } from './log-copies.ts'
import { apartFrom, sesMailOut } from './mail-out.ts'
import { type Agreed, type MailPart, sqsQueue, type ToRehearse } from './queue.ts'
import { textractScans } from './scans.ts'
import { sweeper } from './sweeper.ts'
import { accessTable } from './tables/access.ts'
import { agreementsTable } from './tables/agreements.ts'
import { dynamoDatabase } from './tables/database.ts'
import { decisionLogTable } from './tables/decision-log.ts'
import { dedupeTable } from './tables/dedupe.ts'
import { invoicesTable } from './tables/invoices.ts'
import { listsTable } from './tables/lists.ts'
import { referenceTable } from './tables/reference.ts'
import { rehearsalsTable } from './tables/rehearsals.ts'
import { weeksTable } from './tables/weeks.ts'
import { stateMachine } from './workflow.ts'

const database = dynamoDatabase()

let scenes: ReturnType<typeof rehearsalsTable> | undefined
/** One for all who read it, for it remembers what it has read; a handler that can meet a rehearsal names it, too. */
const rehearsals = (table = env('REHEARSALS_TABLE')) => {
  scenes ??= rehearsalsTable(database, table)
  return scenes
}

const makers = {
  database: () => database,
  invoices: () => invoicesTable(database, env('INVOICES_TABLE')),
  agreements: () => agreementsTable(database, env('AGREEMENTS_TABLE'), () => rehearsals()),
  decisionLog: () => decisionLogTable(database, env('DECISION_LOG_TABLE')),
  lists: () => listsTable(database, env('INVOICES_TABLE')),
  reference: () => referenceTable(database, env('REFERENCE_TABLE'), () => rehearsals()),
  weeks: () => weeksTable(database, env('WEEKS_TABLE')),
  dedupe: () => dedupeTable(database, env('DEDUPE_TABLE')),
  rehearsals: () => rehearsals(env('REHEARSALS_TABLE')),
  access: () => accessTable(database, env('ACCESS_TABLE')),
  inbox: () => bucket(env('INBOX_BUCKET')),
  documents: () => bucket(env('DOCUMENTS_BUCKET')),
  releases: () => bucket(env('RELEASES_BUCKET')),
  logCopies: () => logCopies(env('LOG_BUCKET')),
  bus: () => eventBus(env('BUS_NAME')),
  // Resuming needs no ARN: a token knows its machine.
  workflow: () => stateMachine(() => env('STATE_MACHINE_ARN')),
  mailQueue: () => sqsQueue<MailPart>(env('MAIL_QUEUE_URL')),
  agreedQueue: () => sqsQueue<Agreed>(env('AGREED_QUEUE_URL')),
  rehearseQueue: () => sqsQueue<ToRehearse>(env('REHEARSE_QUEUE_URL')),
  mailOut: () => apartFrom(sesMailOut(), { rehearsals: () => rehearsals(), clock: systemClock, ids: randomIds }),
  scans: () => textractScans(log),
  webBase: () => env('WEB_BASE').replace(/\/+$/, ''),
  sweepAnyTime: () => env('SWEEP_ANY_TIME') === 'true',
  importsInForce: () => env('IMPORTS_IN_FORCE') === 'true',
  sweeper: () => sweeper(env('SWEEP_FUNCTION')),
  browser: () => browser(),
  clock: () => systemClock,
  pause: () => async (milliseconds: number) => void (await setTimeout(milliseconds)),
  ids: () => randomIds,
  log: () => log,
}

/** The whole world, by name; a handler's needs are a `Pick` of it. */
export type World = { [Name in keyof typeof makers]: ReturnType<(typeof makers)[Name]> }

/** The named parts of the world. */
export const live = <Name extends keyof World>(...names: Name[]): Pick<World, Name> =>
  Object.fromEntries(names.map((name) => [name, makers[name]()])) as Pick<World, Name>
