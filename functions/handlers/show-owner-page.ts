/** Every page of an owner. It only looks: its role can write nothing, so that no GET, whoever sends it, changes anything. */
import { placeOf } from '../core/agreement/looked.ts'
import { type PageAnswer, type PageRequest, page } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import { NotAsSigned } from '../edge/not-as-signed.ts'
import { ownerOf } from '../edge/owner.ts'
import { lookAt, type Reads, sightOf } from '../edge/owner-sight.ts'
import { ownerLinks } from '../view/owner.ts'
import { errorPage } from '../view/pages/error.tsx'
import { enterPage } from '../view/pages/owner/code.tsx'
import { lookedPage } from '../view/pages/owner/looked.tsx'
import { notAsSignedPage } from '../view/pages/owner/said.tsx'
import { unknownPage } from '../view/pages/unknown.tsx'
import { styleHash } from '../view/style.ts'

type Needs = Reads & Pick<World, 'access' | 'webBase'>

const shown =
  (needs: Needs) =>
  async ({ ticket, about, cookies }: PageRequest): Promise<PageAnswer> => {
    const place = placeOf(about)
    const door = await ownerOf(needs, { ticket, cookies })
    if (door.kind === 'unknown' || !place) return { status: 404, html: unknownPage() }
    const { person } = door
    if (door.kind === 'outside') return { status: 403, html: enterPage({ person }) }
    const sight = await sightOf(needs, person)
    const looked = await lookAt(needs, sight, place)
    if (!looked) return { status: 404, html: unknownPage() }
    return { status: 200, html: lookedPage({ ...sight, person, links: ownerLinks(needs.webBase, ticket) }, looked) }
  }

export const showOwnerPage =
  (needs: Needs) =>
  async (request: PageRequest): Promise<PageAnswer> => {
    try {
      return await shown(needs)(request)
    } catch (error) {
      if (!(error instanceof NotAsSigned)) throw error
      const { message: because, pausable } = error
      return {
        status: 409,
        html: notAsSignedPage({ because, pausable, links: ownerLinks(needs.webBase, request.ticket) }),
      }
    }
  }

export const handler = page(
  { styleHash, failed: errorPage() },
  showOwnerPage(live('access', 'agreements', 'rehearsals', 'decisionLog', 'invoices', 'weeks', 'clock', 'webBase')),
)
