/** A promise of the rules stands against what somebody chose: its sentence, and who can be asked instead. */
import type { Forbidden } from '../../core/rules/outcome.ts'
import type { Links } from '../links.ts'
import { oneLine } from '../words.ts'

/** `desk`: whether the form on the page can ask a role. */
export const Promised = ({ forbidden, desk, links }: { forbidden: Forbidden; desk: boolean; links: Links }) => (
  <div class="card problem" role="alert">
    <h2>A promise of the rules forbids this</h2>
    <blockquote>{oneLine(forbidden.sentence)}</blockquote>
    <p>
      Nothing was recorded. A promise binds everybody, the invoice desk included, until both owners change the rules.
    </p>
    {forbidden.role && desk ? (
      <p>
        <a href="#ask">Ask {forbidden.role} instead</a>: it is chosen below, say why and send the form.
      </p>
    ) : null}
    {forbidden.role && !desk ? (
      <p>
        It needs {forbidden.role}. <a href={links.concerns['something-wrong']}>Say that something is wrong</a>, and ask
        the invoice desk to ask {forbidden.role}.
      </p>
    ) : null}
  </div>
)
