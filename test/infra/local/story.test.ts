/** What the story is told with: its invoices add up, and it reads pages and mails as a browser without scripts would. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linkIn, linksIn, ticketsIn } from '../../../infra/local/story/mailbox.ts'
import { formsOf, said, untouched } from '../../../infra/local/story/pages.ts'
import { ubl } from '../../../infra/local/story/ubl.ts'

const minor = (xml: string, element: string): number =>
  Math.round(Number(new RegExp(`<cbc:${element} currencyID="EUR">(-?[\\d.]+)<`).exec(xml)?.[1] ?? 0) * 100)

describe('an invoice of the story', () => {
  const parties = { seller: { name: 'A & B', vatId: 'DE1' }, buyer: { name: 'C', vatId: 'DE2' } }
  const dates = { issueDate: '2026-11-24', dueDate: '2026-12-24' }

  test('adds up by EN 16931, whatever is to be paid', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), (payable) => {
        const xml = ubl({ number: '1', ...parties, ...dates, account: 'DE3', payable })
        expect(minor(xml, 'TaxInclusiveAmount')).toBe(minor(xml, 'TaxExclusiveAmount') + minor(xml, 'TaxAmount'))
        expect(minor(xml, 'PayableAmount')).toBe(payable)
        expect(minor(xml, 'TaxInclusiveAmount') + minor(xml, 'PayableRoundingAmount')).toBe(payable)
        expect(Math.abs(minor(xml, 'PayableRoundingAmount'))).toBeLessThanOrEqual(1)
        expect(minor(xml, 'TaxAmount')).toBe(Math.round(minor(xml, 'TaxExclusiveAmount') * 0.19))
      }),
    )
  })

  test('names no order where there is none, and writes names as XML', () => {
    const xml = ubl({ number: '1', ...parties, ...dates, account: 'DE3', payable: 100 })
    expect(xml).not.toContain('OrderReference')
    expect(xml).toContain('A &amp; B')
  })
})

describe('a page', () => {
  const page = {
    address: 'http://web/a/ticket',
    html: `<head><title>T</title></head><main><form method="post"><input type="radio" name="decision" value="approve">
      <input type="radio" name="decision" value="decline" checked=""><input name="number" value="A&amp;1">
      <textarea name="reason">so &lt;b&gt;</textarea><button type="submit" name="go" value="1">Go</button></form></main>`,
  }

  test('sends what a browser sends of a form that nobody touched', () => {
    const [form] = formsOf(page)
    expect(form).toMatchObject({ action: page.address, method: 'post' })
    expect(form && untouched(form)).toEqual({ decision: 'decline', number: 'A&1', reason: 'so <b>' })
  })

  test('says what stands on it', () => {
    expect(said(page)).toBe('so <b> Go')
  })
})

describe('a mail', () => {
  const link = 'http://web/a/AAAAAAAAAAAAAAAAAAAAAA'
  const mail = {
    subject: 'S',
    text: `Decide: ${link}\nOriginal: ${link}/original.`,
    html: `<a href="${link}">Decide</a><a href="http://web/?a=1&amp;b=2">More</a>`,
  }

  test('has a link to the page, and a scanner finds every address once', () => {
    expect(linkIn(mail)).toBe(link)
    expect(linksIn(mail)).toEqual([link, `${link}/original`, 'http://web/?a=1&b=2'])
    expect(ticketsIn(mail)).toEqual(['AAAAAAAAAAAAAAAAAAAAAA'])
  })

  test('without a link is told as such', () => {
    expect(() => linkIn({ subject: 'S', text: 'nothing' })).toThrow('has no link')
  })
})
