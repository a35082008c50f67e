/** The controls that the forms of approvers and the desk share. */

/** A way to decide, as a large area to press. Nothing is chosen unless a form comes back in which it was. */
export const Choice = ({
  value,
  label,
  hint,
  chosen,
}: {
  value: string
  label: string
  hint: string
  chosen?: boolean
}) => (
  <label class="choice">
    <input type="radio" name="decision" value={value} id={value} checked={chosen ?? false} />
    <div>
      {label} <span>{hint}</span>
    </div>
  </label>
)

/** `wrong` says what is to be put right; null where nothing is. */
export const Reason = ({ typed, hint, wrong }: { typed: string | undefined; hint: string; wrong: string | null }) => (
  <div class="field">
    <label for="reason">Reason</label>
    <span class="hint" id="reason-hint">
      {hint}
    </span>
    {wrong ? (
      <span class="wrong" id="reason-wrong">
        {wrong}
      </span>
    ) : null}
    <textarea
      id="reason"
      name="reason"
      rows={3}
      maxlength={2000}
      aria-describedby={wrong ? 'reason-wrong reason-hint' : 'reason-hint'}
      aria-invalid={wrong ? 'true' : undefined}
    >
      {typed ?? ''}
    </textarea>
  </div>
)
