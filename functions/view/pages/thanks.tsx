/** What somebody told us besides a decision is recorded. */
import type { InvoiceState } from '../../core/approval/state.ts'
import { called } from '../words.ts'
import { page } from './page.tsx'

/** `back` leads to the page from which it was told. */
export const thanksPage = ({
  state,
  said,
  back,
}: {
  state: InvoiceState
  said: string
  back: { label: string; link: string }
}): string => {
  const { number, vendor } = called(state)
  return page({
    title: 'Thank you',
    narrow: true,
    children: (
      <>
        <div class="hero">
          <p class="eyebrow">
            {vendor}, {number}
          </p>
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
}
