/** What is found in a text before it is proposed, and what it would change: the same facts for both owners. */
import type { Charter } from '../pilot/charter.ts'
import { parseCharter } from '../pilot/parse-charter.ts'
import { vocabulary } from '../pilot/roles.ts'
import { analyse } from '../rules/analyse.ts'
import { type Difference, differences } from '../rules/diff.ts'
import type { Finding } from '../rules/finding.ts'
import { type Places, parse } from '../rules/parse.ts'
import { type PastInvoice, type Replayed, replay, type Totals } from '../rules/replay.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { type CharterChange, charterChanges } from './charter-changes.ts'
import type { AgreedDocument } from './decided.ts'
import { type Beside, objections } from './objections.ts'

/** An invoice of the past as it was recorded, called as people call it; `waited` are hours until it was decided. */
export type PastCase = PastInvoice & { number: string | null; vendor: string | null; waited: number | null }

/** What rules would have decided; `left` invoices more were older or too many to look at. */
export type Past = { days: number; cases: PastCase[]; left: number }

export type RulesExamined = {
  document: 'rules'
  text: string
  findings: Finding[]
  ruleSet: RuleSet | null
  places: Places
  /** Null where one of the two texts cannot be read. */
  difference: Difference | null
  past: (Past & { replayed: { invoices: Replayed[]; totals: Totals } }) | null
}

export type CharterExamined = {
  document: 'charter'
  text: string
  findings: Finding[]
  changes: CharterChange[] | null
}

export type Examined = RulesExamined | CharterExamined

const inOrder = (findings: Finding[]): Finding[] => findings.toSorted((a, b) => a.line - b.line || a.column - b.column)

/** Everything that is found in rules by the words and the people of a charter. */
const read = (text: string, charter: Charter): { ruleSet: RuleSet | null; places: Places; findings: Finding[] } => {
  const words = vocabulary(charter)
  const { ruleSet, places, findings } = parse(text, words)
  const proved = ruleSet ? analyse(ruleSet, places, charter, words.departments) : []
  return { ruleSet, places, findings: inOrder([...findings, ...proved]) }
}

const examineRules = (text: string, { charter, rulesText }: Beside, past: Past | null): RulesExamined => {
  const { ruleSet, places, findings } = read(text, charter)
  const words = vocabulary(charter)
  const before = parse(rulesText, words).ruleSet
  const both = ruleSet !== null && before !== null
  return {
    ...{ document: 'rules', text, findings, ruleSet, places },
    difference: both ? differences(before, ruleSet, words.departments) : null,
    past: both && past ? { ...past, replayed: replay(ruleSet, past.cases, before, charter) } : null,
  }
}

const wrong = (place: { line: number; column: number; message: string }): Finding => ({
  ...{ type: 'syntax', level: 'error', rule: null, causes: [], example: null },
  ...place,
})

const examineCharter = (text: string, inForce: Beside): CharterExamined => {
  const parsed = parseCharter(text)
  if ('findings' in parsed) return { document: 'charter', text, findings: parsed.findings.map(wrong), changes: null }
  return {
    document: 'charter',
    text,
    findings: objections('charter', text, inForce).map((message) =>
      wrong({ line: 1, column: 1, message: message.charAt(0).toUpperCase() + message.slice(1) }),
    ),
    changes: charterChanges(inForce.charter, parsed.charter),
  }
}

/** Holds a text against what is in force. `past` are the invoices that rules are replayed over. */
export const examine = (document: AgreedDocument, text: string, inForce: Beside, past: Past | null): Examined =>
  document === 'rules' ? examineRules(text, inForce, past) : examineCharter(text, inForce)

/** What keeps a text from being proposed, a sentence each. */
export const objectionsTo = ({ findings }: Examined): string[] =>
  findings.filter(({ level }) => level === 'error').map(({ line, message }) => `line ${line}: ${message}`)
