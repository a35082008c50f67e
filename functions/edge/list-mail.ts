/** A list came by mail: its rows are laid apart, and what becomes of it is written with the end of its mail. */
import type { Charter } from '../core/pilot/charter.ts'
import type { ListName } from '../core/pilot/list-change.ts'
import type { ListHappening, ListSource } from '../core/pilot/list-change-proposal.ts'
import { invoiceId } from './ids.ts'
import type { World } from './live.ts'
import type { ReadList } from './read/list.ts'
import type { Write } from './tables/database.ts'
import type { OpenedMail } from './tables/invoices.ts'

type Needs = Pick<World, 'lists' | 'reference' | 'clock'>

export type MailedList = {
  opened: OpenedMail
  /** Which document of the mail it is. */
  part: number
  read: ReadList
  charter: Charter
}

const proposed = async <List extends ListName>(
  { reference, clock }: Needs,
  { id, source, charter }: { id: string; source: ListSource; charter: Charter },
  read: Extract<ReadList, { text: string }> & { list: List },
): Promise<ListHappening> => {
  const { parseList, proposeList } = await import('../core/pilot/list-change-arrived.ts')
  const { list } = read
  const parsed = parseList(read, charter)
  const { number, id: inForce } = await reference.inForce(list)
  const rows = await reference.rowsOf(list, inForce)
  const happening = proposeList({ source, charter, at: clock.now() }, { list, parsed, inForce: { number, rows } })
  // Only what may come into force is kept; it counts once people have confirmed it.
  if (happening.what === 'proposed' && 'rows' in parsed) await reference.putRows(list, id, parsed.rows)
  return happening
}

/**
 * A list changes nothing by itself: it is proposed to who mailed it, or refused with the reason. Answers its id, the same
 * on every delivery of its mail, and the writes that record what became of it.
 */
export const takeList = async (
  needs: Needs,
  { opened, part, read, charter }: MailedList,
): Promise<{ id: string; writes: Write[] }> => {
  const { refusedFile, refusedSender } = await import('../core/pilot/list-change-arrived.ts')
  const { key: mail, from, subject, messageId, verified } = opened.mail
  const id = invoiceId(mail, part)
  const document = opened.files[part]
  if (!document) throw new Error('a list that its mail does not hold')
  const source: ListSource = { mail, from, subject, messageId, document }
  const list = 'list' in read ? read.list : null
  const happening =
    refusedSender({ list, source, verified, mayAnswer: opened.mayAnswer, charter }) ??
    ('refused' in read ? refusedFile(source, read.refused) : await proposed(needs, { id, source, charter }, read))
  return { id, writes: needs.lists.writes(id, null, [happening], needs.clock.now()).writes }
}
