/** The Access table: owners' links, the codes mailed to them, tried codes, and who is signed in where. No secret, only hashes. */
import { type Action, sessionHours } from '../../core/access/action.ts'
import type { MailedCode, Tries } from '../../core/access/code.ts'
import type { Session } from '../../core/access/owners.ts'
import type { Instant } from '../../core/time.ts'
import type { Database, Item, Key, Write } from './database.ts'

/** A code as it is kept: `seal` is what its digits make with the secret of the browser that asked for it. */
export type KeptCode = MailedCode & { id: string; seal: string }

/** Who shares how many codes may be mailed: one browser that the person has used before, or all the others. */
export type Budget = { name: string; sent: Instant[]; version: number }

/** Tried codes of a browser; `told` once whoever owns the build knows that it is locked out. */
export type KeptTries = { tries: Tries | null; told: boolean; version: number }

const hours = 3600
const kept = {
  /** Old codes are known for a day, so that whoever types one is told what it was. */
  code: 24 * hours,
  mails: 2 * hours,
  tries: 24 * hours,
  known: 30 * 24 * hours,
  session: sessionHours * hours,
}
const expires = (at: Instant, seconds: number): number => Math.floor(Date.parse(at) / 1000) + seconds

const linkKey = (hash: string): Key => ({ pk: `LINK#${hash}`, sk: 'LINK' })
const replacedKey = (person: string): Key => ({ pk: `PERSON#${person}`, sk: 'REPLACED' })
const codeKey = (person: string, { at, id }: { at: Instant; id: string }): Key => ({
  pk: `PERSON#${person}`,
  sk: `CODE#${at}#${id}`,
})
const mailsKey = (person: string, name: string): Key => ({ pk: `PERSON#${person}`, sk: `MAILS#${name}` })
const triesKey = (browser: string): Key => ({ pk: `BROWSER#${browser}`, sk: 'TRIES' })
const knownKey = (browser: string, person: string): Key => ({ pk: `BROWSER#${browser}`, sk: `KNOWN#${person}` })
const sessionKey = (hash: string): Key => ({ pk: `SESSION#${hash}`, sk: 'SESSION' })

const codeOf = ({ id, browser, action, at, usedAt, seal }: Item): KeptCode => ({
  id: id as string,
  browser: browser as string,
  action: action as Action,
  at: at as Instant,
  usedAt: usedAt as Instant | null,
  seal: seal as string,
})

/** On condition that nobody wrote since it was read; version 0 is not there yet. */
const unchanged = (version: number) => (version === 0 ? ('absent' as const) : { attribute: 'version', is: version })

export const accessTable = (database: Database, table: string) => {
  const linkWrite = (hash: string, link: { person: string; at: Instant }): Write => ({
    table,
    put: { ...linkKey(hash), ...link },
    when: 'absent',
  })

  return {
    /** A link of a person; it opens until the links of that person are replaced. */
    keepLink: async (hash: string, link: { person: string; at: Instant }): Promise<void> => {
      await database.write([linkWrite(hash, link)])
    },
    /** A new link in the place of all earlier ones, which open nothing any more. */
    replaceLinks: async (hash: string, { person, at }: { person: string; at: Instant }): Promise<void> => {
      await database.write([{ table, put: { ...replacedKey(person), at } }, linkWrite(hash, { person, at })])
    },
    /** Whose link it is; null for one that nobody was given, or that was replaced. */
    link: async (hash: string): Promise<{ person: string } | null> => {
      const item = await database.get(table, linkKey(hash))
      if (!item) return null
      const person = item.person as string
      const replaced = await database.get(table, replacedKey(person))
      return replaced && (item.at as Instant) < (replaced.at as Instant) ? null : { person }
    },

    /** Codes that were mailed to a person lately, oldest first. */
    codes: async (person: string): Promise<KeptCode[]> =>
      (await database.query({ table, pk: `PERSON#${person}`, begins: 'CODE#' })).map(codeOf),
    /** What was mailed on behalf of this browser; one that the person never used shares with all such. */
    budget: async (person: string, browser: string, at: Instant): Promise<Budget> => {
      const known = await database.get(table, knownKey(browser, person))
      const name = known && expires(at, 0) < (known.expires as number) ? browser : 'strangers'
      const item = await database.get(table, mailsKey(person, name))
      return { name, sent: (item?.sent as Instant[] | undefined) ?? [], version: (item?.version as number) ?? 0 }
    },
    /** Keeps a code that is going to be mailed; false when another one was asked for at the same moment. */
    keepCode: async (person: string, code: KeptCode, budget: Budget): Promise<boolean> => {
      const { name, sent, version } = budget
      const refused = await database.write([
        {
          table,
          put: { ...mailsKey(person, name), sent, version: version + 1, expires: expires(code.at, kept.mails) },
          when: unchanged(version),
        },
        {
          table,
          put: { ...codeKey(person, code), ...code, uses: 0, expires: expires(code.at, kept.code) },
          when: 'absent',
        },
      ])
      return refused.length === 0
    },

    /** The codes that were tried in a browser. */
    tries: async (browser: string): Promise<KeptTries> => {
      const item = await database.get(table, triesKey(browser))
      if (!item) return { tries: null, told: false, version: 0 }
      const { count, last, told, version } = item as unknown as Tries & { told: boolean; version: number }
      return { tries: { count, last }, told, version }
    },
    /** What was tried by now; false when somebody tried since. */
    keepTries: async (browser: string, { tries, told, version }: KeptTries & { tries: Tries }): Promise<boolean> => {
      const refused = await database.write([
        {
          table,
          put: { ...triesKey(browser), ...tries, told, version: version + 1, expires: expires(tries.last, kept.tries) },
          when: unchanged(version),
        },
      ])
      return refused.length === 0
    },

    /**
     * The code did what it is for, once: with it tries are forgotten, the browser is known as one that the person uses,
     * and where it signs in there is a session. False when the code was used at the same moment.
     */
    use: async (
      person: string,
      code: KeptCode,
      { at, session }: { at: Instant; session: { hash: string } | null },
    ): Promise<boolean> => {
      const { browser } = code
      const signedIn: Session = { person, browser, at }
      const refused = await database.write([
        {
          table,
          put: { ...codeKey(person, code), ...code, usedAt: at, uses: 1, expires: expires(code.at, kept.code) },
          when: { attribute: 'uses', is: 0 },
        },
        { table, remove: triesKey(browser) },
        { table, put: { ...knownKey(browser, person), at, expires: expires(at, kept.known) } },
        ...(session
          ? [{ table, put: { ...sessionKey(session.hash), ...signedIn, expires: expires(at, kept.session) } }]
          : []),
      ])
      return refused.length === 0
    },
    session: async (hash: string): Promise<Session | null> => {
      const item = await database.get(table, sessionKey(hash))
      return item && { person: item.person as string, browser: item.browser as string, at: item.at as Instant }
    },
  }
}
