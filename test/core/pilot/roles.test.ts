/** Who holds which role, and which invoices take part. */
import { describe, expect, it } from 'vitest'
import { holders, nameOf, vocabulary } from '../../../functions/core/pilot/roles.ts'
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
