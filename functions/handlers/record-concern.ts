/** "I do not understand this rule", "something is wrong", "this was decided elsewhere"; the minutes that an alert took; and a wish. */
import { wishWords } from '../core/agreement/wish.ts'
import type { Happening } from '../core/approval/history.ts'
import { sceneOfMailbox } from '../core/pilot/scene.ts'
import { sha256 } from '../edge/ids.ts'
import { type PageAnswer, type PageRequest, page } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import { type Opened, openTicket } from '../edge/tickets.ts'
import { type Links, linksOf } from '../view/links.ts'
import { concernOf, concernPage, concernThanksPage } from '../view/pages/concern.tsx'
import { errorPage } from '../view/pages/error.tsx'
import { minutesPage, minutesThanksPage } from '../view/pages/minutes.tsx'
import { unknownPage } from '../view/pages/unknown.tsx'
import { wishedFrom, wishPage, wishThanksPage } from '../view/pages/wish.tsx'
import { styleHash } from '../view/style.ts'

type Needs = Pick<World, 'invoices' | 'agreements' | 'lists' | 'agreedQueue' | 'clock' | 'log' | 'webBase'>

/** Nobody writes a novel about a rule, and no mail client sends more of a day than there is. */
const limits = { text: 4000, minutes: 24 * 60 }

/** Sent twice it is one wish, by the log itself: so nothing is claimed before it is sent, and none is lost. */
const park = async (
  { agreedQueue, log }: Needs,
  opened: Opened,
  links: Links,
  form: PageRequest['form'],
): Promise<PageAnswer> => {
  const text = wishWords(form.text ?? '')
  if (text === '')
    return {
      status: 400,
      html: wishPage({ from: opened, links, problem: 'Say what you wish for; nothing was recorded.' }),
    }
  const { person: by } = opened
  // Nobody wishes in a rehearsal.
  if (sceneOfMailbox(by) === null) await agreedQueue.send({ do: 'wish', by, text, from: wishedFrom(opened) })
  log.info('recorded', { what: 'wish' })
  return { status: 200, html: wishThanksPage({ from: opened, links }) }
}

export const recordConcern =
  (needs: Needs) =>
  async ({ ticket, about, form }: PageRequest): Promise<PageAnswer> => {
    const { invoices, clock, log } = needs
    const opened = await openTicket(needs, ticket)
    const links = linksOf(needs.webBase, ticket)
    if (opened && about === 'wish') return park(needs, opened, links, form)
    const concern = about ? concernOf(about) : null
    const minutes = opened?.kind === 'alert' && about === 'minutes'
    if (!opened || opened.kind === 'mail' || opened.kind === 'list' || !(minutes || (concern && opened.kind === 'ask')))
      return { status: 404, html: unknownPage() }
    const { state, person: by } = opened

    // A form that is sent twice says it once: the same words, or the minutes, through the same link.
    const record = async (happening: Happening, words: string): Promise<void> => {
      const writes = [invoices.saidClaim(sha256(JSON.stringify([ticket, about, words])))]
      const recorded = await invoices.appendAnew(state.id, () => [happening], clock.now(), { writes })
      if (recorded === 'appended')
        log.info('recorded', { correlation: state.mail.key, invoice: state.id, what: happening.what })
    }

    if (minutes) {
      const took = Number(form.minutes)
      if (!form.minutes || !Number.isInteger(took) || took < 0 || took > limits.minutes)
        return {
          status: 400,
          html: minutesPage({ state, links, problem: 'Give the minutes as a whole number, such as 15.' }),
        }
      await record({ what: 'support reported', by, minutes: took }, '')
      return { status: 200, html: minutesThanksPage({ state, links, minutes: took }) }
    }
    if (!concern) return { status: 404, html: unknownPage() }
    const text = (form.text ?? '').trim().slice(0, limits.text)
    if (text === '')
      return {
        status: 400,
        html: concernPage({ about: concern, state, links, problem: 'Write a few words; nothing was recorded.' }),
      }
    await record({ what: 'concern raised', by, about: concern, text, rule: state.decision?.rule ?? null }, text)
    return { status: 200, html: concernThanksPage({ about: concern, state, links }) }
  }

export const handler = page(
  { styleHash, failed: errorPage() },
  recordConcern(live('invoices', 'agreements', 'rehearsals', 'lists', 'agreedQueue', 'clock', 'log', 'webBase')),
)
