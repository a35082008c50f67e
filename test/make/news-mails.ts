/** The mails to everybody whose work another version changes, by name. */
import type { Proposal } from '../../functions/core/agreement/agreement.ts'
import type { Decided } from '../../functions/core/agreement/decided.ts'
import type { LogEntry } from '../../functions/core/agreement/log.ts'
import { charterNews, firstNews, rulesNews } from '../../functions/core/agreement/news.ts'
import type { Charter } from '../../functions/core/pilot/charter.ts'
import { vocabulary } from '../../functions/core/pilot/roles.ts'
import { parse } from '../../functions/core/rules/parse.ts'
import type { RuleSet } from '../../functions/core/rules/rule-set.ts'
import type { Letter } from '../../functions/view/letter.ts'
import { newsMail } from '../../functions/view/mail/news.tsx'
import { aHash } from './history.ts'
import { samplePilot } from './pilot.ts'
import { aCharter, cto, desk1, desk2, hostile, manager } from './state.ts'

const coo = 'coo@pilot.example'
const charter = aCharter()
const at = '2026-12-15T09:00:00.000Z'

const entry = (decided: Decided): LogEntry => ({
  ...{ number: 12, at, decided, previousHash: 'b'.repeat(64), hash: '7f'.repeat(32) },
})
const rulesText = samplePilot()['rules.txt'] ?? ''
const rulesOf = (text: string): RuleSet => {
  const { ruleSet } = parse(text, vocabulary(charter))
  if (!ruleSet) throw new Error('the rules do not parse')
  return ruleSet
}
const before = rulesOf(rulesText)
const after = rulesOf(
  `${rulesText
    .replace('at most 5,000 EUR and the purchase', 'at most 2,000 EUR and the purchase')
    .replace('ask the manager within 1 day, then the finance director', 'ask the manager within 4 hours, then finance')}
Never return when the vendor is blocked.
`,
)
const departments = ['Sales', 'Marketing']
const activated = entry({ what: 'activated', document: 'rules', version: 3, proposal: 3, textHash: aHash })
const proposalOf = (why: string): Proposal => ({
  ...{ number: 3, document: 'rules', textHash: aHash, state: 'active', base: 2, at, why, safety: null },
  proposedBy: { key: 'rules', by: coo, inPlaceOf: null },
  signedBy: { key: 'build', by: 'platform@pilot.example', inPlaceOf: cto },
})
const charterChanged: Charter = {
  ...charter,
  useItWhen: 'Use it for every supplier invoice of Sales, Marketing and Events.',
  calendar: { ...charter.calendar, hours: { from: '08:00', to: '18:00' } },
  people: Object.fromEntries(Object.entries(charter.people).filter(([person]) => person !== desk2)),
  roles: { ...charter.roles, 'invoice desk': { holders: [desk1], backup: null } },
}
const charterActivated = entry({
  ...{ what: 'activated', document: 'charter', version: 2, proposal: 3, textHash: aHash },
})
const news = { entry: activated, charter, former: charter, to: manager, news: rulesNews(before, after, departments) }

export const newsMails: Record<string, () => Letter> = {
  'news-rules': () =>
    newsMail({ ...news, proposal: proposalOf('A manager should see what costs more than 2,000 EUR.') }),
  'news-rules-hostile': () =>
    newsMail({ ...news, proposal: proposalOf(`${hostile} https://countersign.pilot.example/a/x`) }),
  'news-rolled-back': () =>
    newsMail({
      ...{ ...news, news: rulesNews(after, before, departments), proposal: null },
      entry: entry({
        ...{ what: 'rolled back', document: 'rules', version: 1, textHash: aHash, from: 3, fate: 'are asked anew' },
        ...{ why: 'Managers get forty requests a day.', key: 'rules', by: coo, inPlaceOf: null },
      }),
    }),
  'news-charter': () =>
    newsMail({
      ...{
        entry: charterActivated,
        charter: charterChanged,
        former: charter,
        to: desk1,
        proposal: proposalOf('Events joins us.'),
      },
      news: charterNews(charter, charterChanged),
    }),
  'news-charter-left': () =>
    newsMail({
      ...{
        entry: charterActivated,
        charter: charterChanged,
        former: charter,
        to: desk2,
        proposal: proposalOf('Events joins us.'),
      },
      news: charterNews(charter, charterChanged),
    }),
  'news-first': () => newsMail({ ...news, news: firstNews(before), proposal: proposalOf('This is how we begin.') }),
}
