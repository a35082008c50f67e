/** The scene of a case: the texts that are rehearsed, the vendors and orders of the case, and who is away in it. */
import { castOf } from '../rehearsal/documents.ts'
import type { SceneWish } from '../rehearsal/hands.ts'
import type { Charter } from './charter.ts'
import { vocabulary } from './roles.ts'
import { mailboxOf, type Scene, sceneCharter } from './scene.ts'

/** Whatever day it is. */
const always = { from: '2000-01-01', to: '2999-12-31' }

/** Somebody's mailbox in this scene, by the mailbox in another one. */
export const mailboxIn = (scene: string, mailbox: string): string =>
  mailboxOf(scene, mailbox.slice(0, mailbox.indexOf('@')))

export const rehearsedScene = (
  id: string,
  { charter, rulesText, texts }: Pick<Scene, 'rulesText' | 'texts'> & { charter: Charter },
  { away, alsoSends }: SceneWish = {},
): Scene => {
  const { departments, currency } = vocabulary(charter)
  const { vendors, orders } = castOf(id, { departments, currency }, alsoSends ? mailboxIn(id, alsoSends) : null)
  return {
    ...{ id, rulesText, texts, vendors, orders },
    charter: sceneCharter(id, charter, vendors),
    absences: away ? [{ person: mailboxIn(id, away), ...always }] : [],
  }
}
