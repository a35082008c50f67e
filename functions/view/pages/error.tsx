/** What a person sees when we failed. */
import { page } from './page.tsx'

export const errorPage = (): string =>
  page({
    title: 'Something broke',
    narrow: true,
    children: (
      <div class="card">
        <h1>Something broke on our side</h1>
        <p>
          We cannot tell whether it was recorded. Open the link from the mail again: the page says how things stand.
        </p>
        <p>If it stays like this, the last part of the mail says how to go on by hand.</p>
      </div>
    ),
  })
