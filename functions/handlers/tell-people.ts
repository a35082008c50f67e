/** Another text came into force: everybody whose work that changes gets one mail; the owners have their receipt. */
import { type BusEvent, busMessage, subscriptions } from '../../events/contracts.ts'
import type { AgreementState, Proposal } from '../core/agreement/agreement.ts'
import type { AgreedDocument, Decided } from '../core/agreement/decided.ts'
import { evolve, nothingAgreed } from '../core/agreement/evolve.ts'
import { charterNews, firstNews, type News, receiptsTo, rulesNews, whoseWork } from '../core/agreement/news.ts'
import type { TextVersion } from '../core/approval/history.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { vocabulary } from '../core/pilot/roles.ts'
import { agreed } from '../edge/agreement-record.ts'
import { queue } from '../edge/lambda.ts'
import { type Posting, postAll } from '../edge/letters.ts'
import { live, type World } from '../edge/live.ts'
import { newsMail } from '../view/mail/news.tsx'

type Heard = Extract<BusEvent, { name: (typeof subscriptions.TellPeople)[number] }>
type Needs = Pick<World, 'decisionLog' | 'agreements' | 'invoices' | 'dedupe' | 'mailOut' | 'clock' | 'ids' | 'log'>

type InForce = Extract<Decided, { what: 'activated' | 'rolled back' }>

const isNew = (decided: Decided | undefined): decided is InForce =>
  decided?.what === 'activated' || decided?.what === 'rolled back'

const versionOf = (state: AgreementState, document: AgreedDocument): TextVersion | null => {
  const inForce = state.inForce[document]
  return inForce && { number: inForce.version, sha256: inForce.textHash }
}

/** Null while the other document is missing: without charter and rules there is no work yet. */
const newsOf = async (
  { agreements }: Needs,
  document: AgreedDocument,
  { before, after }: Record<'before' | 'after', AgreementState>,
): Promise<{ news: News; charter: Charter; former: Charter | null } | null> => {
  const [is, rules] = [versionOf(after, 'charter'), versionOf(after, 'rules')]
  if (!is || !rules) return null
  const charter = await agreements.charterOf(is)
  const [wasCharter, wasRules] = [versionOf(before, 'charter'), versionOf(before, 'rules')]
  const former = wasCharter && (await agreements.charterOf(wasCharter))
  const now = await agreements.rules({ rules, charter: is })
  if (!former || !wasRules) return { news: firstNews(now), charter, former }
  if (document === 'charter') return { news: charterNews(former, charter), charter, former }
  const was = await agreements.rules({ rules: wasRules, charter: is })
  return { news: rulesNews(was, now, vocabulary(charter).departments), charter, former }
}

/** What came into force was proposed; null where an earlier version came back. */
const proposalOf = (decided: InForce, { proposals }: AgreementState): Proposal | null =>
  decided.what === 'rolled back' ? null : (proposals.find(({ number }) => number === decided.proposal) ?? null)

export const tellPeople =
  (needs: Needs) =>
  async ({ detail: { number, what } }: Heard): Promise<void> => {
    if (what !== 'activated' && what !== 'rolled back') return
    const { entries } = await agreed(needs)
    const entry = entries.find((known) => known.number === number)
    const decided = entry?.decided
    if (!entry || !isNew(decided)) throw new Error(`entry ${number} was told of, and the log does not hold it`)
    const before = entries.filter((known) => known.number < number).reduce(evolve, nothingAgreed)
    const after = evolve(before, entry)
    const found = await newsOf(needs, decided.document, { before, after })
    if (!found) return
    const { news, charter, former } = found
    const proposal = proposalOf(decided, after)
    const receipts = receiptsTo(decided, charter, former)
    const people = whoseWork(news, charter, former).filter((person) => !receipts.includes(person))
    await postAll(
      needs,
      people.map(
        (to): Posting => ({
          about: { decision: number },
          name: `news#${to}`,
          purpose: 'news',
          to,
          from: { name: 'Countersign', address: charter.inbox },
          opens: null,
          write: () => newsMail({ entry, news, charter, former, to, proposal }),
        }),
      ),
    )
  }

export const handler = queue(
  busMessage(subscriptions.TellPeople),
  tellPeople(live('decisionLog', 'agreements', 'invoices', 'dedupe', 'mailOut', 'clock', 'ids', 'log')),
)
