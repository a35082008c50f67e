/** A case of the rehearsal: what is done to the running system, what has to come of it, and what to do where it does not. */
import type { Stage } from './hands.ts'
import type { Trial } from './tried.ts'

export type Case = {
  /** As the owner of the rules would say it. */
  name: string
  expected: string
  /** What to do where something else was seen. */
  todo: string
  /** Answers what was seen; throws `Otherwise` where it is not what has to be. */
  play: (stage: Stage, trial: () => Promise<Trial>) => Promise<string>
}

/** Something else was seen. */
export class Otherwise extends Error {
  override name = 'Otherwise'
  readonly todo: string | null
  constructor(seen: string, todo: string | null = null) {
    super(seen)
    this.todo = todo
  }
}

/** With these texts there is nothing to try it with. */
export class NotTried extends Error {
  override name = 'NotTried'
}

/** `otherwise` is what was seen instead; `todo` where it is more than the case itself can say. */
export function must(holds: boolean, otherwise: string, todo?: string): asserts holds {
  if (!holds) throw new Otherwise(otherwise, todo)
}
