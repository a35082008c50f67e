/** Where a link leads that nobody was given, or that has ended: nothing is told about any invoice. */
import { page } from './page.tsx'

export const unknownPage = (): string =>
  page({
    title: 'Unknown link',
    narrow: true,
    children: (
      <div class="card">
        <h1>This link is not known</h1>
        <p>It may be cut off by a mail program. Open it from the mail again, as a whole.</p>
      </div>
    ),
  })
