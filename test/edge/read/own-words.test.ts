/** What the writer wrote: quotes and signature cut, whatever program laid them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownWords } from '../../../functions/edge/read/own-words.ts'

describe('the own words of a reply', () => {
  it.each([
    [
      'Gmail',
      'Approved.\n\nOn Tue, Nov 24, 2026 at 10:00 AM Countersign <invoices@pilot.example>\nwrote:\n\n> Approve R-1\n> please',
    ],
    ['Apple Mail', 'Approved.\n\nOn 24 Nov 2026, at 10:00, Countersign <invoices@pilot.example> wrote:\n\nApprove R-1'],
    [
      'German Apple Mail',
      'Approved.\n\nAm 24.11.2026 um 10:00 schrieb Countersign <invoices@pilot.example>:\n\n> Approve R-1',
    ],
    [
      'French Gmail',
      'Approved.\n\nLe mar. 24 nov. 2026 à 10:00, Countersign <invoices@pilot.example> a écrit :\n\n> Approve R-1',
    ],
    [
      'Dutch Gmail',
      'Approved.\n\nOp di 24 nov. 2026 om 10:00 schreef Countersign <invoices@pilot.example>:\n\n> Approve R-1',
    ],
    [
      'Spanish Gmail',
      'Approved.\n\nEl mar, 24 nov 2026 a las 10:00, Countersign (<invoices@pilot.example>) escribió:\n\n> Approve R-1',
    ],
    ['Italian Gmail', 'Approved.\n\nIl giorno mar 24 nov 2026 alle ore 10:00 Countersign ha scritto:\n\n> Approve R-1'],
    [
      'Outlook',
      'Approved.\n\n________________________________\nFrom: Countersign <invoices@pilot.example>\nSent: Tuesday, November 24, 2026 10:00\nTo: Sam\nSubject: Approve R-1\n\nApprove R-1',
    ],
    [
      'German Outlook',
      'Approved.\n\nVon: Countersign <invoices@pilot.example>\nGesendet: Dienstag, 24. November 2026 10:00\nAn: Sam\nBetreff: Approve R-1\n\nApprove R-1',
    ],
    ['old Outlook', 'Approved.\n\n-----Original Message-----\nFrom: Countersign\n\nApprove R-1'],
    ['a phone', 'Approved.\n\nSent from my iPhone\n\n> On 24 Nov 2026, at 10:00, Countersign wrote:\n> Approve R-1'],
    ['a signature', 'Approved.\n\n-- \nSam Ruiz\nHead of Sales'],
    ['a German phone', 'Approved.\n\nVon meinem iPhone gesendet'],
  ])('in %s', (_program, text) => {
    expect(ownWords(text)).toBe('Approved.')
  })

  it('stay where they stand between quoted lines', () => {
    const text = 'On Tuesday Countersign wrote:\n> Is it right?\n\nYes.\n\n> And the price?\n\nNo.'
    expect(ownWords(text)).toBe('Yes.\n\nNo.')
  })

  it.each([
    'From: our database, not from elsewhere.',
    'On Thursday I wrote: this is fine.',
    'Here is a fix -- this is not a signature.',
    'Sent from my desk, which is easier.',
    'With regards to the invoice: approved.',
    'Best regards\nSam',
  ])('are all of it where nothing is quoted: %s', (text) => {
    expect(ownWords(text)).toBe(text)
  })

  it('are nothing where all is quoted', () => {
    expect(ownWords('> one\n> two')).toBe('')
    expect(ownWords('')).toBe('')
  })

  it('never hold a quoted line, and never more than was written', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.string().map((line) => `> ${line}`),
          ),
        ),
        (lines) => {
          const text = lines.join('\n')
          const own = ownWords(text)
          expect(own.split('\n').some((line) => /^\s*>/.test(line))).toBe(false)
          expect(own.length).toBeLessThanOrEqual(text.length)
        },
      ),
    )
  })

  it.each([
    ['spaces', `${' '.repeat(200_000)}x`],
    ['introductions', 'On x\n'.repeat(40_000)],
    ['headers', 'From: x\n'.repeat(30_000)],
    ['dashes', `${'- '.repeat(100_000)}`],
    ['one endless line', 'On '.repeat(60_000)],
  ])('take no time to find among %s', { timeout: 20_000 }, (_what, text) => {
    expect(ownWords(text).length).toBeLessThanOrEqual(text.length)
  })
})
