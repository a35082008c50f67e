/** Steps that look at everything at once, after all invoices are closed: lists, the week, traces, roles, ends, logs. */
import { readFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { filesIn, stackLine } from './logs.ts'
import type { Step } from './step.ts'
import { must, type World } from './world.ts'

const DAY_MS = 86_400_000

/** The evening of a working day, as many days ahead as it takes: later than any time that a step has swept at. */
const eveningAhead = ({ pilot }: World): string => {
  for (let ahead = 10; ; ahead += 1) {
    const day = new Date(Date.now() + ahead * DAY_MS)
    const date = day.toISOString().slice(0, 10)
    const weekend = day.getUTCDay() === 0 || day.getUTCDay() === 6
    if (!weekend && !pilot.holidays.includes(date)) return `${date}T20:00:00.000Z`
  }
}

const releases: Step = {
  name: 'the release list holds each approved invoice once',
  play: async (world) => {
    const { aws, box, commands, pilot } = world
    await commands.sweep(eveningAhead(world))
    const { invoices } = await aws.records()
    const approved = invoices.filter(({ closed }) => closed?.state === 'approved')
    const inStorage = await aws.releases()
    const rows = inStorage.flatMap(({ csv }) => parseCsv(csv, { columns: true, bom: true }) as Record<string, string>[])
    const times = (invoice: (typeof approved)[0]): number =>
      rows.filter((row) => Object.values(row).includes(invoice.document.sha256)).length
    const wrong = approved.filter((invoice) => times(invoice) !== 1)
    must(wrong.length === 0, `${wrong.map((invoice) => `${invoice.invoice?.number} ${times(invoice)} times`)}`)
    must(rows.length === approved.length, `${rows.length} rows for ${approved.length} approved invoices`)

    const [desk = ''] = pilot.people('invoice desk')
    const mails = await Promise.all((await box.list({ to: desk })).map(({ id }) => box.read(id)))
    const mailed = await Promise.all(
      mails.flatMap(({ id, subject, attachments }) =>
        attachments.flatMap(({ name }, position) =>
          name.endsWith('.csv') ? [box.attachment(id, position).then((csv) => ({ subject, csv }))] : [],
        ),
      ),
    )
    must(
      inStorage.every(({ csv }) => mailed.some((list) => list.csv.trim() === csv.trim())),
      `the desk got ${mailed.length} lists, storage holds ${inStorage.length}`,
    )
    const heard = await world.heardApproved()
    const unheard = approved.filter(({ id }) => heard.filter(({ invoice }) => invoice === id).length !== 1)
    must(unheard.length === 0, `not heard once on the bus: ${unheard.map(({ invoice }) => invoice?.number)}`)
    return {
      approved: approved.length,
      heardOnTheBus: heard.length,
      lists: inStorage.map(({ key, csv }) => ({ key, rows: csv.trim().split(/\r?\n/).length - 1 })),
      mailed: mailed.map(({ subject }) => subject),
      columns: Object.keys(rows[0] ?? {}),
    }
  },
}

const week: Step = {
  name: 'the weekly page arrives',
  play: async ({ aws, box, commands, pilot }) => {
    const { invoices } = await aws.records()
    const decided = invoices.filter(({ closed }) => closed !== null).length
    await aws.counted(invoices.length, decided)
    const name = await commands.week(new Date(Date.now() + 7 * DAY_MS).toISOString())
    const owners = ['coo', 'cto'].flatMap((role) => pilot.people(role))
    const mails = await Promise.all(owners.map((to) => box.wait({ to, subject: `Week ${name}` })))
    const says = `${invoices.length} received, ${decided} decided`
    const [page] = mails
    must(page?.text.includes(says) ?? false, `the page does not say "${says}": ${page?.text}`)
    return {
      mails: mails.map(({ to, subject }) => ({ to, subject })),
      says: page?.text.split('\n').filter((line) => /received|within|stalled|bypassed|handed/i.test(line)),
    }
  },
}

const traced: Step = {
  name: 'trace shows all of it',
  play: async ({ commands }) => {
    const trace = await commands.trace('S-1002')
    const what = trace.events.map((event) => event.what)
    for (const expected of [
      'mail',
      'document',
      'execution',
      'facts',
      'rule',
      'asked',
      'answered',
      'mail sent',
      'approved',
    ])
      must(what.includes(expected), `the trace of S-1002 has no ${expected}: ${what}`)
    const times = trace.events.map(({ at }) => at)
    must(String(times) === String(times.toSorted()), 'the trace is not in order')
    must(trace.state === 'approved' && trace.by === 'people', `the trace says ${trace.state} by ${trace.by}`)
    const bypassed = (await commands.trace('S-2002')).events.map((event) => event.what)
    must(bypassed.includes('bypassed') && bypassed.includes('support'), `the trace of S-2002 has ${bypassed}`)
    const stalled = (await commands.trace('S-5001')).events.map((event) => event.what)
    for (const expected of ['reminded', 'stalled', 'withdrawn', 'handed over', 'finished by hand'])
      must(stalled.includes(expected), `the trace of S-5001 has no ${expected}: ${stalled}`)
    const { id, state, by, rule, ruleVersion, ruleHash, execution } = trace
    return { id, state, by, rule, ruleVersion, ruleHash, execution, events: what, bypassed, stalled }
  },
}

const logged: Step = {
  name: 'the decision log holds, and no longer once one letter of it is changed',
  play: async ({ commands, aws }) => {
    const before = await commands.verify()
    must(before.code === 0 && before.ok && before.entries >= 2, `the log is ${JSON.stringify(before)}`)
    const putBack = await aws.changeLog(1)
    const changed = await commands.verify()
    must(changed.code === 1 && changed.brokenAt === 1, `after a change the log is ${JSON.stringify(changed)}`)
    await putBack()
    const after = await commands.verify()
    must(after.code === 0 && after.head === before.head, `put back, the log is ${JSON.stringify(after)}`)
    return { entries: before.entries, head: before.head, changed: changed.because }
  },
}

const bypassed: Step = {
  name: 'a table edited by hand raises the alert to both owners, with the way back',
  play: async ({ commands, aws, box, pilot }) => {
    const before = await commands.compare()
    must(before.code === 0 && before.ok, `before anything was edited: ${JSON.stringify(before.found)}`)
    const copies = await aws.copies()
    const { entries } = await commands.verify()
    must(copies.count === entries, `${entries} decisions, ${copies.count} locked copies`)
    const putBack = await aws.changeRules('# Approve what I like.')
    const edited = await commands.compare()
    const [found] = edited.found
    must(edited.code === 1 && found !== undefined, `after an edit: ${JSON.stringify(edited)}`)
    const owners = ['coo', 'cto'].flatMap((role) => pilot.people(role))
    const mails = await Promise.all(owners.map((to) => box.wait({ to, subject: 'Bypassed: Version 1 of the' })))
    for (const { text } of mails) must(text.includes('RULES / VERSION#000001'), `no way back in the alert: ${text}`)
    await putBack()
    const after = await commands.compare()
    must(after.code === 0, `put back: ${JSON.stringify(after.found)}`)
    return { copies, ...found, told: mails.map(({ to, subject }) => ({ to, subject })) }
  },
}

const roles: Step = {
  name: 'each function ran under its own role',
  play: async ({ aws }) => {
    const functions = await aws.functions()
    const idle = functions.filter(({ ranAs }) => ranAs === null).map((one) => one.function)
    must(functions.length > 0 && idle.length === 0, `never ran: ${idle}`)
    for (const { function: name, role, ranAs } of functions) {
      const roleName = role.split('/').at(-1) ?? ''
      must(ranAs?.includes(`:assumed-role/${roleName}/`) ?? false, `${name} ran as ${ranAs}, its role is ${role}`)
    }
    must(new Set(functions.map(({ role }) => role)).size === functions.length, 'two functions share a role')
    return {
      functions: functions.map(({ function: name, ranAs, invocations }) => ({ function: name, ranAs, invocations })),
    }
  },
}

const ends: Step = {
  name: 'every object in the inbox has exactly one end, by name',
  play: async ({ aws }) => {
    const keys = await aws.inbox()
    const { mails } = await aws.records()
    const without = keys.filter((key) => mails.filter((mail) => mail.key === key).length !== 1)
    must(without.length === 0, `not exactly one end: ${without}`)
    must(mails.length === keys.length, `${mails.length} ends for ${keys.length} objects`)
    const table: Record<string, number> = {}
    for (const { end } of mails) table[end] = (table[end] ?? 0) + 1
    return { objects: keys.length, ends: table }
  },
}

const silent: Step = {
  name: 'no log holds a stack trace, a ticket, a token, an account or a mail',
  play: async ({ logs, secrets }) => {
    const kept = await secrets()
    const files = filesIn(logs)
    const found: string[] = []
    let bytes = 0
    for (const file of files) {
      const text = readFileSync(file, 'utf8')
      bytes += text.length
      const name = file.slice(logs.length + 1)
      const stack = stackLine.exec(text)
      if (stack)
        found.push(`${name} holds a stack trace: ${text.slice(Math.max(0, stack.index - 300), stack.index + 200)}`)
      for (const [kind, values] of Object.entries(kept))
        if (values.some((value) => text.includes(value))) found.push(`${name} holds one of the ${kind}`)
    }
    must(files.length > 0 && bytes > 0, `there are no logs in ${logs}`)
    must(found.length === 0, found.join('; '))
    const looked = Object.fromEntries(Object.entries(kept).map(([kind, values]) => [kind, values.length]))
    must(
      Object.values(looked).every((count) => count > 0),
      `nothing was sent to look for: ${JSON.stringify(looked)}`,
    )
    return { files: files.length, bytes, lookedFor: looked, found: 0 }
  },
}

export const whole: Step[] = [releases, week, traced, logged, bypassed, roles, ends, silent]
