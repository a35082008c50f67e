/** Which department an invoice is for, and what says so. */
import { describe, expect, it } from 'vitest'
import { departmentOf } from '../../../functions/core/invoice/department.ts'
import { anOrder, aVendor } from '../../make/invoice.ts'

const departments = ['Sales', 'Marketing', 'Research & Development']
const everything: Parameters<typeof departmentOf>[0] = {
  order: anOrder({ department: 'Sales' }),
  to: 'invoices+marketing@pilot.example',
  invoice: { buyerReference: 'Research & Development' },
  record: aVendor({ department: 'Marketing' }),
}
const of = (over: Partial<typeof everything>) => departmentOf({ ...everything, ...over }, departments)
const unordered = { order: null }
const untagged = { ...unordered, to: 'invoices@pilot.example' }
const unreferred = { ...untagged, invoice: { buyerReference: null } }

describe('the department', () => {
  it.each<[string, Partial<typeof everything>, string | null, string]>([
    ['is the order’s', {}, 'Sales', 'The order PO-1001 is for this department.'],
    ['else that of the address', unordered, 'Marketing', 'The mail was sent to invoices+marketing@pilot.example.'],
    [
      'else the buyer’s reference',
      untagged,
      'Research & Development',
      'The document states “Research & Development” as the buyer’s reference.',
    ],
    ['else the vendor’s', unreferred, 'Marketing', 'It is the department of V-100 on the vendor list.'],
    [
      'else none',
      { ...unreferred, record: null },
      null,
      'Neither order, address, reference nor vendor names a department.',
    ],
  ])('%s', (_whose, over, department, because) => {
    expect(of(over)).toEqual({ department, because })
  })

  it('is spelt as in the charter', () => {
    expect(of({ order: anOrder({ department: ' sales' }) }).department).toBe('Sales')
    expect(of({ ...unordered, to: 'invoices+research-development@pilot.example' }).department).toBe(
      'Research & Development',
    )
    expect(of({ ...untagged, invoice: { buyerReference: 'MARKETING' } }).department).toBe('Marketing')
  })

  it('is what a list says, though the charter does not know it, but no tag and no reference that it does not know', () => {
    expect(of({ order: anOrder({ department: 'Legal' }) }).department).toBe('Legal')
    expect(
      of({ ...unordered, to: 'invoices+legal@pilot.example', invoice: { buyerReference: '04011000-1234512345-06' } })
        .because,
    ).toContain('vendor list')
    expect(
      of({ order: null, to: 'invoices+@pilot.example', invoice: { buyerReference: '--' }, record: null }).department,
    ).toBeNull()
    expect(of({ ...unreferred, to: null }).department).toBe('Marketing')
  })
})
