/** Six digits: what is right, what is told of every other code, and laws over random tries, mails and codes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Action, signingIn } from '../../../functions/core/access/action.ts'
import {
  afterMail,
  afterTry,
  codeMinutes,
  digitsOf,
  judgeCode,
  lockedOut,
  lockedUntil,
  lockMinutes,
  type MailedCode,
  mailsAnHour,
  malformed,
  maxTries,
  noneHere,
  type Tries,
  tooMany,
} from '../../../functions/core/access/code.ts'
import { type Instant, minutesAfter } from '../../../functions/core/time.ts'

const start = '2026-11-24T09:00:00.000Z'
const zone = 'Europe/Berlin'
const signs: Action = { words: 'signs proposal 3', textHash: 'a'.repeat(64) }

const mailed = (over: Partial<MailedCode> = {}): MailedCode => ({
  browser: 'mine',
  action: signs,
  at: start,
  usedAt: null,
  ...over,
})
const judge = (codes: [MailedCode, boolean][], over: { action?: Action; at?: Instant; triesLeft?: number } = {}) =>
  judgeCode(
    codes.map(([code, matches]) => ({ code, matches })),
    { action: signs, at: minutesAfter(start, 1), zone, triesLeft: 4, ...over },
  )

describe('what was typed', () => {
  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['123\u00a0456', '123456'],
    ['123-456', '123456'],
    ['000000', '000000'],
    ['12345', null],
    ['1234567', null],
    ['12345a', null],
    ['', null],
    ['١٢٣٤٥٦', null],
  ])('%j is the code %s', (typed, digits) => {
    expect(digitsOf(typed)).toBe(digits)
  })
  it('that is no code is told so, and is no try', () => {
    expect(malformed).toMatchObject({ kind: 'malformed', because: expect.stringContaining('six digits') })
  })
})

describe('a code', () => {
  it('is right for its action and text, in its browser, within ten minutes', () => {
    const code = mailed()
    expect(judge([[code, true]])).toEqual({ kind: 'right', code })
    expect(judge([[code, true]], { at: '2026-11-24T09:09:59.999Z' })).toEqual({ kind: 'right', code })
  })

  it.each<[string, [MailedCode, boolean][], Parameters<typeof judge>[1], string, string]>([
    ['other digits', [[mailed(), false]], {}, 'wrong', 'This is not the code. 4 tries are left in this browser;'],
    ['the last try but one', [[mailed(), false]], { triesLeft: 1 }, 'wrong', 'One try is left in this browser;'],
    [
      'ten minutes later',
      [[mailed(), true]],
      { at: minutesAfter(start, codeMinutes) },
      'old',
      'This code was mailed Tue 24 Nov, 10:00 and was good for 10 minutes.',
    ],
    ['used', [[mailed({ usedAt: minutesAfter(start, 1) }), true]], {}, 'old', 'was used already, Tue 24 Nov, 10:01.'],
    [
      'of a mail before the newest',
      [
        [mailed(), true],
        [mailed({ at: minutesAfter(start, 1) }), false],
      ],
      {},
      'old',
      'A newer code was mailed Tue 24 Nov, 10:01; only that one works.',
    ],
    [
      'for something else',
      [[mailed({ action: signingIn }), true]],
      {},
      'foreign',
      'This code opens your pages for 12 hours; it does nothing else.',
    ],
    [
      'for another text of the same proposal',
      [[mailed({ action: { ...signs, textHash: 'b'.repeat(64) } }), true]],
      {},
      'foreign',
      'for another text than the one that is shown here',
    ],
  ])('%s', (_, codes, over, kind, because) => {
    expect(judge(codes, over)).toMatchObject({ kind, because: expect.stringContaining(because) })
  })

  it('is right although the same digits were mailed for something else too', () => {
    const code = mailed()
    expect(
      judge([
        [code, true],
        [mailed({ action: signingIn, at: minutesAfter(start, 1) }), true],
      ]),
    ).toEqual({ kind: 'right', code })
  })

  it('does nothing in a browser that did not ask for it, and the page says which of the two it is', () => {
    expect(noneHere([mailed()], 'mine', start)).toBeNull()
    expect(noneHere([mailed()], 'another', start)).toMatchObject({
      kind: 'foreign',
      because: expect.stringContaining('asked for in another browser'),
    })
    expect(noneHere([mailed()], 'another', minutesAfter(start, codeMinutes))).toMatchObject({ kind: 'missing' })
    expect(noneHere([], 'mine', start)).toMatchObject({
      kind: 'missing',
      because: expect.stringContaining('No code was asked for in this browser'),
    })
  })

  it('law: what is right was mailed for just this, last, within ten minutes, was never used, and has these digits', () => {
    const minute = fc.integer({ min: 0, max: 15 })
    const known = fc.record({
      minute,
      action: fc.constantFrom(signs, signingIn, { ...signs, textHash: 'c' }),
      used: fc.boolean(),
      matches: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(known, { maxLength: 6 }), minute, (codes, now) => {
        const here = codes
          .toSorted((a, b) => a.minute - b.minute)
          .map(({ minute, action, used, matches }) => ({
            code: mailed({ action, at: minutesAfter(start, minute), usedAt: used ? start : null }),
            matches,
          }))
        const at = minutesAfter(start, now)
        const judged = judgeCode(here, { action: signs, at, zone, triesLeft: 3 })
        const last = here.findLast(
          ({ code }) => code.action.words === signs.words && code.action.textHash === signs.textHash,
        )
        const good = last?.matches === true && last.code.usedAt === null && at < minutesAfter(last.code.at, codeMinutes)
        expect(judged.kind === 'right').toBe(good)
        if (judged.kind === 'right') expect(judged.code).toBe(last?.code)
      }),
    )
  })
})

describe('tries', () => {
  it('after the fifth in a row lock the browser out for an hour, then begin anew', () => {
    const tries: Tries = { count: maxTries, last: start }
    expect(lockedUntil({ ...tries, count: maxTries - 1 }, start)).toBeNull()
    expect(lockedUntil(null, start)).toBeNull()
    const until = minutesAfter(start, lockMinutes)
    expect(lockedUntil(tries, start)).toBe(until)
    expect(lockedUntil(tries, until)).toBeNull()
    expect(afterTry(tries, until)).toEqual({ count: 1, last: until })
    expect(lockedOut(until, { zone, cto: 'Chidi Torres' })).toEqual({
      kind: 'locked',
      because:
        'Five wrong codes were typed in this browser. It is locked until Tue 24 Nov, 11:00, and Chidi Torres was told. Your link still works in another browser.',
    })
  })

  it('law: whenever somebody tries, within any hour no browser gets more than five', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), (pauses) => {
        let tries: Tries | null = null
        let at = start
        const tried: Instant[] = []
        for (const pause of pauses) {
          at = minutesAfter(at, pause)
          if (lockedUntil(tries, at) !== null) continue
          tries = afterTry(tries, at)
          tried.push(at)
        }
        for (const [index, first] of tried.entries()) {
          const sixth = tried[index + maxTries]
          if (sixth !== undefined) expect(sixth >= minutesAfter(first, lockMinutes)).toBe(true)
        }
      }),
    )
  })
})

describe('mails with codes', () => {
  it('are five an hour; who asks for more is told when', () => {
    const sent = [0, 1, 2, 3, 4].map((minutes) => minutesAfter(start, minutes))
    const at = minutesAfter(start, 30)
    expect(afterMail([], at)).toEqual({ sent: [at] })
    expect(afterMail(sent.slice(1), at)).toEqual({ sent: [...sent.slice(1), at] })
    expect(afterMail(sent, at)).toEqual({ again: minutesAfter(start, 60) })
    expect(afterMail(sent, minutesAfter(start, 60))).toEqual({ sent: [...sent.slice(1), minutesAfter(start, 60)] })
    expect(tooMany(minutesAfter(start, 60), zone)).toBe(
      '5 codes were mailed within an hour. The next one can be mailed from Tue 24 Nov, 11:00 on; the newest one that you have is good for 10 minutes.',
    )
  })

  it('law: never more than five within an hour, and one is always mailed at the time that was told', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }), (pauses) => {
        let kept: Instant[] = []
        let at = start
        const all: Instant[] = []
        for (const pause of pauses) {
          at = minutesAfter(at, pause)
          const after = afterMail(kept, at)
          if ('again' in after) {
            expect(after.again > at).toBe(true)
            expect('sent' in afterMail(kept, after.again)).toBe(true)
            continue
          }
          kept = after.sent
          all.push(at)
        }
        for (const [index, first] of all.entries()) {
          const next = all[index + mailsAnHour]
          if (next !== undefined) expect(next >= minutesAfter(first, 60)).toBe(true)
        }
      }),
    )
  })
})
