/** What the rules may look at: the facts of one invoice, by the names of the rule language. */
import * as z from 'zod'

const days = z.int('expected a whole number of days')

/**
 * The facts of one invoice at the moment of deciding (`rules-language.md`, "What the facts mean").
 * `amount` is in minor units of the pilot's currency; `priceDifference` and `aboveUsual` are percents (2.5 is 2.5 %);
 * `age` and `dueIn` are whole days. A fact that is not stated is absent.
 */
export const Facts = z.strictObject({
  amount: z.int('expected minor units, a whole number: 40000 is 400.00 EUR').nonnegative().nullish(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish(),
  documentType: z.enum(['invoice', 'credit note']),
  vendor: z.enum(['known', 'new', 'blocked', 'mismatched']),
  vendorCategory: z.string().min(1).nullish(),
  bankDetails: z.enum(['unchanged', 'changed', 'missing']).nullish(),
  purchaseOrder: z.enum(['matched', 'mismatched', 'missing', 'unknown', 'closed']),
  priceDifference: z.number().nonnegative().nullish(),
  aboveUsual: z.number().nullish(),
  duplicate: z.enum(['none', 'possible', 'exact']),
  informationMissing: z.boolean(),
  totalsAddUp: z.boolean().nullish(),
  senderVerified: z.boolean(),
  reading: z.enum(['certain', 'by hand']),
  department: z.string().min(1).nullish(),
  age: days.nullish(),
  dueIn: days.nullish(),
})
export type Facts = z.infer<typeof Facts>
export type FactName = keyof Facts
