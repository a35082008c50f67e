/** The Rehearsals table: what a rehearsal plays with, the mails that its people got, how far it is. Every item ends by itself. */
import type { Progress } from '../../core/agreement/rehearsing.ts'
import { Charter } from '../../core/pilot/charter.ts'
import type { Scene } from '../../core/pilot/scene.ts'
import type { Instant } from '../../core/time.ts'
import type { Outgoing } from '../mail-out.ts'
import type { Database, Key } from './database.ts'

/** Its report stays in the decision log. */
const keptSeconds = 90 * 24 * 3600

const expires = (at: Instant): number => Math.floor(Date.parse(at) / 1000) + keptSeconds

/** A mail in a mailbox of a scene; `id` is what is before the @ of its Message-ID, as SES would have made it. */
export type Delivered = Pick<Outgoing, 'to' | 'subject' | 'text' | 'html'> & {
  id: string
  at: Instant
  from: string
  inReplyTo: string | null
}

/** How a rehearsal of a proposal ended: `report` is the text of `reportText`, `textHash` what was rehearsed. */
export type Result = { proposal: number; textHash: string; report: string }

const sceneKey = (id: string): Key => ({ pk: `SCENE#${id}`, sk: 'SCENE' })
const resultKey = (proposal: number): Key => ({ pk: `RESULT#${proposal}`, sk: 'RESULT' })
const progressKey = (about: string): Key => ({ pk: `PROGRESS#${about}`, sk: 'PROGRESS' })

export const rehearsalsTable = (database: Database, table: string) => {
  // A scene never changes, so what was read once is good for the life of the process.
  const scenes = new Map<string, Scene>()

  return {
    keep: async (scene: Scene, at: Instant): Promise<void> => {
      await database.write([{ table, put: { ...sceneKey(scene.id), scene, expires: expires(at) }, when: 'absent' }])
    },
    scene: async (id: string): Promise<Scene> => {
      const before = scenes.get(id)
      if (before) return before
      const kept = (await database.get(table, sceneKey(id)))?.scene as Scene | undefined
      if (!kept) throw new Error(`there is no scene ${id}`)
      const scene = { ...kept, charter: Charter.parse(kept.charter) }
      scenes.set(id, scene)
      return scene
    },
    /** Puts a mail into a mailbox of the scene; the same `id` twice is one mail. */
    deliver: async (scene: string, mail: Delivered): Promise<void> => {
      await database.write([
        { table, put: { pk: `SCENE#${scene}`, sk: `MAIL#${mail.at}#${mail.id}`, mail, expires: expires(mail.at) } },
      ])
    },
    /** Every mail that somebody in the scene got, in order. */
    mails: async (scene: string): Promise<Delivered[]> =>
      (await database.query({ table, pk: `SCENE#${scene}`, begins: 'MAIL#' })).map((item) => item.mail as Delivered),
    keepResult: async (result: Result, at: Instant): Promise<void> => {
      await database.write([{ table, put: { ...resultKey(result.proposal), result, expires: expires(at) } }])
    },
    /** How the last rehearsal of a proposal ended; null where none has. */
    result: async (proposal: number): Promise<Result | null> =>
      ((await database.get(table, resultKey(proposal)))?.result as Result | undefined) ?? null,
    keepProgress: async (progress: Progress): Promise<void> => {
      await database.write([
        { table, put: { ...progressKey(progress.about), progress, expires: expires(progress.at) } },
      ])
    },
    progress: async (about: string): Promise<Progress | null> =>
      ((await database.get(table, progressKey(about)))?.progress as Progress | undefined) ?? null,
  }
}
