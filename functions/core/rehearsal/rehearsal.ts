/** All cases, and how they are played: a few at once, each in scenes of its own, none of them ever lost. */
import { tidy } from './acts.ts'
import { arriving } from './arriving.ts'
import { type Case, NotTried, Otherwise } from './case.ts'
import { clicking } from './clicking.ts'
import type { Hands, SceneWish, Stage } from './hands.ts'
import { standing } from './standing.ts'
import { type Trial, tryAll } from './tried.ts'

export const cases: readonly Case[] = [...arriving, ...clicking, ...standing]

/** What was seen of a case; `ok` is null where these texts left nothing to try it with. */
export type Seen = { name: string; expected: string; seen: string; ok: boolean | null; todo: string | null }

const failed = ({ name, expected, todo }: Case, seen: string, also: string | null = null): Seen => ({
  ...{ name, expected, seen, ok: false },
  todo: also ?? todo,
})

const outcomeOf = async (one: Case, play: () => Promise<string>): Promise<Seen> => {
  const { name, expected } = one
  try {
    return { name, expected, seen: await play(), ok: true, todo: null }
  } catch (thrown) {
    if (thrown instanceof NotTried) return { name, expected, seen: thrown.message, ok: null, todo: null }
    if (thrown instanceof Otherwise) return failed(one, thrown.message, thrown.todo)
    // Whatever broke is a case that failed, never a rehearsal that is lost.
    return failed(one, thrown instanceof Error ? thrown.message : String(thrown))
  }
}

/** A stage that remembers what was sent, to leave nothing open. */
const remembering = (stage: Stage) => {
  const scenes: { hands: Hands; keys: string[] }[] = []
  return {
    scene: async (wish?: SceneWish): Promise<Hands> => {
      const hands = await stage.scene(wish)
      const keys: string[] = []
      scenes.push({ hands, keys })
      return {
        ...hands,
        send: async (raw) => {
          const key = await hands.send(raw)
          keys.push(key)
          return key
        },
      }
    },
    // What cannot be finished is no part of what a case is about.
    tidy: async (): Promise<void> => {
      await Promise.all(scenes.map(({ hands, keys }) => tidy(hands, keys).catch(() => {})))
    },
  }
}

/** How many cases are played at once: a person would wait for them one by one. */
const atOnce = 4

/** Plays the cases; `told` hears of each that is over. They come back in their order. */
export const rehearse = async (
  stage: Stage,
  played: readonly Case[],
  told: (seen: Seen) => Promise<void>,
): Promise<Seen[]> => {
  const shared = remembering(stage)
  let trial: Promise<Trial> | undefined
  const once = (): Promise<Trial> => {
    trial ??= shared.scene().then(tryAll)
    return trial
  }
  const seen = new Map<Case, Seen>()
  const next = played[Symbol.iterator]()
  const playOn = async (): Promise<void> => {
    for (const one of next) {
      const own = remembering(stage)
      const outcome = await outcomeOf(one, () => one.play(own, once))
      await own.tidy()
      seen.set(one, outcome)
      await told(outcome)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, playOn))
  await shared.tidy()
  return played.flatMap((one) => seen.get(one) ?? [])
}
