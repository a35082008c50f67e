/** Invoices that need a manager's approval, from every vendor of the sample pilot that sends without orders. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Vendor } from '../../infra/local/story/pilot.ts'
import { pilotFolder } from '../../infra/local/story/world.ts'

const vendors = (
  parse(readFileSync(join(pilotFolder, 'vendors.csv'), 'utf8'), { columns: true, trim: true }) as unknown as Vendor[]
).filter(({ order_required, status }) => order_required === 'no' && status === 'active')

let made = 0

/** The next invoice: another number, another amount, the next vendor. */
export const nextInvoice = (): { number: string; vendor: Vendor; payable: number } => {
  made += 1
  const vendor = vendors[made % vendors.length]
  if (!vendor) throw new Error('the sample pilot has no vendor without orders')
  return { number: `B-${100_000 + made}`, vendor, payable: 10_000 + made * 7 }
}
