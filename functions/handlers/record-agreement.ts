/** An owner sent a form: a text to propose, a signature, a pause … Findings and codes first; then one transaction, or nothing. */
import { type Action, actionOf, signingIn } from '../core/access/action.ts'
import { type Command, decide, maxTextBytes } from '../core/agreement/agreement.ts'
import { askedFor, asksForRehearsal, type Problem, seenIn, takesCode, textIn } from '../core/agreement/form.ts'
import { type Looked, placeOf } from '../core/agreement/looked.ts'
import { notRehearsed, rehearsing } from '../core/agreement/rehearsing.ts'
import { casesOf, passed } from '../core/agreement/report.ts'
import { actingNow, agreed, recordAgreement } from '../edge/agreement-record.ts'
import { sha256 } from '../edge/ids.ts'
import { type PageAnswer, type PageRequest, page, pageAndQueue, queue } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import { NotAsSigned } from '../edge/not-as-signed.ts'
import { freshCode, mailCode, ownerOf, replaceLinks, signIn } from '../edge/owner.ts'
import { examined, lookAt, type Reads, type Sight, sightOf } from '../edge/owner-sight.ts'
import { Agreed } from '../edge/queue.ts'
import { codeMail, lockedOutMail, replacedLinkMail } from '../view/mail/code.tsx'
import { type OwnerSees, ownerLinks, saidTo } from '../view/owner.ts'
import { errorPage } from '../view/pages/error.tsx'
import { confirmPage, enterCodePage } from '../view/pages/owner/code.tsx'
import { linkReplacedPage } from '../view/pages/owner/link.tsx'
import { lookedPage } from '../view/pages/owner/looked.tsx'
import { previewPage, proposePage } from '../view/pages/owner/propose.tsx'
import { notAsSignedPage, recordedPage, rehearsalAskedPage, stalePage } from '../view/pages/owner/said.tsx'
import { unknownPage } from '../view/pages/unknown.tsx'
import { styleHash } from '../view/style.ts'

type Needs = Reads & Pick<World, 'access' | 'rehearseQueue' | 'database' | 'mailOut' | 'ids' | 'log' | 'webBase'>
type Form = PageRequest['form']

/** A text is up to three times as long in a form, and one that is too long comes back with what is said of it. */
const formBytes = 12 * maxTextBytes

/** Who acts where nobody does. */
const rehearsal = 'the rehearsal'

/** What goes along to the page that asks for a code, and back. */
const carried = (form: Form): Form =>
  Object.fromEntries(
    ['decision', 'reason', 'textHash', 'safety', 'version', 'from', 'to'].flatMap((name) =>
      form[name] ? [[name, form[name]]] : [],
    ),
  )

/** Whoever stands outside asks for a code, or comes in with one; what was typed while a session ended comes in, too. */
const enter = async (
  needs: Needs,
  { person, cookies, form }: { person: string; cookies: Form; form: Form },
  then: (typed: Form) => Promise<PageAnswer>,
): Promise<PageAnswer> => {
  const { code = '', ...typed } = form
  if (code.trim() === '') {
    const { kind, because, cookie } = await mailCode(needs, { person, cookies, action: signingIn, write: codeMail })
    const said = kind === 'mailed' ? { told: because } : { told: null, problem: because }
    return { status: 403, html: enterCodePage({ ...said, typed }), cookie }
  }
  const judged = await signIn(needs, { person, cookies, code, alert: lockedOutMail })
  if (judged.kind !== 'right')
    return { status: 403, html: enterCodePage({ told: null, problem: judged.because, typed }) }
  const answer = await then(typed)
  return 'html' in answer ? { ...answer, cookie: judged.cookie } : answer
}

/** Asks for the code of an action, or holds what was typed against it; null where it is right. */
const byCode = async (
  needs: Needs,
  sees: OwnerSees,
  { action, cookies, form }: { action: Action; cookies: Form; form: Form },
): Promise<PageAnswer | null> => {
  const { person } = sees
  const asks = { sees, ...action, typed: carried(form) }
  const code = form.code?.trim() ?? ''
  if (code === '') {
    const { kind, because, cookie } = await mailCode(needs, { person, cookies, action, write: codeMail })
    const said = kind === 'mailed' ? { told: because } : { told: null, problem: because }
    return { status: 403, html: confirmPage({ ...asks, ...said }), cookie }
  }
  const judged = await freshCode(needs, { person, cookies, action, code, alert: lockedOutMail })
  return judged.kind === 'right'
    ? null
    : { status: 403, html: confirmPage({ ...asks, told: null, problem: judged.because }) }
}

/** Records a command that was looked at before; `again` shows its form once more. */
const record = async (
  needs: Needs,
  sees: OwnerSees,
  {
    command,
    text,
    typed,
    again,
  }: { command: Command; text?: string; typed: Form; again: (problem: Problem) => string },
): Promise<PageAnswer> => {
  const outcome = await recordAgreement(needs, command, sees.acting, text)
  switch (outcome.kind) {
    case 'recorded':
      needs.log.info('agreement', { what: outcome.entries.map(({ decided }) => decided.what).join(', ') })
      return { status: 200, html: recordedPage({ sees: { ...sees, state: outcome.state }, entries: outcome.entries }) }
    case 'stale':
      return { status: 409, html: stalePage({ sees, because: outcome.because, typed }) }
    case 'refused':
      return { status: 409, html: again({ text: saidTo(sees.charter, outcome.because), field: null }) }
  }
}

/** A text is sent: what is found in it comes first, then what would change, and only then can it be proposed. */
const propose = async (
  needs: Needs,
  sight: Sight,
  sees: OwnerSees,
  { document }: Looked & { page: 'propose' },
  form: Form,
): Promise<PageAnswer> => {
  const text = textIn(form)
  const typed = { text, why: form.why?.trim() ?? '', safety: form.safety?.trim() ?? '' }
  const show = (status: number, about: { examined?: Awaited<ReturnType<typeof examined>>; problems?: Problem[] }) => ({
    status,
    html: proposePage({ sees, document, typed, ...about }),
  })
  if (form.decision === 'change') return show(200, {})
  const bytes = new TextEncoder().encode(text).length
  // What is too long to be proposed is not worth a proof.
  const found = bytes > maxTextBytes ? undefined : await examined(needs, sight, document, text)
  const { objectionsTo } = await import('../core/agreement/examine.ts')
  const textHash = sha256(text)
  const command: Command = {
    ...{ do: 'propose', document, textHash, bytes, seen: seenIn(form) },
    ...{ objections: found ? objectionsTo(found) : [], why: typed.why, safety: typed.safety || null },
  }
  const answer = decide(sight.state, command, sight.acting)
  const problem = (because: string, field: string | null): Problem => ({
    text: saidTo(sees.charter, because),
    field,
  })
  if (answer.kind !== 'decided') {
    const mends = found?.findings.some(({ level }) => level === 'error')
    const field = typed.why === '' ? 'why' : 'text'
    const problems = mends ? [] : [problem(answer.because, field)]
    return show(answer.kind === 'stale' ? 409 : 400, { examined: found, problems })
  }
  if (!found) throw new Error('a text that nobody looked at is not proposed')
  const preview = (status: number, problems: Problem[]): PageAnswer => ({
    status,
    html: previewPage({ sees, document, typed, hash: textHash, examined: found, problems }),
  })
  const inForce = sight.state.inForce[document]?.version
  if (form.base !== undefined && form.base !== String(inForce ?? ''))
    return preview(409, [
      problem(`Meanwhile version ${inForce} came into force. This is what would change now; choose again.`, 'propose'),
    ])
  if (form.looked !== textHash) return preview(200, [])
  if (form.decision !== 'propose') return preview(400, [problem('Make a choice; nothing was recorded.', 'propose')])
  const again = (wrong: Problem): string => proposePage({ sees, document, typed, examined: found, problems: [wrong] })
  return record(needs, sees, { command, text, typed, again })
}

/** Has a proposal rehearsed again: whoever owns a key may, for it decides nothing. */
const rehearse = async (needs: Needs, sees: OwnerSees, looked: Looked & { page: 'proposal' }): Promise<PageAnswer> => {
  const { proposal, entries, progress } = looked
  const stands = rehearsing(proposal, { entries, progress, at: sees.acting.at })
  const because = notRehearsed(proposal, stands, sees.acting)
  if (because !== null) {
    const problems = [{ text: saidTo(sees.charter, because), field: 'rehearsal' }]
    return { status: 409, html: lookedPage(sees, looked, { problems }) }
  }
  await needs.rehearseQueue.send({ proposal: proposal.number })
  return { status: 200, html: rehearsalAskedPage({ sees, proposal }) }
}

/** What was found, or the page that says that a table does not hold what was signed. */
const orNotAsSigned = async (
  { webBase }: Needs,
  { ticket }: PageRequest,
  work: () => Promise<PageAnswer>,
): Promise<PageAnswer> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof NotAsSigned)) throw error
    const { message: because, pausable } = error
    return { status: 409, html: notAsSignedPage({ because, pausable, links: ownerLinks(webBase, ticket) }) }
  }
}

/** Decides by what stands now; throws `NotAsSigned` where that is not what was signed. */
const answered =
  (needs: Needs) =>
  async (request: PageRequest): Promise<PageAnswer> => {
    const { ticket, about, form, cookies } = request
    const place = placeOf(about)
    const door = await ownerOf(needs, { ticket, cookies })
    if (door.kind === 'unknown' || !place) return { status: 404, html: unknownPage() }
    const { person } = door
    const sight = async (): Promise<{ sees: OwnerSees; sight: Sight; looked: Looked | null }> => {
      const seen = await sightOf(needs, person)
      const sees = { ...seen, person, links: ownerLinks(needs.webBase, ticket) }
      return { sees, sight: seen, looked: await lookAt(needs, seen, place) }
    }
    if (door.kind === 'outside')
      // Whoever typed the right code is inside, whatever there is to see.
      return enter(needs, { person, cookies, form }, (typed) =>
        orNotAsSigned(needs, request, async () => {
          const { sees, looked } = await sight()
          if (!looked) return { status: 404, html: unknownPage() }
          return { status: 200, html: lookedPage(sees, looked, Object.keys(typed).length > 0 ? { typed } : {}) }
        }),
      )
    const { sees, looked, sight: seen } = await sight()
    if (!looked) return { status: 404, html: unknownPage() }
    if (looked.page === 'propose') return propose(needs, seen, sees, looked, form)
    if (looked.page === 'link') {
      await replaceLinks(needs, { person, write: replacedLinkMail })
      return { status: 200, html: linkReplacedPage() }
    }
    if (asksForRehearsal(looked, form)) return rehearse(needs, sees, looked)
    const asked = askedFor(looked, form, sees)
    if ('problems' in asked)
      return { status: 400, html: lookedPage(sees, looked, { problems: asked.problems, typed: form }) }
    const { command } = asked
    const answer = decide(sees.state, command, sees.acting)
    const again = (problem: Problem): string => lookedPage(sees, looked, { problems: [problem], typed: form })
    if (answer.kind === 'stale') return { status: 409, html: stalePage({ sees, because: answer.because, typed: form }) }
    if (answer.kind === 'refused')
      return { status: 409, html: again({ text: saidTo(sees.charter, answer.because), field: null }) }
    if (takesCode(command)) {
      const barred = await byCode(needs, sees, { action: actionOf(command), cookies, form })
      if (barred) return barred
    }
    return record(needs, sees, { command, typed: form, again })
  }

export const recordOwnersForm =
  (needs: Needs) =>
  (request: PageRequest): Promise<PageAnswer> =>
    orNotAsSigned(needs, request, () => answered(needs)(request))

/**
 * What others than owners have recorded: a wish, or how a rehearsal ended; a text that passed comes into force with it.
 * Nothing here takes a key, so whoever can only speak to the queue signs for nobody; and what was seen in a rehearsal is
 * read where only the rehearsal can write it, so nobody else can say that it passed. What was recorded before, or is not so
 * any more, is nobody's error; what the log or a table does not let in is tried again, and wakes somebody.
 */
export const recordAgreed =
  (needs: Pick<World, 'agreements' | 'rehearsals' | 'database' | 'decisionLog' | 'clock' | 'log'>) =>
  async (message: Agreed): Promise<void> => {
    const record = async (command: Command, by: string): Promise<void> => {
      const { state } = await agreed(needs)
      const outcome = await recordAgreement(needs, command, await actingNow(needs, state, by))
      const what = outcome.kind === 'recorded' ? outcome.entries.map(({ decided }) => decided.what).join(', ') : null
      // Somebody was told that it is kept, or that it comes into force: it waits until log and texts are put back.
      if (outcome.kind === 'refused') throw new Error(`${command.do}: ${outcome.because}`)
      needs.log.info('agreement', { what: what ?? `${command.do}: ${outcome.kind}` })
    }
    if (message.do === 'wish') return record(message, message.by)
    const result = await needs.rehearsals.result(message.proposal)
    if (!result) throw new Error(`no rehearsal of proposal ${message.proposal} has ended`)
    const ok = passed(casesOf(result.report))
    await record({ do: 'rehearsed', ...result, passed: ok }, rehearsal)
    const { proposal, textHash } = result
    if (ok) await record({ do: 'activate', proposal, textHash }, rehearsal)
  }

const needs = live(
  'access',
  'agreements',
  'rehearsals',
  'rehearseQueue',
  'database',
  'decisionLog',
  'invoices',
  'weeks',
  'mailOut',
  'clock',
  'ids',
  'log',
  'webBase',
)
export const handler = pageAndQueue(
  page({ styleHash, failed: errorPage(), formBytes }, recordOwnersForm(needs)),
  queue(Agreed, recordAgreed(needs)),
)
