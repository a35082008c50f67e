/** The links of one ticket. Their base comes from settings, never from a request. */
import type { ConcernAbout } from '../core/approval/history.ts'

/** What a person can tell us besides a decision, as the last part of a path. */
export type ConcernName = 'not-understood' | 'something-wrong' | 'decided-elsewhere'

export type Links = { page: string; original: string | null; concerns: Record<ConcernName, string>; wish: string }

export const concernNames: Record<ConcernName, ConcernAbout> = {
  'not-understood': 'not understood',
  'something-wrong': 'something wrong',
  'decided-elsewhere': 'decided elsewhere',
}

/** Anything but what a mail or page is about: anybody can ask for it from anywhere. */
export const wishQuestion = 'Wish for something else'

/** `webBase` without a slash at its end. */
export const linksOf = (webBase: string, ticket: string): Links => {
  const page = `${webBase}/a/${ticket}`
  return {
    page,
    original: `${page}/original`,
    concerns: {
      'not-understood': `${page}/not-understood`,
      'something-wrong': `${page}/something-wrong`,
      'decided-elsewhere': `${page}/decided-elsewhere`,
    },
    wish: `${page}/wish`,
  }
}
