/** The owners' pages: what they say in each situation, what they offer, and that nothing is chosen beforehand. */
import { describe, expect, test } from 'vitest'
import { formOf, said } from '../make/owner.ts'
import { ownerPages } from '../make/owner-pages.ts'

const html = (name: string): string => {
  const page = ownerPages[name]
  if (!page) throw new Error(`no page ${name}`)
  return page()
}
const says = (name: string): string => said(html(name))
const offered = (name: string): (string | undefined)[] =>
  [...html(name).matchAll(/<input[^>]*type="radio"[^>]*value="([^"]*)"/g)].map(([, value]) => value)
const chosen = (name: string): (string | undefined)[] =>
  [...html(name).matchAll(/<input[^>]*type="radio"[^>]*>/g)].flatMap(([input]) =>
    / checked/.test(input) ? [/value="([^"]*)"/.exec(input)?.[1]] : [],
  )

test.each(Object.keys(ownerPages))('%s has nothing chosen that would turn a key', (name) => {
  expect(chosen(name).filter((choice) => choice !== 'refuse')).toEqual([])
})

describe('today', () => {
  test('leads who has to sign to the proposal, and tells the other owner whom it waits for', () => {
    expect(says('owner-today-to-sign')).toContain('A proposal waits for your signature')
    expect(html('owner-today-to-sign')).toContain('/proposal-1">Read it, then sign or refuse</a>')
    expect(says('owner-proposal-own')).toContain('Chidi Torres has to sign or refuse it.')
  })

  test('says until when the pilot is frozen, and keeps what is parked with date and name', () => {
    const text = says('owner-today-frozen')
    expect(text).toContain('Frozen until Tue 24 Nov, 09:00, the end of the first cycle.')
    expect(text).toContain('It is kept until the freeze ends, Tue 24 Nov, 09:00; then it can be taken up.')
    expect(text).toContain('“A monthly report by vendor.” Finn Berg, Wed 18 Nov, 10:00')
  })

  test('says that it is paused, by whom and why', () => {
    expect(says('owner-today-paused')).toContain(
      'Paused by Chidi Torres since Thu 26 Nov, 10:00: “Two mails named the wrong vendor.”',
    )
    expect(says('owner-today-paused')).toContain('Its rehearsal begins by itself')
  })

  test('tells the charter in words and every rule with its sentence; only who may propose is offered it', () => {
    const text = says('owner-today')
    for (const part of [
      'Hours to decision 48 before, 4 is the target',
      'Takes part Invoices of Sales and Marketing',
      'Stop When manual touches are above the baseline for 2 weeks',
      'Expand When all targets are met for 3 weeks',
      'Large When the amount is over 5,000 EUR, ask the manager within 1 day, then the finance director within 1 day.',
      'Never approve without finance when the bank details have changed.',
    ])
      expect(text).toContain(part)
    expect(html('owner-today')).toContain('/propose-rules"')
    expect(html('owner-today-to-sign')).not.toContain('/propose-rules"')
    expect(html('owner-today-to-sign')).toContain('/propose-charter"')
  })
})

describe('before anything is in force', () => {
  test('today says so first, and leads each owner to what they may propose', () => {
    const text = says('owner-today-drafts')
    expect(text).toContain('Your pilot waits for your signatures')
    expect(text).toContain('The pilot has not begun yet')
    expect(text).toContain('A draft: nobody has signed it, and it is not in force')
    expect(text).not.toContain('The pilot is running')
    expect(html('owner-today-drafts')).toContain('/propose-charter">Propose the charter</a>')
    expect(html('owner-today-drafts')).toContain('/propose-rules">Propose the rules</a>')
    expect(html('owner-today-drafts')).not.toContain('/pause"')
  })

  test('today leads who signs to the charter, and to the rules only once that is in force', () => {
    expect(says('owner-today-charter-first')).toContain('A proposal waits for your signature')
    expect(says('owner-today-charter-first')).toContain('The charter comes first')
    expect(offered('owner-rules-before-charter')).toEqual(['refuse'])
    expect(offered('owner-sign-first')).toEqual(['sign', 'refuse'])
  })

  test('the draft stands in the field, and the first version is held against it', () => {
    expect(says('owner-propose-draft')).toContain('It stands here as it was drafted.')
    expect(formOf(html('owner-propose-draft'))).toMatchObject({ seen: '', base: '' })
    expect(says('owner-preview-draft')).toContain('It says what the draft says.')
    expect(says('owner-sign-first')).toContain('nothing: it is the first version')
    expect(says('owner-sign-first')).toContain('In the draft Approve it Proposed Ask the manager within 1 day')
    expect(says('owner-sign-first')).not.toContain('in force: ')
    expect(html('owner-sign-first')).toContain('<details open')
  })
})

describe('a text', () => {
  test('with findings shows each with its line, its words and an example, and keeps what was typed', () => {
    const text = says('owner-propose-findings')
    expect(text).toContain('4 findings to mend before it can be proposed')
    expect(text).toContain('"manger" is no role of the charter (did you mean "manager"?)')
    expect(text).toContain('Never approve automatically when the vendor is not known.')
    expect(text).toContain('For example: An invoice of 1,000.00 EUR from a vendor whose record does not match')
    expect(formOf(html('owner-propose-findings')).text).toContain('When the bank details have changed, approve it.')
  })

  test('is shown to both with the same facts: the difference, the past decided again, the hash', () => {
    const hash = /[0-9a-f]{64}/.exec(says('owner-preview'))?.[0] ?? ''
    for (const name of ['owner-preview', 'owner-sign', 'owner-proposal-own']) {
      const text = says(name)
      expect(text).toContain('One kind of invoice would be decided differently')
      expect(text).toContain('Now in force Approve it Proposed Ask the manager within 1 day')
      expect(text).toMatch(/Of 214 invoices, \d+ would be decided differently , worth [\d,.]+ EUR in all/)
      expect(text).toMatch(/Sam Ruiz: \d+ more/)
      expect(text).toMatch(
        /1,592 working hours for all invoices under the rules in force, [\d,]+ working hours under these/,
      )
      expect(text).toContain(hash)
    }
    expect(offered('owner-preview')).toEqual(['propose', 'change'])
    expect(offered('owner-sign')).toEqual(['sign', 'refuse'])
    expect(offered('owner-proposal-own')).toEqual(['withdraw'])
  })

  test('of the charter says each part as it is and as it would be', () => {
    const text = says('owner-preview-charter')
    expect(text).toContain('Measures · 1 · target: Now in force 4 Proposed 6')
    expect(text).toContain('Calendar · hours · from: Now in force 09:00 Proposed 08:00')
    expect(text).toContain('Park it')
  })

  test('goes along unseen to the page that asks for the code, and the code is for nothing else', () => {
    expect(says('owner-confirm')).toContain('This code signs proposal 1')
    expect(formOf(html('owner-confirm'))).toMatchObject({
      decision: 'sign',
      reason: 'The system can carry it.',
      code: '',
    })
  })
})

describe('the rehearsal', () => {
  test.each([
    ['owner-sign', 'It is rehearsed once both have signed', false],
    ['owner-proposal-signed', 'Its rehearsal begins by itself', false],
    ['owner-rehearsal-runs', 'Its rehearsal runs: 7 of 18 cases Since Thu 26 Nov, 09:55', false],
    ['owner-rehearsal-failed', 'Its rehearsal failed', true],
    ['owner-rehearsal-stopped', 'Its rehearsal did not end', true],
    ['owner-rehearsal-again', 'Its rehearsal runs: 7 of 18 cases', false],
    ['owner-proposal-in-force', 'Its rehearsal passed Passed, Thu 26 Nov, 10:00: 4 of 4 cases passed', false],
  ])('of %s: %s', (name, text, again) => {
    expect(says(name)).toContain(text)
    expect(offered(name).includes('rehearse')).toBe(again)
  })

  test('that failed says of each case what was expected, what was seen and what to do; the one before is kept', () => {
    const text = says('owner-rehearsal-failed')
    for (const part of [
      'A request that nobody answers failed Expected a reminder after half of the time, and an alert when the time is over Seen no reminder within the time; the history of the invoice holds none What to do See whether Sweep runs each minute',
      'Two who have to agree at the same time could not be tried Expected both are asked',
      '4 cases passed A mail scanner that opens each link: one invoice, and nothing decided by it',
      'Before that: failed, Thu 26 Nov, 10:00',
    ])
      expect(text).toContain(part)
  })

  test('that failed leads both owners to it, and nothing says that it comes into force by itself', () => {
    for (const name of ['owner-today-rehearsal-failed', 'owner-rehearsal-failed']) {
      expect(says(name)).toContain('Its rehearsal failed. It does not come into force.')
      expect(says(name)).not.toContain('begins by itself')
    }
  })

  test('is a sentence in the log, never the report itself', () => {
    expect(says('owner-log-rehearsed')).toContain(
      '4 of 5 cases passed; failed: A request that nobody answers; could not be tried with these texts: Two who',
    )
    for (const name of ['owner-log-rehearsed', 'owner-rehearsal-failed', 'owner-proposal-in-force'])
      expect(html(name)).not.toMatch(/&quot;(expected|seen|ok)&quot;/)
  })

  test('that passed leads to a text in force, since when and as which version; or says why it cannot', () => {
    expect(says('owner-proposal-in-force')).toContain('Came into force Thu 26 Nov, 10:00, as version 2')
    expect(says('owner-proposal-outdated')).toContain(
      'it cannot come into force: Proposal 1 was made against version 1',
    )
  })

  test('that is asked for decides nothing', () => {
    expect(offered('owner-rehearsal-failed')).toEqual(['rehearse', 'withdraw'])
    expect(says('owner-rehearsal-asked')).toContain('The rehearsal begins within a minute')
  })
})

test('what one key cannot bring back can be proposed again', () => {
  expect(offered('owner-roll-back')).toEqual(['keep', 'anew'])
  expect(offered('owner-roll-back-late')).toEqual([])
  expect(html('owner-roll-back-late')).toContain('/propose-rules-1">')
})

test('before the code nothing is told of the pilot', () => {
  for (const name of ['owner-enter', 'owner-enter-code', 'owner-enter-wrong'])
    expect(says(name)).not.toMatch(/Pilot Trading|Finance operations|Olga/)
})
