/** A list came by mail: its rows are laid apart, and what becomes of it is written with the end of its mail. */
import type { Charter } from '../core/pilot/charter.ts'
import type { ListName } from '../core/pilot/list-change.ts'
import type { ListHappening, ListSource } from '../core/pilot/list-change-proposal.ts'
import type { World } from './live.ts'
import type { ReadList } from './read/list.ts'
import type { Write } from './tables/database.ts'

type Needs = Pick<World, 'lists' | 'reference' | 'clock'>

export type MailedListFile = {
  /** Names the list: the same on every delivery of its mail. */
  id: string
  read: ReadList
  source: ListSource
  /** SES said that DMARC passed: the From address is the sender's own. */
  verified: boolean
  /** Whether the sender may be answered: no machine, nobody who answers us. */
  mayAnswer: boolean
  charter: Charter
}

const proposed = async <List extends ListName>(
  { reference, clock }: Needs,
  { id, source, charter }: MailedListFile,
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

/** The writes that record what became of the list: proposed, or refused with the reason. */
export const takeList = async (needs: Needs, file: MailedListFile): Promise<Write[]> => {
  const { refusedFile, refusedSender } = await import('../core/pilot/list-change-arrived.ts')
  const { id, read } = file
  const happening =
    refusedSender({ ...file, list: 'list' in read ? read.list : null }) ??
    ('refused' in read ? refusedFile(file.source, read.refused) : await proposed(needs, file, read))
  return needs.lists.writes(id, null, [happening], needs.clock.now()).writes
}
