/** What a command could not even try: one sentence that says what to do, and exit code 2. */

export class Refusal extends Error {
  override name = 'Refusal'
}

/** The sentence of anything that was thrown. */
export const sentence = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
