/** A step of the story: what is tried, and what was seen of it from outside. */
import type { World } from './world.ts'

/** Read back from the mailbox, a page, an execution, a table; never computed. */
export type Saw = Record<string, unknown>

export interface Step {
  name: string
  /** Throws with a sentence where it does not come out as promised. */
  play: (world: World) => Promise<Saw>
}
