/** The page "How to write rules", made from the tables by which rules are read; `docs/how-to-write-rules.md` is its text. */
import type { FactName } from './facts.ts'
import type { Finding, FindingType } from './finding.ts'
import { forms, mostBytes, mostDays, mostRolesAStep, mostRules, numberWords, reservedWords } from './language.ts'

const subjects: Record<FactName, string> = {
  amount: 'The amount, the total to be paid',
  currency: 'The currency',
  documentType: 'The kind of document',
  vendor: 'The vendor, by the vendor list',
  vendorCategory: 'The vendor’s category, from the vendor list',
  bankDetails: 'The bank details, against the vendor list',
  purchaseOrder: 'The purchase order',
  priceDifference: 'The price against the order’s open amount, either way',
  aboveUsual: 'The amount against the median of the vendor’s last 12 invoices',
  duplicate: 'Duplicates',
  informationMissing: 'Required information',
  totalsAddUp: 'The document’s own sums',
  senderVerified: 'The sender',
  reading: 'How the document was read',
  department: 'The department, of the order or the vendor',
  age: 'The age of the invoice',
  dueIn: 'The due date',
}

const examples: Record<string, string> = {
  MONEY: '5,000 EUR',
  RANGE: '1,000 and 5,000 EUR',
  PERCENT: '2%',
  DAYS: '30 days',
}
const lists: Partial<Record<FactName, string>> = {
  currency: 'EUR or USD',
  vendor: 'new or blocked',
  vendorCategory: '"Utilities" or "Rent"',
  department: 'Sales or Marketing',
}

/** What a check finds, how bad it is, and what it means; the book has a file of each name. */
const findings: [Exclude<FindingType, 'not-proved'>, Finding['level'], string][] = [
  ['syntax', 'error', 'a sentence cannot be read: what stood there, what was expected, the nearest that can be'],
  ['unknown-role', 'error', 'a role that the charter does not name'],
  ['unknown-value', 'error', 'a department that the charter does not name, or an amount in another currency'],
  ['contradiction', 'error', 'the conditions of one rule never all hold'],
  ['unreachable', 'error', 'rules above take every invoice that a rule fits'],
  ['broken-promise', 'error', 'a `Never` can be broken, by which rule, with an invoice that shows it'],
  [
    'cannot-be-answered',
    'error',
    'a step for which nobody would be left; a warning where it depends on who decides before, or the invoice desk is asked instead',
  ],
  ['promise-silent', 'warning', 'a `Never` says nothing of what is not stated, and a rule does then what it forbids'],
  ['single-person', 'warning', 'a role that one person holds, without a backup'],
  ['order-matters', 'note', 'a rule overlaps rules above it that end otherwise'],
  ['falls-through', 'note', 'what reaches `Otherwise`, in sentences that can be pasted into a rule'],
]

const sentence = (fact: FactName, phrase: string): string =>
  phrase.replace(/[A-Z]{4,}/g, (slot) => (slot === 'LIST' ? lists[fact] : examples[slot]) ?? slot)

const facts = (): string[] =>
  [...new Set(forms.map(({ fact }) => fact))].flatMap((fact) => [
    `**${subjects[fact]}**`,
    '',
    ...forms.filter((form) => form.fact === fact).map((form) => `- \`${sentence(fact, form.phrase)}\``),
    '',
  ])

/** Markdown. */
export const howToWriteRules = (): string =>
  [
    '# How to write rules',
    '',
    'Made from the tables by which the machine reads rules (`functions/core/rules/language.ts`); a test holds the two together.',
    '',
    '## A file',
    '',
    '```',
    'Rules for invoice approval',
    '',
    '# A line that starts with # is a comment.',
    '',
    '1. Routine',
    '   When the amount is at most 5,000 EUR and the purchase order matches, approve it.',
    '',
    '2. Large',
    '   When the amount is over 5,000 EUR, ask the manager within 1 day, then the finance director within 1 day.',
    '',
    'Otherwise, hand it to the invoice desk.',
    '',
    'Never approve automatically when the vendor is not known.',
    '```',
    '',
    '- The rules are tried from the top; **the first one that fits decides**. Numbers rise by one, names are unique.',
    '- A sentence ends with a full stop; white space, line breaks and, outside quotes, case do not matter.',
    '- `Otherwise` is required, once, after the last rule. `Never` comes after it and binds people too.',
    `- At most ${mostRules.toLocaleString('en')} rules and ${mostBytes / 1024} kB.`,
    '',
    '## When: conditions',
    '',
    'Join conditions with `and`. Alternatives stand inside one condition: `the department is Sales or Marketing`, `the vendor is',
    'new or the vendor record does not match`; for any other "or" write a second rule. A condition on something that is not',
    'stated does not fit, not even with `not`; only the sentences with `not stated`, `cannot be …` or `no …` do.',
    '',
    ...facts(),
    'Numbers are written `5000`, `5,000`, `5,000.50`, `2%`, `0.5 %`; where days and durations are counted also',
    `\`${numberWords[0]}\` to \`${numberWords.at(-1)}\`. Values with blanks, or with the words ${reservedWords.map((word) => `\`${word}\``).join(', ')} in them, stand in quotes.`,
    '',
    '## Then: outcomes',
    '',
    '- `approve it` · `reject it` · `return it to the sender` · `hand it to the invoice desk`',
    '- `ask finance within 4 hours`: whoever holds the role decides',
    '- `ask finance or the manager within 4 hours`: anyone of either role',
    '- `ask finance and the manager within 4 hours`: both, different people, at the same time',
    '- `ask the manager within 1 day, then the finance director within 1 day`: one after the other, different people',
    '',
    'Durations are working time by the charter’s calendar: `30 minutes`, `4 hours`, `two days`, `1 week`; or `12 clock hours`,',
    `\`3 clock days\`. At most ${mostDays} days, and ${mostRolesAStep} roles a step. Roles are the charter’s.`,
    '',
    '## Never: promises',
    '',
    '- `Never approve automatically when …`',
    '- `Never approve without finance when …`',
    '- `Never reject when …`',
    '- `Never return when …`',
    '',
    '## What a check says',
    '',
    'Errors have to be mended before the rules can be proposed, warnings and notes are for you to judge. Each is proved over all',
    'invoices that can exist, and shows one. What the machine could not prove in time it calls `not-proved`; it never guesses.',
    'The commands at the end show one of each on a file of the book (`test/core/rules/book/README.md` has more).',
    '',
    '| finding | level | what it says |',
    '|---|---|---|',
    ...findings.map(([type, level, says]) => `| \`${type}\` | ${level} | ${says} |`),
    '',
    '## Try it',
    '',
    '```sh',
    'npm run -s rules -- check infra/local/pilot/rules.txt',
    ...findings.map(([type]) => `npm run -s rules -- check test/core/rules/book/findings/${type}.txt`),
    'npm run -s rules -- --help',
    '```',
    '',
  ].join('\n')
