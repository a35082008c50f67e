/** The owners' door on the memory world: who is let in, what is told of every other code, and that nothing secret is kept. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Action, signingIn } from '../../functions/core/access/action.ts'
import { freshCode, mailCode, ownerLink, ownerOf, replaceLinks, signIn } from '../../functions/edge/owner.ts'
import { codeMail, lockedOutMail, replacedLinkMail } from '../../functions/view/mail/code.tsx'
import { type MemoryWorld, pilotWorld } from '../make/world.ts'

const coo = 'coo@pilot.example'
const cto = 'cto@pilot.example'
const signs: Action = { words: 'signs proposal 3', textHash: 'a'.repeat(64) }

/** A browser keeps what it is told to, and sends it back. */
const aBrowser = () => {
  const cookies: Record<string, string> = {}
  return {
    cookies,
    keep: (cookie: string | null) => {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie ?? '') ?? []
      if (name) cookies[name] = value
    },
  }
}
type Browser = ReturnType<typeof aBrowser>

let world: MemoryWorld
let logged: unknown[]
beforeEach(async () => {
  world = await pilotWorld()
  logged = []
  world.log = {
    info: (...said) => void logged.push(said),
    failed: (...said) => void logged.push(said),
  }
})

const wait = (minutes: number) => {
  world.time.now = new Date(Date.parse(world.time.now) + minutes * 60_000).toISOString()
}
const linkOf = async (person: string): Promise<string> => (await ownerLink(world, person)).split('/o/')[1] ?? ''
const ask = async (browser: Browser, action = signingIn, person = coo) => {
  const answer = await mailCode(world, { person, cookies: browser.cookies, action, write: codeMail })
  browser.keep(answer.cookie)
  return answer
}
/** The digits in the newest mail, as a person reads them. */
const mailedDigits = (): string => /^\d{3} \d{3}$/m.exec(world.sent.at(-1)?.text ?? '')?.[0] ?? ''
const wrongDigits = (): string => (mailedDigits().startsWith('9') ? '111 111' : '999 999')
const type = (browser: Browser, code: string, action = signs, person = coo) =>
  freshCode(world, { person, cookies: browser.cookies, action, code, alert: lockedOutMail })
const enter = async (browser: Browser, code: string, person = coo) => {
  const answer = await signIn(world, { person, cookies: browser.cookies, code, alert: lockedOutMail })
  if (answer.kind === 'right') browser.keep(answer.cookie)
  return answer
}

describe('a link', () => {
  it('that nobody was given is unknown, and so is one that looks like none', async () => {
    for (const ticket of ['x'.repeat(22), '', '../../etc/passwd'])
      expect(await ownerOf(world, { ticket, cookies: {} })).toEqual({ kind: 'unknown' })
  })

  it('says whose it is, and lets nobody in', async () => {
    const ticket = await linkOf(coo)
    expect(await ownerOf(world, { ticket, cookies: {} })).toMatchObject({ kind: 'outside', person: coo })
    expect(await ownerOf(world, { ticket, cookies: {} })).toMatchObject({ kind: 'outside', person: coo })
  })

  it('of somebody who holds no key is unknown', async () => {
    expect(await ownerOf(world, { ticket: await linkOf('ap@pilot.example'), cookies: {} })).toEqual({ kind: 'unknown' })
  })

  it('can be replaced: the new one is mailed, all earlier ones open nothing', async () => {
    const [old, others] = [await linkOf(coo), await linkOf(cto)]
    wait(1)
    await replaceLinks(world, { person: coo, write: replacedLinkMail })
    const [, ticket = ''] = /\/o\/([\w-]+)/.exec(world.sent.at(-1)?.text ?? '') ?? []
    expect(world.sent.at(-1)).toMatchObject({ to: coo, subject: 'Your new link; the old ones open nothing any more' })
    expect(await ownerOf(world, { ticket: old, cookies: {} })).toEqual({ kind: 'unknown' })
    expect(await ownerOf(world, { ticket, cookies: {} })).toMatchObject({ kind: 'outside', person: coo })
    expect(await ownerOf(world, { ticket: others, cookies: {} })).toMatchObject({ kind: 'outside', person: cto })
  })
})

describe('signing in', () => {
  it('takes the six digits that were mailed to the owner, and lasts twelve hours in that browser', async () => {
    const ticket = await linkOf(coo)
    const browser = aBrowser()
    expect(await ask(browser)).toMatchObject({
      kind: 'mailed',
      because: 'Six digits were mailed to you. They are good for 10 minutes, once, and only in this browser.',
    })
    expect(world.sent.at(-1)).toMatchObject({ to: coo, subject: 'A code that opens your pages for 12 hours' })
    const answer = await enter(browser, mailedDigits())
    expect(answer).toEqual({
      kind: 'right',
      cookie: expect.stringMatching(
        /^__Host-session=[\w-]{22}; Path=\/; Max-Age=43200; HttpOnly; Secure; SameSite=Lax$/,
      ),
    })
    const { cookies } = browser
    expect(await ownerOf(world, { ticket, cookies })).toMatchObject({
      kind: 'inside',
      person: coo,
      until: '2026-11-24T21:00:00.000Z',
    })
    // Neither cookie alone, nor with another person's link.
    for (const name of Object.keys(cookies))
      expect(await ownerOf(world, { ticket, cookies: { ...cookies, [name]: 'z'.repeat(22) } })).toMatchObject({
        kind: 'outside',
      })
    expect(await ownerOf(world, { ticket: await linkOf(cto), cookies })).toMatchObject({ kind: 'outside', person: cto })
    wait(12 * 60)
    expect(await ownerOf(world, { ticket, cookies })).toMatchObject({ kind: 'outside' })
  })

  it('does not sign: each signature takes a code of its own, and that is used up', async () => {
    const browser = aBrowser()
    await ask(browser)
    const first = mailedDigits()
    await enter(browser, first)
    expect(await type(browser, first)).toMatchObject({
      kind: 'foreign',
      because: expect.stringContaining('opens your pages'),
    })
    await ask(browser, signs)
    expect(world.sent.at(-1)?.subject).toBe('A code that signs proposal 3')
    expect(world.sent.at(-1)?.text).toContain(signs.textHash)
    const code = mailedDigits()
    expect(await type(browser, code, { ...signs, textHash: 'b'.repeat(64) })).toMatchObject({
      kind: 'foreign',
      because: expect.stringContaining('another text'),
    })
    expect(await type(browser, code)).toEqual({ kind: 'right' })
    expect(await type(browser, code)).toMatchObject({ kind: 'old', because: expect.stringContaining('used already') })
  })

  it('uses a code once, even when it is typed twice at the same moment', async () => {
    const browser = aBrowser()
    await ask(browser, signs)
    const code = mailedDigits()
    const kinds = (await Promise.all([type(browser, code), type(browser, code)])).map(({ kind }) => kind)
    expect(kinds.toSorted()).toEqual(['old', 'right'])
  })
})

describe('a code', () => {
  it('of another browser, an old one, none at all and no code are told apart, and count nothing', async () => {
    const [browser, another] = [aBrowser(), aBrowser()]
    expect(await type(browser, '123456')).toMatchObject({ kind: 'missing' })
    await ask(browser, signs)
    const code = mailedDigits()
    expect(await type(another, code)).toMatchObject({ kind: 'foreign' })
    expect(await type(browser, 'six')).toMatchObject({ kind: 'malformed' })
    for (let time = 0; time < 10; time++) await type(browser, '12')
    expect(await type(browser, code, signs, cto)).toMatchObject({ kind: 'missing' })
    wait(10)
    expect(await type(browser, code)).toMatchObject({ kind: 'old' })
  })

  it('that another person asked for in the same browser does nothing for this one', async () => {
    const browser = aBrowser()
    await ask(browser, signs, cto)
    const code = mailedDigits()
    await ask(browser, signs, coo)
    expect(await type(browser, code)).toMatchObject({ kind: 'wrong' })
  })

  it('wrong five times locks that browser out and tells the CTO once; the owner goes on in another', async () => {
    const [browser, another] = [aBrowser(), aBrowser()]
    await ask(browser, signs)
    const code = mailedDigits()
    const wrong = wrongDigits()
    for (const left of ['4 tries are', '3 tries are', '2 tries are', 'One try is'])
      expect(await type(browser, wrong)).toMatchObject({ kind: 'wrong', because: expect.stringContaining(left) })
    expect(world.sent).toHaveLength(1)
    const locked = { kind: 'locked', because: expect.stringContaining('locked until Tue 24 Nov, 11:00') }
    expect(await type(browser, wrong)).toMatchObject(locked)
    expect(world.sent.at(-1)).toMatchObject({ to: cto, subject: 'Locked out: wrong codes at the pages of Olga Ortega' })
    expect(await type(browser, code)).toMatchObject(locked)
    expect(await ask(browser, signs)).toMatchObject(locked)
    expect(world.sent).toHaveLength(2)
    await ask(another, signs)
    expect(await type(another, mailedDigits())).toEqual({ kind: 'right' })
    wait(60)
    await ask(browser, signs)
    expect(await type(browser, mailedDigits())).toEqual({ kind: 'right' })
  })

  it('gets five tries, however many are made at the same moment', async () => {
    const browser = aBrowser()
    await ask(browser, signs)
    const tried = Array.from({ length: 30 }, (_, index) => type(browser, String(500_000 + index)))
    const answers = await Promise.allSettled(tried)
    const wrong = answers.filter((answer) => answer.status === 'fulfilled' && answer.value.kind === 'wrong')
    expect(wrong.length).toBeLessThanOrEqual(4)
    expect(world.sent.filter(({ to }) => to === cto)).toHaveLength(1)
  })

  it('is mailed five times an hour; strangers with the link use up only what strangers have', async () => {
    const mine = aBrowser()
    await ask(mine)
    await enter(mine, mailedDigits())
    for (let time = 1; time < 5; time++) expect(await ask(aBrowser())).toMatchObject({ kind: 'mailed' })
    expect(await ask(aBrowser())).toMatchObject({
      kind: 'too many',
      because: expect.stringContaining('from Tue 24 Nov, 11:00 on'),
    })
    for (let time = 0; time < 5; time++) expect(await ask(mine, signs)).toMatchObject({ kind: 'mailed' })
    expect(await ask(mine, signs)).toMatchObject({ kind: 'too many' })
    wait(60)
    expect(await ask(aBrowser())).toMatchObject({ kind: 'mailed' })
  })

  it('is mailed twice where it is asked for twice at once; only the newer one works', async () => {
    const browser = aBrowser()
    await ask(browser)
    await Promise.all([ask(browser, signs), ask(browser, signs)])
    expect(world.sent).toHaveLength(3)
    const digits = world.sent.slice(1).map(({ text }) => /^\d{3} \d{3}$/m.exec(text)?.[0] ?? '')
    const kinds: string[] = []
    for (const code of digits) kinds.push((await type(browser, code)).kind)
    expect(kinds.toSorted()).toEqual(['old', 'right'])
  })
})

it('law: a code does only what it was mailed for, where it was asked for, for whom it was mailed, once', async () => {
  const which = fc.record({
    browser: fc.nat({ max: 1 }),
    person: fc.constantFrom(coo, cto),
    action: fc.constantFrom(signs, { ...signs, textHash: 'b'.repeat(64) }),
  })
  const step = fc.oneof(
    fc.record({ do: fc.constant('ask' as const), which }),
    fc.record({ do: fc.constant('type' as const), which, mail: fc.nat({ max: 9 }) }),
    fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 11 }) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      world = await pilotWorld()
      const browsers = [aBrowser(), aBrowser()]
      const mailed: { browser: number; person: string; action: Action; code: string; at: string; used: boolean }[] = []
      for (const one of steps) {
        if (one.do === 'wait') {
          wait(one.minutes)
          continue
        }
        const { browser, person, action } = one.which
        const at = browsers[browser] ?? aBrowser()
        if (one.do === 'ask') {
          if ((await ask(at, action, person)).kind === 'mailed')
            mailed.push({ browser, person, action, code: mailedDigits(), at: world.time.now, used: false })
          continue
        }
        const known = mailed[one.mail % Math.max(1, mailed.length)]
        const { kind } = await type(at, known?.code ?? '999 999', action, person)
        const good =
          known?.browser === browser &&
          known.person === person &&
          known.action.textHash === action.textHash &&
          !known.used &&
          Date.parse(world.time.now) - Date.parse(known.at) < 10 * 60_000
        if (kind === 'right') {
          expect(good).toBe(true)
          if (known) known.used = true
        }
      }
    }),
    { numRuns: 60 },
  )
})

it('neither the table nor the log holds a ticket, a code or a cookie', async () => {
  const ticket = await linkOf(coo)
  const browser = aBrowser()
  await ask(browser)
  const first = mailedDigits()
  await enter(browser, first)
  await ask(browser, signs)
  const second = mailedDigits()
  await type(browser, wrongDigits())
  await type(browser, second)
  expect(Object.keys(browser.cookies).toSorted()).toEqual(['__Host-browser', '__Host-session'])
  const kept = JSON.stringify([world.database.items('Access'), logged])
  for (const secret of [ticket, first, second, first.replace(' ', ''), second.replace(' ', '')])
    expect(kept).not.toContain(secret)
  for (const secret of Object.values(browser.cookies)) expect(kept).not.toContain(secret)
})

it('looking writes nothing', async () => {
  const ticket = await linkOf(coo)
  const browser = aBrowser()
  await ask(browser)
  await enter(browser, mailedDigits())
  const before = world.database.items('Access')
  await ownerOf(world, { ticket, cookies: browser.cookies })
  await ownerOf(world, { ticket, cookies: {} })
  expect(world.database.items('Access')).toEqual(before)
})
