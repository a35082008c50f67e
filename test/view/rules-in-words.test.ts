/** What the workbench says at a terminal: short, in an order in which it can be worked off, and harmless. */
import { describe, expect, it } from 'vitest'
import { nameOf, vocabulary } from '../../functions/core/pilot/roles.ts'
import { analyse } from '../../functions/core/rules/analyse.ts'
import { differences } from '../../functions/core/rules/diff.ts'
import { parse } from '../../functions/core/rules/parse.ts'
import { type PastInvoice, replay } from '../../functions/core/rules/replay.ts'
import type { RuleSet } from '../../functions/core/rules/rule-set.ts'
import { checkInWords, differenceInWords, replayInWords, sentenceInLines } from '../../functions/view/rules-in-words.ts'
import { aCharter, sampleFile } from '../make/charter.ts'
import { routineInvoice } from '../make/facts.ts'

const plain = (text: string): string => text

const check = (source: string, charter = aCharter(), colour = plain): string => {
  const words = vocabulary(charter)
  const { ruleSet, findings, places } = parse(source, words)
  const proved = ruleSet ? analyse(ruleSet, places, charter, words.departments) : []
  return checkInWords({ file: 'rules.txt', source, ruleSet, places, findings: [...findings, ...proved] }, colour)
}
const file = (...lines: string[]): string => ['Rules for a test', ...lines].join('\n')
const rulesOf = (text: string): RuleSet => {
  const { ruleSet } = parse(text)
  if (!ruleSet) throw new Error('these rules do not parse')
  return ruleSet
}

describe('a check', () => {
  it('of the sample is no wall: what falls through, a line for each rule that order decides for, a sum', () => {
    expect(check(sampleFile('rules.txt'))).toMatchInlineSnapshot(`
      "note falls-through  rules.txt:35:1
        Otherwise, hand it to the invoice desk.
        ^
        What no rule takes reaches Otherwise:
          when the amount is not stated
             and the vendor is known
             and the bank details are unchanged or the bank details are missing
             and it is not a duplicate or it is a possible duplicate
             and required information is complete
             and the sender is verified
        For example: An invoice in USD from a known vendor, everything in order.

      note order-matters  rules.txt
        These rules fit invoices that rules above them take first, with another outcome. Read whether that is meant.

        Rule 2 "Missing information", line 9: rule 1 "Duplicate" goes first.
            For example: An invoice of 1,000.00 EUR from a known vendor: a duplicate, required information missing, all else in order.

        Rule 3 "Stop", line 12: rule 1 "Duplicate" and rule 2 "Missing information" go first.
            For example: An invoice of 1,000.00 EUR from a blocked vendor: a duplicate, all else in order.

        Rule 4 "Changed bank details", line 15: rule 1 "Duplicate", rule 2 "Missing information" and rule 3 "Stop" go first.
            For example: An invoice of 1,000.00 EUR from a known vendor: changed bank details, a duplicate, all else in order.

        Rule 5 "Who is it", line 18: rule 1 "Duplicate", rule 2 "Missing information" and rule 4 "Changed bank details" go first.
            For example: An invoice of 1,000.00 EUR from a vendor whose record does not match: a duplicate, all else in order.

        Rule 6 "Not sure", line 21: rules 1, 2, 4 and 5 go first.
            For example: An invoice of 1,000.00 EUR from a known vendor: a duplicate, a sender who is not verified, all else in order.

        Rule 7 "Price mismatch", line 24: rules 1 to 4 and 6 go first.
            For example: An invoice of 1,000.00 EUR from a known vendor: a price that differs by 3%, a duplicate, all else in order.

        Rule 8 "Routine", line 27: rules 1 to 7 go first.
            For example: An invoice of 1,000.00 EUR from a known vendor: a purchase order that matches, a duplicate, totals that add up, all else in order.

        Rule 9 "Small", line 30: rules 1 to 8 go first.
            For example: An invoice of 1,000.00 EUR from a known vendor: a duplicate, all else in order.

        Rule 10 "Large", line 33: rules 1 to 7 go first.
            For example: An invoice of 5,000.01 EUR from a known vendor: a duplicate, all else in order.

      "it is a duplicate" means the same vendor and number within 12 months; "it is a possible duplicate" is a condition of its own.
      "the vendor is not known" includes a vendor that is new, blocked or one whose record does not match.

      rules.txt: No error, no warning, 10 notes (9 order-matters, 1 falls-through), 10 rules. These rules can be proposed."
    `)
  })

  it('tells errors first, each with its line, a caret and an example, whatever their place in the file', () => {
    const said = check(
      file(
        '1. All',
        'When it is an invoice, approve it.',
        '2. More',
        'When it is an invoice and it is a duplicate, reject it.',
        'Otherwise, reject it.',
        'Never approve automatically when the vendor is new.',
      ),
    )
    expect(said).toMatchInlineSnapshot(`
      "error unreachable, rule 2  rules.txt:5:1
        When it is an invoice and it is a duplicate, reject it.
        ^
        This rule never decides: every invoice that it fits is taken above by rule 1 "All". Move it up, narrow what is above, or take it out.

      error broken-promise, rule 1  rules.txt:7:1
        Never approve automatically when the vendor is new.
        ^
        This promise is broken: rule 1 "All" would approve it. Add a rule above that takes such invoices, or change the promise.
        For example: An invoice of 1,000.00 EUR from a new vendor, everything in order.

      note falls-through  rules.txt:6:1
        Otherwise, reject it.
        ^
        What no rule takes reaches Otherwise:
          when it is a credit note
        For example: A credit note of 1,000.00 EUR from a known vendor, everything in order.

      "it is a duplicate" means the same vendor and number within 12 months; "it is a possible duplicate" is a condition of its own.

      rules.txt: 2 errors (1 unreachable, 1 broken-promise), no warning, 1 note (1 falls-through), 2 rules. These rules cannot be proposed before the errors are mended."
    `)
  })

  it('tells a promise once, with a line for each rule that breaks it or that it leaves open', () => {
    const said = check(
      file(
        '1. Ours',
        'When the vendor is known, approve it.',
        '2. Theirs',
        'When the vendor is new, approve it.',
        'Otherwise, approve it.',
        'Never approve automatically when the amount is over 5,000 EUR.',
      ),
    )
    expect(said.slice(0, said.indexOf('note falls-through'))).toMatchInlineSnapshot(`
      "error broken-promise  rules.txt:7:1
        Never approve automatically when the amount is over 5,000 EUR.
        ^
        This promise is broken by what is below. Add a rule above that takes such invoices, or change the promise.
          Rule 1 "Ours", line 3, would approve it.
            For example: An invoice of 5,000.01 EUR from a known vendor.
          Rule 2 "Theirs", line 5, would approve it.
            For example: An invoice of 5,000.01 EUR from a new vendor.
          Otherwise would approve it.
            For example: An invoice of 5,000.01 EUR from a blocked vendor.

      warning promise-silent  rules.txt:7:1
        Never approve automatically when the amount is over 5,000 EUR.
        ^
        This promise says nothing where something is not stated. Add a promise for that if what is below is not meant.
          Rule 1 "Ours", line 3, would approve it where the amount is not stated.
            For example: An invoice in USD from a known vendor.
          Rule 2 "Theirs", line 5, would approve it where the amount is not stated.
            For example: An invoice in USD from a new vendor.
          Otherwise would approve it where the amount is not stated.
            For example: An invoice in USD from a blocked vendor.

      "
    `)
  })

  it('shows twenty of many rules that break a promise, and counts them all', () => {
    const many = Array.from(
      { length: 25 },
      (_, at) => `${at + 1}. Rule ${at + 1}\nWhen the amount is exactly ${at + 1} EUR, approve it.`,
    )
    const said = check(file(...many, 'Otherwise, reject it.', 'Never approve automatically when it is an invoice.'))
    expect(said.match(/^error broken-promise/gm)).toHaveLength(1)
    expect(said.match(/^ {4}Rule \d+ "Rule \d+", line \d+, would approve it\.$/gm)).toHaveLength(20)
    expect(said).toContain('\n    … and 5 more rules; --json has them all.\n')
    expect(said).toContain('25 errors (25 broken-promise)')
  })

  it('shows the part of a long line that is meant, and a hundred of the same no more than twenty times', () => {
    const long = `When ${'the vendor is new and '.repeat(20)}it rains, reject it.`
    expect(check(file('1. It', long, 'Otherwise, reject it.'))).toMatchInlineSnapshot(`
      "error syntax, rule 1  rules.txt:3:449
        …dor is new and the vendor is new and it rains, reject it.
                                                 ^
        "rains" cannot stand here; expected "is an invoice", "is a credit note", "is a duplicate", "is a possible duplicate" or "is not a duplicate".

      rules.txt: 1 error (1 syntax), no warning, no note. These rules cannot be proposed before the errors are mended."
    `)
    const many = Array.from({ length: 60 }, (_, at) => `${at + 1}. Rule ${at + 1}\nWhen it rains, reject it.`)
    const said = check(file(...many, 'Otherwise, reject it.'))
    expect(said.match(/^error syntax/gm)).toHaveLength(20)
    expect(said).toContain('… and 40 more of "error syntax"; --json has them all.')
    expect(said).toContain('60 errors (60 syntax)')
  })

  it('shows five of many kinds that fall through, and counts them all', () => {
    const odd = Array.from(
      { length: 8 },
      (_, at) => `${at + 1}. Rule ${at + 1}\nWhen the amount is exactly ${10 * at} EUR, approve it.`,
    )
    const said = check(file(...odd, '9. None', 'When the amount is not stated, reject it.', 'Otherwise, reject it.'))
    expect(said).toContain('What no rule takes reaches Otherwise, 8 kinds of invoices:\n    when ')
    expect(said.match(/^ {4}when /gm)).toHaveLength(5)
    expect(said).toContain('\n  … and 3 more kinds of invoices; --json has them all.\n')
  })

  it('colours the level alone, and lets no file colour anything', () => {
    const said = check(
      file('1. It', 'When \u001b[31mit\u202e rains, reject it.', 'Otherwise, reject it.'),
      aCharter(),
      (text) => `<${text}>`,
    )
    expect(said).toContain('<error> syntax, rule 1  rules.txt:3:6')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  })

  it('counts lines as the reader does, whatever ends them', () => {
    const said = check(`\ufeffRules for a test\u20281. It\r\nWhen it rains, reject it.\rOtherwise, reject it.`)
    expect(said).toContain('rules.txt:3:9\n  When it rains, reject it.\n          ^\n')
  })
})

describe('sentences', () => {
  it('stand on one line where that can be read', () => {
    expect(sentenceInLines('it is a duplicate and the vendor is new')).toEqual([
      'it is a duplicate and the vendor is new',
    ])
  })

  it.each([
    'the amount is between 1,000 and 5,000 EUR and the vendor is new or the vendor record does not match and it is a duplicate or it is a possible duplicate',
    'the vendor category is "this and the other" or "Rent" and there is no purchase order and required information is complete',
    'the bank details are unchanged or the bank details are missing and the department is "and there is" or Sales',
  ])('have a condition a line else, and can be pasted back: %s', (conditions) => {
    const asRule = (words: string) =>
      rulesOf(file('1. It', `When ${words}, reject it.`, 'Otherwise, reject it.')).rules[0]
    const lines = sentenceInLines(conditions)
    expect(lines).toHaveLength(asRule(conditions)?.conditions.length ?? 0)
    expect(asRule(lines.join('\n   '))?.conditions).toEqual(asRule(conditions)?.conditions)
  })
})

describe('a difference', () => {
  const old = sampleFile('rules.txt')
  const said = (from: string, to: string): string => {
    const difference = differences(rulesOf(from), rulesOf(to), [])
    if (!('changes' in difference)) throw new Error('too much')
    return differenceInWords(difference, rulesOf(to))
  }

  it('is told as conditions, what was, what is now, and an example', () => {
    expect(said(old, old.replace('by more than 2%', 'by more than 3%'))).toMatchInlineSnapshot(`
      "When the amount is at most 5,000 EUR
         and the vendor is known
         and the bank details are unchanged or the bank details are missing
         and the purchase order matches
         and the price differs from the purchase order by more than 2%
         and the price differs from the purchase order by at most 3%
         and it is not a duplicate or it is a possible duplicate
         and required information is complete
         and the totals add up
         and the sender is verified
        was: ask finance within 4 hours
        now: approve it
        For example: An invoice of 1,000.00 EUR from a known vendor: a price that differs by 2.5%, all else in order.

      When the amount is at most 5,000 EUR
         and the vendor is known
         and the bank details are unchanged or the bank details are missing
         and the price differs from the purchase order by more than 2%
         and the price differs from the purchase order by at most 3%
         and it is not a duplicate or it is a possible duplicate
         and required information is complete
         and the totals do not add up or the totals cannot be checked
         and the sender is verified
        was: ask finance within 4 hours
        now: ask the manager within 1 day
        For example: An invoice of 1,000.00 EUR from a known vendor: a price that differs by 2.5%, totals that do not add up, all else in order.

      When the amount is at most 5,000 EUR
         and the vendor is known
         and the bank details are unchanged or the bank details are missing
         and the purchase order is closed
         and the price differs from the purchase order by more than 2%
         and the price differs from the purchase order by at most 3%
         and it is not a duplicate or it is a possible duplicate
         and required information is complete
         and the sender is verified
        was: ask finance within 4 hours
        now: ask the manager within 1 day
        For example: An invoice of 1,000.00 EUR from a known vendor: a closed purchase order, a price that differs by 2.5%, all else in order.

      When the amount is over 5,000 EUR
         and the vendor is known
         and the bank details are unchanged or the bank details are missing
         and the price differs from the purchase order by more than 2%
         and the price differs from the purchase order by at most 3%
         and it is not a duplicate or it is a possible duplicate
         and required information is complete
         and the sender is verified
        was: ask finance within 4 hours
        now: ask the manager within 1 day, then the finance director within 1 day
        For example: An invoice of 5,000.01 EUR from a known vendor: a price that differs by 2.5%, all else in order.

      4 kinds of invoices are decided differently; all others are decided alike."
    `)
  })

  it('of nothing is said too', () => {
    expect(said(old, old)).toBe('Both decide every invoice alike.')
  })

  it('in many ways is counted', () => {
    const rules = (outcome: string) =>
      file(
        ...Array.from({ length: 30 }, (_, at) => [
          `${at + 1}. Rule ${at + 1}`,
          `When the amount is exactly ${3 * at} EUR, ${outcome}.`,
        ]).flat(),
        'Otherwise, return it to the sender.',
      )
    const words = said(rules('approve it'), rules('reject it'))
    expect(words.match(/^When /gm)).toHaveLength(20)
    expect(words).toContain('… and 10 more changes; --json has them all.')
    expect(words).toContain('30 kinds of invoices are decided differently')
  })
})

describe('a replay', () => {
  const charter = aCharter()
  const old = sampleFile('rules.txt')
  const now = old.replace('at most 5,000 EUR and the', 'at most 1,000 EUR and the')
  const invoice = (id: string, amount: number | null): PastInvoice => ({
    id,
    facts:
      amount === null
        ? { ...routineInvoice, amount, priceDifference: null, aboveUsual: null, currency: 'USD' }
        : { ...routineInvoice, amount },
  })
  const words = (past: PastInvoice[], against: RuleSet | null): string =>
    replayInWords(replay(rulesOf(now), past, against, charter), {
      currency: 'EUR',
      against: against ? 'by old.txt' : 'is recorded',
      nameOf: (person) => nameOf(charter, person),
    })

  it('says how many, of how much, whom it reaches and how long it may take', () => {
    const past = [invoice('4711', 120_000), invoice('4712', 119_000), invoice('4713', 50_000), invoice('4714', 700_000)]
    expect(words(past, rulesOf(old))).toMatchInlineSnapshot(`
      "4 past invoices: 1 approved without anybody, 3 asked about.

      2 invoices of 4 would have been decided differently than by old.txt, 2,390.00 EUR in all:

        2 invoices, 2,390.00 EUR: 4711, 4712
          was: approve it
          now: ask the manager within 1 day

      Asked or handed the invoice, by role
        manager: 1 before, 3 now (2 new)
        finance director: 1 before, 1 now

      The people who hold these roles
        Sam Ruiz: 1 before, 3 now (2 new)
        Dana Meyer: 1 before, 1 now

      Time limits added up, if everybody takes all of theirs: 16 working hours before, 32 working hours now."
    `)
  })

  it('of the record says that there is none', () => {
    expect(words([invoice('4711', 120_000)], null)).toMatchInlineSnapshot(`
      "1 past invoice: 1 asked about.

      What was decided then is not recorded, so nothing can be compared; --against FILE compares with other rules.

      Asked or handed the invoice, by role
        manager: 1 invoice

      The people who hold these roles
        Sam Ruiz: 1 invoice"
    `)
  })

  it('says of time limits only where somebody is or was asked', () => {
    const rejected = { ...invoice('4711', 50_000), outcome: { kind: 'reject' } as const }
    const asked = words([{ ...rejected, facts: { ...rejected.facts, amount: 700_000 } }], null)
    expect(asked).toContain('0 working hours before, 16 working hours now')
    const nobody = words([rejected], null)
    expect(nobody).toContain('1 invoice of 1 would have been decided differently')
    expect(nobody).not.toContain('Time limits')
  })

  it('says of what the amount is not known', () => {
    expect(words([{ ...invoice('4711', null), outcome: { kind: 'approve' } }], null)).toContain(
      '1 invoice of 1 would have been decided differently than is recorded, 0.00 EUR in all, and 1 without an amount:',
    )
  })

  it('of nothing says so', () => {
    expect(words([], null)).toBe('There is no past invoice, so nothing can be said.')
  })
})
