/** Who stands before an owner's page: the link says whose it is, a mailed code that it is them, a cookie that it still is. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Action, sessionHours, signingIn } from '../core/access/action.ts'
import {
  afterMail,
  afterTry,
  codeMinutes,
  digitsOf,
  judgeCode,
  lockedOut,
  lockedUntil,
  malformed,
  maxTries,
  type NotRight,
  noneHere,
  type Tries,
  tooMany,
} from '../core/access/code.ts'
import { lastsUntil, mayOpen } from '../core/access/owners.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { holders, nameOf } from '../core/pilot/roles.ts'
import type { Instant } from '../core/time.ts'
import { sha256 } from './ids.ts'
import type { World } from './live.ts'
import type { MailContent } from './mail-out.ts'
import { Conflict } from './tables/database.ts'

type Cookies = Record<string, string>

/** One for every browser, so that a code works only where it was asked for … */
const browserCookie = '__Host-browser'
/** … and one for as long as an owner is signed in. */
const sessionCookie = '__Host-session'
const browserDays = 365

/**
 * A cookie that no script reads, no other site sends with a form, and no plain connection carries; `__Host-` makes the
 * browser hold us to it. Browsers treat http://localhost as if it were encrypted.
 */
const keepCookie = (name: string, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`

/** 128 bits in base64url; anything else is not worth a look in the table. */
const wellFormed = (secret: string | undefined): string | null => (secret && /^[\w-]{22}$/.test(secret) ? secret : null)

/**
 * What is kept of six digits: without the browser's own secret, of which the table has only the hash, not even
 * somebody who holds the table can try all million of them.
 */
const sealOf = (secret: string, id: string, person: string, { words, textHash }: Action, digits: string): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([id, person, words, textHash, digits]))
    .digest('hex')

const same = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

export type AtTheDoor =
  /** Nobody was given this link, or it was replaced, or its person holds no key any more: 404. */
  | { kind: 'unknown' }
  /** It is the link of this person, who has to type a code first: 403. */
  | { kind: 'outside'; person: string; charter: Charter }
  | { kind: 'inside'; person: string; charter: Charter; until: Instant }

/** Whose page it is, and whether that person is signed in. Writes nothing. */
export const ownerOf = async (
  { access, agreements, clock }: Pick<World, 'access' | 'agreements' | 'clock'>,
  { ticket, cookies }: { ticket: string; cookies: Cookies },
): Promise<AtTheDoor> => {
  const secret = wellFormed(ticket)
  const link = secret && (await access.link(sha256(secret)))
  if (!link) return { kind: 'unknown' }
  const { person } = link
  const charter = await agreements.charter()
  if (!mayOpen(charter, person)) return { kind: 'unknown' }
  const browser = wellFormed(cookies[browserCookie])
  const token = wellFormed(cookies[sessionCookie])
  const session = browser && token ? await access.session(sha256(token)) : null
  const until = browser && lastsUntil(session, { person, browser: sha256(browser), at: clock.now() })
  return until ? { kind: 'inside', person, charter, until } : { kind: 'outside', person, charter }
}

/** What the mail with a code tells. */
export type CodeLetter = { code: string; action: Action; person: string; charter: Charter; at: Instant }
/** What whoever owns the build is told of a browser that is locked out. */
export type LockedOutLetter = { to: string; action: Action; person: string; charter: Charter; until: Instant }

/** What the mail with a new link tells. */
export type LinkLetter = { link: string; person: string; charter: Charter }

type Mailing = Pick<World, 'access' | 'agreements' | 'mailOut' | 'clock' | 'ids' | 'log'>
type Owner = { person: string; cookies: Cookies; action: Action }

const fromOf = (charter: Charter) => ({ name: 'Countersign', address: charter.inbox })
const ctoOf = (charter: Charter): string[] => holders(charter, charter.owners.build, null).people

const lockedSentence = (charter: Charter, until: Instant): NotRight =>
  lockedOut(until, {
    zone: charter.calendar.zone,
    cto: ctoOf(charter)
      .map((person) => nameOf(charter, person))
      .join(', '),
  })

/** How often something is tried anew when the same person did the same at the same moment. */
const attempts = 10

/**
 * Mails six digits to the person of the link, for one action; `write` writes the mail. `because` is what the page says
 * then; `cookie` has to go out with it, and where there is none, the browser has one.
 */
export const mailCode = async (
  { access, agreements, mailOut, clock, ids, log }: Mailing,
  { person, cookies, action, write }: Owner & { write: (letter: CodeLetter) => MailContent },
): Promise<{ kind: 'mailed' | 'too many' | 'locked'; because: string; cookie: string | null }> => {
  const charter = await agreements.charter()
  const { zone } = charter.calendar
  const at = clock.now()
  const secret = wellFormed(cookies[browserCookie]) ?? ids.ticket()
  const browser = sha256(secret)
  const cookie = keepCookie(browserCookie, secret, browserDays * 24 * 3600)
  const until = lockedUntil((await access.tries(browser)).tries, at)
  if (until) return { kind: 'locked', because: lockedSentence(charter, until).because, cookie }
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const budget = await access.budget(person, browser, at)
    const after = afterMail(budget.sent, at)
    if ('again' in after) return { kind: 'too many', because: tooMany(after.again, zone), cookie }
    const [id, code] = [ids.ticket(), ids.code()]
    const kept = { id, browser, action, at, usedAt: null, seal: sealOf(secret, id, person, action, code) }
    if (!(await access.keepCode(person, kept, { ...budget, sent: after.sent }))) continue
    const messageId = await mailOut.send({
      ...write({ code, action, person, charter, at }),
      from: fromOf(charter),
      to: person,
    })
    log.info('mail sent', { what: 'code', messageId })
    const because = `Six digits were mailed to you. They are good for ${codeMinutes} minutes, once, and only in this browser.`
    return { kind: 'mailed', because, cookie }
  }
  throw new Conflict()
}

type Trying = Owner & {
  /** What was typed into the field. */
  code: string
  /** Writes the alert of a browser that is locked out. */
  alert: (letter: LockedOutLetter) => MailContent
}

/** Whoever owns the build hears of a browser that is locked out, once, however often it goes on trying. */
const tellLockedOut = async (
  { access, mailOut, log }: Mailing,
  { browser, alert, ...about }: Omit<LockedOutLetter, 'to'> & { browser: string; alert: Trying['alert'] },
): Promise<void> => {
  const { tries, told, version } = await access.tries(browser)
  if (told || !tries) return
  // Claimed first, or a hundred tries at once would be a hundred mails. A mail that cannot be sent is an error of the
  // page, and that wakes the same person.
  if (!(await access.keepTries(browser, { tries, told: true, version }))) return
  for (const to of ctoOf(about.charter)) {
    const messageId = await mailOut.send({ ...alert({ ...about, to }), from: fromOf(about.charter), to })
    log.info('mail sent', { what: 'locked out', messageId })
  }
}

/** A try is counted before the digits are looked at, or somebody could try many at the same moment. */
const countTry = async (
  { access }: Mailing,
  browser: string,
  at: Instant,
): Promise<{ until: Instant } | { tries: Tries }> => {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const known = await access.tries(browser)
    const until = lockedUntil(known.tries, at)
    if (until) return { until }
    const tries = afterTry(known.tries, at)
    if (await access.keepTries(browser, { tries, told: false, version: known.version })) return { tries }
  }
  throw new Conflict()
}

const tryCode = async (
  needs: Mailing,
  { person, cookies, action, code: typed, alert }: Trying,
  session: { hash: string } | null,
): Promise<{ kind: 'right' } | NotRight> => {
  const { access, agreements, clock, log } = needs
  const at = clock.now()
  const digits = digitsOf(typed)
  if (!digits) return malformed
  const charter = await agreements.charter()
  const { zone } = charter.calendar
  const mailed = await access.codes(person)
  const secret = wellFormed(cookies[browserCookie])
  const browser = secret ? sha256(secret) : ''
  const none = noneHere(mailed, browser, at)
  if (none || !secret) return none ?? malformed
  const locked = async (until: Instant): Promise<NotRight> => {
    log.info('browser locked out')
    await tellLockedOut(needs, { browser, charter, person, action, until, alert })
    return lockedSentence(charter, until)
  }
  const counted = await countTry(needs, browser, at)
  if ('until' in counted) return locked(counted.until)
  const here = mailed
    .filter((code) => code.browser === browser)
    .map((code) => ({ code, matches: same(code.seal, sealOf(secret, code.id, person, code.action, digits)) }))
  const triesLeft = maxTries - counted.tries.count
  const judged = judgeCode(here, { action, at, zone, triesLeft })
  if (judged.kind === 'right') {
    if (await access.use(person, judged.code, { at, session })) return { kind: 'right' }
    return judgeCode([{ code: { ...judged.code, usedAt: at }, matches: true }], { action, at, zone, triesLeft })
  }
  const until = lockedUntil(counted.tries, at)
  return until ? locked(until) : judged
}

/** Whether the digits are those that were mailed for just this; a right code is used up. Writes no cookie. */
export const freshCode = (needs: Mailing, trying: Trying): Promise<{ kind: 'right' } | NotRight> =>
  tryCode(needs, trying, null)

/** Signs in with the code of `signingIn`; `cookie` has to go out with the page. */
export const signIn = async (
  needs: Mailing,
  trying: Omit<Trying, 'action'>,
): Promise<{ kind: 'right'; cookie: string } | NotRight> => {
  const token = needs.ids.ticket()
  const judged = await tryCode(needs, { ...trying, action: signingIn }, { hash: sha256(token) })
  return judged.kind === 'right'
    ? { kind: 'right', cookie: keepCookie(sessionCookie, token, sessionHours * 3600) }
    : judged
}

type Linking = Pick<World, 'access' | 'clock' | 'ids' | 'webBase'>

const newLink = ({ clock, ids, webBase }: Linking, person: string) => {
  const ticket = ids.ticket()
  return { hash: sha256(ticket), kept: { person, at: clock.now() }, link: `${webBase}/o/${ticket}` }
}

/** A link to a person's own pages, for a mail to them: each mail has one of its own, and all of them open. */
export const ownerLink = async (needs: Linking, person: string): Promise<string> => {
  const { hash, kept, link } = newLink(needs, person)
  await needs.access.keepLink(hash, kept)
  return link
}

/** Mails a person a new link; all that they had before open nothing from now on. */
export const replaceLinks = async (
  needs: Linking & Mailing,
  { person, write }: { person: string; write: (letter: LinkLetter) => MailContent },
): Promise<void> => {
  const charter = await needs.agreements.charter()
  const { hash, kept, link } = newLink(needs, person)
  await needs.access.replaceLinks(hash, kept)
  const messageId = await needs.mailOut.send({
    ...write({ link, person, charter }),
    from: fromOf(charter),
    to: person,
  })
  needs.log.info('mail sent', { what: 'link replaced', messageId })
}
