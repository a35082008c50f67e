/** The rules decide: by the version with which the invoice started, and never against a promise. */
import * as z from 'zod'
import type { Happening } from '../core/approval/history.ts'
import { type Next, nextStep } from '../core/approval/state.ts'
import { deskRole } from '../core/pilot/roles.ts'
import { compile } from '../core/rules/decide.ts'
import type { Act, Decision } from '../core/rules/outcome.ts'
import { forbiddenBy } from '../core/rules/promises.ts'
import type { RuleSet } from '../core/rules/rule-set.ts'
import { task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

const Input = z.object({ invoice: z.string() })

/** A rule file is compiled once in the life of the process, however many invoices it decides. */
const compiled = new WeakMap<RuleSet, ReturnType<typeof compile>>()
const compiledOnce = (rules: RuleSet): ReturnType<typeof compile> => {
  const decide = compiled.get(rules) ?? compile(rules)
  compiled.set(rules, decide)
  return decide
}

/** What the outcome does without any person. */
const actOf = ({ outcome }: Decision): Act | null => {
  if (outcome.kind === 'approve') return { kind: 'approve', automatically: true, roles: [] }
  return outcome.kind === 'reject' || outcome.kind === 'return' ? { kind: outcome.kind } : null
}

export const decideInvoice =
  ({ invoices, agreements, clock, log }: Pick<World, 'invoices' | 'agreements' | 'clock' | 'log'>) =>
  async ({ invoice }: z.infer<typeof Input>): Promise<{ next: Next }> => {
    const state = await invoices.known(invoice)
    if (nextStep(state) !== 'Decide' || !state.facts) return { next: nextStep(state) }
    const rules = await agreements.rules(state)
    const decision = compiledOnce(rules)(state.facts)
    const act = actOf(decision)
    const forbidden = act && forbiddenBy(rules, state.facts, act)
    const happenings: Happening[] = [
      { what: 'decided', decision },
      ...(forbidden
        ? [{ what: 'handed over' as const, role: deskRole, because: `A promise forbids it: ${forbidden.sentence}` }]
        : []),
    ]
    const decided = await invoices.appendOrThrow(state, happenings, clock.now())
    log.info('decided', { correlation: state.mail.key, invoice, next: nextStep(decided) })
    return { next: nextStep(decided) }
  }

export const handler = task(Input, decideInvoice(live('invoices', 'agreements', 'rehearsals', 'clock', 'log')))
