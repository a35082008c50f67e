/** Every page: whole in a snapshot, and what must hold on each, whatever it shows. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decisionPage } from '../../functions/view/pages/decision.tsx'
import { deskPage } from '../../functions/view/pages/desk.tsx'
import { style, styleHash } from '../../functions/view/style.ts'
import { links, pages } from '../make/shown.ts'
import { aCharter, askOf, corrected, desk1, handedOver, manager, unread, waiting } from '../make/state.ts'

const all = Object.entries(pages)
const charter = aCharter()

const shown = (name: string): string => {
  const page = pages[name]
  if (!page) throw new Error(`no page ${name}`)
  return page()
}

/** Start tags of this element, as they stand in the page. */
const tags = (html: string, name: string): string[] => html.match(new RegExp(`<(?:${name})\\b[^>]*>`, 'g')) ?? []
const attribute = (tag: string, name: string): string | null =>
  tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? null
const names = (html: string): (string | null)[] =>
  ['input', 'select', 'textarea'].flatMap((element) => tags(html, element)).map((tag) => attribute(tag, 'name'))
const checked = (html: string): (string | null)[] =>
  tags(html, 'input')
    .filter((tag) => /\schecked\b/.test(tag))
    .map((tag) => attribute(tag, 'value'))
const offered = (html: string): (string | null)[] =>
  tags(html, 'input')
    .filter((tag) => attribute(tag, 'type') === 'radio')
    .map((tag) => attribute(tag, 'value'))
const said = (html: string): string =>
  html
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

/** One of each kind is kept whole; of the others the tests say what is different. */
const kept = [
  'decision',
  'closed-withdrawn',
  'recorded',
  'desk-fill-in-problems',
  'desk-finish-forbidden',
  'trace',
  'owner-today-to-sign',
  'owner-sign',
]
const keptSmall = [
  'concern-not-understood',
  'concern-thanks',
  'minutes',
  'minutes-thanks',
  'wish',
  'wish-thanks',
  'unknown',
  'error',
]

test.each([...kept, ...keptSmall])('%s looks as it looked', async (name) => {
  // The style sheet stands in each page; it would drown what changed.
  await expect(`${shown(name).replace(style, '').replace(/></g, '>\n<')}\n`).toMatchFileSnapshot(
    `__snapshots__/pages/${name}.html`,
  )
})

describe.each(all)('%s', (_, page) => {
  test('is one document without anything that the content security policy forbids', () => {
    const html = page()
    expect(html.startsWith('<!doctype html><html lang="en">')).toBe(true)
    expect(tags(html, 'script')).toEqual([])
    expect(tags(html, 'link|img|iframe|object|base')).toEqual([])
    expect(html.replace(style, '')).not.toMatch(/<[^>]*\s(?:style|on\w+)="/)
    expect(tags(html, 'style')).toHaveLength(1)
  })

  test('has one main heading, and ids that are its own', () => {
    const html = page()
    expect(tags(html, 'h1')).toHaveLength(1)
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toEqual([...new Set(ids)])
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id)
  })

  test('has at most one form, which is sent by POST to where it came from, by a button that says nothing', () => {
    const html = page()
    const forms = tags(html, 'form')
    expect(forms.length).toBeLessThanOrEqual(1)
    for (const form of forms) {
      expect(attribute(form, 'method')).toBe('post')
      expect(attribute(form, 'action')).toBeNull()
    }
    for (const button of tags(html, 'button')) {
      expect(attribute(button, 'type')).toBe('submit')
      expect(attribute(button, 'name')).toBeNull()
      expect(attribute(button, 'value')).toBeNull()
    }
  })
})

test.each(all.filter(([name]) => name.endsWith('hostile')))('%s shows what strangers wrote as text', (_, page) => {
  const html = page()
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).not.toContain('<script')
  expect(html).not.toContain('<img')
  // What a person typed comes back as it was; everything else has no mark that turns writing around.
  expect(html.replace(/<textarea.*?<\/textarea>/gs, '')).not.toContain('\u202e')
  // No attribute is broken out of: every value with markup in it is still quoted.
  expect(html).not.toMatch(/="[^"]*"'>/)
})

test('the style sheet is the one that the content security policy names', () => {
  expect(styleHash).toBe(`sha256-${createHash('sha256').update(style).digest('base64')}`)
})

describe('the decision page', () => {
  const props = { state: waiting(), ask: askOf(waiting()), person: manager, charter, links }

  test('asks for a decision and a reason, and presses nothing', () => {
    const html = decisionPage(props)
    expect(names(html)).toEqual(['decision', 'decision', 'reason'])
    expect(offered(html)).toEqual(['approve', 'decline'])
    expect(checked(html)).toEqual([])
  })

  test('says who asks, what for, when, why in the words of the rule, and what happens if one waits', () => {
    const text = said(decisionPage(props))
    for (const part of [
      'Finance operations of Pilot Trading SE asks you to decide as manager',
      'Papier &amp; Druck GmbH, F-2026-0117',
      '11,900.00 EUR',
      'Due Wed 25 Nov, 10:00',
      'When the amount is over 5,000 EUR, ask the manager within 1 day, then the finance director within 1 day.',
      'Rule 10, Large. Olga Ortega owns the rules.',
      'The amount is 11,900.00 EUR.',
      'Step 1 of 2.',
      'Tue 24 Nov, 14:00: you get a reminder.',
      'Chidi Torres is told that it stands still',
      'Thu 26 Nov, 10:00: it goes to the invoice desk, and this link ends.',
    ])
      expect(text).toContain(part)
  })

  test('a form that came back approved has to be chosen anew, a refusal keeps its choice and its words', () => {
    const problem = 'Something kept it.'
    expect(checked(decisionPage({ ...props, problem, typed: { decision: 'approve' } }))).toEqual([])
    const declined = decisionPage({ ...props, problem, typed: { decision: 'decline', reason: 'Twice' } })
    expect(checked(declined)).toEqual(['decline'])
    expect(declined).toContain('>Twice</textarea>')
  })

  test('a problem leads to the field that can solve it', () => {
    const problem = 'Something kept it.'
    expect(decisionPage({ ...props, problem, typed: {} })).toContain(`<a href="#approve">${problem}</a>`)
    expect(decisionPage({ ...props, problem, typed: { decision: 'decline' } })).toContain(
      `<a href="#reason">${problem}</a>`,
    )
    expect(decisionPage({ ...props, problem, typed: { decision: 'approve' } })).toContain(`<li>${problem}</li>`)
  })

  test('a promise is told in its own sentence, with the role that it asks for', () => {
    const text = said(shown('decision-forbidden'))
    expect(text).toContain('Never approve without finance when the bank details have changed.')
    expect(text).toContain('It needs finance.')
  })

  test('what is not as usual is marked', () => {
    expect(said(shown('decision-second-step'))).toMatch(/Changed look twice.*3\.4 % away look twice/)
    expect(said(decisionPage(props))).not.toContain('look twice')
  })
})

describe('the page of an ask that is over', () => {
  test('has no form and tells the truth', () => {
    const another = shown('closed-answered-by-another')
    expect(tags(another, 'form')).toEqual([])
    expect(said(another)).toContain('Finn Berg has answered already')
    expect(said(another)).toContain('Finn Berg approved as finance, Tue 24 Nov, 10:04.')
    expect(said(another)).toContain('It is with Dana Meyer (finance director) until Wed 25 Nov, 10:00.')

    expect(said(shown('closed-answered-before'))).toContain('You have answered this already')
    expect(said(shown('closed-answered-before'))).toContain(
      'The invoice was approved by the people asked, Tue 24 Nov, 10:07.',
    )
    expect(said(shown('closed-withdrawn'))).toContain(
      'It was withdrawn from Sam Ruiz: Nobody decided within twice the time.',
    )
  })
})

describe('what was recorded', () => {
  test('says what happens next', () => {
    expect(said(shown('recorded'))).toContain('It is with Dana Meyer (finance director)')
    expect(said(shown('recorded-last'))).toContain('onto the next list of payments')
    expect(said(shown('recorded-declined'))).toContain('The vendor is told, with your reason.')
  })
})

describe('the desk’s page', () => {
  const filling = { state: unread(), ask: askOf(unread()), person: desk1, charter, links }
  const finishing = { state: handedOver(), ask: askOf(handedOver(), 2), person: desk1, charter, links }

  test('holds the fields by the names of INVOICE, and one way on', () => {
    const html = deskPage(filling)
    expect(names(html).toSorted()).toEqual(
      [
        ...['number', 'documentType', 'issueDate', 'dueDate', 'orderReference', 'buyerReference', 'currency'],
        ...['seller.name', 'seller.vatId', 'buyer.name', 'buyer.vatId', 'accounts'],
        ...['lineExtension', 'taxExclusive', 'tax', 'taxInclusive', 'prepaid', 'payable'],
        ...['decision', 'reason'],
      ].toSorted(),
    )
    expect(offered(html)).toEqual(['continue'])
    expect(checked(html)).toEqual([])
    expect(said(html)).toContain('The file is a scan: no text could be read.')
  })

  test('what was typed comes back, each problem at its field', () => {
    const html = shown('desk-fill-in-problems')
    expect(html).toContain('value="12,400"')
    expect(html).toContain('href="#payable"')
    expect(
      tags(html, 'input')
        .filter((tag) => attribute(tag, 'aria-invalid') === 'true')
        .map((tag) => attribute(tag, 'name')),
    ).toEqual(['currency', 'payable'])
    expect(checked(html)).toEqual([])
  })

  test('finishing offers four ways and the charter’s roles, the fields to read only', () => {
    const html = deskPage(finishing)
    expect(names(html)).toEqual(['decision', 'decision', 'decision', 'decision', 'role', 'reason'])
    expect(offered(html)).toEqual(['approve', 'decline', 'return', 'ask'])
    expect(checked(html)).toEqual([])
    expect(tags(html, 'option').map((tag) => attribute(tag, 'value'))).toEqual(['', ...Object.keys(charter.roles)])
    expect(said(html)).toContain('Seller’s VAT id DE811907980')
    expect(said(html)).toContain('Sam Ruiz did not decide within twice the time.')
  })

  test('where a promise forbids, asking the role that it names is ready to be sent', () => {
    const html = shown('desk-finish-forbidden')
    expect(checked(html)).toEqual(['ask'])
    expect(html).toMatch(/<option value="finance" selected/)
  })
})

test('an unknown link tells nothing about any invoice or company', () => {
  expect(said(shown('unknown'))).not.toMatch(/Pilot|invoice|EUR/)
})

describe('what is not as usual', () => {
  test('stands beside the decision, each with where it came from, and once more among all facts', () => {
    const text = said(shown('decision-corrected'))
    expect(text).toContain(
      'Look twice Bank details: Changed The account ending in 3000 is not on the record of V-100; it holds the account ending in 2051.',
    )
    expect(text.indexOf('Bank details: Changed')).toBeLessThan(text.indexOf('Your decision'))
    expect(text).toContain('Bank details Changed look twice The account ending in 3000')
    expect(said(shown('decision'))).not.toContain('Look twice')
  })
})

describe('what was corrected by hand', () => {
  const text = said(shown('decision-corrected'))

  test('stands beside what was read, with who, when and which reader', () => {
    expect(text).toContain(
      'Ada Peters held the fields against the original, Tue 24 Nov, 10:02, and put right what the reader of PDF text had otherwise:',
    )
    expect(text).toContain('Invoice number “F-2026-0117” Read as “F-2026-0111”')
    expect(text).toContain('To be paid “11900.00” Not read')
    expect(text).toContain('The account ending in 3000 Read as the account ending in 2051')
  })

  test('shows no account in full, neither to the approver nor in the trace', () => {
    for (const page of ['decision-corrected', 'trace-corrected'])
      expect(shown(page)).not.toMatch(/DE02120300000000202051|DE89370400440532013000/)
  })

  test('is told as nothing where the reading was right, and as written where nothing could be read', () => {
    const { corrections } = corrected()
    if (!corrections) throw new Error('nothing was corrected')
    const pageWith = (over: Partial<typeof corrections>): string =>
      said(
        decisionPage({
          state: { ...corrected(), corrections: { ...corrections, ...over } },
          ask: askOf(corrected(), 2),
          person: manager,
          charter,
          links,
        }),
      )
    expect(pageWith({ changes: [] })).toContain('and changed nothing of what the reader of PDF text had.')
    expect(pageWith({ source: null })).toContain('No reader could read the document; Ada Peters wrote the fields')
    expect(said(shown('decision'))).not.toContain('Checked by hand')
  })
})
