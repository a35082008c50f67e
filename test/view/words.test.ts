/** How things are named: one clean line, whatever strangers wrote. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concernNames, linksOf } from '../../functions/view/links.ts'
import { concernOf } from '../../functions/view/pages/concern.tsx'
import {
  called,
  cut,
  oneLine,
  oneOf,
  replySubject,
  spoken,
  subjectOf,
  theirs,
  told,
} from '../../functions/view/words.ts'
import { anInvoice } from '../make/history.ts'
import { aCharter, hostile, unread, waiting } from '../make/state.ts'

const breaks = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

test('whatever somebody writes is one line without control characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(oneLine(text)).not.toMatch(breaks)
      expect(oneLine(oneLine(text))).toBe(oneLine(text))
    }),
  )
})

test('no subject is longer than a mailbox shows, and the amount always stands in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', maxLength: 500 }), (number, name) => {
      const state = { ...waiting(), vendor: null, invoice: anInvoice({ number, seller: { name, vatId: null } }) }
      const subject = subjectOf(state)
      expect(subject).not.toMatch(breaks)
      expect([...subject].length).toBeLessThanOrEqual(120)
      expect(subject).toMatch(/11,900\.00 EUR$/)
    }),
  )
})

test('cutting keeps whole characters', () => {
  expect(cut('abc', 3)).toBe('abc')
  expect(cut('abcd', 3)).toBe('ab…')
  expect(cut('👩🏽‍💻👩🏽‍💻', 2)).not.toMatch(/[\ud800-\udfff]$/u)
})

test('a stranger’s address is no link', () => {
  expect(theirs('see https://evil.example/a and www.evil.example')).toBe(
    'see https: //evil.example/a and www .evil.example',
  )
})

test('people are called by name in recorded sentences', () => {
  expect(told(aCharter(), 'sales.manager@pilot.example declined.')).toBe('Sam Ruiz declined.')
  expect(told(aCharter(), 'sales.manager@pilot.example, x@y.example did not decide.')).toBe(
    'Sam Ruiz, x@y.example did not decide.',
  )
})

describe('an invoice is called by what is known of it', () => {
  test('all of it', () => {
    expect(called(waiting())).toEqual({ number: 'F-2026-0117', vendor: 'Papier & Druck GmbH', amount: '11,900.00 EUR' })
  })
  test('nothing of it', () => {
    expect(called(unread())).toEqual({
      number: 'invoice without a number',
      vendor: 'billing@papier-und-druck.example',
      amount: 'amount not stated',
    })
  })
  test('an amount before the facts, and one in no currency that is known', () => {
    const stated = (change: Parameters<typeof anInvoice>[0]) =>
      called({ ...unread(), invoice: anInvoice({ payable: '1234567.5', ...change }) }).amount
    expect(stated({ currency: 'EUR' })).toBe('1,234,567.50 EUR')
    expect(stated({ currency: null })).toBe('1234567.5')
  })
})

test('an answer says Re: once', () => {
  expect(replySubject('Invoice 1')).toBe('Re: Invoice 1')
  expect(replySubject('AW: Invoice 1')).toBe('Re: Invoice 1')
  expect(replySubject(' ')).toBe('Re: your mail')
  expect(replySubject(hostile)).not.toMatch(breaks)
})

test('lists of names, and times as people say them', () => {
  expect(oneOf([])).toBe('')
  expect(oneOf(['a'])).toBe('a')
  expect(oneOf(['a', 'b', 'c'])).toBe('a, b or c')
  expect(oneOf(['a', 'b'], 'and')).toBe('a and b')
  expect(spoken('PT4H', 'working')).toBe('4 working hours')
  expect(spoken('P1D', 'calendar')).toBe('1 day')
  expect(spoken('PT30M', 'working')).toBe('30 working minutes')
  expect(spoken('P2W', 'working')).toBe('2 weeks')
})

test('a link’s last part is a concern, or none', () => {
  for (const [name, about] of Object.entries(concernNames)) expect(concernOf(name)).toBe(about)
  expect(concernOf('original')).toBeNull()
  expect(concernOf('constructor')).toBeNull()
  expect(linksOf('http://localhost:8080', 'T').concerns['something-wrong']).toBe(
    'http://localhost:8080/a/T/something-wrong',
  )
})
