/** A table does not hold what was signed: nothing of it can be shown as agreed, or decided, before it is put back. */
export class NotAsSigned extends Error {
  override name = 'NotAsSigned'
  /** Whether the pilot can be paused all the same. */
  readonly pausable: boolean

  constructor(because: string, { pausable }: { pausable: boolean } = { pausable: true }) {
    super(because)
    this.pausable = pausable
  }
}
