/** From a mail taken (SMTP 250) to the request in the mailbox, against the same hops without logic. */
import { nextInvoice } from './invoices.ts'
import { against, type Benchmark, median, rounds } from './report.ts'
import { sideBySide } from './side-by-side.ts'

/** Mails of a round, one after the other. */
const mails = 6
/** Mails before the first round, so that it finds every function warm. */
const warmUp = 12

const most = 1.3

export const pipeline: Benchmark = (tell) =>
  sideBySide(tell, async (ours, bare) => {
    const throughOurs = async (): Promise<number> => {
      const invoice = nextInvoice()
      await ours.send(invoice)
      const taken = performance.now()
      await ours.box.wait({ subject: `Approve ${invoice.number}` })
      return performance.now() - taken
    }
    const throughBare = async (): Promise<number> => {
      const key = await bare.post.send(ours.bill(nextInvoice()))
      const taken = performance.now()
      await bare.box.wait({ subject: `Approve ${key}` })
      return performance.now() - taken
    }
    for (let mail = 0; mail < warmUp; mail += 1) {
      await throughOurs()
      await throughBare()
    }
    const took: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
    for (let round = 1; round <= rounds; round += 1) {
      const of: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
      for (let mail = 0; mail < mails; mail += 1) {
        of.ours.push(await throughOurs())
        of.bare.push(await throughBare())
      }
      took.ours.push(median(of.ours))
      took.bare.push(median(of.bare))
      tell(`round ${round}: ${Math.round(median(of.ours))} ms against ${Math.round(median(of.bare))} ms`)
    }
    return [against('mail to request', 'ms', median(took.ours), 'the same hops, bare SDK', median(took.bare), most)]
  })
