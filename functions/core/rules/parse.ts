/** Reads a rule file: what it says, and every place that cannot be understood. */
import { minorDigits, toMinor } from '../money.ts'
import { didYouMean } from '../pilot/nearest.ts'
import type { Finding, FindingType } from './finding.ts'
import {
  type Form,
  forms,
  mostBytes,
  mostDays,
  mostRolesAStep,
  mostRules,
  numberWords,
  otherConditions,
  otherOutcomes,
  reservedWords,
  type Slot,
  slots,
  vendorWords,
  type Wording,
} from './language.ts'
import { oneOf } from './listed.ts'
import type { Duration, Outcome, Step } from './outcome.ts'
import { roleInWords } from './print.ts'
import type { Condition, Promised, Rule, RulePromise, RuleSet, Test, Text } from './rule-set.ts'
import { type Token, textOf, tokensOf } from './tokens.ts'

/** The words that the charter adds to the language. */
export type Vocabulary = { roles: string[]; departments: string[]; currency: string }

export type Place = { line: number; column: number }

/** Where each sentence begins, in the order of the file, for those who have more to say about it. */
export type Places = { rules: Place[]; otherwise: Place; promises: Place[] }

export type Parsed = { ruleSet: RuleSet | null; findings: Finding[]; places: Places }

/** Something that was read although the charter does not know it. */
type Doubt = { type: FindingType; token: Token; message: string }
type Failure = { failed: number; expected: string[]; problem?: string }
type Read<Value> = { value: Value; next: number; doubts: Doubt[] } | Failure

const mostFindings = 100

const failure = (failed: number, expected: string[], problem?: string): Failure => ({ failed, expected, problem })
/** A mistake that is named itself, so that nobody has to be told what was expected. */
// Stryker disable next-line ArrayDeclaration: beside a problem it is not told
const wrong = (failed: number, problem: string): Failure => ({ failed, expected: [], problem })
const isFailure = <Value>(read: Read<Value>): read is Failure => 'failed' in read

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)
/** Words of the language stand in quotation marks in a message, descriptions of them do not. */
const quoted = (words: string): string => `"${words}"`

// Values

const grouped = /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/
/** More digits than this a number of the machine cannot hold exactly. */
const mostDigits = 15

/** The plain decimal of a number as rules write it, `5,000.50` → `5000.50`; null where it is none. */
const decimalOf = (token: Token | undefined): string | null => {
  if (token?.kind !== 'number' || !grouped.test(token.text)) return null
  const decimal = token.text.replaceAll(',', '')
  return decimal.replace(/^0+|\./g, '').length <= mostDigits ? decimal : null
}

/** What is wrong with a number that cannot be used, `hint` where it is its form; nothing of what is no number. */
const numberProblem = (token: Token | undefined, hint: string): string | undefined => {
  if (token?.kind !== 'number') return undefined
  const isTooLong = grouped.test(token.text) && decimalOf(token) === null
  return isTooLong ? `the number is too large; expected at most ${mostDigits} digits` : hint
}

const moneyHint =
  'write an amount like "5,000 EUR" or "5,000.50 EUR": commas for thousands, a point for cents, the currency as its code'

/** A whole number in digits, or in words up to twelve. */
const countOf = (token: Token | undefined): number | null => {
  if (!token) return null
  const word = numberWords.indexOf(token.word)
  if (word !== -1) return word + 1
  const decimal = decimalOf(token)
  return decimal !== null && !decimal.includes('.') ? Number(decimal) : null
}

/** Minor units, or what is wrong: more decimals than the currency has, for `5.000` may well mean five thousand. */
const minorOf = (decimal: string, currency: string): number | string => {
  if ((decimal.split('.')[1]?.length ?? 0) > minorDigits(currency))
    return `${currency} has ${minorDigits(currency)} decimals; ${moneyHint}`
  return toMinor(decimal, currency) ?? 'no amount can be as large as this'
}

const readMoney = (
  tokens: readonly Token[],
  at: number,
  vocabulary: Vocabulary | null,
): Read<{ value: number; currency: string }> => {
  const [number, code] = [tokens[at], tokens[at + 1]]
  const decimal = decimalOf(number)
  if (decimal === null) return failure(at, ['an amount'], numberProblem(number, moneyHint))
  if (code?.kind !== 'word' || !/^[a-z]{3}$/.test(code.word)) return failure(at + 1, ['a currency such as "EUR"'])
  const currency = code.text.toUpperCase()
  const value = minorOf(decimal, currency)
  if (typeof value === 'string') return wrong(at, value)
  const doubts: Doubt[] =
    vocabulary && currency !== vocabulary.currency
      ? [
          {
            type: 'unknown-value',
            token: code,
            message: `Amounts of this pilot are in ${vocabulary.currency}, and no other currency is converted; expected "${number?.text} ${vocabulary.currency}", or a condition on the currency.`,
          },
        ]
      : []
  return { value: { value, currency }, next: at + 2, doubts }
}

const readRange = (
  tokens: readonly Token[],
  at: number,
  vocabulary: Vocabulary | null,
): Read<{ from: number; to: number; currency: string }> => {
  const withCode = tokens[at + 1]?.word !== 'and'
  const and = withCode ? at + 2 : at + 1
  if (decimalOf(tokens[at]) === null || tokens[and]?.word !== 'and') {
    const first = readMoney(tokens, at, vocabulary)
    return isFailure(first) ? first : failure(and, [quoted('and')])
  }
  const to = readMoney(tokens, and + 1, vocabulary)
  if (isFailure(to)) return to
  const { currency } = to.value
  if (withCode && tokens[at + 1]?.word !== currency.toLowerCase())
    return wrong(at + 1, `both amounts need one currency; write "between 1,000 and 5,000 ${currency}"`)
  // Stryker disable next-line StringLiteral: it was a number above
  const from = minorOf(decimalOf(tokens[at]) ?? '', currency)
  if (typeof from === 'string') return wrong(at, from)
  return { value: { from, to: to.value.value, currency }, next: to.next, doubts: to.doubts }
}

const readPercent = (tokens: readonly Token[], at: number): Read<{ value: number }> => {
  const decimal = decimalOf(tokens[at])
  if (decimal === null)
    return failure(at, ['a percentage'], numberProblem(tokens[at], 'write a percentage like "2%" or "2.5%"'))
  if (tokens[at + 1]?.word !== '%') return failure(at + 1, [quoted('%')])
  return { value: { value: Number(decimal) }, next: at + 2, doubts: [] }
}

const readDays = (tokens: readonly Token[], at: number): Read<{ value: number }> => {
  const value = countOf(tokens[at])
  if (value === null)
    return failure(at, ['a number of days'], numberProblem(tokens[at], 'write whole days like "30 days"'))
  // Stryker disable next-line StringLiteral: any word but these
  if (!/^days?$/.test(tokens[at + 1]?.word ?? '')) return failure(at + 1, [quoted('days')])
  return { value: { value }, next: at + 2, doubts: [] }
}

/** Whether a new sentence about a fact begins here; a department may be called IT. */
const beginsTest = (tokens: readonly Token[], at: number): boolean => {
  const [word, next] = [tokens[at]?.word, tokens[at + 1]?.word]
  return (
    word === 'the' ||
    ((word === 'it' || word === 'there') && next === 'is') ||
    (word === 'required' && next === 'information')
  )
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const readDepartment = (token: Token, text: Text, { departments }: Vocabulary): { value: Text; doubts: Doubt[] } => {
  const known = departments.find((name) => (text.quoted ? name === text.text : same(name, text.text)))
  if (known !== undefined) return { value: { ...text, text: known }, doubts: [] }
  const expected = departments.length === 0 ? 'the charter names none' : `expected ${oneOf(departments.map(quoted))}`
  const message = `"${cut(text.text)}" is no department of the charter${didYouMean(text.text, departments)}; ${expected}.`
  return { value: text, doubts: [{ type: 'unknown-value', token, message }] }
}

const readValue = (
  token: Token | undefined,
  fact: Form['fact'],
  vocabulary: Vocabulary | null,
): { value: string | Text; doubts: Doubt[] } | { expected: string[]; problem?: string } => {
  if (fact === 'vendor')
    return token && vendorWords.includes(token.word)
      ? { value: token.word, doubts: [] }
      : { expected: vendorWords.map(quoted) }
  if (fact === 'currency')
    return token && /^[a-z]{3}$/i.test(token.text) && !reservedWords.includes(token.word)
      ? { value: token.text.toUpperCase(), doubts: [] }
      : { expected: ['a currency such as "EUR"'] }
  if (token?.kind === 'mark' && token.text !== ',' && token.text !== '%')
    // Stryker disable next-line ArrayDeclaration: beside a problem it is not told
    return { expected: [], problem: 'this quotation does not end on its line; put quotation marks on both sides' }
  if (!token || token.kind === 'mark' || token.text === '' || reservedWords.includes(token.word))
    return { expected: ['a name, in quotation marks where it has spaces'] }
  const text: Text = { text: token.text, quoted: token.kind === 'quoted' }
  return fact === 'department' && vocabulary ? readDepartment(token, text, vocabulary) : { value: text, doubts: [] }
}

const readList = (
  tokens: readonly Token[],
  at: number,
  fact: Form['fact'],
  vocabulary: Vocabulary | null,
): Read<{ values: (string | Text)[] }> => {
  const values: (string | Text)[] = []
  const doubts: Doubt[] = []
  for (let next = at; ; next++) {
    const read = readValue(tokens[next], fact, vocabulary)
    if ('expected' in read) return failure(next, read.expected, read.problem)
    values.push(read.value)
    doubts.push(...read.doubts)
    next += 1
    const after = tokens[next + 2]?.word
    if (
      tokens[next]?.word === ',' &&
      (after === ',' || after === 'or') &&
      !outcomeWords.includes(tokens[next + 1]?.word ?? '')
    )
      return wrong(next + 1, 'several values are joined with "or", also where they are more than two')
    if (tokens[next]?.word !== 'or' || beginsTest(tokens, next + 1)) return { value: { values }, next, doubts }
  }
}

const readSlot = (
  slot: Slot,
  tokens: readonly Token[],
  at: number,
  fact: Form['fact'],
  vocabulary: Vocabulary | null,
): Read<object> => {
  switch (slot) {
    case 'MONEY':
      return readMoney(tokens, at, vocabulary)
    case 'RANGE':
      return readRange(tokens, at, vocabulary)
    case 'PERCENT':
      return readPercent(tokens, at)
    case 'DAYS':
      return readDays(tokens, at)
    case 'LIST':
      return readList(tokens, at, fact, vocabulary)
  }
}

// Conditions

const isSlot = (word: string): word is Slot => slots.some((slot) => slot === word)
const patterns = forms.map((form) => ({ form, words: form.phrase.split(' ') }))

const readForm = (
  { form, words }: (typeof patterns)[number],
  tokens: readonly Token[],
  at: number,
  vocabulary: Vocabulary | null,
): Read<Test> => {
  let next = at
  let said: object = {}
  const doubts: Doubt[] = []
  for (const [index, word] of words.entries()) {
    if (isSlot(word)) {
      const read = readSlot(word, tokens, next, form.fact, vocabulary)
      if (isFailure(read)) return read
      said = read.value
      doubts.push(...read.doubts)
      next = read.next
    } else if (tokens[next]?.word === word) next += 1
    else return failure(next, [quoted(words.slice(index).join(' '))])
  }
  // The table pairs each fact with what can be said of it.
  return { value: { fact: form.fact, ...form.says, ...said } as Test, next, doubts }
}

const readTest = (tokens: readonly Token[], at: number, vocabulary: Vocabulary | null): Read<Test> => {
  let furthest = failure(at, [])
  for (const pattern of patterns) {
    const read = readForm(pattern, tokens, at, vocabulary)
    if (!isFailure(read)) return read
    if (read.failed > furthest.failed) furthest = read
    else if (read.failed === furthest.failed)
      furthest = failure(read.failed, [...furthest.expected, ...read.expected], furthest.problem ?? read.problem)
  }
  return furthest
}

const readCondition = (tokens: readonly Token[], at: number, vocabulary: Vocabulary | null): Read<Condition> => {
  const first = readTest(tokens, at, vocabulary)
  if (isFailure(first)) return first
  const condition: Condition = [first.value]
  const doubts = [...first.doubts]
  let next = first.next
  while (tokens[next]?.word === 'or') {
    const other = readTest(tokens, next + 1, vocabulary)
    if (isFailure(other)) return other
    if (other.value.fact !== first.value.fact)
      return wrong(next, '"or" joins what is said about one thing; for any other "or", write a second rule')
    condition.push(other.value)
    doubts.push(...other.doubts)
    next = other.next
  }
  return { value: condition, next, doubts }
}

// Outcomes

const outcomeWords = ['approve', 'ask', 'return', 'reject', 'hand']
const outcomePhrases = [
  'approve it',
  'ask ROLE within 4 hours',
  'return it to the sender',
  'reject it',
  'hand it to ROLE',
]
const dividers = ['within', 'and', 'or', 'then', 'when', ',', '.']

const readRole = (tokens: readonly Token[], at: number, vocabulary: Vocabulary | null): Read<string> => {
  const from = tokens[at]?.word === 'the' ? at + 1 : at
  let end = from
  // Stryker disable next-line StringLiteral: there is a token
  while (end < tokens.length && !dividers.includes(tokens[end]?.word ?? '')) end += 1
  if (end === from) return failure(from, ['a role'])
  const nameTo = (next: number): string => textOf(tokens.slice(from, next)).replace(/\s+/g, ' ')
  const name = nameTo(end)
  if (!vocabulary) return { value: name, next: end, doubts: [] }
  // Longest match first: what follows a role that is known gets its own message.
  const longest = Math.max(...vocabulary.roles.map((role) => role.length))
  // Stryker disable next-line EqualityOperator: no role is without a name
  for (let next = Math.min(end, from + longest); next > from; next--) {
    const known = vocabulary.roles.find((role) => same(role, nameTo(next)))
    if (known !== undefined) return { value: known, next, doubts: [] }
  }
  const message = `"${cut(name)}" is no role of the charter${didYouMean(name, vocabulary.roles)}; expected ${oneOf(vocabulary.roles.map(quoted))}.`
  const token = tokens[from]
  // Stryker disable next-line ArrayDeclaration: there is a token
  return { value: name, next: end, doubts: token ? [{ type: 'unknown-role', token, message }] : [] }
}

const units = [
  { word: /^minutes?$/, write: (count: number): Duration => `PT${count}M`, minutes: 1 },
  { word: /^hours?$/, write: (count: number): Duration => `PT${count}H`, minutes: 60 },
  { word: /^days?$/, write: (count: number): Duration => `P${count}D`, minutes: 24 * 60 },
  { word: /^weeks?$/, write: (count: number): Duration => `P${count}W`, minutes: 7 * 24 * 60 },
]

const readDuration = (tokens: readonly Token[], at: number): Read<{ within: Duration; clock: Step['clock'] }> => {
  if (tokens[at]?.word !== 'within')
    return failure(at, ['a time such as "within 4 hours"', 'another role after "and" or "or"'])
  const count = countOf(tokens[at + 1])
  if (count === null)
    return failure(
      at + 1,
      ['a whole number'],
      numberProblem(tokens[at + 1], 'write a time in whole numbers, like "within 4 hours" or "within 90 minutes"'),
    )
  const byClock = tokens[at + 2]?.word === 'clock'
  const unitAt = byClock ? at + 3 : at + 2
  // Stryker disable next-line StringLiteral: any word but these
  const unit = units.find(({ word }) => word.test(tokens[unitAt]?.word ?? ''))
  const allowed = byClock ? ['hours', 'days'] : ['minutes', 'hours', 'days', 'weeks']
  if (!unit || !allowed.some((word) => unit.word.test(word))) return failure(unitAt, allowed.map(quoted))
  if (count < 1 || count * unit.minutes > mostDays * 24 * 60)
    return wrong(at + 1, `a time is at least 1 minute and at most ${mostDays} days`)
  return {
    value: { within: unit.write(count), clock: byClock ? 'calendar' : 'working' },
    next: unitAt + 1,
    doubts: [],
  }
}

const readStep = (tokens: readonly Token[], at: number, vocabulary: Vocabulary | null): Read<Step> => {
  const roles: string[] = []
  const doubts: Doubt[] = []
  let joined: string | null = null
  for (let next = at; ; ) {
    const role = readRole(tokens, next, vocabulary)
    if (isFailure(role)) return role
    roles.push(role.value)
    doubts.push(...role.doubts)
    next = role.next
    const word = tokens[next]?.word
    if (word !== 'and' && word !== 'or') {
      const time = readDuration(tokens, next)
      if (isFailure(time)) return time
      const step: Step = joined === 'and' ? { all: roles, ...time.value } : { any: roles, ...time.value }
      return { value: step, next: time.next, doubts }
    }
    if (joined !== null && joined !== word)
      return wrong(next, '"and" and "or" cannot stand in one step; use "then" for a further step')
    if (roles.length === mostRolesAStep) return wrong(next, `a step asks at most ${mostRolesAStep} roles`)
    joined = word
    next += 1
  }
}

const readSteps = (tokens: readonly Token[], at: number, vocabulary: Vocabulary | null): Read<Outcome> => {
  const steps: Step[] = []
  const doubts: Doubt[] = []
  for (let next = at; ; ) {
    const step = readStep(tokens, next, vocabulary)
    if (isFailure(step)) return step
    steps.push(step.value)
    doubts.push(...step.doubts)
    next = step.next
    if (tokens[next]?.word === ',' && tokens[next + 1]?.word === 'then') next += 2
    else if (tokens[next]?.word === 'then') next += 1
    else return { value: { kind: 'ask', steps }, next, doubts }
    if (tokens[next]?.word === 'ask') return wrong(next, 'leave out "ask" after "then"')
  }
}

/** These words one after the other. */
const readWords = <Value>(tokens: readonly Token[], at: number, words: string, value: Value): Read<Value> => {
  const expected = words.split(' ')
  const wrong = expected.findIndex((word, index) => tokens[at + index]?.word !== word)
  return wrong === -1
    ? { value, next: at + expected.length, doubts: [] }
    : failure(at + wrong, [quoted(expected.slice(wrong).join(' '))])
}

const readOutcome = (tokens: readonly Token[], at: number, vocabulary: Vocabulary | null): Read<Outcome> => {
  switch (tokens[at]?.word) {
    case 'approve':
      return readWords(tokens, at, 'approve it', { kind: 'approve' })
    case 'reject':
      return readWords(tokens, at, 'reject it', { kind: 'reject' })
    case 'return':
      return readWords(tokens, at, 'return it to the sender', { kind: 'return' })
    case 'ask':
      return readSteps(tokens, at + 1, vocabulary)
    case 'hand': {
      const words = readWords(tokens, at, 'hand it to', null)
      if (isFailure(words)) return words
      const role = readRole(tokens, words.next, vocabulary)
      return isFailure(role) ? role : { ...role, value: { kind: 'hand', role: role.value } }
    }
    default:
      return failure(at, outcomePhrases.map(quoted))
  }
}

// Sentences

/** `stop` is its full stop, null where that is missing. */
type Sentence = { tokens: Token[]; stop: Token | null }

/** A word with which a sentence begins, so that one before it is over; a promise's own `when` may stand on a new line. */
const beginsSentence = (token: Token, inside: readonly Token[]): boolean => {
  if (!token.first || inside.length === 0) return false
  if (token.word === 'otherwise' || token.word === 'never') return true
  // Stryker disable next-line OptionalChaining: it is not empty
  return token.word === 'when' && (inside[0]?.word !== 'never' || inside.some(({ word }) => word === 'when'))
}

const sentenceAt = (tokens: readonly Token[], from: number): { sentence: Sentence; next: number } => {
  const inside: Token[] = []
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at] as Token
    if (token.kind === 'heading' || beginsSentence(token, inside))
      return { sentence: { tokens: inside, stop: null }, next: at }
    if (token.word === '.') return { sentence: { tokens: inside, stop: token }, next: at + 1 }
    inside.push(token)
  }
  return { sentence: { tokens: inside, stop: null }, next: tokens.length }
}

const masked = (tokens: readonly Token[]): string =>
  textOf(tokens.map((token) => (token.kind === 'number' ? { ...token, raw: 'N' } : token)))

const knownPhrases = forms.map(({ phrase }) =>
  phrase
    .replace('MONEY', 'N EUR')
    .replace('RANGE', 'N and N EUR')
    .replace('PERCENT', 'N%')
    .replace('DAYS', 'N days')
    .replace('LIST', '…'),
)

/** With an example in each gap of a phrase, as the table of the language or a masked sentence has it. */
const withExamples = (phrase: string, role: string): string =>
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
const meantBy = (
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

/** More phrases than this are no help to a reader. */
const mostExpected = 8

/** The text of a rule file. Without a vocabulary roles, departments and currencies are taken as they come. */
export const parse = (source: string, vocabulary: Vocabulary | null = null): Parsed => {
  const findings: Finding[] = []
  let rule: number | null = null
  let broken = false
  const tell = (type: FindingType, { line, column }: Place, message: string): void => {
    broken ||= type === 'syntax'
    if (findings.length < mostFindings)
      findings.push({ type, level: 'error', rule, line, column, message, causes: [], example: null })
  }
  const places: Places = { rules: [], otherwise: { line: 1, column: 1 }, promises: [] }
  const refused = (message: string): Parsed => {
    findings.length = 0
    tell('syntax', { line: 1, column: 1 }, message)
    return { ruleSet: null, findings, places }
  }
  if (source.length > mostBytes || new TextEncoder().encode(source).length > mostBytes)
    return refused(`The file is larger than ${mostBytes / 1024} kB; expected fewer or shorter rules.`)

  const tokens = tokensOf(source)
  const headings = tokens.filter(({ kind }) => kind === 'heading').length
  if (headings > mostRules) return refused(`There are ${headings} rules; expected at most ${mostRules}.`)
  const last = tokens.at(-1)
  const endOf = (token: Token | undefined): Place =>
    token ? { line: token.line, column: token.column + token.raw.length } : { line: 1, column: 1 }

  const exampleRole = vocabulary?.roles[0] ?? 'manager'
  const isWhole = (read: Read<unknown>, { length }: readonly Token[]): boolean =>
    !isFailure(read) && read.next === length && read.doubts.length === 0
  const conditionMeant = (text: string): string[] =>
    meantBy(otherConditions, text, exampleRole, (words) => isWhole(readCondition(words, 0, vocabulary), words))
  const outcomeMeant = (text: string): string[] =>
    meantBy(otherOutcomes, text, exampleRole, (words) => isWhole(readOutcome(words, 0, vocabulary), words))

  /**
   * Says what stood there and what was expected; `wrote` are the words with which somebody tried to write a sentence of
   * the table, `meant` the sentences that are known to be meant by them.
   */
  const tellFailure = (
    { failed, expected, problem }: Failure,
    inside: readonly Token[],
    wrote = '',
    meant: readonly string[] = [],
  ): void => {
    broken = true
    // Stryker disable next-line all: only speed, for `tell` counts too
    if (findings.length >= mostFindings) return
    const token = inside[failed]
    const place = token ?? endOf(inside.at(-1))
    const stood = token ? `"${cut(token.raw)}" cannot stand here` : 'The sentence ends too early'
    if (problem !== undefined) {
      tell('syntax', place, `${stood}: ${problem}.`)
      return
    }
    const choices = [...new Set(expected)].map((words) => withExamples(words, exampleRole))
    const sentence =
      meant.length > 0
        ? ` (did you mean ${oneOf(meant.map(quoted))}?)`
        : withExamples(didYouMean(wrote, knownPhrases), exampleRole)
    // A sentence with a gap helps nobody. "unknown" is no misspelt "known".
    const words = expected.flatMap((choice) => /^"([a-z]+)"$/.exec(choice)?.[1] ?? [])
    const others = words.filter((word) => words.length > 1 && !token?.word.endsWith(word))
    const guess = sentence === '' || sentence.includes('…') ? didYouMean(token?.text ?? '', others) : sentence
    const wanted = choices.length > mostExpected ? 'a condition such as "the amount is over 5,000 EUR"' : oneOf(choices)
    tell('syntax', place, `${stood}; expected ${wanted}${guess}.`)
  }
  const tellDoubts = (doubts: Doubt[]): void => {
    for (const { type, token, message } of doubts) tell(type, token, message)
  }

  let firstCurrency: string | null = null
  /** Without a charter the first amount says what the pilot's currency is (`asSpelledFirst`). */
  const tellOtherCurrency = (condition: Condition, token: Token): void => {
    for (const test of condition) {
      if (!('currency' in test)) continue
      firstCurrency ??= test.currency
      if (test.currency !== firstCurrency)
        tell(
          'unknown-value',
          token,
          `The amounts above are in ${firstCurrency}, and no other currency is converted; expected ${firstCurrency}, or a condition on the currency.`,
        )
    }
  }

  /** Conditions from `at` on; after one that cannot be read it goes on with the next, so that all are told. */
  const conditionsAt = (inside: Token[], from: number): { conditions: Condition[] | null; next: number } => {
    const conditions: Condition[] = []
    let whole = true
    for (let at = from; ; ) {
      const read = readCondition(inside, at, vocabulary)
      let next: number
      if (isFailure(read)) {
        whole = false
        next = read.failed
        while (
          next < inside.length &&
          inside[next]?.word !== ',' &&
          !(inside[next]?.word === 'and' && beginsTest(inside, next + 1))
        )
          next += 1
        const wrote = inside.slice(at, next)
        tellFailure(read, inside, masked(wrote), conditionMeant(textOf(wrote)))
      } else {
        conditions.push(read.value)
        tellDoubts(read.doubts)
        if (!vocabulary) tellOtherCurrency(read.value, inside[at] as Token)
        next = read.next
      }
      if (inside[next]?.word !== 'and') return { conditions: whole ? conditions : null, next }
      at = next + 1
    }
  }

  const outcomeAt = (inside: Token[], at: number): Outcome | null => {
    const read = readOutcome(inside, at, vocabulary)
    if (isFailure(read)) {
      tellFailure(read, inside, '', outcomeMeant(textOf(inside.slice(at))))
      return null
    }
    tellDoubts(read.doubts)
    if (read.next === inside.length) return read.value
    const more = read.value.kind === 'ask' ? ['a full stop', quoted(', then')] : ['a full stop']
    tellFailure(failure(read.next, more), inside)
    return null
  }

  const ruleSentence = (inside: Token[]): Pick<Rule, 'conditions' | 'outcome'> | null => {
    const { conditions, next } = conditionsAt(inside, 1)
    const comma = inside[next]?.word === ','
    if (!comma && (conditions || next < inside.length))
      tellFailure(failure(next, ['"and" with another condition', 'a comma and what to do']), inside)
    const at = comma ? next + 1 : next
    // Stryker disable next-line StringLiteral: any word but these
    if (!comma && !outcomeWords.includes(inside[at]?.word ?? '')) return null
    const outcome = outcomeAt(inside, at)
    return comma && conditions && outcome ? { conditions, outcome } : null
  }

  const promised = (inside: Token[]): { value: Promised; next: number } | null => {
    const words = (text: string, value: Promised) => readWords(inside, 1, text, value)
    const [, act, how] = inside.map(({ word }) => word)
    let read: Read<Promised>
    if (act === 'approve' && how === 'without') {
      const role = readRole(inside, 3, vocabulary)
      read = isFailure(role) ? role : { ...role, value: { never: 'approve', without: role.value } }
    } else if (act === 'approve') {
      read = words('approve automatically', { never: 'approve automatically' })
      if (isFailure(read)) read = failure(2, ['automatically', 'without ROLE'].map(quoted))
    } else if (act === 'reject' || act === 'return') read = words(act, { never: act })
    else read = failure(1, ['approve automatically', 'approve without ROLE', 'reject', 'return'].map(quoted))
    if (isFailure(read)) {
      tellFailure(read, inside)
      return null
    }
    tellDoubts(read.doubts)
    return read
  }

  const promiseSentence = (inside: Token[]): (Promised & { conditions: Condition[] }) | null => {
    const act = promised(inside)
    if (!act) return null
    if (inside[act.next]?.word !== 'when') {
      tellFailure(failure(act.next, [quoted('when')]), inside)
      return null
    }
    const { conditions, next } = conditionsAt(inside, act.next + 1)
    // Stryker disable next-line ConditionalExpression: of a file with a mistake no promise is looked at
    if (!conditions) return null
    if (next < inside.length) {
      tellFailure(failure(next, ['a full stop', '"and" with another condition']), inside)
      return null
    }
    return { ...act.value, conditions }
  }

  // The file

  let process = ''
  let at = 0
  const title = tokens[0]?.kind === 'title' ? tokens[0] : null
  if (title) {
    at = 1
    process = /^rules\s+for\s+(\S.*)$/i.exec(title.text)?.[1]?.replace(/\s+/g, ' ') ?? ''
  }
  if (process === '')
    tell(
      'syntax',
      title ?? tokens[0] ?? { line: 1, column: 1 },
      'The title is missing; expected a first line such as "Rules for invoice approval".',
    )

  const rules: Rule[] = []
  const promises: RulePromise[] = []
  const names = new Set<string>()
  let otherwise: RuleSet['otherwise'] | null = null
  let saidOtherwise = false
  let open: Token | null = null
  let before = 0

  const closeOpen = (): void => {
    if (open)
      tell(
        'syntax',
        endOf(open),
        'The rule has no sentence; expected one on the next line, such as "When it is a duplicate, reject it."',
      )
    open = null
  }
  const heading = (token: Token): void => {
    closeOpen()
    const number = Number(token.word)
    rule = number
    open = token
    if (saidOtherwise) tell('syntax', token, 'No rule can stand after "Otherwise"; expected it above.')
    if (number !== before + 1)
      tell('syntax', token, `Rules are numbered one by one; expected ${before + 1}, not ${number}.`)
    before = number
    if (token.text === '')
      tell('syntax', endOf(token), 'The rule has no name; expected one after its number, such as "1. Duplicate".')
    else if (names.has(token.text.toLowerCase()))
      tell('syntax', token, `There is a rule of the name "${cut(token.text)}" already; expected another name.`)
    names.add(token.text.toLowerCase())
  }
  const sentence = ({ tokens: inside, stop }: Sentence): void => {
    const first = inside[0]
    if (!first) {
      tell('syntax', stop ?? endOf(last), 'A full stop stands here without a sentence.')
      return
    }
    const text = `${textOf(inside)}.`
    const begins = first.word
    const ruleOpen = open !== null
    // What begins otherwise is told as the sentence that it was to be.
    if (begins === 'otherwise' || begins === 'never') closeOpen()
    else if (begins !== 'when') open = null
    if (begins === 'otherwise' || begins === 'never') rule = null
    const findingsBefore = findings.length
    if (begins === 'when') {
      if (!open)
        tell(
          'syntax',
          first,
          'This sentence has no rule; expected a line with number and name above it, such as "1. Duplicate".',
        )
      const read = ruleSentence(inside)
      if (read && open) {
        rules.push({ number: before, name: open.text, ...read, sentence: text })
        places.rules.push({ line: first.line, column: first.column })
      }
      open = null
    } else if (begins === 'otherwise') {
      if (saidOtherwise) tell('syntax', first, '"Otherwise" is said already; expected it once, after the last rule.')
      saidOtherwise = true
      places.otherwise = { line: first.line, column: first.column }
      if (inside[1]?.word !== ',') tellFailure(failure(1, ['a comma']), inside)
      else {
        const outcome = outcomeAt(inside, 2)
        if (outcome) otherwise = { outcome, sentence: text }
      }
    } else if (begins === 'never') {
      if (!saidOtherwise) tell('syntax', first, 'Promises stand after "Otherwise"; expected it further down.')
      const read = promiseSentence(inside)
      if (read) {
        promises.push({ number: promises.length + 1, ...read, sentence: text })
        places.promises.push({ line: first.line, column: first.column })
      }
    } else {
      const number = /^(\d{1,9})\W?$/.exec(first.raw)?.[1]
      const expected = ruleOpen
        ? '"When" after the name of a rule'
        : number !== undefined
          ? `a full stop after the number of a rule: ${quoted(`${number}. ${cut(textOf(inside.slice(1))) || 'Name'}`)}`
          : saidOtherwise
            ? '"Never"'
            : 'a rule such as "1. Duplicate", then "When", "Otherwise" or "Never"'
      tell(
        'syntax',
        first,
        `"${cut(first.raw)}" begins no sentence; expected ${expected}${didYouMean(first.raw, ['When', 'Otherwise', 'Never'])}.`,
      )
    }
    if (!stop && findings.length === findingsBefore)
      tell('syntax', endOf(inside.at(-1)), 'The full stop is missing; expected one at the end of the sentence.')
  }

  /** Nothing that follows could be told, and the rules are not used. */
  const isEnough = (): boolean => broken && findings.length >= mostFindings
  while (at < tokens.length && !isEnough()) {
    const token = tokens[at] as Token
    if (token.kind === 'heading') {
      heading(token)
      at += 1
    } else {
      const read = sentenceAt(tokens, at)
      sentence(read.sentence)
      at = read.next
    }
  }
  closeOpen()
  rule = null
  // Of a text of another kind hundreds of mistakes help nobody.
  if (!title && !otherwise && rules.length === 0 && promises.length === 0)
    return refused(
      'The title is missing and nothing can be read as rules, so this is no file of rules; expected a first line such as "Rules for invoice approval".',
    )
  if (!saidOtherwise)
    tell(
      'syntax',
      endOf(last),
      'What happens to all other invoices is not said; expected after the last rule "Otherwise, hand it to the invoice desk."',
    )
  findings.sort((a, b) => a.line - b.line || a.column - b.column)
  if (broken || !otherwise) return { ruleSet: null, findings, places }
  const ruleSet: RuleSet = { process, currency: vocabulary?.currency ?? null, rules, otherwise, promises }
  return { ruleSet: vocabulary ? ruleSet : asSpelledFirst(ruleSet), findings, places }
}

/** Without a charter the first spelling of a role in the file is the role's name, and the first currency the pilot's. */
const asSpelledFirst = (ruleSet: RuleSet): RuleSet => {
  const spelled = new Map<string, string>()
  const role = (name: string): string => {
    const key = name.toLowerCase()
    if (!spelled.has(key)) spelled.set(key, name)
    return spelled.get(key) ?? name
  }
  const outcome = (said: Outcome): Outcome => {
    if (said.kind === 'hand') return { ...said, role: role(said.role) }
    if (said.kind !== 'ask') return said
    return {
      kind: 'ask',
      steps: said.steps.map((step) =>
        'any' in step ? { ...step, any: step.any.map(role) } : { ...step, all: step.all.map(role) },
      ),
    }
  }
  const currencies = [...ruleSet.rules, ...ruleSet.promises]
    .flatMap(({ conditions }) => conditions.flat())
    .flatMap((test) => ('currency' in test ? [test.currency] : []))
  return {
    ...ruleSet,
    currency: currencies[0] ?? null,
    rules: ruleSet.rules.map((rule) => ({ ...rule, outcome: outcome(rule.outcome) })),
    otherwise: { ...ruleSet.otherwise, outcome: outcome(ruleSet.otherwise.outcome) },
    promises: ruleSet.promises.map((promise) =>
      'without' in promise ? { ...promise, without: role(promise.without) } : promise,
    ),
  }
}
