/** Amounts and dates as people write them: one meaning where it is clear, two where nobody can tell. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountsWritten, datesWritten } from '../../../functions/edge/read/written.ts'

describe('an amount', () => {
  it.each([
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1 234,50', '1234.50'],
    ['1 234,50 €', '1234.50'],
    ["CHF 1'234.50", '1234.50'],
    ['$1810.46', '1810.46'],
    ['US$ 1,810.46', '1810.46'],
    ['EUR 12,00', '12.00'],
    ['12,00 EUR', '12.00'],
    ['€ 12.345.678,90', '12345678.90'],
    ['12,34,567.00', '1234567.00'],
    ['1.234.567', '1234567'],
    ['$-1,136.16', '-1136.16'],
    ['-$1,136.16', '-1136.16'],
    ['(50.00)', '-50.00'],
    ['50,00-', '-50.00'],
    ['−5', '-5'],
    ['-0.00', '0.00'],
    ['0.500', '0.500'],
    ['100', '100'],
    ['100,-', '100'],
    ['kr 1.250,00', '1250.00'],
  ])('%s is %s', (written, meant) => expect(amountsWritten(written)).toEqual([meant]))

  it.each([
    ['1.234', ['1234', '1.234']],
    ['1,234', ['1234', '1.234']],
  ])('%s can be meant in two ways', (written, meant) => expect(amountsWritten(written)).toEqual(meant))

  it.each([
    '',
    '$',
    'EUR',
    'abc',
    '12,34.5.6',
    '1,23,4',
    '1.2.3',
    '12 34',
    '1,2345,678.00',
    '(50.00',
    '--5',
    '1 2,3 4',
    '5%',
    '10 x 5',
  ])('%s is none', (written) => expect(amountsWritten(written)).toEqual([]))

  it('written for people in any of the usual ways means itself', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000_000 }),
        fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'de-CH', 'en-IN', 'es-ES', 'it-IT', 'nl-NL'),
        (minor, locale) => {
          const written = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(minor / 100)
          expect(amountsWritten(written)).toEqual([(minor / 100).toFixed(2)])
        },
      ),
    )
  })
})

describe('a date', () => {
  it.each([
    ['2026-03-04', '2026-03-04'],
    ['2026/3/4', '2026-03-04'],
    ['04.03.2026', '2026-03-04'],
    ['4. 3. 26', '2026-03-04'],
    ['13/01/2017', '2017-01-13'],
    ['01/13/17', '2017-01-13'],
    ['05/05/2026', '2026-05-05'],
    ['4 March 2026', '2026-03-04'],
    ['March 4, 2026', '2026-03-04'],
    ['Mar 4th, 2026', '2026-03-04'],
    ['04-Mar-2026', '2026-03-04'],
    ['4. März 2026', '2026-03-04'],
    ['Mittwoch, 4. März 2026', '2026-03-04'],
    ['1er février 2026', '2026-02-01'],
    ['15 août 2026', '2026-08-15'],
    ['4 maart 2026', '2026-03-04'],
    ['4 de marzo de 2026', '2026-03-04'],
    ['4 dicembre 2026', '2026-12-04'],
    ['24 luglio 2026', '2026-07-24'],
    ['3 juin 2026', '2026-06-03'],
    ['3 juillet 2026', '2026-07-03'],
  ])('%s is %s', (written, meant) => expect(datesWritten(written)).toEqual([meant]))

  it('with the day or the month first can be two', () => {
    expect(datesWritten('03/04/2026')).toEqual(['2026-04-03', '2026-03-04'])
    expect(datesWritten('12-07-2019')).toEqual(['2019-07-12', '2019-12-07'])
  })

  it.each([
    '',
    '2026',
    '31.02.2026',
    '2026-13-01',
    'soon',
    '1/2',
    '32/01/2026',
    '04.03',
    '4 Brumaire 2026',
    'Payment 30 days',
  ])('%s is none', (written) => expect(datesWritten(written)).toEqual([]))
})
