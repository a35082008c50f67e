/** The mail to everybody whose work changes when another text comes into force: what is new, from when, and what to do. */
import type { Proposal } from '../../core/agreement/agreement.ts'
import type { CharterChange } from '../../core/agreement/charter-changes.ts'
import { inWords, type LogEntry } from '../../core/agreement/log.ts'
import type { News, RulesNews } from '../../core/agreement/news.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { holders } from '../../core/pilot/roles.ts'
import type { Change } from '../../core/rules/diff.ts'
import { outcomeInWords } from '../../core/rules/print.ts'
import type { Letter } from '../letter.ts'
import { whoTurned } from '../owner.ts'
import { capital, cut, named, type Row, ruleOwner, theirs, told, when, wishByMail } from '../words.ts'
import { type Block, compose } from './compose.tsx'

type Telling = {
  entry: LogEntry
  news: News
  charter: Charter
  /** The charter of before; null where there was none. */
  former: Charter | null
  to: string
  /** The proposal that came into force; null where an earlier version came back. */
  proposal: Proposal | null
}

/** More of one kind than this nobody reads in a mail; the owner of the rules has all of them. */
const mostTold = 12
/** The exact kinds of invoices are long sentences: some of them show what the new rules mean. */
const mostKinds = 5

const more = (count: number, most: number, what: string, charter: Charter): Block[] =>
  count > most ? [{ text: `… and ${count - most} more ${what}; ${ruleOwner(charter)} has all of them.` }] : []

const ruleInWords = ({ name, was, now }: RulesNews['rules'][number]): Block => ({
  quote: `${name}: ${cut(now ?? was ?? '', 600)}`,
  source: now === null ? 'This rule holds no longer' : was === null ? 'A new rule' : `Until now: ${cut(was, 600)}`,
})

const kindInWords = ({ when: conditions, was, now }: Change): string =>
  `When ${conditions}, ${outcomeInWords(now)}. Until now: ${outcomeInWords(was)}.`

const rulesInWords = ({ rules, promises }: RulesNews, charter: Charter): Block[] => {
  const told: Block[] = [
    ...rules.slice(0, mostTold).map(ruleInWords),
    ...more(rules.length, mostTold, 'rules', charter),
    ...promises.came.map((quote) => ({ quote: cut(quote, 600), source: 'A new promise: nobody can do this' })),
    ...promises.gone.map((quote) => ({ quote: cut(quote, 600), source: 'This promise holds no longer' })),
  ]
  const order = { text: 'The same rules stand in another order, and the first that fits decides.' }
  return [{ heading: 'What is new' }, ...(told.length > 0 ? told : [order])]
}

/** The exact difference: long sentences, for whoever wants to know. */
const kindsInWords = (news: News, charter: Charter): Block[] => {
  if (news.document !== 'rules') return []
  const { changes } = news
  const said: Block[] =
    changes === null
      ? [{ text: 'More kinds of invoices are decided differently than can be told one by one.' }]
      : changes.length === 0
        ? [{ text: 'Every invoice goes to the same people as before.' }]
        : [
            { list: changes.slice(0, mostKinds).map(kindInWords) },
            ...more(changes.length, mostKinds, 'kinds', charter),
            { text: 'All other invoices are decided as before.' },
          ]
  return [{ heading: 'Exactly which invoices that changes' }, ...said]
}

/** Names also of those who are in it no longer. */
const charterRow = ({ part, was, now }: CharterChange, { charter, former }: Telling): Row => {
  const everybody = { ...charter, people: { ...former?.people, ...charter.people } }
  const said = (value: string): string => cut(told(everybody, value), 300)
  const is = now === null ? 'not there any more' : said(now)
  return [capital(told(everybody, part)), `${is} (${was === null ? 'new' : `before: ${said(was)}`})`]
}

const newsInWords = (telling: Telling): Block[] => {
  const { news, charter } = telling
  switch (news.document) {
    case 'rules':
      return rulesInWords(news, charter)
    case 'charter':
      return [
        { heading: 'What is new' },
        { rows: news.changes.slice(0, mostTold).map((change) => charterRow(change, telling)) },
        ...more(news.changes.length, mostTold, 'parts', charter),
      ]
    case 'pilot':
      return [
        { heading: 'The rules' },
        { text: 'The first one that fits an invoice decides it:' },
        { list: news.sentences.map((sentence) => cut(sentence, 600)), numbered: false },
      ]
  }
}

/** What becomes of the invoices that are here already. */
const whatIsHere = ({ entry: { decided }, news }: Telling): string => {
  const holds = `The ${news.document === 'charter' ? 'charter holds' : 'rules hold'} for every invoice that comes in from now on`
  if (news.document === 'pilot') return `${holds}.`
  if (decided.what === 'rolled back' && decided.fate === 'are asked anew')
    return `${holds}, and for those that nobody had decided: their requests are withdrawn, the links say so, and whoever is asked now gets a new mail.`
  return `${holds}. Those that were here before go on as they began, and the links that you have work.`
}

const titleOf = ({ entry: { decided }, news, charter, to }: Telling): string => {
  if (news.document === 'pilot') return `The pilot of ${charter.process} begins`
  if (news.document === 'charter' && !Object.hasOwn(charter.people, to))
    return `You no longer take part in ${charter.process}`
  const again = decided.what === 'rolled back'
  if (news.document === 'rules')
    return again
      ? `${capital(charter.process)} has its earlier rules again`
      : `${capital(charter.process)} has new rules`
  return again
    ? `${capital(charter.process)} has its earlier charter again`
    : `${capital(charter.process)} has a new charter`
}

/** When to use it and when not, and the way around it; what whoever takes part has to know on the first day, too. */
const howTo = ({ charter, to }: Telling): Block[] =>
  Object.hasOwn(charter.people, to)
    ? [
        { heading: 'When to use it, and when not' },
        { text: charter.useItWhen },
        { text: charter.dailyUse },
        { heading: 'If it fails' },
        { list: charter.fallback, numbered: true },
      ]
    : []

/** Why it was done, by who did it: who proposed and who signed, or who rolled back. */
const because = ({ entry: { decided }, charter, proposal }: Telling): Block[] => {
  if (proposal) {
    const { why, proposedBy, signedBy } = proposal
    const signed = signedBy ? `, signed by ${whoTurned(charter, signedBy)}` : ''
    return [{ quote: cut(theirs(why), 1_000), source: `${whoTurned(charter, proposedBy)}${signed}` }]
  }
  return decided.what === 'rolled back'
    ? [{ quote: cut(theirs(decided.why), 1_000), source: whoTurned(charter, decided) }]
    : []
}

/** Once for each version and person. */
export const newsMail = (telling: Telling): Letter => {
  const { entry, charter, to } = telling
  const title = titleOf(telling)
  const build = named(charter, holders(charter, charter.owners.build, null).people)
  return compose({
    to,
    subject: `${title}, from ${when(charter, entry.at)}`,
    preview: 'What is new, from when, when to use it and when not, and what to do if it fails.',
    blocks: [
      { about: `From ${when(charter, entry.at)}`, title },
      { text: whatIsHere(telling) },
      ...because(telling),
      ...newsInWords(telling),
      ...howTo(telling),
      { heading: 'Whom to ask' },
      {
        text: `Questions about a rule: ${ruleOwner(charter)}. Something stands still or looks wrong: ${build}. Each request has a link for both.`,
      },
      ...(Object.hasOwn(charter.people, to) ? [{ text: wishByMail(charter) }] : []),
      ...kindsInWords(telling.news, charter),
      { rows: [['Entry of the log', String(entry.number)], ...textRow(entry)] },
    ],
    foot: `You get this once, because it changes the work of your role in ${charter.process}. Nothing is decided by answering this mail.`,
    charter,
  })
}

const textRow = ({ decided }: LogEntry): Row[] => {
  const { textHash } = inWords(decided)
  return textHash === null ? [] : [['Text (SHA-256)', textHash]]
}
