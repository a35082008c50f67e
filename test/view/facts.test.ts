/** The facts in words: each that is known, and what of it deserves a second look. */
import { expect, test } from 'vitest'
import type { Facts } from '../../functions/core/rules/facts.ts'
import { factRows } from '../../functions/view/facts.ts'
import { someFacts, someProvenance } from '../make/history.ts'
import { aCharter } from '../make/state.ts'

const rows = (change: Partial<Facts>) => factRows(someFacts(change), null, aCharter())
const row = (label: string, change: Partial<Facts>) => {
  const found = rows(change).find((candidate) => candidate.label === label)
  return found ? `${found.value}${found.look ? ' !' : ''}` : null
}

test('a usual invoice asks for no second look', () => {
  expect(rows({}).filter(({ look }) => look)).toEqual([])
})

test.each<[string, Partial<Facts>, string | null]>([
  ['Amount', { amount: 123456 }, '1,234.56 EUR'],
  ['Amount', { amount: null }, 'Not stated !'],
  ['Amount', { amount: 0 }, '0.00 EUR'],
  ['Vendor', { vendor: 'mismatched' }, 'Does not match its record !'],
  ['Vendor', { vendor: 'new' }, 'New: not on the vendor list !'],
  ['Bank details', { bankDetails: 'changed' }, 'Changed !'],
  ['Bank details', { bankDetails: undefined }, 'Cannot be compared !'],
  ['Bank details', { bankDetails: 'missing' }, 'Missing'],
  ['Purchase order', { purchaseOrder: 'closed' }, 'Closed !'],
  ['Purchase order', { purchaseOrder: 'missing' }, 'None'],
  ['Price against the order', { priceDifference: 0 }, 'Equal'],
  ['Price against the order', { priceDifference: 2.54 }, '2.5 % away !'],
  ['Price against the order', { priceDifference: null }, null],
  ['Against the vendor’s usual', { aboveUsual: -10 }, '10 % below'],
  ['Against the vendor’s usual', { aboveUsual: 12.46 }, '12.5 % above'],
  ['Duplicate', { duplicate: 'possible' }, 'Possible !'],
  ['Required information', { informationMissing: true }, 'Missing !'],
  ['Totals', { totalsAddUp: false }, 'Do not add up !'],
  ['Totals', { totalsAddUp: null }, 'Cannot be checked'],
  ['Sender', { senderVerified: false }, 'Not verified !'],
  ['Reading', { reading: 'by hand' }, 'Done by hand'],
  ['Age', { age: 1 }, '1 day'],
  ['Age', { age: -2 }, 'Dated 2 days ahead !'],
  ['Age', { age: null }, null],
  ['Payment due', { dueIn: 0 }, 'Today'],
  ['Payment due', { dueIn: 1 }, 'In 1 day'],
  ['Payment due', { dueIn: -3 }, '3 days ago !'],
  ['Department', { department: null }, null],
])('%s of %o', (label, change, said) => {
  expect(row(label, change)).toBe(said)
})

test('each fact says where it came from, with names in place of the addresses of our people', () => {
  const from = someProvenance({ reading: 'ap@pilot.example held the fields against the original and changed nothing.' })
  const told = factRows(someFacts(), from, aCharter())
  expect(told.find(({ label }) => label === 'Bank details')?.from).toBe(
    'The account ending in 2051 is on the record of V-100.',
  )
  expect(told.find(({ label }) => label === 'Reading')?.from).toBe(
    'Ada Peters held the fields against the original and changed nothing.',
  )
  expect(told.filter(({ from: said }) => !said)).toEqual([])
})
