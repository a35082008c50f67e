/** 200 mails at once, 5 % of them duplicates: none lost, none doubled, and how many a second. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Outgoing } from '../../infra/local/story/post-office.ts'
import type { World } from '../../infra/local/story/world.ts'
import { nextInvoice } from './invoices.ts'
import { against, atMost, type Benchmark, median, rounds, shown } from './report.ts'
import { type Side, sideBySide } from './side-by-side.ts'

const mails = 200
/** The same mail again, and the same document in another mail: half and half. */
const duplicates = mails * 0.05

const most = 120_000

/** Mails for a round; the first `mails - duplicates` of them are distinct. */
const round = (world: World): { numbers: string[]; mails: Outgoing[] } => {
  const invoices = Array.from({ length: mails - duplicates }, nextInvoice)
  const distinct = invoices.map((invoice) => world.bill(invoice, { messageId: `<${invoice.number}@bench.example>` }))
  const again = distinct
    .slice(0, duplicates)
    .map((mail, index) =>
      index % 2 === 0
        ? mail
        : { ...mail, messageId: `<again-${index}-${mail.subject}@bench.example>`.replace(' ', '-') },
    )
  return { numbers: invoices.map(({ number }) => number), mails: [...distinct, ...again] }
}

/** Sends all at once, and waits until `awaited` requests are in the mailbox; answers the keys and the seconds. */
const send = async ({ post, box }: Side, outgoing: Outgoing[], awaited: number, before: number) => {
  const began = performance.now()
  const keys = await Promise.all(outgoing.map((mail) => post.send(mail)))
  while ((await box.list({ subject: 'Approve' })).length < before + awaited) {
    if (performance.now() - began > most) break
    await pause(100)
  }
  return { keys, seconds: (performance.now() - began) / 1000 }
}

/** Ends of these keys, once each has one or the time is over. */
const ended = async ({ aws }: World, keys: string[]) => {
  const wanted = new Set(keys)
  for (let look = 0; ; look += 1) {
    const records = await aws.records()
    const ends = records.mails.filter(({ key }) => wanted.has(key))
    if (ends.length >= keys.length || look > 30) return { ends, invoices: records.invoices }
    await pause(1000)
  }
}

export const burst: Benchmark = (tell) =>
  sideBySide(tell, async (ours, bare) => {
    const perSecond: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
    let lost = 0
    let doubled = 0
    let requests = 0
    for (let count = 0; count < rounds; count += 1) {
      const { numbers, mails: outgoing } = round(ours)
      const sent = await send(ours, outgoing, numbers.length, requests)
      const { ends, invoices } = await ended(ours, sent.keys)
      const asked = await ours.box.list({ subject: 'Approve' })
      requests = asked.length
      const times = (number: string) => ({
        recorded: invoices.filter(({ invoice }) => invoice?.number === number).length,
        asked: asked.filter(({ subject }) => subject.startsWith(`Approve ${number},`)).length,
      })
      const found = numbers.map(times)
      const without = sent.keys.filter((key) => !ends.some((end) => end.key === key)).length
      lost += without + found.filter(({ recorded, asked }) => recorded === 0 || asked === 0).length
      doubled +=
        ends.length -
        new Set(ends.map(({ key }) => key)).size +
        found.filter(({ recorded, asked }) => recorded > 1 || asked > 1).length
      perSecond.ours.push(mails / sent.seconds)

      const rival = await send(bare, outgoing, mails, count * mails)
      perSecond.bare.push(mails / rival.seconds)
      const by = Object.entries(Object.groupBy(ends, ({ end }) => end)).map(([end, of]) => `${of?.length} ${end}`)
      tell(`round ${count + 1}: ${sent.seconds.toFixed(1)} s against ${rival.seconds.toFixed(1)} s; ${by.join(', ')}`)
    }
    // all rounds once more, from the inbox: what lies there has one end, and nothing else has one
    const objects = await ours.aws.inbox()
    const { mails: allEnds } = await ours.aws.records()
    const inTable = new Set(allEnds.map(({ key }) => key))
    lost += Math.abs(rounds * mails - objects.length) + objects.filter((key) => !inTable.has(key)).length
    doubled += Math.max(0, allEnds.length - objects.length)

    return [
      atMost(`lost of ${rounds} × ${mails}`, 'mails', lost, 0),
      atMost(`doubled of ${rounds} × ${mails}`, 'mails', doubled, 0),
      against(
        '200 mails to their requests',
        's',
        mails / median(perSecond.ours),
        'the same hops, bare SDK',
        mails / median(perSecond.bare),
      ),
      shown('throughput', 'mails/s', median(perSecond.ours)),
    ]
  })
