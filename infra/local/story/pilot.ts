/** The pilot that the story plays with: its people, vendors and orders, as its folder says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseYaml } from 'yaml'

export interface Vendor {
  vendor: string
  name: string
  vat_id: string
  ibans: string
  department: string
  order_required: string
  status: string
  emails: string
}

interface Order {
  order: string
  vendor: string
  currency: string
  open_amount: string
  status: string
}

interface Held {
  holder?: string
  holders?: string[]
}

interface Charter {
  company: { name: string; vat_id: string }
  people: Record<string, { name: string }>
  roles: Record<string, Held & Record<string, Held>>
  calendar: { holidays?: string[] }
}

const found = <Found>(what: string, thing: Found | undefined): Found => {
  if (thing === undefined) throw new Error(`the pilot has no ${what}; the story needs one`)
  return thing
}

export const readPilot = (folder: string) => {
  const text = (file: string): string => readFileSync(join(folder, file), 'utf8')
  const charter = parseYaml(text('charter.yaml')) as Charter
  const vendors = parseCsv(text('vendors.csv'), { columns: true, trim: true }) as unknown as Vendor[]
  const orders = parseCsv(text('orders.csv'), { columns: true, trim: true }) as unknown as Order[]

  const people = (role: string, department?: string): string[] => {
    const held = found(`role ${role}`, charter.roles[role])
    const { holder, holders } = (department ? held[department] : held) ?? {}
    return holders ?? [found(`holder of ${role}`, holder)]
  }
  const vendorOf = (order: Order) =>
    vendors.find(({ vendor, status }) => vendor === order.vendor && status === 'active')
  const routine = orders
    .filter(
      ({ status, currency, open_amount }) => status === 'open' && currency === 'EUR' && Number(open_amount) <= 5000,
    )
    .flatMap((order) => {
      const vendor = vendorOf(order)
      return vendor ? [{ order: order.order, payable: Math.round(Number(order.open_amount) * 100), vendor }] : []
    })

  return {
    company: { name: charter.company.name, vatId: charter.company.vat_id },
    holidays: (charter.calendar.holidays ?? []).map(String),
    people,
    /** Whether a text names this person, by address or by name. */
    named: (text: string, person: string): boolean =>
      text.includes(person) || text.includes(charter.people[person]?.name ?? person),
    manager: (vendor: Vendor): string => found('manager', people('manager', vendor.department)[0]),
    /** An open order of at most 5,000 EUR; each call with another position is another order. */
    order: (position: number) => found(`open order number ${position + 1} of at most 5,000 EUR`, routine[position]),
    /** A vendor that needs no order. */
    supplier: found(
      'active vendor without orders',
      vendors.find(({ order_required, status }) => order_required === 'no' && status === 'active'),
    ),
    /** A vendor that must name an order. */
    strict: found(
      'active vendor with orders',
      vendors.find(({ order_required, status }) => order_required === 'yes' && status === 'active'),
    ),
    blocked: found(
      'blocked vendor',
      vendors.find(({ status }) => status === 'blocked'),
    ),
  }
}
