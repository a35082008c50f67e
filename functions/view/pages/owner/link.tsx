/** A new link in the place of all that were mailed to an owner before: for whoever forwarded a mail. */
import type { OwnerSees } from '../../owner.ts'
import { page } from '../page.tsx'
import { ownerPage } from './parts.tsx'

export const linkPage = (sees: OwnerSees): string =>
  ownerPage({
    sees,
    title: 'Replace your link',
    eyebrow: 'Somebody else has a mail of yours?',
    heading: 'Replace your link',
    narrow: true,
    back: true,
    children: (
      <section class="card" aria-labelledby="form">
        <h2 id="form">All links that were mailed to you open nothing any more</h2>
        <p>
          This one too. A new one is mailed to you. Nothing else changes: a link opens nothing without a code, and
          whoever has it can do nothing in your name.
        </p>
        <form method="post">
          <button type="submit">Mail me a new link</button>
        </form>
      </section>
    ),
  })

/** No way back from here: the link of this page is one of those that open nothing any more. */
export const linkReplacedPage = (): string =>
  page({
    title: 'Your link was replaced',
    narrow: true,
    children: (
      <>
        <div class="hero">
          <p class="eyebrow">Done</p>
          <h1>A new link was mailed to you</h1>
        </div>
        <div class="card">
          <p>All links that were mailed to you before open nothing any more. Go on with the one in the new mail.</p>
        </div>
      </>
    ),
  })
