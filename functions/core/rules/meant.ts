/** Which sentences of the language somebody may have meant who wrote something else. */
import { forms, type Wording } from './language.ts'
import { roleInWords } from './print.ts'
import { type Token, textOf, tokensOf } from './tokens.ts'

export const masked = (tokens: readonly Token[]): string =>
  textOf(tokens.map((token) => (token.kind === 'number' ? { ...token, raw: 'N' } : token)))

export const knownPhrases = forms.map(({ phrase }) =>
  phrase
    .replace('MONEY', 'N EUR')
    .replace('RANGE', 'N and N EUR')
    .replace('PERCENT', 'N%')
    .replace('DAYS', 'N days')
    .replace('LIST', '…'),
)

/** With an example in each gap of a phrase, as the table of the language or a masked sentence has it. */
export const withExamples = (phrase: string, role: string): string =>
  phrase
    .replace(/MONEY|N EUR/, '5,000 EUR')
    .replace(/RANGE|N and 5,000 EUR/, '1,000 and 5,000 EUR')
    .replace(/PERCENT|N%/, '2%')
    .replace(/DAYS|N days/, '30 days')
    .replace('LIST', '…')
    .replace('ROLE', roleInWords(role))
    .replace('TIME', '4 hours')

/** Longer than this nobody writes what has a wording in the tables. */
const longestWording = 200

/**
 * The sentences that somebody may have meant who used other words, with what they wrote where that can be read (`reads`),
 * with an example where it cannot.
 */
export const meantBy = (
  wordings: readonly Wording[],
  text: string,
  role: string,
  reads: (tokens: readonly Token[]) => boolean,
): string[] => {
  if (text.length > longestWording) return []
  for (const { wrote, means } of wordings) {
    const match = wrote.exec(text)
    if (!match) continue
    return means.map((phrase) => {
      const [, ...said] = match
      const filled = phrase.replace(/[A-Z]{4,}/g, (slot) => said.shift() ?? slot)
      return reads(tokensOf(filled)) ? filled : withExamples(phrase, role)
    })
  }
  return []
}
