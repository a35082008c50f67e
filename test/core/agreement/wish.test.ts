/** What is kept of a wish, and which mails are one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wishInMail, wishWords } from '../../../functions/core/agreement/wish.ts'

describe('a mail', () => {
  it.each([
    ['Wish: a report per vendor', '', 'a report per vendor'],
    ['WISH - a report per vendor', 'Each Friday,\r\nplease.', 'a report per vendor:\nEach Friday,\nplease.'],
    [' wish', 'Travel expenses as well', 'Travel expenses as well'],
    ['Wish a report', '', 'a report'],
    ['Wish:a report', '', 'a report'],
  ])('%j with %j wishes for %j', (subject, wrote, wish) => {
    expect(wishInMail(subject, wrote)).toBe(wish)
  })

  it.each(['Wishlist of Papier & Druck', 'Wishes', 'wish2', 'Wishäre', 'Re: Wish: a report', 'A wish', ''])(
    'about %j wishes for nothing',
    (subject) => {
      expect(wishInMail(subject, 'A report per vendor')).toBeNull()
    },
  )

  it('without any word of it wishes for nothing', () => {
    expect(wishInMail('Wish:', ' \n ')).toBeNull()
  })
})

describe('the words of a wish', () => {
  it('are whole characters, however many there are: the log has to come back as it was hashed', () => {
    const long = wishWords(`a${'😀'.repeat(3_000)}`)
    expect([...long]).toHaveLength(2_000)
    expect(long.isWellFormed()).toBe(true)
    expect(wishWords('a report\ud83d')).toBe('a report')
  })

  it('hold what every queue takes, and no more', () => {
    expect(wishWords(' a\u0000 re\u001bport\ufffe\r\n\tper vendor \r')).toBe('a report\n\tper vendor')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const words = wishWords(text)
        // What SQS takes is what XML 1.0 takes.
        expect(words).toMatch(/^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u)
        expect(wishWords(words)).toBe(words)
      }),
    )
  })
})
