/** Reads conditions: each sentence about a fact, and the values in it. */
import { minorDigits, toMinor } from '../money.ts'
import { didYouMean } from '../pilot/nearest.ts'
import { type Form, forms, outcomeWords, reservedWords, type Slot, slots, vendorWords } from './language.ts'
import { oneOf } from './listed.ts'
import {
  countOf,
  cut,
  type Doubt,
  decimalOf,
  failure,
  isFailure,
  numberProblem,
  quoted,
  type Read,
  same,
  type Vocabulary,
  wrong,
} from './parsing.ts'
import type { Condition, Test, Text } from './rule-set.ts'
import type { Token } from './tokens.ts'

const moneyHint =
  'write an amount like "5,000 EUR" or "5,000.50 EUR": commas for thousands, a point for cents, the currency as its code'

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
            message: `Amounts of this pilot are in ${vocabulary.currency}, and no other currency is converted; expected "${(number as Token).text} ${vocabulary.currency}", or a condition on the currency.`,
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
  const code = tokens[at + 1]?.word
  const withCode = code !== 'and'
  const and = withCode ? at + 2 : at + 1
  const decimal = decimalOf(tokens[at])
  if (decimal === null || tokens[and]?.word !== 'and') {
    const first = readMoney(tokens, at, vocabulary)
    return isFailure(first) ? first : failure(and, [quoted('and')])
  }
  const to = readMoney(tokens, and + 1, vocabulary)
  if (isFailure(to)) return to
  const { currency } = to.value
  if (withCode && code !== currency.toLowerCase())
    return wrong(at + 1, `both amounts need one currency; write "between 1,000 and 5,000 ${currency}"`)
  const from = minorOf(decimal, currency)
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
export const beginsTest = (tokens: readonly Token[], at: number): boolean => {
  const [word, next] = [tokens[at]?.word, tokens[at + 1]?.word]
  return (
    word === 'the' ||
    ((word === 'it' || word === 'there') && next === 'is') ||
    (word === 'required' && next === 'information')
  )
}

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
      !outcomeWords.includes((tokens[next + 1] as Token).word)
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
  // Stryker disable next-line ArrayDeclaration: where no phrase begins like this, one is told in place of all
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

export const readCondition = (tokens: readonly Token[], at: number, vocabulary: Vocabulary | null): Read<Condition> => {
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
