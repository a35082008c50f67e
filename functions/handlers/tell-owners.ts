/** A decision was logged, or something nobody decided was found: both owners are told, whoever decided, and who wished. */
import { type BusEvent, busMessage, type EventDetail, subscriptions } from '../../events/contracts.ts'
import { mayOpen } from '../core/access/owners.ts'
import { frozenUntil, ownersOf } from '../core/agreement/acting.ts'
import { type AgreementState, comesIntoForce, standing } from '../core/agreement/agreement.ts'
import { evolve, nothingAgreed } from '../core/agreement/evolve.ts'
import { type LogEntry, verifyChain } from '../core/agreement/log.ts'
import { receiptsTo } from '../core/agreement/news.ts'
import { rehearsalsOf } from '../core/agreement/rehearsing.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { agreed } from '../edge/agreement-record.ts'
import { sha256 } from '../edge/ids.ts'
import { queue } from '../edge/lambda.ts'
import { type Posting, postAll } from '../edge/letters.ts'
import { live, type World } from '../edge/live.ts'
import { ownerLink } from '../edge/owner.ts'
import type { Letter } from '../view/letter.ts'
import { bypassFoundMail, receiptMail, runningMail, waitingMail, wishMail } from '../view/mail/receipt.tsx'

type Heard = Extract<BusEvent, { name: (typeof subscriptions.TellOwners)[number] }>
type Needs = Pick<
  World,
  'decisionLog' | 'agreements' | 'access' | 'invoices' | 'dedupe' | 'mailOut' | 'clock' | 'ids' | 'log' | 'webBase'
>

const fromOf = (charter: Charter) => ({ name: 'Countersign', address: charter.inbox })

/** The charter that stood at a point of the log, in force or as a draft; null where there was none. */
const charterAt = async ({ agreements }: Needs, state: AgreementState): Promise<Charter | null> => {
  const stands = standing(state, 'charter')
  return stands && agreements.charterOf(stands)
}

/** Which letter tells a decision: that drafts wait, that the pilot runs from now on, or what was decided. */
const letterOf = (before: AgreementState, { decided }: LogEntry, { startedAt }: AgreementState) => {
  if (decided.what === 'drafted') return { purpose: 'waiting', write: waitingMail }
  const launched = before.startedAt === null && startedAt !== null
  return launched ? { purpose: 'running', write: runningMail } : { purpose: 'receipt', write: receiptMail }
}

/** A link of their own to who may open the pages. */
const linkFor = async (needs: Needs, charter: Charter, person: string): Promise<string | null> =>
  mayOpen(charter, person) ? ownerLink(needs, person) : null

/** A wish is answered to whoever had it, by the address of the charter; the owners find it on their pages. */
const toWisher = (entry: LogEntry, state: AgreementState, charter: Charter): Posting[] => {
  const { decided } = entry
  if (!('wish' in decided)) return []
  const wish = state.wishes.find(({ number }) => number === decided.wish)
  if (!wish || !Object.hasOwn(charter.people, wish.by)) return []
  const frozen = frozenUntil(charter, state, entry.at)
  return [
    {
      about: { decision: entry.number },
      name: `wish#${wish.by}`,
      purpose: 'wish',
      to: wish.by,
      from: fromOf(charter),
      opens: null,
      write: () => wishMail({ entry, wish, charter, to: wish.by, frozenUntil: frozen }),
    },
  ]
}

const ofDecision = async (needs: Needs, { number }: EventDetail<'DecisionLogged'>): Promise<Posting[]> => {
  const { entries } = await agreed(needs)
  const entry = entries.find((one) => one.number === number)
  if (!entry) throw new Error(`entry ${number} was told of, and the log does not hold it`)
  const known = entries.filter((one) => one.number <= number)
  const before = known.slice(0, -1).reduce(evolve, nothingAgreed)
  const state = evolve(before, entry)
  const charter = await charterAt(needs, state)
  const { decided } = entry
  if (!charter || decided.what === 'wished') return charter ? toWisher(entry, state, charter) : []
  // Charter and rules come in together, in this order: one mail says both.
  if ((decided.what === 'imported' || decided.what === 'drafted') && decided.document === 'charter') return []
  // A text that passed comes into force in the next moment: one mail says both.
  if (decided.what === 'rehearsed' && comesIntoForce(state, decided.proposal)) return []
  const [rehearsed = null] = 'proposal' in decided ? rehearsalsOf(known, decided.proposal) : []
  const { purpose, write } = letterOf(before, entry, state)
  const owners = ownersOf(charter)
  // Who owned the pilot before a charter took it from them is told of that, too.
  const people = receiptsTo(decided, charter, await charterAt(needs, before))
  const receipts = await Promise.all(
    people.map(async (to): Promise<Posting> => {
      const link = await linkFor(needs, charter, to)
      return {
        about: { decision: number },
        name: `receipt#${to}`,
        purpose,
        to,
        from: fromOf(charter),
        opens: null,
        write: (): Letter => write({ entry, charter, to, link, owners, state, rehearsed }),
      }
    }),
  )
  return [...receipts, ...toWisher(entry, state, charter)]
}

/** Both owners hear of it, for whoever can write to a table is most often close to one of them. */
const ofBypass = async (needs: Needs, { at, what, back }: EventDetail<'BypassFound'>): Promise<Posting[]> => {
  const entries = await needs.decisionLog.entries()
  // By a log that was changed anybody could be an owner.
  const signed = verifyChain(entries, sha256).ok ? await charterAt(needs, entries.reduce(evolve, nothingAgreed)) : null
  const charter = signed ?? (await needs.agreements.charter())
  return Promise.all(
    ownersOf(charter).map(async (to): Promise<Posting> => {
      const link = await linkFor(needs, charter, to)
      return {
        about: { check: at.slice(0, 10) },
        name: `${sha256(what).slice(0, 16)}#${to}`,
        purpose: 'bypass found',
        to,
        from: fromOf(charter),
        opens: null,
        write: () => bypassFoundMail({ at, what, back, last: entries.length, charter, to, link }),
      }
    }),
  )
}

export const tellOwners =
  (needs: Needs) =>
  async (heard: Heard): Promise<void> => {
    const postings =
      heard.name === 'DecisionLogged' ? await ofDecision(needs, heard.detail) : await ofBypass(needs, heard.detail)
    await postAll(needs, postings)
  }

export const handler = queue(
  busMessage(subscriptions.TellOwners),
  tellOwners(
    live(
      ...([
        'decisionLog',
        'agreements',
        'access',
        'invoices',
        'dedupe',
        'mailOut',
        'clock',
        'ids',
        'log',
        'webBase',
      ] as const),
    ),
  ),
)
