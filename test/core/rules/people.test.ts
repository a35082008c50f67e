/** Whether people of the charter are left to answer what the rules ask. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../functions/core/rules/facts.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { peopleFindings } from '../../../functions/core/rules/people.ts'
import { aCharter } from '../../make/charter.ts'
import { routineInvoice } from '../../make/facts.ts'

type Held = { holders: string[]; backup: string | null }
const held = (...people: string[]): Held => ({ holders: people.map((name) => `${name}@x.example`), backup: null })
const backed = (name: string, backup: string): Held => ({ ...held(name), backup: `${backup}@x.example` })

const desk = held('Desk', 'Desk2')

/** What is said of rules that ask for this outcome when these people hold the roles. */
const said = (
  outcome: string,
  roles: Record<string, Held | { departments: Record<string, Held> }>,
  {
    departments = [] as string[],
    otherwise = 'reject it',
    exampleIn = (_: number, department: string | null): Facts | null => ({ ...routineInvoice, department }),
  } = {},
) => {
  const { ruleSet, places } = parse(
    `Rules for x\n1. It\n   When it is an invoice, ${outcome}.\n Otherwise, ${otherwise}.`,
  )
  if (!ruleSet) throw new Error('not read')
  return peopleFindings(
    ruleSet,
    places,
    aCharter({ roles: { 'invoice desk': desk, ...roles } }),
    departments,
    ['Something else'],
    exampleIn,
  )
}
const types = (findings: ReturnType<typeof said>) => findings.map(({ type, level }) => `${level} ${type}`)

describe('steps that everyone may take at most once', () => {
  it.each([
    ['ask a within 1 day, then b within 1 day', { a: held('A', 'B'), b: held('A', 'B') }, true],
    ['ask a within 1 day, then b within 1 day', { a: held('A', 'B'), b: held('A') }, true],
    ['ask a within 1 day, then b within 1 day', { a: held('A'), b: held('A', 'B') }, true],
    ['ask a within 1 day, then b within 1 day', { a: held('A'), b: held('A') }, false],
    ['ask a and b within 1 day', { a: held('A'), b: held('A') }, false],
    ['ask a and b within 1 day', { a: held('A'), b: backed('A', 'B') }, true],
    ['ask a or b within 1 day', { a: held('A'), b: held('A') }, true],
    ['ask a or b within 1 day, then a within 1 day', { a: held('A'), b: held('A') }, false],
    ['ask a or b within 1 day, then a within 1 day', { a: held('A'), b: held('B') }, true],
    ['ask a and b within 1 day, then c within 1 day', { a: held('A', 'B'), b: held('A', 'C'), c: held('A') }, true],
    [
      'ask a and b within 1 day, then c within 1 day',
      { a: held('A', 'B'), b: held('A', 'B'), c: held('A', 'B') },
      false,
    ],
    [
      'ask a within 1 day, then b within 1 day, then c within 1 day',
      { a: held('A', 'B'), b: held('A', 'C'), c: held('A') },
      true,
    ],
    [
      'ask a within 1 day, then b within 1 day, then c within 1 day',
      { a: held('A'), b: held('A', 'B'), c: held('B') },
      false,
    ],
    ['ask a within 1 day, then a within 1 day', { a: held('A', 'B') }, true],
    ['ask a within 1 day, then unheard within 1 day', { a: held('A', 'B') }, true],
  ])('%s by %j: %s', (outcome, roles, answered) => {
    expect(types(said(outcome, roles)).includes('error cannot-be-answered')).toBe(!answered)
  })

  it('is told with the place, an example and what to do', () => {
    const [finding] = said('ask a within 1 day, then b within 1 day', { a: held('A'), b: held('A') })
    expect(finding).toMatchObject({
      type: 'cannot-be-answered',
      level: 'error',
      rule: 1,
      line: 3,
      column: 4,
      causes: [],
      example: { ...routineInvoice, department: null },
      message: expect.stringMatching(/^Not enough people are left to ask the a within 1 day, then the b within 1 day/),
    })
  })

  it('is told of the first department in which it is so, and of no other', () => {
    const roles = {
      a: { departments: { Sales: held('A'), Marketing: held('B'), Buying: held('B') } },
      b: held('B'),
    }
    const departments = ['Sales', 'Marketing', 'Buying']
    const findings = said('ask a within 1 day, then b within 1 day', roles, { departments })
    expect(findings.filter(({ level }) => level === 'error')).toMatchObject([
      { example: { department: 'Marketing' }, message: expect.stringContaining('In Marketing') },
    ])
    const elsewhere = said('ask a within 1 day, then b within 1 day', roles, {
      departments,
      exampleIn: (_, department) => (department === 'Buying' ? { ...routineInvoice, department } : null),
    })
    expect(elsewhere.filter(({ level }) => level === 'error')).toMatchObject([{ example: { department: 'Buying' } }])
    const nowhere = said('ask a within 1 day, then b within 1 day', roles, { departments, exampleIn: () => null })
    expect(nowhere.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('is told of invoices without a department where it is so only there', () => {
    const roles = { a: { departments: { Sales: held('A') } }, b: held('Desk'), 'invoice desk': held('Desk') }
    const findings = said('ask a within 1 day, then b within 1 day', roles, { departments: ['Sales'] })
    expect(findings.filter(({ level }) => level === 'error')).toMatchObject([
      {
        example: { department: null },
        message: expect.stringMatching(/^Where the department is not stated, not enough people are left to ask the a/),
      },
    ])
  })

  it('counts for Otherwise too, and only for what asks', () => {
    const findings = said('hand it to a', { a: held('A'), b: held('A') }, { otherwise: 'ask a and b within 1 day' })
    expect(findings.filter(({ level }) => level === 'error')).toMatchObject([{ rule: null, line: 4, column: 2 }])
  })

  it('an example is asked for with the place of the rule', () => {
    const asked: string[] = []
    said(
      'ask a and b within 1 day',
      { a: held('A'), b: held('A') },
      {
        otherwise: 'ask a and b within 2 days',
        exampleIn: (index, department) => {
          asked.push(`${index} ${department}`)
          return null
        },
      },
    )
    expect(asked).toEqual(['0 null', '0 Something else', '1 null', '1 Something else'])
  })
})

describe('somebody after whom too few are left', () => {
  const leaving = (outcome: string, roles: Parameters<typeof said>[1], options?: Parameters<typeof said>[2]) =>
    said(outcome, roles, options).filter(({ message }) => message.toLowerCase().includes('too few'))

  it('is told by name, with the step that is not for them and what to do', () => {
    expect(leaving('ask a within 1 day, then b within 1 day', { a: held('A', 'B'), b: held('A') })).toMatchObject([
      {
        type: 'cannot-be-answered',
        level: 'warning',
        rule: 1,
        line: 3,
        column: 4,
        causes: [],
        example: { ...routineInvoice, department: null },
        message:
          'Too few people are left for the other decisions where A@x.example decides for a; the invoice desk would have to finish by hand. Leave that decision to somebody else, or name a backup in the charter.',
      },
    ])
  })

  it.each([
    ['ask a within 1 day, then b within 1 day', { a: held('A'), b: held('A', 'B') }, null],
    ['ask a within 1 day, then b within 1 day', { a: held('A', 'B'), b: held('A', 'B') }, null],
    ['ask a within 1 day, then b within 1 day', { a: held('A'), b: held('A') }, null],
    ['ask a within 1 day, then b within 1 day', { a: held('A', 'B'), b: backed('A', 'C') }, null],
    ['ask a within 1 day, then unheard within 1 day', { a: held('A', 'B') }, null],
    ['ask a and b within 1 day', { a: held('A', 'B'), b: held('A') }, null],
    ['ask a and b within 1 day', { a: held('A', 'B'), b: held('A', 'C') }, null],
    ['ask b or a within 1 day, then b within 1 day', { a: held('C'), b: held('B') }, 'B@x.example decides for b or a;'],
    [
      'ask a and b within 1 day, then c within 1 day',
      { a: held('A', 'B', 'C'), b: held('A', 'C', 'D'), c: held('A') },
      'A@x.example decides for a and b;',
    ],
    [
      'ask a within 1 day, then b within 1 day, then c within 1 day',
      { a: held('A', 'B'), b: held('A', 'C'), c: held('A') },
      'A@x.example decides for a or A@x.example decides for b;',
    ],
    [
      'ask a within 1 day, then b within 1 day, then c within 1 day',
      { a: held('A', 'B', 'C'), b: held('D', 'E'), c: held('B', 'C') },
      null,
    ],
    // Whoever takes part in one of two decisions that are asked for at the same time.
    [
      'ask a and b within 1 day, then c within 1 day',
      { a: held('A', 'B'), b: held('C', 'D'), c: held('A') },
      'A@x.example decides for a;',
    ],
    // B is needed for b, so that after A nobody is left for c.
    [
      'ask a and b within 1 day, then c within 1 day',
      { a: held('A', 'C'), b: held('B'), c: held('A', 'B') },
      'A@x.example decides for a;',
    ],
    // B has decided for a already, so that only A is left for c.
    [
      'ask a within 1 day, then b within 1 day, then c within 1 day',
      { a: held('B'), b: held('A', 'C'), c: held('A', 'B') },
      'A@x.example decides for b;',
    ],
    // After B has decided for a it is too late already.
    [
      'ask a within 1 day, then b within 1 day, then c within 1 day',
      { a: held('A', 'B'), b: held('A', 'C'), c: held('B') },
      'B@x.example decides for a;',
    ],
  ])('%s by %j: %s', (outcome, roles, who) => {
    const told = leaving(outcome, roles)
    expect(told).toHaveLength(who === null ? 0 : 1)
    expect(told[0]?.message ?? '').toContain(who === null ? '' : `where ${who}`)
  })

  it('is told of the first department in which it is so', () => {
    const roles = { a: { departments: { Sales: held('A', 'B'), Marketing: held('B', 'C') } }, b: held('B') }
    const departments = ['Sales', 'Marketing']
    expect(leaving('ask a within 1 day, then b within 1 day', roles, { departments })).toMatchObject([
      {
        example: { department: 'Sales' },
        message:
          'In Sales too few people are left for the other decisions where B@x.example decides for a; the invoice desk would have to finish by hand. Leave that decision to somebody else, or name a backup in the charter.',
      },
    ])
  })

  it('is told exactly of whoever can leave nobody for a second step', () => {
    const some = fc.uniqueArray(fc.constantFrom('A', 'B', 'C'), { minLength: 1 })
    fc.assert(
      fc.property(some, some, (first, second) => {
        const told = leaving('ask a within 1 day, then b within 1 day', { a: held(...first), b: held(...second) })
        const can = (one: string) => second.some((other) => other !== one)
        const named = first.some(can) ? first.filter((one) => !can(one)) : []
        const names = [...(told[0]?.message.matchAll(/(\w)@x\.example decides/g) ?? [])].map(([, name]) => name)
        expect(names.toSorted()).toEqual(named.toSorted())
      }),
    )
  })

  it('is told exactly of whoever spoils what could still be decided, however the others came about', () => {
    const some = fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1 })
    const canEnd = ([now, ...later]: string[][], gone: string[]): boolean =>
      !now || now.some((one) => !gone.includes(one) && canEnd(later, [...gone, one]))
    /** Everyone who may have decided before this step, in every way without this person. */
    const waysTo = (steps: string[][], person: string): string[][] =>
      steps.reduce<string[][]>(
        (ways, step) =>
          ways.flatMap((gone) => step.flatMap((one) => (one === person || gone.includes(one) ? [] : [[...gone, one]]))),
        [[]],
      )
    fc.assert(
      fc.property(some, some, some, (...steps) => {
        const [a, b, c] = steps
        const roles = { a: held(...a), b: held(...b), c: held(...c) }
        const told = leaving('ask a within 1 day, then b within 1 day, then c within 1 day', roles)
        const names = [...(told[0]?.message.matchAll(/(\w)@x\.example decides for (\w)/g) ?? [])]
        const spoils = steps.flatMap((step, at) =>
          step
            .filter((person) => {
              const ways = waysTo(steps.slice(0, at), person)
              return (
                ways.some((gone) => canEnd(steps.slice(at), gone)) &&
                ways.every((gone) => !canEnd(steps.slice(at + 1), [...gone, person]))
              )
            })
            .map((person) => `${person} ${'abc'.charAt(at)}`),
        )
        expect(names.map(([, person, role]) => `${person} ${role}`).toSorted()).toEqual(spoils.toSorted())
      }),
    )
  })
})

describe('a role that nobody holds in a department', () => {
  const roles = { a: { departments: { Sales: held('A', 'B') } }, b: held('C', 'D') }
  const departments = ['Sales', 'Marketing', 'Buying']

  it('is told for each department that an invoice can be of', () => {
    const findings = said('ask A within 1 day', roles, { departments })
    expect(findings).toMatchObject([
      {
        type: 'cannot-be-answered',
        level: 'warning',
        rule: 1,
        line: 3,
        column: 4,
        causes: [],
        example: { department: 'Marketing' },
        message: expect.stringMatching(/Nobody is A in Marketing.*invoice desk/),
      },
      { example: { department: 'Buying' }, message: expect.stringContaining('in Buying') },
    ])
    const some = said('ask A within 1 day', roles, {
      departments,
      exampleIn: (_, department) => (department === 'Buying' ? { ...routineInvoice, department } : null),
    })
    expect(some).toMatchObject([{ example: { department: 'Buying' } }])
  })

  it('is told once a rule, however often it is asked there', () => {
    const findings = said('ask a within 1 day, then a within 1 day', roles, { departments: ['Marketing'] })
    expect(types(findings)).toEqual(['warning cannot-be-answered'])
  })

  it('knows departments whatever their case', () => {
    expect(said('ask a within 1 day', roles, { departments: ['SALES'] })).toEqual([])
  })

  it('is nothing to tell of a role that is the same everywhere, that is unknown, or that is only handed to', () => {
    expect(said('ask b within 1 day', roles, { departments })).toEqual([])
    expect(said('ask unheard within 1 day', roles, { departments })).toEqual([])
    expect(said('hand it to a', roles, { departments })).toEqual([])
  })
})

describe('a role that one person holds', () => {
  it('is told with the name and what to do, at the first rule that uses it and once', () => {
    const findings = said('ask Boss within 1 day', { boss: held('A') }, { otherwise: 'hand it to boss' })
    expect(findings).toMatchObject([
      {
        type: 'single-person',
        level: 'warning',
        rule: 1,
        line: 3,
        column: 4,
        causes: [],
        example: null,
        message: expect.stringMatching(/A@x\.example.*Boss.*backup/),
      },
    ])
  })

  it.each([
    ['hand it to a', { a: held('A') }, true],
    ['ask a or b within 1 day', { a: held('A'), b: held('B', 'C') }, true],
    ['ask b and a within 1 day', { a: held('A'), b: held('B', 'C') }, true],
    ['ask a within 1 day', { a: held('A', 'B') }, false],
    ['ask a within 1 day', { a: backed('A', 'B') }, false],
    ['ask a within 1 day', { a: backed('A', 'A') }, true],
    ['ask a within 1 day', { a: { departments: { Sales: held('A') } } }, true],
    ['ask a within 1 day', { a: { departments: { Sales: backed('A', 'B') } } }, false],
    ['reject it', { a: held('A') }, false],
    ['ask unheard within 1 day', { a: held('A') }, false],
  ])('%s of %j: %s', (outcome, roles, alone) => {
    expect(types(said(outcome, roles)).includes('warning single-person')).toBe(alone)
  })

  it('names each of them once where they differ by department', () => {
    const roles = {
      a: {
        departments: { Sales: held('A'), Marketing: held('B'), Buying: held('A'), Stores: held('C', 'D') },
      },
    }
    const [finding] = said('ask a within 1 day', roles)
    expect(finding?.message).toContain('A@x.example and B@x.example')
    expect(finding?.message).not.toContain('C@x.example')
  })

  it('is told of Otherwise without a rule', () => {
    expect(said('reject it', { a: held('A') }, { otherwise: 'hand it to a' })).toMatchObject([
      { type: 'single-person', rule: null, line: 4, column: 2 },
    ])
  })
})
