/** What the workbench says of rules, for people at a terminal. */
import { formatMoney } from '../core/money.ts'
import type { Difference } from '../core/rules/diff.ts'
import { echoes } from '../core/rules/echo.ts'
import type { FactName } from '../core/rules/facts.ts'
import type { Finding, FindingType } from '../core/rules/finding.ts'
import { firstThatFails } from '../core/rules/fits.ts'
import { exampleInWords } from '../core/rules/invoice-in-words.ts'
import { forms } from '../core/rules/language.ts'
import { meaningOf } from '../core/rules/outcome.ts'
import type { Places } from '../core/rules/parse.ts'
import { outcomeInWords, rulesInWords } from '../core/rules/print.ts'
import type { Replayed, Totals } from '../core/rules/replay.ts'
import type { Condition, RuleSet } from '../core/rules/rule-set.ts'
import { linesOf } from '../core/rules/tokens.ts'
import { unprintable } from './words.ts'

/** Puts a text into a colour of a terminal (31 red, 33 yellow, 36 cyan), or leaves it as it is. */
export type Colour = (text: string, colour: number) => string

/** Of each kind of finding, and of sentences and changes: more than these nobody reads on a terminal. */
const mostFindings = 20
const mostSentences = 5
/** A line of the file is shown up to here; with what is wrong in its middle where it is longer. */
const mostColumns = 120
/** A sentence that names hundreds of values is cut here, which only JSON has in full. */
const mostCharacters = 1_000

/** Nothing in a file moves the cursor or turns the writing around. */
const clean = (text: string): string => text.replace(unprintable, (marks) => ' '.repeat(marks.length))

export const plural = (count: number, word: string): string =>
  `${count === 0 ? 'no' : count} ${word}${count < 2 ? '' : 's'}`
const capital = (text: string): string => text.replace(/^[a-z]/, (first) => first.toUpperCase())
const more = (count: number, what: string): string[] =>
  count > 0 ? [`… and ${count} more ${what}; --json has them all.`] : []

/** Conditions as they can be pasted into a rule, one a line where a single line would be hard to read. */
export const sentenceInLines = (conditions: string): string[] => {
  const words = clean(conditions)
  if (words.length <= 90 && !words.includes(' or ')) return [words]
  // "and" before a new condition, outside quotation marks.
  return words.split(/ (?=and (?:the|it is|there is|required) )(?=(?:[^"]*"[^"]*")*[^"]*$)/)
}

const indented = (lines: readonly string[], by: number): string[] => lines.map((line) => `${' '.repeat(by)}${line}`)
const short = (line: string): string =>
  line.length > mostCharacters ? `${line.slice(0, mostCharacters)} … (cut; --json has all of it)` : line

const factsOf = (sentences: readonly { conditions: Condition[] }[]): FactName[] =>
  sentences.flatMap(({ conditions }) => conditions.map(([{ fact }]) => fact))

type Checked = { file: string; source: string; ruleSet: RuleSet | null; places: Places; findings: Finding[] }

/** An example of a finding, with what the rules and the promise in question ask about. */
export const exampleOf = (
  { ruleSet, places }: Pick<Checked, 'ruleSet' | 'places'>,
  { rule, causes, line, example }: Finding,
): string[] => {
  if (!example || !ruleSet) return []
  const { rules, promises, currency } = ruleSet
  const about = [
    ...rules.filter(({ number }) => number === rule || number === causes[0]),
    ...promises.filter((_, at) => places.promises[at]?.line === line),
  ]
  return [
    `For example: ${clean(exampleInWords(example, currency ?? 'EUR', new Set(factsOf(about)), new Set(factsOf([...rules, ...promises]))))}.`,
  ]
}

/** The line of the file with a caret below the place that is meant. */
const placeOf = (source: readonly string[], { line, column }: Finding): string[] => {
  const text = clean(source[line - 1] ?? '')
  if (text.trim() === '') return []
  const from = column > mostColumns - 20 ? column - 41 : 0
  const shown = text.slice(from, from + mostColumns)
  return [
    `${from > 0 ? '…' : ''}${shown}${from + mostColumns < text.length ? '…' : ''}`,
    `${' '.repeat(column - 1 - from + (from > 0 ? 1 : 0))}^`,
  ]
}

const colours = { error: 31, warning: 33, note: 36 } as const

const headOf = (
  { file }: Checked,
  { level, type, line, column }: Finding,
  colour: Colour,
  rule: number | null,
): string =>
  `${colour(level, colours[level])} ${type}${rule === null ? '' : `, rule ${rule}`}  ${file}:${line}:${column}`

const findingInWords = (checked: Checked, lines: readonly string[], finding: Finding, colour: Colour): string => {
  const { rule, message, when = [] } = finding
  const sentences = when.slice(0, mostSentences).flatMap((words, index) => {
    const [first = '', ...others] = sentenceInLines(words)
    return [...(index > 0 ? ['or'] : []), `  when ${first}`, ...indented(others, 5)]
  })
  const kinds = when.length > mostSentences ? `, ${when.length} kinds of invoices` : ''
  const says = when.length > 0 ? [`What no rule takes reaches Otherwise${kinds}:`, ...sentences] : [clean(message)]
  return [
    headOf(checked, finding, colour, rule),
    ...indented(
      [
        ...placeOf(lines, finding),
        ...says,
        ...more(when.length - mostSentences, 'kinds of invoices'),
        ...exampleOf(checked, finding),
      ].map(short),
      2,
    ),
  ].join('\n')
}

/** What is said of a promise once, above the rules that it is about. */
const promiseHeadings = {
  'broken-promise':
    'This promise is broken by what is below. Add a rule above that takes such invoices, or change the promise.',
  'promise-silent':
    'This promise says nothing where something is not stated. Add a promise for that if what is below is not meant.',
}
const isOfPromise = (type: FindingType): type is keyof typeof promiseHeadings => Object.hasOwn(promiseHeadings, type)

/** Several rules that do what one promise forbids, or say what it leaves open: a line each below the promise. */
const promiseInWords = (
  checked: Checked,
  lines: readonly string[],
  findings: readonly [Finding, ...Finding[]],
  colour: Colour,
): string => {
  const [first] = findings
  const { ruleSet, places } = checked
  if (findings.length === 1 || !ruleSet || !isOfPromise(first.type))
    return findingInWords(checked, lines, first, colour)
  const { rules, otherwise, promises } = ruleSet
  const conditions = promises.find((_, at) => places.promises[at]?.line === first.line)?.conditions ?? []
  const firstFailing = firstThatFails(conditions)
  /** The one condition that does not hold of an example of silence asks what is not stated; of a broken promise all hold. */
  const where = ({ example }: Finding): string => {
    const fact = example && conditions[firstFailing(example)]?.[0].fact
    const phrase = forms.find((form) => form.fact === fact && form.says.is === 'absent')?.phrase
    return phrase ? ` where ${phrase}` : ''
  }
  const told = findings.slice(0, mostFindings).map((finding) => {
    const at = rules.findIndex(({ number }) => number === finding.rule)
    const name =
      at === -1 ? 'Otherwise' : `${capital(rulesInWords(rules, [finding.rule ?? 0]))}, line ${places.rules[at]?.line},`
    const would = outcomeInWords((rules[at] ?? otherwise).outcome)
    return [clean(`${name} would ${would}${where(finding)}.`), ...indented(exampleOf(checked, finding), 2)].map(short)
  })
  return [
    [
      headOf(checked, first, colour, null),
      ...indented([...placeOf(lines, first), promiseHeadings[first.type]], 2),
    ].join('\n'),
    ...told.map((rule) => indented(rule, 4).join('\n')),
    ...indented(more(findings.length - mostFindings, 'rules'), 4),
  ].join('\n')
}

/** All the rules that order decides for, a line each: where they are many they are no news. */
const orderInWords = (checked: Checked, notes: readonly Finding[], colour: Colour): string[] => {
  const rules = checked.ruleSet?.rules ?? []
  if (notes.length === 0) return []
  const told = notes.slice(0, mostFindings).map((finding) => {
    const { rule, line, causes } = finding
    const says = `${capital(rulesInWords(rules, rule === null ? [] : [rule]))}, line ${line}: ${rulesInWords(rules, causes)} ${causes.length === 1 ? 'goes' : 'go'} first.`
    return [clean(says), ...indented(exampleOf(checked, finding), 2)].map(short).join('\n    ')
  })
  return [
    [
      `${colour('note', colours.note)} order-matters  ${checked.file}`,
      '  These rules fit invoices that rules above them take first, with another outcome. Read whether that is meant.',
    ].join('\n'),
    ...told.map((lines) => `  ${lines}`),
    ...indented(more(notes.length - mostFindings, 'rules'), 2),
  ]
}

/** Findings that are told together: those about one promise, of one kind. */
const together = (findings: readonly Finding[]): [Finding, ...Finding[]][] => {
  const groups = new Map<string | Finding, [Finding, ...Finding[]]>()
  for (const finding of findings) {
    const key = isOfPromise(finding.type) ? `${finding.type} ${finding.line}:${finding.column}` : finding
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return [...groups.values()]
}

/** What counts as one and the same kind of finding when only the first ones are shown. */
const kindOf = ({ type, level }: Finding): string => `${level} ${type}`

const summary = ({ ruleSet, findings }: Checked): string => {
  const counts = (['error', 'warning', 'note'] as const).map((level) => {
    const found = findings.filter((finding) => finding.level === level)
    const types = [...new Set(found.map(({ type }) => type))].map(
      (type: FindingType) => `${found.filter((finding) => finding.type === type).length} ${type}`,
    )
    return `${plural(found.length, level)}${types.length > 0 ? ` (${types.join(', ')})` : ''}`
  })
  const unproved = findings.some(({ type }) => type === 'not-proved')
  const wrong = findings.some(({ level }) => level === 'error')
  const so = wrong
    ? 'These rules cannot be proposed before the errors are mended.'
    : unproved
      ? 'Not everything could be proved.'
      : 'These rules can be proposed.'
  return `${capital(counts.join(', '))}${ruleSet ? `, ${plural(ruleSet.rules.length, 'rule')}` : ''}. ${so}`
}

/** Everything that a check found: what has to be done first, notes last, a line that sums up at the end. */
export const checkInWords = (checked: Checked, colour: Colour): string => {
  const { file, source, ruleSet, findings } = checked
  const lines = linesOf(source)
  const isOrder = ({ type }: Finding): boolean => type === 'order-matters'
  const others = findings.filter((finding) => !isOrder(finding))
  const sorted = [...others.filter(({ level }) => level !== 'note'), ...others.filter(({ level }) => level === 'note')]
  const counts = new Map<string, number>()
  const shown = together(sorted).filter(([finding]) => {
    const count = (counts.get(kindOf(finding)) ?? 0) + 1
    counts.set(kindOf(finding), count)
    return count <= mostFindings
  })
  const hidden = [...counts].flatMap(([kind, count]) => more(count - mostFindings, `of "${kind}"`))
  const misleading = ruleSet ? echoes(ruleSet).map(({ words, says }) => `"${clean(words)}" ${says}.`) : []
  return [
    ...shown.map((findings) => promiseInWords(checked, lines, findings, colour)),
    ...hidden,
    ...orderInWords(checked, findings.filter(isOrder), colour),
    ...(misleading.length > 0 ? [misleading.join('\n')] : []),
    `${file}: ${summary(checked)}`,
  ].join('\n\n')
}

/** What two files decide differently, or that they decide alike. */
export const differenceInWords = ({ changes }: Extract<Difference, { changes: unknown }>, now: RuleSet): string => {
  if (changes.length === 0) return 'Both decide every invoice alike.'
  const asked = new Set(factsOf([...now.rules, ...now.promises]))
  const told = changes.slice(0, mostFindings).map(({ when, was, now: is, example }) => {
    const [first = '', ...others] = sentenceInLines(when)
    return [
      `When ${first}`,
      ...indented(others, 3),
      `  was: ${outcomeInWords(was)}`,
      `  now: ${outcomeInWords(is)}`,
      `  For example: ${clean(exampleInWords(example, now.currency ?? 'EUR', new Set(), asked))}.`,
    ]
      .map(short)
      .join('\n')
  })
  return [
    ...told,
    ...more(changes.length - mostFindings, 'changes'),
    `${plural(changes.length, 'kind')} of invoices ${changes.length === 1 ? 'is' : 'are'} decided differently; all others are decided alike.`,
  ].join('\n\n')
}

const reachedInWords = (
  name: string,
  { was, invoices, newly, noLonger }: { was: number; invoices: number; newly: number; noLonger: number },
  compared: boolean,
): string => {
  if (!compared) return `  ${clean(name)}: ${plural(invoices, 'invoice')}`
  const change = [...(newly > 0 ? [`${newly} new`] : []), ...(noLonger > 0 ? [`${noLonger} no longer`] : [])]
  return `  ${clean(name)}: ${was} before, ${invoices} now${change.length > 0 ? ` (${change.join(', ')})` : ''}`
}

const waitInWords = ({ working, clock }: { working: number; clock: number }): string =>
  [`${hours(working)} working hours`, ...(clock > 0 ? [`${hours(clock)} clock hours`] : [])].join(' and ')
const hours = (count: number): string => String(Math.round(count * 10) / 10)

/** What would have been decided otherwise in the past, of how much money, who would be asked, how long it may take. */
export const replayInWords = (
  { invoices, totals }: { invoices: readonly Replayed[]; totals: Totals },
  { currency, against, nameOf }: { currency: string; against: string; nameOf: (person: string) => string },
): string => {
  const { compared, changed, changedAmount, changedWithoutAmount, changes, outcomes, roles, people, waits } = totals
  if (invoices.length === 0) return 'There is no past invoice, so nothing can be said.'
  const decided = Object.entries(outcomes).filter(([, count]) => count > 0)
  const did: Record<string, string> = {
    approve: 'approved without anybody',
    reject: 'rejected',
    return: 'returned',
    hand: 'handed over',
    ask: 'asked about',
  }
  const unknown = changedWithoutAmount > 0 ? `, and ${changedWithoutAmount} without an amount` : ''
  const ids = invoices.filter((invoice) => invoice.changed)
  const idsOf = ({ was, now }: Totals['changes'][number]): string[] =>
    ids.flatMap(({ id, was: before, outcome }) =>
      before && meaningOf(before) === meaningOf(was) && meaningOf(outcome) === meaningOf(now) ? [clean(id)] : [],
    )
  const told = changes.slice(0, mostFindings).map((change) => {
    const some = idsOf(change)
    const others = some.length > mostSentences ? ` and ${some.length - mostSentences} more` : ''
    return [
      `  ${plural(change.invoices, 'invoice')}, ${formatMoney(change.amount, currency)}: ${some.slice(0, mostSentences).join(', ')}${others}`,
      `    was: ${outcomeInWords(change.was)}`,
      `    now: ${outcomeInWords(change.now)}`,
    ].join('\n')
  })
  const reached = (title: string, rows: string[]): string[] => (rows.length > 0 ? [[title, ...rows].join('\n')] : [])
  return [
    `${capital(plural(invoices.length, 'past invoice'))}: ${decided.map(([kind, count]) => `${count} ${did[kind]}`).join(', ')}.`,
    compared === 0
      ? 'What was decided then is not recorded, so nothing can be compared; --against FILE compares with other rules.'
      : `${capital(plural(changed, 'invoice'))} of ${compared} would have been decided differently than ${against}, ${formatMoney(changedAmount, currency)} in all${unknown}${changed === 0 ? '.' : ':'}`,
    ...told,
    ...more(changes.length - mostFindings, 'kinds of change'),
    ...reached(
      'Asked or handed the invoice, by role',
      roles.map((row) => reachedInWords(row.role, row, compared > 0)),
    ),
    ...reached(
      'The people who hold these roles',
      people.map((row) => reachedInWords(nameOf(row.person), row, compared > 0)),
    ),
    ...(compared > 0 && [waits.was, waits.now].some(({ working, clock }) => working + clock > 0)
      ? [
          `Time limits added up, if everybody takes all of theirs: ${waitInWords(waits.was)} before, ${waitInWords(waits.now)} now.`,
        ]
      : []),
  ].join('\n\n')
}
