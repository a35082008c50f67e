/** `npm run log`: the decision log, whether anybody altered it, and whether anything was changed around it. */
import { operate } from './operate.ts'
import { Refusal } from './refusal.ts'

const help = `npm run -s log -- show [flags]            the decision log: who decided what about charter and rules, and why
npm run -s log -- verify [HASH] [flags]   whether the log is what was written: no entry altered, missing, moved or put in
npm run -s log -- compare [flags]         the daily check, now: whether the tables hold what was decided, and nothing else

  HASH           of an entry, as an older mail states it: the log must hold it still
  --aws PORT     the system whose local AWS is on PORT (default: the one started last)
  --stage NAME   a deployed system instead
  --json         the answer as JSON
  --help         this text

Each entry holds the hash of the one before, so a change shows from there on. What was cut off at the end shows
only against a HASH that was written down elsewhere.

Exit codes: 0 it holds, 1 it does not, 2 it could not be tried.
`

type Entry = {
  number: number
  at: string
  words: { who: string; what: string; why: string | null; textHash: string | null }
  hash: string
}
type Answer = {
  entries: Entry[]
  verified: { ok: true } | { ok: false; brokenAt: number | null; because: string }
}

type Outside = { what: string; back: string }

const foundInWords = (found: Outside[]): string =>
  found.length === 0
    ? 'The tables hold what was decided, and the log is what its locked copies say.\n'
    : found.map(({ what, back }) => `${what}\n      The way back: ${back}\n`).join('')

const inWords = ({ number, at, words: { who, what, why, textHash }, hash }: Entry): string =>
  [
    `${String(number).padStart(4)}  ${at}  ${who}: ${what}`,
    ...(why === null ? [] : [`why    ${why}`]),
    ...(textHash === null ? [] : [`text   ${textHash}`]),
    `entry  ${hash}\n`,
  ].join('\n      ')

const shown = (entries: Entry[]): string =>
  entries.length === 0 ? 'The log is empty: no pilot was imported.\n' : entries.map(inWords).join('')

await operate({
  help,
  takesTime: false,
  arguments: ['show, verify or compare'],
  mayFollow: 1,
  run: async ({ invoke, at, words, json }) => {
    const [verb = '', known = null] = words
    if (!['show', 'verify', 'compare'].includes(verb) || (verb !== 'verify' && known !== null))
      throw new Refusal(`There is no log ${words.join(' ')}; name show, verify or compare, see --help`)
    if (known !== null && !/^[0-9a-f]{64}$/.test(known))
      throw new Refusal(
        `${known} is no hash of an entry; expected 64 digits and letters from a to f, as a mail states it`,
      )
    if (verb === 'compare') {
      const { found } = (await invoke('CheckAgreements', { time: at, byHand: true })) as { found: Outside[] }
      process.stdout.write(json ? `${JSON.stringify({ ok: found.length === 0, found })}\n` : foundInWords(found))
      return found.length === 0 ? 0 : 1
    }
    const { entries, verified } = (await invoke('ReadLog', { known })) as Answer
    if (verb === 'show') {
      if (!verified.ok) process.stderr.write(`This log is not what was written. ${verified.because}\n`)
      process.stdout.write(json ? `${JSON.stringify({ entries })}\n` : shown(entries))
      return 0
    }
    const head = entries.at(-1)?.hash ?? null
    const said = verified.ok
      ? `The log holds: ${entries.length} entries, none altered, missing, moved or put in. The last has the hash ${head}.\n`
      : `The log does not hold. ${verified.because}\n`
    process.stdout.write(json ? `${JSON.stringify({ ...verified, entries: entries.length, head })}\n` : said)
    return verified.ok ? 0 : 1
  },
})
