/** Six digits in a mail: good for one person, one browser, one action and text, ten minutes, once. */
import { type Instant, minutesAfter } from '../time.ts'
import { formatInstant } from '../working-time.ts'
import { type Action, sameAction } from './action.ts'

/** How long a code is good. */
export const codeMinutes = 10
/** How many codes may be tried in one browser in a row … */
export const maxTries = 5
/** … before it is locked out for so long. */
export const lockMinutes = 60
/** How many codes are mailed to one person within an hour. */
export const mailsAnHour = 5

/** A code that was mailed. Of the six digits only a seal is kept, elsewhere. */
export type MailedCode = {
  /** Names the browser that asked for it: a hash. */
  browser: string
  action: Action
  at: Instant
  usedAt: Instant | null
}

/** A code that does not do it, and what a person can do instead. */
export type NotRight = {
  kind: 'malformed' | 'missing' | 'wrong' | 'old' | 'foreign' | 'locked'
  because: string
}

/** The six digits in what was typed, whatever stands between them; null where it is something else. */
export const digitsOf = (typed: string): string | null => {
  const digits = typed.replace(/[\s\u00a0.-]/g, '')
  return /^[0-9]{6}$/.test(digits) ? digits : null
}

export const malformed: NotRight = {
  kind: 'malformed',
  because: 'The code has six digits; type them as they stand in the mail. This did not count as a try.',
}

/** Tried codes of one browser since the last right one. */
export type Tries = { count: number; last: Instant }

/** Until when a browser is locked out; null where it may try. */
export const lockedUntil = (tries: Tries | null, at: Instant): Instant | null => {
  if (!tries || tries.count < maxTries) return null
  const until = minutesAfter(tries.last, lockMinutes)
  return at < until ? until : null
}

/** One try more; after as long as a lock lasts they are forgotten. */
export const afterTry = (tries: Tries | null, at: Instant): Tries => ({
  count: tries && at < minutesAfter(tries.last, lockMinutes) ? tries.count + 1 : 1,
  last: at,
})

/** What a browser that is locked out is told; `cto` is the name of whoever is told of it. */
export const lockedOut = (until: Instant, { zone, cto }: { zone: string; cto: string }): NotRight => ({
  kind: 'locked',
  because: `Five wrong codes were typed in this browser. It is locked until ${formatInstant(until, zone)}, and ${cto} was told. Your link still works in another browser.`,
})

/** When codes were mailed within the last hour, with the one that is asked for now; or when the next may be asked for. */
export const afterMail = (sent: readonly Instant[], at: Instant): { sent: Instant[] } | { again: Instant } => {
  const counting = sent.filter((earlier) => at < minutesAfter(earlier, 60)).toSorted()
  const inTheWay = counting.at(-mailsAnHour)
  return inTheWay === undefined ? { sent: [...counting, at] } : { again: minutesAfter(inTheWay, 60) }
}

/** What somebody is told who asked for codes too often. */
export const tooMany = (again: Instant, zone: string): string =>
  `${mailsAnHour} codes were mailed within an hour. The next one can be mailed from ${formatInstant(again, zone)} on; the newest one that you have is good for ${codeMinutes} minutes.`

const isOver = ({ at: mailed }: MailedCode, at: Instant): boolean => minutesAfter(mailed, codeMinutes) <= at

/**
 * Why a code typed in this browser cannot do anything: none was asked for here. `mailed` are all the codes of the
 * person, oldest first; null where one was asked for in this browser.
 */
export const noneHere = (mailed: readonly MailedCode[], browser: string, at: Instant): NotRight | null => {
  if (mailed.some((code) => code.browser === browser)) return null
  return mailed.some((code) => !isOver(code, at))
    ? {
        kind: 'foreign',
        because: 'The code was asked for in another browser and works only there. Ask for a new one here.',
      }
    : {
        kind: 'missing',
        because:
          'No code was asked for in this browser, or it does not keep cookies. Ask for a code here, then type it here.',
      }
}

/**
 * What comes of the digits. `here` are the codes asked for in this browser, oldest first; `matches` tells whether the
 * digits are theirs. Only the newest code for an action is good.
 */
export const judgeCode = <Known extends MailedCode>(
  here: readonly { code: Known; matches: boolean }[],
  { action, at, zone, triesLeft }: { action: Action; at: Instant; zone: string; triesLeft: number },
): { kind: 'right'; code: Known } | NotRight => {
  const newest = here.findLast(({ code }) => sameAction(code.action, action))
  const typed = newest?.matches ? newest : here.findLast(({ matches }) => matches)
  if (!typed)
    return {
      kind: 'wrong',
      because: `This is not the code. ${
        triesLeft === 1 ? 'One try is' : `${triesLeft} tries are`
      } left in this browser; look at the newest mail, or ask for a new code.`,
    }
  const { code } = typed
  const when = (instant: Instant): string => formatInstant(instant, zone)
  if (!sameAction(code.action, action))
    return {
      kind: 'foreign',
      because:
        code.action.words === action.words
          ? 'This code is for another text than the one that is shown here. Read this one, then ask for a new code.'
          : `This code ${code.action.words}; it does nothing else. Ask for a new code for what you want to do here.`,
    }
  if (code.usedAt !== null)
    return { kind: 'old', because: `This code was used already, ${when(code.usedAt)}. Ask for a new one.` }
  if (newest && newest.code !== code)
    return { kind: 'old', because: `A newer code was mailed ${when(newest.code.at)}; only that one works.` }
  if (isOver(code, at))
    return {
      kind: 'old',
      because: `This code was mailed ${when(code.at)} and was good for ${codeMinutes} minutes. Ask for a new one.`,
    }
  return { kind: 'right', code }
}
