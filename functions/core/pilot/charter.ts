/** The charter: what both owners agreed the pilot is. Its text is `charter.yaml`; this is what that text says. */
import * as z from 'zod'

const address = z.string().regex(/^[^\s@<>,;]+@[^\s@<>,;]+$/)
/** Who holds a role: any of the holders decides; the backup takes over when they are away or silent. */
const Held = z.object({ holders: z.array(address).min(1), backup: address.nullable() })
export type Held = z.infer<typeof Held>

export const Calendar = z.object({
  /** IANA time zone. */
  zone: z.string(),
  /** ISO weekdays, 1 = Monday. */
  days: z.array(z.int().min(1).max(7)).min(1),
  /** Working hours of a working day, local time `HH:MM`. */
  hours: z.object({ from: z.string(), to: z.string() }),
  holidays: z.array(z.string()),
})
export type Calendar = z.infer<typeof Calendar>

export const measureNames = ['hours to decision', 'manual touches', 'error rate', 'rework rate'] as const
const MeasureName = z.enum(measureNames)
export type MeasureName = z.infer<typeof MeasureName>

const Condition = z.object({
  when: z.union([
    z.object({ targets: z.enum(['all met', 'any missed']) }),
    z.object({ measure: MeasureName, is: z.enum(['above', 'below']) }),
  ]),
  weeks: z.int().min(1),
})

export const Charter = z.object({
  process: z.string(),
  company: z.object({ name: z.string(), vatId: z.string() }),
  team: z.string(),
  goal: z.string(),
  measures: z
    .array(z.object({ measure: MeasureName, baseline: z.number(), target: z.number() }))
    .min(1)
    .max(2),
  steps: z.array(z.string()),
  group: z.union([
    z.object({ departments: z.array(z.string()).min(1) }),
    z.object({ vendors: z.array(z.string()).min(1) }),
    /** Share of the invoices by their id, percent. */
    z.object({ share: z.number().gt(0).max(100) }),
  ]),
  useItWhen: z.string(),
  dailyUse: z.string(),
  inbox: address,
  currency: z.string().regex(/^[A-Z]{3}$/),
  people: z.record(address, z.object({ name: z.string() })),
  /** By role name as written; a role is held by people, or by people per department. */
  roles: z.record(z.string(), z.union([Held, z.object({ departments: z.record(z.string(), Held) })])),
  owners: z.object({ rules: z.string(), build: z.string(), pause: z.array(z.string()).min(1) }),
  calendar: Calendar,
  cycle: z.object({ starts: z.string(), weeks: z.int().min(1) }),
  /** When the weekly page is mailed: ISO weekday and local time. */
  review: z.object({ day: z.int().min(1).max(7), time: z.string() }),
  verdict: z.object({ stop: Condition, expand: Condition }),
  fallback: z.array(z.string()).min(1),
  estimate: z.object({ buildDays: z.number(), supportHoursAWeek: z.number() }),
})
export type Charter = z.infer<typeof Charter>
