/** From what an owner looks at to its page. */
import type { Problem } from '../../../core/agreement/form.ts'
import type { Looked } from '../../../core/agreement/looked.ts'
import type { OwnerSees, Typed } from '../../owner.ts'
import { awayPage, openWishPage, pausePage, rollBackPage, wishPage } from './acts.tsx'
import { linkPage } from './link.tsx'
import { proposalPage } from './proposal.tsx'
import { proposePage } from './propose.tsx'
import { logPage, todayPage } from './today.tsx'

/** `problems` are why a form was refused, `typed` what was sent. */
export const lookedPage = (
  sees: OwnerSees,
  looked: Looked,
  { problems, typed }: { problems?: Problem[]; typed?: Typed } = {},
): string => {
  const form = { sees, problems, typed }
  switch (looked.page) {
    case 'today':
      return todayPage({ ...sees, ...looked })
    case 'log':
      return logPage({ ...sees, ...looked })
    case 'propose':
      return proposePage({ ...form, ...looked, typed: typed ?? { text: looked.text } })
    case 'proposal':
      return proposalPage({ ...form, ...looked })
    case 'pause':
      return pausePage(form)
    case 'roll back':
      return rollBackPage({ ...form, ...looked })
    case 'wish':
      return wishPage(form)
    case 'open wish':
      return openWishPage({ ...form, ...looked })
    case 'away':
      return awayPage(form)
    case 'link':
      return linkPage(sees)
  }
}
