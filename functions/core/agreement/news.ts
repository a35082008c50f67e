/** Another text is in force: what is new in it, and whose work that changes. */
import type { Address } from '../approval/history.ts'
import type { Charter } from '../pilot/charter.ts'
import { deskRole, everyHolder, whoBacksUp } from '../pilot/roles.ts'
import { otherwiseName } from '../rules/decide.ts'
import { type Change, differences } from '../rules/diff.ts'
import { rolesIn } from '../rules/outcome.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { ownersOf } from './acting.ts'
import { type CharterChange, charterChanges } from './charter-changes.ts'
import type { Decided } from './decided.ts'

export type RulesNews = {
  document: 'rules'
  /** The kinds of invoices that are decided differently; null where they are too many to be told one by one. */
  changes: Change[] | null
  /** Rules whose sentence is another, by name; null where there is or was none. */
  rules: { name: string; was: string | null; now: string | null }[]
  /** Promises that stand in the one file and not, to the letter, in the other. */
  promises: { came: string[]; gone: string[] }
  /** Every role that gets other invoices than before, or whose decision a promise speaks of. */
  roles: string[]
}

export type News =
  | RulesNews
  | { document: 'charter'; changes: CharterChange[] }
  /** The first charter and the first rules: the pilot begins. */
  | { document: 'pilot'; sentences: string[] }

type Named = { name: string; sentence: string }

const everyRule = ({ rules, otherwise }: RuleSet): Named[] => [...rules, { ...otherwise, name: otherwiseName }]

const sentenceOf = (rules: readonly Named[], name: string): string | null =>
  rules.find((rule) => rule.name.toLowerCase() === name.toLowerCase())?.sentence ?? null

const rulesCompared = (was: RuleSet, now: RuleSet): RulesNews['rules'] => {
  const [before, after] = [everyRule(was), everyRule(now)]
  const missingIn = (others: readonly Named[]) => (rule: Named) =>
    !others.some(({ sentence }) => sentence === rule.sentence)
  const came = after
    .filter(missingIn(before))
    .map(({ name, sentence }) => ({ name, was: sentenceOf(before, name), now: sentence }))
  const gone = before
    .filter(missingIn(after))
    .filter(({ name }) => sentenceOf(after, name) === null)
    .map(({ name, sentence }) => ({ name, was: sentence, now: null }))
  return [...came, ...gone]
}

const promisesCompared = (was: RuleSet, now: RuleSet): RulesNews['promises'] => {
  const [before, after] = [was, now].map(({ promises }) => promises.map(({ sentence }) => sentence)) as [
    string[],
    string[],
  ]
  return {
    came: after.filter((sentence) => !before.includes(sentence)),
    gone: before.filter((sentence) => !after.includes(sentence)),
  }
}

const everyRole = ({ rules, otherwise }: RuleSet): string[] =>
  [...rules, otherwise].flatMap(({ outcome }) => rolesIn(outcome))

export const rulesNews = (was: RuleSet, now: RuleSet, departments: readonly string[]): RulesNews => {
  const difference = differences(was, now, departments)
  const changes = 'tooMuch' in difference ? null : difference.changes
  const promises = promisesCompared(was, now)
  const roles = changes
    ? changes.flatMap((change) => [...rolesIn(change.was), ...rolesIn(change.now)])
    : [...everyRole(was), ...everyRole(now)]
  // A promise forbids what people would do: whoever is asked at all may be told no.
  const forbidden = promises.came.length + promises.gone.length > 0 ? everyRole(now) : []
  const rules = rulesCompared(was, now)
  return { document: 'rules', changes, rules, promises, roles: [...new Set([...roles, ...forbidden])] }
}

export const charterNews = (was: Charter, now: Charter): News => ({
  document: 'charter',
  changes: charterChanges(was, now),
})

export const firstNews = (rules: RuleSet): News => ({
  document: 'pilot',
  sentences: [...everyRule(rules), ...rules.promises].map(({ sentence }) => sentence),
})

/**
 * Who gets a receipt of a decision: who owns the pilot, who owned it until that moment, and whoever turned a key. `former`
 * is the charter of before.
 */
export const receiptsTo = (decided: Decided, charter: Charter, former: Charter | null): Address[] => [
  ...new Set([...ownersOf(charter), ...(former ? ownersOf(former) : []), ...('key' in decided ? [decided.by] : [])]),
]

/**
 * Everybody whose work it changes, each once: the holders and backups of the roles that the difference speaks of, and the
 * invoice desk, who finish everything; of a charter everybody who is in it, or was. Nobody where only wording differs.
 */
export const whoseWork = (news: News, charter: Charter, former: Charter | null): Address[] => {
  if (news.document !== 'rules') {
    if (news.document === 'charter' && news.changes.length === 0) return []
    return [...new Set([...Object.keys(charter.people), ...Object.keys(former?.people ?? {})])]
  }
  const { changes, promises, roles } = news
  if (changes?.length === 0 && promises.came.length + promises.gone.length === 0) return []
  return [
    ...new Set([...roles, deskRole].flatMap((role) => [...everyHolder(charter, role), ...whoBacksUp(charter, role)])),
  ]
}
