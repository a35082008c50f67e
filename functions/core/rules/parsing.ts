/** What reading some words of a sentence answers, and how numbers are read. */
import type { FindingType } from './finding.ts'
import { numberWords } from './language.ts'
import type { Token } from './tokens.ts'

/** The words that the charter adds to the language. */
export type Vocabulary = { roles: string[]; departments: string[]; currency: string }

/** Something that was read although the charter does not know it. */
export type Doubt = { type: FindingType; token: Token; message: string }
export type Failure = { failed: number; expected: string[]; problem?: string }
export type Read<Value> = { value: Value; next: number; doubts: Doubt[] } | Failure

export const failure = (failed: number, expected: string[], problem?: string): Failure => ({
  failed,
  expected,
  problem,
})
/** A mistake that is named itself, so that nobody has to be told what was expected. */
// Stryker disable next-line ArrayDeclaration: beside a problem it is not told
export const wrong = (failed: number, problem: string): Failure => ({ failed, expected: [], problem })
export const isFailure = <Value>(read: Read<Value>): read is Failure => 'failed' in read

export const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)
/** Words of the language stand in quotation marks in a message, descriptions of them do not. */
export const quoted = (words: string): string => `"${words}"`

export const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** These words one after the other. */
export const readWords = <Value>(tokens: readonly Token[], at: number, words: string, value: Value): Read<Value> => {
  const expected = words.split(' ')
  const wrong = expected.findIndex((word, index) => tokens[at + index]?.word !== word)
  return wrong === -1
    ? { value, next: at + expected.length, doubts: [] }
    : failure(at + wrong, [quoted(expected.slice(wrong).join(' '))])
}

const grouped = /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/
/** More digits than this a number of the machine cannot hold exactly. */
const mostDigits = 15

/** The plain decimal of a number as rules write it, `5,000.50` → `5000.50`; null where it is none. */
export const decimalOf = (token: Token | undefined): string | null => {
  if (token?.kind !== 'number' || !grouped.test(token.text)) return null
  const decimal = token.text.replaceAll(',', '')
  return decimal.replace(/^0+|\./g, '').length <= mostDigits ? decimal : null
}

/** What is wrong with a number that cannot be used, `hint` where it is its form; nothing of what is no number. */
export const numberProblem = (token: Token | undefined, hint: string): string | undefined => {
  if (token?.kind !== 'number') return undefined
  const isTooLong = grouped.test(token.text) && decimalOf(token) === null
  return isTooLong ? `the number is too large; expected at most ${mostDigits} digits` : hint
}

/** A whole number in digits, or in words up to twelve. */
export const countOf = (token: Token | undefined): number | null => {
  if (!token) return null
  const word = numberWords.indexOf(token.word)
  if (word !== -1) return word + 1
  const decimal = decimalOf(token)
  return decimal !== null && !decimal.includes('.') ? Number(decimal) : null
}
