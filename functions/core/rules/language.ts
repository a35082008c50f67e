/** The sentences of the rule language about facts: one table, by which rules are read, printed and explained. */
import type { FactName } from './facts.ts'
import type { Limit } from './rule-set.ts'

/** What stands in a phrase for something that differs from rule to rule. */
export const slots = ['MONEY', 'RANGE', 'PERCENT', 'DAYS', 'LIST'] as const
export type Slot = (typeof slots)[number]

/** What a phrase says about its fact; what is not given here comes from its slot. */
type Says =
  | { is: Limit; value?: number }
  | { is: 'between' }
  | { is: 'one of'; values: [string | boolean] }
  | { is: 'one of' | 'none of' }
  | { is: 'absent' }

export type Form = { fact: FactName; phrase: string; says: Says }

const form = (fact: FactName, phrase: string, says: Says): Form => ({ fact, phrase, says })
const one = (fact: FactName, phrase: string, value: string | boolean): Form =>
  form(fact, phrase, { is: 'one of', values: [value] })
const absent = (fact: FactName, phrase: string): Form => form(fact, phrase, { is: 'absent' })
const list = (fact: FactName, subject: string): Form[] => [
  form(fact, `${subject} is LIST`, { is: 'one of' }),
  form(fact, `${subject} is not LIST`, { is: 'none of' }),
]
const limits: [string, Limit][] = [
  ['more than', 'over'],
  ['at least', 'at least'],
  ['less than', 'under'],
  ['at most', 'at most'],
]
const limited = (fact: FactName, before: string, after: string): Form[] =>
  limits.map(([words, is]) => form(fact, `${before} ${words} ${after}`, { is }))

/** A phrase without a slot stands before the general one that could say the same. */
export const forms: readonly Form[] = [
  ...(['under', 'at most', 'exactly', 'at least', 'over'] as const).map((is) =>
    form('amount', `the amount is ${is} MONEY`, { is }),
  ),
  form('amount', 'the amount is between RANGE', { is: 'between' }),
  absent('amount', 'the amount is not stated'),
  absent('currency', 'the currency is not stated'),
  ...list('currency', 'the currency'),
  one('documentType', 'it is an invoice', 'invoice'),
  one('documentType', 'it is a credit note', 'credit note'),
  one('vendor', 'the vendor record does not match', 'mismatched'),
  ...list('vendor', 'the vendor'),
  absent('vendorCategory', 'the vendor category is not stated'),
  ...list('vendorCategory', 'the vendor category'),
  one('bankDetails', 'the bank details are unchanged', 'unchanged'),
  one('bankDetails', 'the bank details have changed', 'changed'),
  one('bankDetails', 'the bank details are missing', 'missing'),
  absent('bankDetails', 'the bank details cannot be compared'),
  one('purchaseOrder', 'the purchase order matches', 'matched'),
  one('purchaseOrder', 'the purchase order does not match', 'mismatched'),
  one('purchaseOrder', 'there is no purchase order', 'missing'),
  one('purchaseOrder', 'the purchase order is unknown', 'unknown'),
  one('purchaseOrder', 'the purchase order is closed', 'closed'),
  ...limited('priceDifference', 'the price differs from the purchase order by', 'PERCENT'),
  absent('priceDifference', 'there is no price to compare'),
  ...limited('aboveUsual', 'the amount is', "PERCENT above the vendor's usual"),
  absent('aboveUsual', 'the vendor has no usual amount'),
  one('duplicate', 'it is a duplicate', 'exact'),
  one('duplicate', 'it is a possible duplicate', 'possible'),
  one('duplicate', 'it is not a duplicate', 'none'),
  one('informationMissing', 'required information is missing', true),
  one('informationMissing', 'required information is complete', false),
  one('totalsAddUp', 'the totals add up', true),
  one('totalsAddUp', 'the totals do not add up', false),
  absent('totalsAddUp', 'the totals cannot be checked'),
  one('senderVerified', 'the sender is verified', true),
  one('senderVerified', 'the sender is not verified', false),
  one('reading', 'the reading is certain', 'certain'),
  one('reading', 'the reading was done by hand', 'by hand'),
  absent('department', 'the department is not stated'),
  ...list('department', 'the department'),
  ...limited('age', 'the invoice is', 'DAYS old'),
  absent('age', 'the invoice date is not stated'),
  form('dueIn', 'the invoice is overdue', { is: 'under', value: 0 }),
  ...limited('dueIn', 'the invoice is due in', 'DAYS'),
  absent('dueIn', 'the due date is not stated'),
]

/** The vendors that a list may name; the fourth, `mismatched`, has a phrase of its own. */
export const vendorWords: readonly string[] = ['known', 'new', 'blocked']

/** Words with which an outcome begins. */
export const outcomeWords: readonly string[] = ['approve', 'ask', 'return', 'reject', 'hand']

/** Words that divide a sentence, so that no value is written with them but in quotes. */
export const reservedWords: readonly string[] = ['or', 'and', 'not', 'the', 'stated']

/** Numbers that may be written as words where days and durations are counted. */
export const numberWords: readonly string[] = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

export const mostRules = 2000
/** Of a file, in bytes of UTF-8. */
export const mostBytes = 256 * 1024
export const mostRolesAStep = 4
export const mostDays = 60

/** What people write instead, and the sentences that they may mean; what the groups match goes into the gaps in turn. */
export type Wording = { wrote: RegExp; means: readonly string[] }

/** By the whole of what somebody writes, in capitals or not. */
const wordings = (table: Record<string, readonly string[]>): Wording[] =>
  Object.entries(table).map(([wrote, means]) => ({ wrote: new RegExp(`^(?:${wrote})$`, 'i'), means }))

const order = '(?:purchase order|order|po)'
const account = '(?:iban|bank account|account|bank details?)'
const invoice = '(?:the invoice is |it is )?'

/** Instead of conditions; the first that matches is meant. */
export const otherConditions = wordings({
  'the amount (?:is )?(?:exceeds|exceeding|above|(?:more|greater|higher|larger|bigger) than) ([^%]+)': [
    'the amount is over MONEY',
  ],
  'the amount is (?:below|(?:less|lower|smaller) than) ([^%]+)': ['the amount is under MONEY'],
  'the amount is (?:up to|no more than|not more than|not over|maximum) (.+)': ['the amount is at most MONEY'],
  'the amount is (?:from|no less than|not less than|not under|minimum) (.+)': ['the amount is at least MONEY'],
  [`(?:the|a) ${order} is (?:missing|not there|not stated)`]: ['there is no purchase order'],
  [`${invoice}without (?:a |any )?${order}\\b.*`]: ['there is no purchase order'],
  [`(?:there is |it has |the invoice has )?no ${order}\\b.*`]: ['there is no purchase order'],
  'the (?:order|po) (?:matches|is matched)': ['the purchase order matches'],
  'the vendor is unknown': ['the vendor is new', 'the vendor is not known'],
  'the (?:vendor|supplier|sender) is (?:not verified|unverified|unknown)': ['the sender is not verified'],
  [`${invoice}older than (.+?)(?: old)?`]: ['the invoice is more than DAYS old'],
  [`${invoice}(?:younger|newer) than (.+?)(?: old)?`]: ['the invoice is less than DAYS old'],
  '(?:the invoice|this) is a duplicate': ['it is a duplicate'],
  '(?:the invoice|this) is not a duplicate': ['it is not a duplicate'],
  [`(?:the )?${account} (?:has|have|is|are|was|were)(?: been)? (?:changed|different|new)`]: [
    'the bank details have changed',
  ],
  [`(?:the )?${account} (?:is|are) missing`]: ['the bank details are missing'],
  '(?:the invoice |it )?is due (?:in|within) (?!less|more|at )(.+)': ['the invoice is due in at most DAYS'],
  '(?:the invoice |the payment |it )?is (?:overdue|past due|late)': ['the invoice is overdue'],
})

const approving = '(?:approve|pay|accept|release)(?: it| this| the invoice)?'
const rejecting = '(?:reject|decline|refuse|deny)(?: it| this| the invoice)?'
const returning = '(?:return(?: it)?(?: to (?:the )?(?:sender|vendor|supplier))?|(?:send|give|mail) it back\\b.*)'

/** Instead of outcomes. */
export const otherOutcomes = wordings({
  [approving]: ['approve it'],
  [returning]: ['return it to the sender'],
  [rejecting]: ['reject it'],
  'escalate (?:it )?to (.+)': ['ask ROLE within 4 hours', 'hand it to ROLE'],
  '(?:forward|send|pass|give|assign) (?:it )?(?:on )?to (.+)': ['hand it to ROLE'],
  'ask (.+?) in (.+)': ['ask ROLE within TIME'],
})

/** Instead of what a promise forbids. */
export const otherPromises = wordings({
  [`${approving}(?: automatically)?`]: ['Never approve automatically', 'Never approve without ROLE'],
  [`${approving} without (.+)`]: ['Never approve without ROLE'],
  [returning]: ['Never return'],
  [rejecting]: ['Never reject'],
})
