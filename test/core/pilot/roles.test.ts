/** Who holds which role, and which invoices take part. */
import { describe, expect, it } from 'vitest'
import { holders, inGroup, nameOf, vocabulary } from '../../../functions/core/pilot/roles.ts'
import { aCharter } from '../../make/charter.ts'

const charter = aCharter()
const desk = ['ap@pilot.example', 'ap2@pilot.example']

describe('holders', () => {
  it.each<[string, string, string | null, string[], string[]]>([
    ['of a role of one', 'finance director', null, ['director@pilot.example'], ['coo@pilot.example']],
    [
      'of a role of several, without a backup',
      'finance',
      'Sales',
      ['finance1@pilot.example', 'finance2@pilot.example'],
      [],
    ],
    ['of a role in other letters', 'Finance Director', null, ['director@pilot.example'], ['coo@pilot.example']],
    [
      'of a department’s role',
      'manager',
      'Sales',
      ['sales.manager@pilot.example'],
      ['marketing.manager@pilot.example'],
    ],
    [
      'of a department in other letters',
      'MANAGER',
      'sales',
      ['sales.manager@pilot.example'],
      ['marketing.manager@pilot.example'],
    ],
    ['of a department that has none: the desk', 'manager', 'Legal', desk, []],
    ['of an unknown department: the desk', 'manager', null, desk, []],
    ['of a role that does not exist: nobody', 'pope', null, [], []],
    ['of a word that every object has: nobody', 'constructor', null, [], []],
  ])('%s', (_, role, department, people, backup) => {
    expect(holders(charter, role, department)).toEqual({ people, backup })
  })
})

describe('words', () => {
  it('a person is called by name, a stranger by address', () => {
    expect(nameOf(charter, 'coo@pilot.example')).toBe('Olga Ortega')
    expect(nameOf(charter, 'someone@else.example')).toBe('someone@else.example')
  })

  it('a rule may use the roles, the departments and the currency', () => {
    expect(vocabulary(charter)).toEqual({
      roles: ['coo', 'cto', 'manager', 'finance', 'finance director', 'invoice desk'],
      departments: ['Sales', 'Marketing'],
      currency: 'EUR',
    })
  })
})

describe('the group', () => {
  const invoice = 'q7h2mxk3ab'
  const unknown = { invoice, vendor: null, department: null }

  it.each([
    ['its department takes part', { departments: ['Sales'] }, { ...unknown, department: 'sales' }, true],
    ['its department does not', { departments: ['Sales'] }, { ...unknown, department: 'Legal' }, false],
    ['its department cannot be told', { departments: ['Sales'] }, unknown, true],
    ['its vendor takes part', { vendors: ['V-100'] }, { ...unknown, vendor: 'V-100' }, true],
    ['its vendor does not', { vendors: ['V-100'] }, { ...unknown, vendor: 'V-200' }, false],
    ['its vendor cannot be told', { vendors: ['V-100'] }, unknown, true],
    ['everyone takes part', { share: 100 }, unknown, true],
  ])('given that %s', (_, group, about, expected) => {
    expect(inGroup(aCharter({ group }), about)).toBe(expected)
  })

  it('a share is about that many of all invoices, and always the same ones', () => {
    const some = aCharter({ group: { share: 20 } })
    const taking = () =>
      Array.from({ length: 2000 }, (_, index) => inGroup(some, { ...unknown, invoice: `invoice-${index}` }))
    expect(taking()).toEqual(taking())
    const share = taking().filter(Boolean).length / 2000
    expect(share).toBeGreaterThan(0.17)
    expect(share).toBeLessThan(0.23)
  })

  it('who takes part at 20 % still does at 40 %', () => {
    const ids = Array.from({ length: 300 }, (_, index) => `invoice-${index}`)
    const taking = (share: number) =>
      ids.filter((id) => inGroup(aCharter({ group: { share } }), { ...unknown, invoice: id }))
    expect(taking(40)).toEqual(expect.arrayContaining(taking(20)))
  })
})
