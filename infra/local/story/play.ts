/** Plays the story: invoices that know nothing of each other at the same time, then what needs all of them to be over. */
import { around } from './around.ts'
import { byHand } from './by-hand.ts'
import { deciding } from './deciding.ts'
import { noInvoices } from './no-invoice.ts'
import { owning, told } from './owning.ts'
import type { Saw, Step } from './step.ts'
import { time } from './time.ts'
import { whole } from './whole.ts'
import type { World } from './world.ts'

/** Each with an invoice of its own: they run side by side. */
export const atOnce: Step[] = [...deciding, ...around, ...byHand, ...noInvoices, ...told]

/** A sweep as if it were later moves everything that is open, so these come after, in order. */
export const afterwards: Step[] = [...time, ...owning, ...whole]

export interface Played {
  step: string
  ok: boolean
  saw: Saw
}

const played = async ({ name, play }: Step, world: World): Promise<Played> => {
  try {
    return { step: name, ok: true, saw: await play(world) }
  } catch (thrown) {
    return { step: name, ok: false, saw: { instead: thrown instanceof Error ? thrown.message : String(thrown) } }
  }
}

/** Every step in the order of the story, each as soon as it and those before it are over. */
export async function* story(world: World): AsyncGenerator<Played> {
  await world.hearApproved()
  const running = atOnce.map((step) => played(step, world))
  for (const step of running) yield await step
  for (const step of afterwards) yield await played(step, world)
}
