/** What keeps a text from being proposed or from coming into force: it cannot be read, or what is in force cannot bear it. */
import type { Charter } from '../pilot/charter.ts'
import { parseCharter } from '../pilot/parse-charter.ts'
import { vocabulary } from '../pilot/roles.ts'
import { analyse } from '../rules/analyse.ts'
import { parse } from '../rules/parse.ts'
import type { AgreedDocument } from './decided.ts'

type Place = { line: number; column: number; message: string }

/** What stands beside the text, in force or as a draft: rules are read with the charter's words, a charter has to bear the rules. */
export type Beside = { charter: Charter; rulesText: string }

const inWords = ({ line, column, message }: Place): string => `line ${line}, column ${column}: ${message}`

/** Every finding of level error about rules under a charter. */
const errorsOf = (rulesText: string, charter: Charter): Place[] => {
  const words = vocabulary(charter)
  const { ruleSet, findings, places } = parse(rulesText, words)
  return [...findings, ...(ruleSet ? analyse(ruleSet, places, charter, words.departments) : [])]
    .filter(({ level }) => level === 'error')
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
}

/** What a charter would take from the rules: errors that they do not have today. */
const stranded = (charter: Charter, { charter: before, rulesText }: Beside): string[] => {
  const today = new Set(errorsOf(rulesText, before).map(inWords))
  return errorsOf(rulesText, charter)
    .map(inWords)
    .filter((error) => !today.has(error))
    .map((error) => `the rules could not be followed under this charter; ${error}`)
}

/** Whole sentences, the first place first; none where the text can come into force beside what is there. */
export const objections = (document: AgreedDocument, text: string, beside: Beside): string[] => {
  if (document === 'rules') return errorsOf(text, beside.charter).map(inWords)
  const read = parseCharter(text)
  return 'findings' in read ? read.findings.map(inWords) : stranded(read.charter, beside)
}
