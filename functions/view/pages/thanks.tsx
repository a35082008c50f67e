/** What somebody told us besides a decision is recorded. */
import { page } from './page.tsx'

/** `about` is what it was told of; `back` leads to the page from which it was told. */
export const thanksPage = ({
  about,
  said,
  back,
}: {
  about: string
  said: string
  back: { label: string; link: string }
}): string =>
  page({
    title: 'Thank you',
    narrow: true,
    children: (
      <>
        <div class="hero">
          <p class="eyebrow">{about}</p>
          <h1>Thank you, it is recorded</h1>
        </div>
        <div class="card said good">
          <p>{said}</p>
        </div>
        <p>
          <a href={back.link}>{back.label}</a>
        </p>
      </>
    ),
  })
