/** The hands of a rehearsal: the running system from outside, as mails, pages, records and time reach it. */
import { mailboxIn } from '../core/pilot/rehearsed-scene.ts'
import { deskRole, holders, vocabulary } from '../core/pilot/roles.ts'
import { rehearsalPrefix, type Scene } from '../core/pilot/scene.ts'
import type { Hands, Held, Pilot } from '../core/rehearsal/hands.ts'
import type { World } from './live.ts'

export type Outside = Pick<
  World,
  'database' | 'invoices' | 'rehearsals' | 'inbox' | 'workflow' | 'sweeper' | 'browser' | 'webBase' | 'clock' | 'pause'
>

const dayMilliseconds = 24 * 60 * 60 * 1000

/** What the cases know of a pilot: the charter of their scene, in their own words. */
const pilotOf = ({ charter }: Scene, web: string): Pilot => {
  const held = Object.entries(charter.roles).flatMap(([role, one]): Held[] =>
    'holders' in one
      ? [{ role, department: null, people: one.holders, backup: one.backup ? [one.backup] : [] }]
      : Object.entries(one.departments).map(([department, { holders: people, backup }]) => ({
          ...{ role, department, people },
          backup: backup ? [backup] : [],
        })),
  )
  return {
    web,
    inbox: charter.inbox,
    company: charter.company,
    currency: charter.currency,
    people: Object.fromEntries(Object.entries(charter.people).map(([mailbox, { name }]) => [mailbox, name])),
    departments: vocabulary(charter).departments,
    held,
    cto: holders(charter, charter.owners.build, null).people,
    desk: holders(charter, deskRole, null).people,
  }
}

/** How often, and how long apart, a rehearsal looks for what has to come: about a minute. */
const looks = 240
const betweenLooks = 250

/** What a case has in its hands, in this scene. */
export const handsIn = (outside: Outside, scene: Scene): Hands => {
  const { database, invoices, rehearsals, inbox, workflow, sweeper, browser, webBase, clock, pause } = outside
  const { id } = scene
  let sent = 0
  return {
    scene: id,
    pilot: pilotOf(scene, webBase),
    here: (mailbox) => mailboxIn(id, mailbox),
    send: async (raw) => {
      sent += 1
      const key = `${rehearsalPrefix}${id}/${sent}`
      await inbox.put(key, raw, 'message/rfc822')
      return key
    },
    mailEnd: (key) => invoices.mail(key),
    invoice: (invoice) => invoices.head(invoice),
    history: (invoice) => invoices.history(invoice),
    mails: () => rehearsals.mails(id),
    open: (address, method = 'GET') => browser.open(address, method),
    post: (address, fields) => browser.post(address, fields),
    sweep: (at) => sweeper.sweep(id, at),
    stopWorkflow: (execution) => workflow.stop(execution),
    occupyHistory: async (invoice, sequence) => {
      const refused = await database.write([invoices.occupied(invoice, sequence)])
      if (refused.length > 0) throw new Error(`Place ${sequence} in the history of ${invoice} is taken already.`)
    },
    freeHistory: async (invoice, sequence) => {
      await database.write([invoices.freed(invoice, sequence)])
    },
    until: async (what, look) => {
      for (let tries = 0; tries < looks; tries += 1) {
        const found = await look()
        if (found !== null) return found
        await pause(betweenLooks)
      }
      throw new Error(`${what}: not within a minute.`)
    },
    now: () => clock.now(),
    day: (fromToday) => new Date(Date.parse(clock.now()) + fromToday * dayMilliseconds).toISOString().slice(0, 10),
  }
}
