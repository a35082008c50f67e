/** Reads a rule file: what it says, and every place that cannot be understood. */
import { didYouMean } from '../pilot/nearest.ts'
import type { Finding, FindingType } from './finding.ts'
import {
  mostBytes,
  mostRules,
  otherConditions,
  otherOutcomes,
  otherPromises,
  outcomeWords,
  type Wording,
} from './language.ts'
import { oneOf } from './listed.ts'
import { knownPhrases, masked, meantBy, withExamples } from './meant.ts'
import type { Outcome } from './outcome.ts'
import { beginsTest, readCondition } from './parse-conditions.ts'
import { readOutcome, readRole } from './parse-outcomes.ts'
import {
  cut,
  type Doubt,
  type Failure,
  failure,
  isFailure,
  quoted,
  type Read,
  readWords,
  type Vocabulary,
} from './parsing.ts'
import type { Condition, Promised, Rule, RulePromise, RuleSet } from './rule-set.ts'
import { collapsed, type Token, textOf, tokensOf } from './tokens.ts'

export type Place = { line: number; column: number }
const start: Place = { line: 1, column: 1 }

/** Where each sentence begins, in the order of the file, for those who have more to say about it. */
export type Places = { rules: Place[]; otherwise: Place; promises: Place[] }

export type Parsed = { ruleSet: RuleSet | null; findings: Finding[]; places: Places }

const mostFindings = 100

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

/** What a promise forbids, up to its `when`. */
const readPromised = (inside: readonly Token[], vocabulary: Vocabulary | null): Read<Promised> => {
  const [, act, how] = inside.map(({ word }) => word)
  if (act === 'reject' || act === 'return') return readWords(inside, 1, act, { never: act })
  if (act !== 'approve')
    return failure(1, ['approve automatically', 'approve without ROLE', 'reject', 'return'].map(quoted))
  if (how === 'automatically') return { value: { never: 'approve automatically' }, next: 3, doubts: [] }
  if (how !== 'without') return failure(2, ['automatically', 'without ROLE'].map(quoted))
  const role = readRole(inside, 3, vocabulary)
  return isFailure(role) ? role : { ...role, value: { never: 'approve', without: role.value } }
}

/** Where a condition that cannot be read is over, so that the next is told too. */
const endsCondition = (inside: readonly Token[], at: number): boolean => {
  const { word } = inside[at] as Token
  return word === ',' || (word === 'and' && beginsTest(inside, at + 1))
}

/** More phrases than this are no help to a reader. */
const mostExpected = 7

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
  const places: Places = { rules: [], otherwise: start, promises: [] }
  const refused = (message: string): Parsed => {
    findings.length = 0
    tell('syntax', start, message)
    return { ruleSet: null, findings, places }
  }
  if (new TextEncoder().encode(source).length > mostBytes)
    return refused(`The file is larger than ${mostBytes / 1024} kB; expected fewer or shorter rules.`)

  const tokens = tokensOf(source)
  const headings = tokens.filter(({ kind }) => kind === 'heading').length
  if (headings > mostRules) return refused(`There are ${headings} rules; expected at most ${mostRules}.`)
  const endOf = ({ line, column, raw }: Token): Place => ({ line, column: column + raw.length })
  /** Behind the last of some tokens, of which there is one. */
  const endOfAll = (some: readonly Token[]): Place => endOf(some.at(-1) as Token)

  const exampleRole = vocabulary?.roles[0] ?? 'manager'
  const isWhole = (read: Read<unknown>, { length }: readonly Token[]): boolean =>
    !isFailure(read) && read.next === length && read.doubts.length === 0
  /** ` (did you mean …?)` with the sentences that are known to be meant by other words, or nothing. */
  const asking = (
    wordings: readonly Wording[],
    text: string,
    read: (words: readonly Token[]) => Read<unknown>,
  ): string => {
    const meant = meantBy(wordings, text, exampleRole, (words) => isWhole(read(words), words))
    return meant.length > 0 ? ` (did you mean ${oneOf(meant.map(quoted))}?)` : ''
  }

  /** Says what stood there and what was expected; `meant` asks for a whole sentence, else the nearest word is. */
  const tellFailure = ({ failed, expected, problem }: Failure, inside: readonly Token[], meant = ''): void => {
    broken = true
    // Stryker disable next-line all: only speed, for `tell` counts too
    if (findings.length >= mostFindings) return
    const token = inside[failed]
    const place = token ?? endOfAll(inside)
    const stood = token ? `"${cut(token.raw)}" cannot stand here` : 'The sentence ends too early'
    if (problem !== undefined) {
      tell('syntax', place, `${stood}: ${problem}.`)
      return
    }
    const choices = [...new Set(expected)].map((words) => withExamples(words, exampleRole))
    // A sentence with a gap helps nobody. "unknown" is no misspelt "known".
    const words = expected.flatMap((choice) => (choice.includes(' ') ? [] : choice.replaceAll('"', '')))
    const others = words.filter((word) => words.length > 1 && !token?.word.endsWith(word))
    const near = token ? didYouMean(token.text, others) : ''
    const guess = meant === '' || meant.includes('…') ? near : meant
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
        while (next < inside.length && !endsCondition(inside, next)) next += 1
        const wrote = inside.slice(at, next)
        const meant = asking(otherConditions, textOf(wrote), (words) => readCondition(words, 0, vocabulary))
        tellFailure(read, inside, meant || withExamples(didYouMean(masked(wrote), knownPhrases), exampleRole))
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
      const wrote = textOf(inside.slice(at))
      tellFailure(
        read,
        inside,
        asking(otherOutcomes, wrote, (words) => readOutcome(words, 0, vocabulary)),
      )
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
    return conditions && outcome ? { conditions, outcome } : null
  }

  const promiseSentence = (inside: Token[]): (Promised & { conditions: Condition[] }) | null => {
    const act = readPromised(inside, vocabulary)
    if (isFailure(act)) {
      const wrote = inside.slice(1)
      const when = wrote.findIndex(({ word }) => word === 'when')
      const text = textOf(when === -1 ? wrote : wrote.slice(0, when))
      tellFailure(
        act,
        inside,
        asking(otherPromises, text, (words) => readPromised(words, vocabulary)),
      )
      return null
    }
    tellDoubts(act.doubts)
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
    process = /^rules for (.+)/i.exec(collapsed(title.text))?.[1] ?? ''
  }
  if (process === '')
    tell(
      'syntax',
      title ?? tokens[0] ?? start,
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
      tell('syntax', stop as Token, 'A full stop stands here without a sentence.')
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
      tell('syntax', endOfAll(inside), 'The full stop is missing; expected one at the end of the sentence.')
  }

  /** Nothing that follows could be told, and the rules are not used. */
  // Stryker disable next-line all: only speed
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
      endOfAll(tokens),
      'What happens to all other invoices is not said; expected after the last rule "Otherwise, hand it to the invoice desk."',
    )
  if (broken || !otherwise) return { ruleSet: null, findings, places }
  const ruleSet: RuleSet = { process, currency: vocabulary?.currency ?? null, rules, otherwise, promises }
  return { ruleSet: vocabulary ? ruleSet : asSpelledFirst(ruleSet), findings, places }
}

/** Without a charter the first spelling of a role in the file is the role's name, and the first currency the pilot's. */
const asSpelledFirst = (ruleSet: RuleSet): RuleSet => {
  const spelled = new Map<string, string>()
  const role = (name: string): string => {
    // Stryker disable next-line MethodExpression: either case will do
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
