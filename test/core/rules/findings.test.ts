/** Each finding of a check on a file that a COO could write, as the charter of the sample pilot reads it. */
import { describe, expect, it } from 'vitest'
import { vocabulary } from '../../../functions/core/pilot/roles.ts'
import { analyse } from '../../../functions/core/rules/analyse.ts'
import { compile } from '../../../functions/core/rules/decide.ts'
import { echoes } from '../../../functions/core/rules/echo.ts'
import { invoiceInWords } from '../../../functions/core/rules/invoice-in-words.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { aCharter, sampleFile } from '../../make/charter.ts'
import { routineInvoice } from '../../make/facts.ts'

const numbered = (sentences: string[]): string =>
  sentences.map((sentence, index) => `${index + 1}. Rule ${index + 1}\n   ${sentence}\n`).join('\n')

const check = (
  sentences: string[],
  { otherwise = 'hand it to the invoice desk', promises = [] as string[], charter = aCharter() } = {},
) => {
  const words = vocabulary(charter)
  const text = `Rules for a test\n\n${numbered(sentences)}\nOtherwise, ${otherwise}.\n${promises.join('\n')}\n`
  const { ruleSet, findings, places } = parse(text, words)
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  const all = analyse(ruleSet, places, charter, words.departments)
  return { all, of: (type: string) => all.filter((finding) => finding.type === type) }
}

describe('the sample', () => {
  const checked = () => {
    const charter = aCharter()
    const { ruleSet, places } = parse(sampleFile('rules.txt'), vocabulary(charter))
    if (!ruleSet) throw new Error('the sample does not parse')
    return { ruleSet, findings: analyse(ruleSet, places, charter, vocabulary(charter).departments) }
  }

  it('has nothing above a note', () => {
    const { findings } = checked()
    expect(findings.filter(({ level }) => level !== 'note')).toEqual([])
  })

  it('tells what reaches Otherwise in one sentence', () => {
    const { ruleSet, findings } = checked()
    const [through] = findings.filter(({ type }) => type === 'falls-through')
    expect(through?.message).toBe(
      'What no rule takes reaches Otherwise: when the amount is not stated and the vendor is known and the bank details are unchanged or the bank details are missing and it is not a duplicate or it is a possible duplicate and required information is complete and the sender is verified.',
    )
    expect(through?.example && compile(ruleSet)(through.example).rule).toBeNull()
  })
})

describe('contradiction', () => {
  it.each([
    [
      'of amounts',
      'When the amount is over 5,000 EUR and the amount is under 100 EUR, reject it.',
      '"the amount is over 5,000 EUR" and "the amount is under 100 EUR" never hold together',
    ],
    [
      'of a range',
      'When the amount is between 5,000 and 100 EUR, reject it.',
      '"the amount is between 5,000 and 100 EUR" holds for no invoice',
    ],
    [
      'of facts that are bound to each other',
      'When the vendor is new and the sender is verified and the bank details have changed, reject it.',
      '"the vendor is new" and "the bank details have changed" never hold together',
    ],
    [
      'of an order that has no price',
      'When there is no purchase order and the price differs from the purchase order by more than 2%, reject it.',
      'never hold together',
    ],
    [
      'of an amount in another currency',
      'When the currency is USD and the amount is over 100 EUR, reject it.',
      'never hold together',
    ],
    [
      'of a category of a new vendor',
      'When the vendor is new and the vendor category is "Rent", reject it.',
      'never hold together',
    ],
    [
      'of an amount that has to be there',
      'When the amount is not stated and required information is complete and the currency is EUR, reject it.',
      'never hold together',
    ],
  ])('%s', (_, sentence, message) => {
    expect(check([sentence]).all.find(({ type }) => type === 'contradiction')).toMatchObject({
      level: 'error',
      rule: 1,
      line: 4,
      column: 4,
      causes: [],
      example: null,
      message: expect.stringContaining(message),
    })
  })
})

describe('without a charter and without an amount', () => {
  it('the pilot’s currency may be any, so nothing is claimed of it', () => {
    const { ruleSet, places } = parse(
      'Rules for a test\n1. It\nWhen the currency is USD and the vendor has no usual amount and there is no price to compare, reject it.\n2. Price\nWhen the currency is USD and the price differs from the purchase order by more than 2%, reject it.\nOtherwise, reject it.',
    )
    const findings = ruleSet ? analyse(ruleSet, places, null, []) : []
    expect(findings.filter(({ type }) => type === 'contradiction')).toEqual([])
  })
})

describe('unreachable', () => {
  it('names the rules above that together take everything, and no others', () => {
    const { of } = check([
      'When the amount is at most 100 EUR, reject it.',
      'When it is a duplicate, reject it.',
      'When the amount is over 50 EUR, approve it.',
      'When the amount is between 10 and 1,000 EUR and the vendor is known, ask finance within 1 day.',
    ])
    expect(of('unreachable')).toMatchObject([{ level: 'error', rule: 4, causes: [1, 3] }])
  })

  it('names no rule that the others do without, unless they are more than 60', () => {
    const causes = (above: number) => {
      const steps = Array.from({ length: above - 1 }, (_, at) => `between ${at + 1} and ${at + 2}`)
      const sentences = ['between 1 and 1.50', ...steps].map((range) => `When the amount is ${range} EUR, reject it.`)
      const { of } = check([...sentences, `When the amount is between 1 and ${above} EUR, approve it.`])
      return of('unreachable').filter(({ rule }) => rule === above + 1)[0]?.causes
    }
    expect(causes(60)).toEqual(Array.from({ length: 59 }, (_, at) => at + 2))
    expect(causes(61)).toEqual(Array.from({ length: 61 }, (_, at) => at + 1))
  })

  it('knows which facts are bound to each other', () => {
    const { of } = check([
      'When the vendor is new, reject it.',
      'When the bank details cannot be compared, ask finance within 1 day.',
    ])
    expect(of('unreachable')).toMatchObject([{ rule: 2, causes: [1] }])
  })
})

describe('broken-promise', () => {
  const promise = 'Never approve without finance when the bank details have changed.'
  it.each([
    ['approve it', true],
    ['ask the manager within 1 day', true],
    ['ask finance or the manager within 1 day', true],
    ['ask finance and the manager within 1 day', false],
    ['ask the manager within 1 day, then finance within 1 day', false],
    ['reject it', false],
    ['hand it to the manager', false],
  ])('%s: %s', (outcome, broken) => {
    const { of } = check([`When the vendor is known, ${outcome}.`], { promises: [promise] })
    expect(of('broken-promise').map(({ rule }) => rule)).toEqual(broken ? [1] : [])
    for (const { level, line, causes, example } of of('broken-promise')) {
      expect({ level, line, causes }).toEqual({ level: 'error', line: 7, causes: [1] })
      expect(example).toMatchObject({ vendor: 'known', bankDetails: 'changed' })
    }
  })

  it('Otherwise can break one too', () => {
    const { of } = check([], {
      otherwise: 'return it to the sender',
      promises: ['Never return when the vendor is blocked.'],
    })
    expect(of('broken-promise')).toMatchObject([{ rule: null, causes: [], example: { vendor: 'blocked' } }])
  })

  it('an earlier rule keeps one', () => {
    const { of } = check(
      ['When the bank details have changed, ask finance within 1 day.', 'When the vendor is known, approve it.'],
      {
        promises: [promise],
      },
    )
    expect(of('broken-promise')).toEqual([])
  })
})

describe('promise-silent', () => {
  it('a limit in EUR is silent about an invoice in USD', () => {
    const { of } = check(['When the vendor is known, approve it.', 'When the amount is over 5,000 EUR, approve it.'], {
      promises: ['Never approve automatically when the amount is over 5,000 EUR and the vendor is known.'],
    })
    expect(of('promise-silent')).toMatchObject([
      {
        level: 'warning',
        rule: 1,
        example: { amount: null },
        message: expect.stringContaining('whose amount is not stated'),
      },
    ])
  })

  it('is told of an invoice of which several facts are absent, for the first of them', () => {
    const { of } = check(
      [
        'When the amount is not stated and the department is not stated and the vendor category is not stated, approve it.',
        'When the vendor is known, reject it.',
      ],
      {
        promises: [
          'Never approve automatically when the vendor is known and the department is Sales and the amount is over 5,000 EUR and the vendor category is "Rent".',
        ],
      },
    )
    expect(of('promise-silent').map(({ rule, message }) => [rule, message])).toEqual([
      [1, expect.stringContaining('an invoice whose amount is not stated')],
    ])
    expect(of('promise-silent')[0]?.example).toMatchObject({ vendor: 'known', amount: null, department: null })
  })

  it('says nothing of an absence that the promise is about', () => {
    const { of } = check(['When the vendor is known, approve it.'], {
      promises: [
        'Never approve automatically when the bank details cannot be compared or the bank details have changed.',
        'Never approve automatically when the totals cannot be checked.',
      ],
    })
    expect(of('broken-promise')).toHaveLength(2)
    expect(of('promise-silent')).toEqual([])
  })

  it('says nothing where such an invoice reaches nothing that is forbidden', () => {
    const { of } = check(
      ['When the amount is not stated, reject it.', 'When the amount is at most 100 EUR, approve it.'],
      {
        promises: ['Never approve automatically when the amount is over 5,000 EUR.'],
      },
    )
    expect([...of('promise-silent'), ...of('broken-promise')]).toEqual([])
  })
})

describe('order-matters', () => {
  it('lists the earlier rules that take some of a rule’s invoices to another end', () => {
    const { of } = check([
      'When it is a duplicate, reject it.',
      'When the vendor is blocked, reject it.',
      'When the amount is at most 100 EUR, approve it.',
      'When the vendor is known, reject it.',
    ])
    expect(of('order-matters').map(({ rule, causes }) => [rule, causes])).toEqual([
      [3, [1, 2]],
      [4, [3]],
    ])
  })
})

describe('people', () => {
  const roles = aCharter().roles
  const alone = { holders: ['director@pilot.example'], backup: null }

  it('a role with one holder and no backup is told once', () => {
    const charter = aCharter({ roles: { ...roles, 'finance director': alone } })
    const { of } = check(
      [
        'When the vendor is new, ask the finance director within 1 day.',
        'When it is a duplicate, hand it to the finance director.',
      ],
      { charter },
    )
    expect(of('single-person')).toMatchObject([
      { level: 'warning', rule: 1, message: expect.stringContaining('finance director') },
    ])
  })

  it('a step is never answered where one person holds both roles', () => {
    const charter = aCharter({ roles: { ...roles, finance: alone, 'finance director': alone } })
    const { of } = check(
      ['When the vendor is new, ask finance within 1 day, then the finance director within 1 day.'],
      { charter },
    )
    expect(of('cannot-be-answered')).toMatchObject([{ level: 'error', rule: 1 }])
  })

  it('is told where only invoices of a department that nobody names cannot be answered', () => {
    const other = { holders: ['coo@pilot.example'], backup: null }
    const manager = { departments: { Sales: other, Marketing: other } }
    const charter = aCharter({ roles: { ...roles, manager, 'invoice desk': alone } })
    const { of } = check(
      [
        'When the department is not Sales or Marketing, ask the manager within 1 day, then the invoice desk within 1 day.',
      ],
      { charter },
    )
    expect(of('cannot-be-answered')).toMatchObject([
      {
        level: 'error',
        rule: 1,
        example: { department: 'Something else' },
        message: expect.stringMatching(/^In a department that the charter does not name, not enough people are left/),
      },
    ])
  })

  it('a role that is not filled in a department is told', () => {
    const charter = aCharter({ roles: { ...roles, manager: { departments: { Sales: alone } } } })
    const { of } = check(['When the department is Marketing, ask the manager within 1 day.'], { charter })
    expect(of('cannot-be-answered')).toMatchObject([
      {
        level: 'warning',
        rule: 1,
        example: { department: 'Marketing' },
        message: expect.stringContaining('Marketing'),
      },
    ])
    expect(
      check(['When the department is Sales, ask the manager within 1 day.'], { charter }).of('cannot-be-answered'),
    ).toEqual([])
  })

  it('is answered where a backup is left', () => {
    const charter = aCharter({
      roles: { ...roles, finance: alone, 'finance director': { ...alone, backup: 'coo@pilot.example' } },
    })
    const { of } = check(['When the vendor is new, ask finance and the finance director within 1 day.'], { charter })
    expect(of('cannot-be-answered')).toEqual([])
  })
})

describe('a proof that would take too long', () => {
  const check = (text: string, comparisons?: { proofs: number; notes: number }) => {
    const { ruleSet, places } = parse(text)
    return ruleSet ? analyse(ruleSet, places, aCharter(), [], comparisons) : []
  }

  it('claims nothing and says so, once for all that is left of the rules and once for each promise', () => {
    const text = `Rules for a test\n${numbered([
      'When the amount is at most 100 EUR, reject it.',
      'When the amount is over 50 EUR, approve it.',
      'When it is a duplicate, approve it.',
    ])}\nOtherwise, ask the manager within 1 day.\nNever approve automatically when the vendor is new.`
    const findings = check(text, { proofs: 0, notes: 0 })
    expect(findings.map(({ rule }) => rule)).toEqual([null, null, null, null, null])
    expect(findings.map(({ type, level, causes, message }) => `${level} ${type} ${causes}: ${message}`)).toEqual([
      'error not-proved 1,2,3: It is not proved that rule 1 "Rule 1", rule 2 "Rule 2" and rule 3 "Rule 3" can ever decide: the proof would take too long. Mend what else is told, write fewer conditions on different facts, and check again.',
      expect.stringContaining('note not-proved 1,2,3: It is not proved whether order matters for'),
      expect.stringContaining('note not-proved : It is not proved what reaches Otherwise:'),
      expect.stringContaining(
        'error not-proved 2,3: This promise is not proved for rule 2 "Rule 2" and rule 3 "Rule 3":',
      ),
      expect.stringContaining(
        'warning not-proved 2,3: It is not proved that this promise leaves nothing open for rule 2',
      ),
    ])
  })

  const threeRules = `Rules for a test\n${numbered([
    'When the amount is at most 100 EUR, reject it.',
    'When the amount is over 50 EUR, approve it.',
    'When the vendor is known, return it to the sender.',
  ])}\nOtherwise, reject it.\n`

  it.each([
    ['error', { proofs: 1, notes: 0 }, 'rule 2 "Rule 2" and rule 3 "Rule 3" can ever decide', [2, 3], null, 6],
    ['note', { proofs: 5_000, notes: 1 }, 'order matters for rule 3 "Rule 3"', [3], 3, 9],
  ] as const)('begins with the first rule that is left: %s', (level, comparisons, words, causes, rule, line) => {
    const told = check(threeRules, comparisons).filter((one) => one.level === level && one.message.includes(words))
    expect(told).toMatchObject([{ type: 'not-proved', causes, rule, line }])
  })

  it('names rules and Otherwise together', () => {
    const text =
      'Rules for a test\n1. A\nWhen it is a duplicate, approve it.\nOtherwise, approve it.\nNever approve automatically when the vendor is new.'
    const [promise] = check(text, { proofs: 0, notes: 0 }).filter(({ line }) => line === 5)
    expect(promise).toMatchObject({ rule: null, causes: [1] })
    expect(promise?.message).toContain('is not proved for rule 1 "A" and Otherwise:')
  })

  it('lists no more than 100,000 causes', () => {
    const rules = Array.from({ length: 400 }, () => 'When the vendor is new, approve it.')
    const promises = Array.from({ length: 250 }, () => 'Never approve automatically when it is a duplicate.')
    const findings = check(`Rules for a test\n${numbered(rules)}\nOtherwise, reject it.\n${promises.join('\n')}\n`, {
      proofs: 0,
      notes: 0,
    })
    const listedCauses = findings.filter(({ level }) => level === 'error').map(({ causes }) => causes.length)
    expect(listedCauses).toEqual([...Array.from({ length: 250 }, () => 400), 0])
  })

  it('says that nobody knows whether everybody can answer, Otherwise included', () => {
    const roles = { manager: { holders: ['director@pilot.example'], backup: null } }
    const text = 'Rules for a test\nOtherwise, ask the manager within 1 day, then the manager within 1 day.\n'
    const { ruleSet, places } = parse(text)
    const findings = ruleSet
      ? analyse(ruleSet, places, aCharter({ roles: { ...aCharter().roles, ...roles } }), [], { proofs: 0, notes: 9 })
      : []
    expect(findings.filter(({ level }) => level === 'error')).toMatchObject([
      { level: 'error', rule: null, message: expect.stringContaining('everybody whom Otherwise would ask can answer') },
    ])
  })

  it('says where the first rule stands of which nobody knows whether everybody can answer', () => {
    const roles = { ...aCharter().roles, manager: { holders: ['director@pilot.example'], backup: null } }
    const { ruleSet, places } = parse(
      `Rules for a test\n${numbered(['When it is a duplicate, reject it.', 'When the vendor is new, ask the manager within 1 day, then the manager within 1 day.'])}\nOtherwise, reject it.\n`,
    )
    const findings = ruleSet ? analyse(ruleSet, places, aCharter({ roles }), [], { proofs: 0, notes: 9 }) : []
    expect(findings.filter(({ message }) => message.includes('everybody'))).toMatchObject([
      { rule: 2, line: 6, message: expect.stringContaining('everybody whom rule 2 "Rule 2" would ask can answer') },
    ])
  })

  it('names a bounded number of pairs of promise and rule, and says for which it did not look', () => {
    const rules = Array.from({ length: 50 }, (_, at) => `When the amount is exactly ${at + 1} EUR, approve it.`)
    const promises = Array.from({ length: 30 }, () => 'Never approve automatically when the vendor is known.')
    const findings = check(`Rules for a test\n${numbered(rules)}\nOtherwise, reject it.\n${promises.join('\n')}\n`)
    const of = (type: string) => findings.filter((finding) => finding.type === type)
    expect(of('broken-promise')).toHaveLength(1_000)
    expect(of('not-proved').map(({ level }) => level)).toEqual(Array.from({ length: 10 }, () => 'error'))
    expect(of('not-proved')[0]?.message).toContain('This promise is not proved for rules 1 to 50:')
  })

  it('tells many rules by their numbers, and counts what is too much to read', () => {
    const odd = Array.from({ length: 40 }, (_, at) =>
      at % 2 === 0 ? 'When the vendor is new, approve it.' : 'When the vendor is new, reject it.',
    )
    const [first] = check(
      `Rules for a test\n${numbered(odd)}\nOtherwise, reject it.\nNever approve automatically when it is a duplicate.\n`,
      {
        proofs: 0,
        notes: 0,
      },
    ).filter(({ message }) => message.startsWith('This promise'))
    expect(first?.message).toContain('for rules 1, 3, 5, 7, 9 and 15 more:')
  })
})

describe('falls-through', () => {
  it('of more kinds than anybody reads is told with one example', () => {
    const kinds = Array.from({ length: 41 }, (_, at) => at + 1)
    const { ruleSet, places } = parse(
      `Rules for a test\n${numbered([
        'When the amount is not stated or the amount is under 1 EUR or the amount is over 41 EUR, reject it.',
        ...kinds.map((at) => `When the amount is exactly ${at} EUR and the department is not "D${at}", reject it.`),
        ...kinds.map((at) => `When the amount is exactly ${at} EUR and the department is not stated, reject it.`),
        ...kinds
          .slice(1)
          .map((at) => `When the amount is over ${at - 1} EUR and the amount is under ${at} EUR, reject it.`),
      ])}\nOtherwise, approve it.\n`,
    )
    const findings = ruleSet ? analyse(ruleSet, places, null, []) : []
    const [through] = findings.filter(({ type }) => type === 'falls-through')
    expect(through?.message).toBe('Invoices of more than 40 kinds reach Otherwise, too many to be listed here.')
    expect(ruleSet && through?.example && compile(ruleSet)(through.example).rule).toBeNull()
    expect(through?.example?.department).toMatch(/^D/)
  })
})

describe('findings', () => {
  it('stand in the order of the file, on one line too', () => {
    const { ruleSet } = parse(
      `Rules for a test\n${numbered(['When the amount is under 0 EUR, reject it.', 'When the amount is under 0 EUR, reject it.', 'When the amount is under 0 EUR, reject it.'])}\nOtherwise, reject it.\n`,
    )
    const columns = [7, 2, 5]
    const places = {
      rules: columns.map((column) => ({ line: 1, column })),
      otherwise: { line: 9, column: 1 },
      promises: [],
    }
    const findings = ruleSet ? analyse(ruleSet, places, null, []) : []
    expect(findings.map(({ line, column }) => [line, column])).toEqual([
      [1, 2],
      [1, 5],
      [1, 7],
      [9, 1],
    ])
  })
})

describe('in words', () => {
  it('an example is told with the facts that the rules ask about', () => {
    const facts = { ...routineInvoice, vendor: 'new' as const, bankDetails: null, dueIn: -3, age: 1 }
    expect(invoiceInWords(facts, 'EUR', new Set(['amount', 'bankDetails', 'dueIn', 'age']))).toBe(
      'An invoice of 1,190.00 EUR from a new vendor: bank details that cannot be compared, 1 day old, overdue by 3 days',
    )
  })

  it('words that mislead are said out loud', () => {
    const { ruleSet } = parse(sampleFile('rules.txt'))
    expect(ruleSet && echoes(ruleSet).map(({ words, says }) => `${words} ${says}`)).toContain(
      'the vendor is not known includes a vendor that is new, blocked or one whose record does not match',
    )
  })
})
