/** Every mail: whole in a snapshot, and what must hold in each, whatever it says. */
import { describe, expect, test } from 'vitest'
import { requestMail } from '../../functions/view/mail/request.tsx'
import { links, mails } from '../make/shown.ts'
import { aCharter, askOf, declined, desk1, manager, waiting } from '../make/state.ts'

const all = Object.entries(mails)
const mail = (name: string) => {
  const write = mails[name]
  if (!write) throw new Error(`no mail ${name}`)
  return write()
}

test.each(all.filter(([name]) => !name.endsWith('hostile')))('%s reads as it read', async (name, write) => {
  const { to, subject, text } = write()
  await expect(`To: ${to}\nSubject: ${subject}\n\n${text}`).toMatchFileSnapshot(`__snapshots__/mails/${name}.txt`)
})

test.each(['request', 'week'])('%s looks as it looked', async (name) => {
  await expect(`${mail(name).html.replace(/></g, '>\n<')}\n`).toMatchFileSnapshot(`__snapshots__/mails/${name}.html`)
})

describe.each(all)('%s', (_, write) => {
  test('has a subject of one short line', () => {
    const { subject } = write()
    expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]/u)
    expect([...subject].length).toBeLessThanOrEqual(180)
  })

  test('is HTML without script, style sheet or anything to load', () => {
    const { html } = write()
    expect(html.startsWith('<!doctype html>')).toBe(true)
    expect(html).not.toMatch(/<(script|style|link|img|iframe|form)\b/)
    expect(html).not.toMatch(/\son\w+="/)
  })

  test('says the same in plain text: every link, every heading', () => {
    const { html, text } = write()
    for (const [, link = ''] of html.matchAll(/href="([^"]+)"/g)) expect(text).toContain(link)
    for (const [, heading = ''] of html.matchAll(/<h2[^>]*>([^<]+)</g))
      expect(text).toContain(heading.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
  })

  test('has at most one button', () => {
    expect(write().html.match(/bgcolor=/g)?.length ?? 0).toBeLessThanOrEqual(1)
  })
})

test.each(all.filter(([name]) => name.endsWith('hostile')))('%s carries what strangers wrote as text', (_, write) => {
  const { html, text } = write()
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(`${html}${text}`).not.toContain('\u202e')
  // Nobody's text begins a line of its own, as a header or another part of the mail would.
  expect(text).not.toMatch(/^Bcc:/m)
  // The only links are ours.
  for (const [, link] of html.matchAll(/href="([^"]+)"/g))
    expect(link).toContain('https://countersign.pilot.example/a/')
})

test.each([
  ['request', 'Approve F-2026-0117, Papier & Druck GmbH, 11,900.00 EUR'],
  ['reminder', 'Reminder: Approve F-2026-0117, Papier & Druck GmbH, 11,900.00 EUR'],
  ['overdue', 'Overdue: Approve F-2026-0117, Papier & Druck GmbH, 11,900.00 EUR'],
  ['desk-finish', 'Finish by hand: F-2026-0117, Papier & Druck GmbH, 11,900.00 EUR'],
  ['desk-finish-reminder', 'Reminder: Finish by hand: F-2026-0117, Papier & Druck GmbH, 11,900.00 EUR'],
  ['desk-fill-in', 'Finish by hand: invoice without a number, billing@papier-und-druck.example, amount not stated'],
  ['unclaimed', 'Finish by hand: mail from someone@else.example'],
  ['stalled', 'Stalled: F-2026-0117, Papier & Druck GmbH, 11,900.00 EUR'],
  ['bypassed', 'Bypassed: F-2026-0117, Papier & Druck GmbH, 11,900.00 EUR'],
  ['stuck', 'Stuck: F-2026-0117, Papier & Druck GmbH, 11,900.00 EUR'],
  ['declined', 'Re: Invoice F-2026-0117'],
  ['returned', 'Re: Invoice F-2026-0117'],
  ['not-taken', 'Re: our invoice'],
  ['decide-there', 'Re: Approve F-2026-0117, Papier & Druck GmbH, 11,900.00 EUR'],
  ['week', 'Week 2026-W48: 6 received, 5 decided'],
  ['release', 'Released for payment: 2026-11-24, 1 invoice'],
])('the subject of %s', (name, subject) => {
  expect(mail(name).subject).toBe(subject)
})

describe('a request', () => {
  test('says who asks what, why, until when, what happens then, and ends with the manual path', () => {
    const { text } = mail('request')
    const parts = [
      'Finance operations of Pilot Trading SE asks you to decide as manager',
      'Papier & Druck GmbH, F-2026-0117\n11,900.00 EUR',
      'Sam Ruiz, please decide by Wed 25 Nov, 10:00.',
      `Look and decide:\n${links.page}`,
      `Open the original document:\n${links.original}`,
      '> When the amount is over 5,000 EUR, ask the manager within 1 day, then the finance director within 1 day.',
      'Order          PO-1001',
      'Thu 26 Nov, 10:00: it goes to the invoice desk, and this link ends.',
      `I do not understand this rule:\n${links.concerns['not-understood']}`,
      `Something is wrong:\n${links.concerns['something-wrong']}`,
      `This was decided elsewhere:\n${links.concerns['decided-elsewhere']}`,
      '1. Print this page and the invoice.',
      '[ ] I approve    [ ] I decline, because',
    ]
    const places = parts.map((part) => text.indexOf(part))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  test('tells what was decided before', () => {
    expect(mail('overdue').text).toContain('- Sam Ruiz approved as manager, Tue 24 Nov, 10:04: “Agreed at the fair.”')
    expect(mail('request').text).not.toContain('Decisions so far')
  })

  test('names the others who can decide, never the person itself', () => {
    const state = waiting()
    const ask = { ...askOf(state), people: [manager, 'marketing.manager@pilot.example'] }
    const { text } = requestMail({ state, ask, person: manager, charter: aCharter(), links, kind: 'request' })
    expect(text).toContain('Mia Lindt can decide as well; one decision is enough.')
  })
})

describe('an alert', () => {
  test('says what stands still, since when, at whom, what comes next, and asks for the minutes', () => {
    const { text } = mail('stalled')
    for (const part of [
      'Dana Meyer (finance director)',
      'Asked     Tue 24 Nov, 10:05',
      'Was due   Wed 25 Nov, 10:00',
      'If nobody decides, it goes to the invoice desk: Thu 26 Nov, 10:00.',
      `See everything that happened:\n${links.page}`,
      `Tell how many minutes this took:\n${links.page}/minutes`,
    ])
      expect(text).toContain(part)
    expect(mail('stalled-at-the-desk').text).toContain('it waits at the desk until somebody finishes it')
  })
})

describe('an answer to a vendor', () => {
  test('says why it was declined and whom to ask, and nothing about us', () => {
    const { text } = mail('declined')
    expect(text).toContain('> We ordered 4 stands, you invoiced 6.')
    expect(text).toContain('write to invoices@pilot.example')
    expect(text).not.toMatch(/Sam Ruiz|manager|Rule|\/a\//)
  })

  test('says what is missing', () => {
    expect(mail('returned').text).toContain('- the invoice number\n- the invoice date\n- our purchase order number')
  })

  test('goes to the desk, and says so, where nobody is proved to be the vendor', () => {
    const { to, subject, text } = mail('declined-to-the-desk')
    expect(to).toBe(desk1)
    expect(subject).toMatch(/^Finish by hand: tell the sender of /)
    expect(text).toContain(`Nothing proves that ${declined().mail.from} is the vendor`)
  })
})

test('who answered by mail is led to the page, or told how it ended', () => {
  expect(mail('decide-there').text).toContain(links.page)
  expect(mail('decide-there-too-late').text).toContain('The invoice was approved by the people asked')
  expect(mail('decide-there-too-late').html).not.toContain('href=')
})

describe('the weekly page', () => {
  test('holds the measure against baseline and target', () => {
    const { text } = mail('week')
    expect(text).toContain('Before     48 h\nThis week  2.5 h\nTarget     4 h')
    expect(text).toContain('The target is met: 2.5 h where 4 h was agreed.')
    expect(text).toContain('- 10. Large: Used 3, Stalled 1, Handed 0, Unclear 1, Wrong 0')
  })

  test('a week without a decision claims nothing', () => {
    expect(mail('week-without-invoices').text).toContain('nobody can say whether the target is met')
    expect(mail('week-without-invoices').text).toContain('No rule decided on an invoice this week.')
  })
})

test('the release list comes as a file', () => {
  expect(mail('release').attachments).toEqual([
    { name: 'released-2026-11-24.csv', type: 'text/csv; charset=utf-8', content: 'number\r\nF-2026-0117\r\n' },
  ])
})
