/** Whether an invoice was here before. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDuplicate, numberLikeness } from '../../../functions/core/invoice/duplicate.ts'
import { anEarlier } from '../../make/invoice.ts'

const invoice = {
  number: 'RE-42',
  issueDate: '2026-11-20',
  documentType: 'invoice',
  amount: { minor: 11900, currency: 'EUR' },
} as const
const oneWith = (over = {}) => [anEarlier({ number: 'X-1', amount: { minor: 1, currency: 'EUR' }, ...over })]

describe('a duplicate', () => {
  it.each([
    ['the same number', { number: ' RE-42 ', issueDate: '2026-11-20' }, 'exact'],
    [
      'the same number, whatever else differs',
      { number: 'RE-42', issueDate: '2026-02-01', documentType: 'credit note', amount: null },
      'exact',
    ],
    ['the same number to the day a year before', { number: 'RE-42', issueDate: '2025-11-20' }, 'exact'],
    ['the same number more than a year before', { number: 'RE-42', issueDate: '2025-11-19' }, 'possible'],
    ['the same number, more than a year later', { number: 'RE-42', issueDate: '2027-11-21' }, 'possible'],
    ['the same number without a date', { number: 'RE-42', issueDate: null }, 'possible'],
    ['a number that is alike', { number: 're 0042', issueDate: '2020-01-01' }, 'possible'],
    ['a number that looks the same, in Cyrillic', { number: 'R\u0415-42', issueDate: '2026-11-20' }, 'possible'],
    ['a number with something invisible in it', { number: 'RE-42\u200b', issueDate: '2026-11-20' }, 'possible'],
    [
      'another number, the same amount and date',
      { number: 'Z-9', issueDate: '2026-11-20', amount: { minor: 11900, currency: 'EUR' } },
      'possible',
    ],
    [
      'the credit note that takes the invoice back',
      {
        number: 'C-1',
        issueDate: '2026-11-20',
        documentType: 'credit note',
        amount: { minor: 11900, currency: 'EUR' },
      },
      'none',
    ],
    [
      'the same amount in another currency',
      { issueDate: '2026-11-20', amount: { minor: 11900, currency: 'USD' } },
      'none',
    ],
    ['the same amount on another day', { issueDate: '2026-11-19', amount: { minor: 11900, currency: 'EUR' } }, 'none'],
    ['no number at all', { number: null }, 'none'],
  ] as const)('%s', (_what, over, expected) => {
    expect(findDuplicate(invoice, oneWith(over)).duplicate).toBe(expected)
  })

  it.each(['rejected', 'returned'] as const)('%s invoices do not count', (state) => {
    expect(findDuplicate(invoice, oneWith({ number: 'RE-42', issueDate: '2026-11-20', state }))).toMatchObject({
      duplicate: 'none',
      of: null,
    })
  })

  it('names the invoice, the certain one before a possible one', () => {
    const earlier = [anEarlier({ id: 'alike', number: 're42' }), anEarlier({ id: 'same', number: 'RE-42' })]
    expect(findDuplicate(invoice, earlier)).toMatchObject({ duplicate: 'exact', of: 'same' })
  })

  it.each<[string, Parameters<typeof oneWith>[0], string]>([
    [
      'the same number',
      { number: 'RE-42', issueDate: '2026-03-03' },
      'The same number as invoice “RE-42” of 3 Mar 2026, approved, within twelve months.',
    ],
    [
      'last year’s number',
      { number: 'RE-42', issueDate: '2025-11-03' },
      'The same number as invoice “RE-42” of 3 Nov 2025, approved, more than twelve months apart.',
    ],
    [
      'a number without a date',
      { number: 'RE-42', issueDate: null },
      'The same number as invoice “RE-42”, approved; without both dates nobody can tell whether it is the same.',
    ],
    [
      'a number that is alike',
      { number: 're 0042', state: 'open' },
      'Case, punctuation and leading zeros aside, the same number as invoice “re 0042” of 20 Oct 2026, not decided yet.',
    ],
    [
      'the same amount on the same day',
      { issueDate: '2026-11-20', amount: invoice.amount },
      'Another number, but amount and date of invoice “X-1” of 20 Nov 2026, approved.',
    ],
    ['nothing', {}, 'No earlier invoice from there has this number, or this amount on this date.'],
  ])('says which invoice has %s', (_what, over, because) => {
    expect(findDuplicate(invoice, oneWith(over)).because).toBe(because)
  })

  it('of a vendor that may be meant is possible at most', () => {
    const perhaps = oneWith({ id: 'theirs', number: 'RE-42', issueDate: '2026-11-20' })
    expect(findDuplicate(invoice, [], perhaps)).toEqual({
      duplicate: 'possible',
      of: 'theirs',
      because:
        'Perhaps of the same vendor: the same number as invoice “RE-42” of 20 Nov 2026, approved, within twelve months.',
    })
    expect(findDuplicate(invoice, oneWith({ id: 'own', number: 'RE-42' }), perhaps)).toMatchObject({ of: 'own' })
    expect(findDuplicate(invoice, [], oneWith()).duplicate).toBe('none')
  })

  it('two invoices without a number are not alike', () => {
    expect(findDuplicate({ ...invoice, number: null }, oneWith({ number: null })).duplicate).toBe('none')
    expect(findDuplicate({ ...invoice, number: ' ' }, oneWith({ number: '' })).duplicate).toBe('none')
  })
})

describe('the likeness of a number', () => {
  it.each([
    ['RE-0042/24', 'RE4224'],
    ['re 42.24', 'RE4224'],
    ['00042', '42'],
    ['INV007', 'INV7'],
    ['000', '0'],
    ['№ 7', 'NO7'],
    ['--', '--'],
  ])('of %s is %s', (number, likeness) => {
    expect(numberLikeness(number)).toBe(likeness)
  })

  it('keeps numbers that count up apart', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(99_999), (one, other) => {
        fc.pre(one !== other)
        expect(numberLikeness(`RE-${one}`)).not.toBe(numberLikeness(`RE-${other}`))
      }),
    )
  })

  it('does not see case, punctuation around, or zeros in front', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(5), fc.constantFrom('', ' ', '#', '- '), (number, zeros, mark) => {
        expect(numberLikeness(`${mark}a-${'0'.repeat(zeros)}${number}${mark}`)).toBe(numberLikeness(`A${number}`))
      }),
    )
  })
})
