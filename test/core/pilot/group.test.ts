/** The charter's group: who takes part, and who goes the old way. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { outsideGroup } from '../../../functions/core/pilot/group.ts'

const vendor = { id: 'V-100', name: 'Papier & Druck GmbH' }
const outside = (group: Parameters<typeof outsideGroup>[0]['group'], over: object) =>
  outsideGroup({ group }, { invoice: 'q7h2mxk3ab', department: 'Sales', vendor, ...over })

describe('the group', () => {
  const departments = { departments: ['Sales', 'Marketing'] }
  const vendors = { vendors: ['V-100', 'V-200'] }
  it.each([
    ['of departments holds theirs', departments, {}, null],
    ['of departments holds what has no department', departments, { department: null }, null],
    [
      'of departments holds no other',
      departments,
      { department: 'Legal' },
      'The pilot is for Sales and Marketing; this invoice is for Legal.',
    ],
    ['of vendors holds theirs', vendors, { department: 'Legal' }, null],
    ['of vendors holds what has no vendor', vendors, { vendor: null }, null],
    [
      'of vendors holds no other',
      vendors,
      { vendor: { id: 'V-300', name: 'Stadtwerke' } },
      'The pilot is for the vendors V-100 and V-200; this invoice is from V-300 (Stadtwerke).',
    ],
  ])('%s', (_, group, over, because) => {
    expect(outside(group, over)).toBe(because)
  })

  test('of a share holds everything at 100 %, and what it held when it grows', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), (id, one, other) => {
        const holds = (share: number) => outside({ share }, { invoice: id }) === null
        expect(holds(100)).toBe(true)
        if (holds(Math.min(one, other))) expect(holds(Math.max(one, other))).toBe(true)
      }),
    )
  })

  test('of a share holds about that share', () => {
    const ids = Array.from({ length: 10_000 }, (_, number) => `invoice-${number}`)
    for (const share of [5, 20, 50]) {
      const held = ids.filter((invoice) => outside({ share }, { invoice }) === null).length / 100
      expect(Math.abs(held - share)).toBeLessThan(1.5)
    }
  })
})
