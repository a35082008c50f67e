/** The Agreements table: charter and rules, every version an item that never changes, the draft among them as version 0, and the pointer to the active one. */
import type { AgreementState } from '../../core/agreement/agreement.ts'
import type { AgreedDocument } from '../../core/agreement/decided.ts'
import type { Stored } from '../../core/agreement/outside.ts'
import { draftNumber, type Texts, type TextVersion } from '../../core/approval/history.ts'
import { Charter } from '../../core/pilot/charter.ts'
import { vocabulary } from '../../core/pilot/roles.ts'
import { sceneOfMail } from '../../core/pilot/scene.ts'
import type { RuleSet } from '../../core/rules/rule-set.ts'
import type { Instant } from '../../core/time.ts'
import { sha256 } from '../ids.ts'
import { NotAsSigned } from '../not-as-signed.ts'
import type { Database, Key, Write } from './database.ts'
import type { rehearsalsTable } from './rehearsals.ts'

export type Agreement = 'CHARTER' | 'RULES'

/** The partition of a document. */
export const agreementOf = (document: AgreedDocument): Agreement => (document === 'charter' ? 'CHARTER' : 'RULES')

/** Who paused the pilot, when and why. */
export type Pause = NonNullable<AgreementState['paused']>

export type AgreedText = TextVersion & {
  text: string
  at: Instant
  by: string
  /** How it came to be active, e.g. "imported locally, not countersigned". */
  how: string
}

const versionKey = (agreement: Agreement, number: number): Key => ({
  pk: agreement,
  sk: `VERSION#${String(number).padStart(6, '0')}`,
})
const proposalKey = (agreement: Agreement, number: number): Key => ({
  pk: agreement,
  sk: `PROPOSAL#${String(number).padStart(6, '0')}`,
})
const pauseKey: Key = { pk: 'PILOT', sk: 'PAUSE' }
const activeKey = (agreement: Agreement): Key => ({ pk: agreement, sk: 'ACTIVE' })

const nameOf = (agreement: Agreement): string => (agreement === 'CHARTER' ? 'The charter' : 'The rules')

/** `rehearsals` holds the texts that are played with before they are in force. */
export const agreementsTable = (
  database: Database,
  table: string,
  rehearsals: () => Pick<ReturnType<typeof rehearsalsTable>, 'scene'>,
) => {
  const version = async (agreement: Agreement, number: number) => {
    const item = await database.get(table, versionKey(agreement, number))
    if (!item) throw new NotAsSigned(`${nameOf(agreement)} has no version ${number} in the table.`, { pausable: false })
    return item
  }
  /** The version in force, or as long as there is none, the draft; null before anything was imported. */
  const standing = async (agreement: Agreement) =>
    (await database.get(table, activeKey(agreement))) ?? (await database.get(table, versionKey(agreement, draftNumber)))
  const active = async (agreement: Agreement): Promise<TextVersion> => {
    const item = await standing(agreement)
    if (!item) throw new Error(`${agreement} has no text: the pilot was not imported`)
    return { number: item.number as number, sha256: item.sha256 as string }
  }
  // A version never changes, so what was read once is good for the life of the process.
  const charters = new Map<string, Charter>()
  const ruleSets = new Map<string, RuleSet>()
  /** The same rules under another charter are read with other words. */
  const readAs = (pinned: Texts) => `${pinned.rules.sha256} ${pinned.charter.sha256}`

  const charterOf = async ({ number, sha256, scene }: TextVersion): Promise<Charter> => {
    if (scene) return (await rehearsals().scene(scene)).charter
    const known = charters.get(sha256)
    if (known) return known
    const read = Charter.safeParse((await version('CHARTER', number)).charter)
    if (!read.success)
      throw new NotAsSigned(`What the table holds of version ${number} of the charter cannot be read.`, {
        pausable: false,
      })
    charters.set(sha256, read.data)
    return read.data
  }

  return {
    active,
    charterOf,
    /** The charter that stands now: in force, or the draft. */
    charter: async (): Promise<Charter> => charterOf(await active('CHARTER')),
    /** The rules by which an invoice is pinned, read with the words of its charter. */
    rules: async (pinned: Texts): Promise<RuleSet> => {
      const { number, scene } = pinned.rules
      const known = ruleSets.get(readAs(pinned))
      if (known) return known
      // Who only shows pages needs no parser, so it is loaded with the first rules.
      const { parse } = await import('../../core/rules/parse.ts')
      const text = scene
        ? (await rehearsals().scene(scene)).rulesText
        : ((await version('RULES', number)).text as string)
      // Whoever changed the table decides nothing by it: the invoice goes to the desk, and somebody is woken.
      if (sha256(text) !== pinned.rules.sha256) throw new Error(`version ${number} of the rules is not what was signed`)
      const { ruleSet } = parse(text, vocabulary(await charterOf(pinned.charter)))
      if (!ruleSet) throw new Error(`version ${number} of the rules does not parse`)
      ruleSets.set(readAs(pinned), ruleSet)
      return ruleSet
    },
    /** The texts that stand now, by which an invoice that comes in is pinned. */
    actives: async (): Promise<Texts> => {
      const [rules, charter] = await Promise.all([active('RULES'), active('CHARTER')])
      return { rules, charter }
    },
    /** What a rehearsal plays with in the place of the texts in force. */
    ofScene: async (scene: string): Promise<Texts> => {
      const { texts } = await rehearsals().scene(scene)
      return { rules: { ...texts.rules, scene }, charter: { ...texts.charter, scene } }
    },
    /** The charter by which people are told of a mail: that in force, or that of the scene. */
    charterFor: async (mail: string): Promise<Charter> => {
      const scene = sceneOfMail(mail)
      return scene === null ? charterOf(await active('CHARTER')) : (await rehearsals().scene(scene)).charter
    },
    /** The pause as the log says it now; null while the pilot runs. */
    paused: async (): Promise<Pause | null> =>
      ((await database.get(table, pauseKey))?.paused as Pause | null | undefined) ?? null,
    /** Written beside the log entry that says so. */
    pauseWrite: (paused: Pause | null): Write => ({ table, put: { ...pauseKey, paused } }),
    /** When the pilot of this stage was launched, charter and rules both in force; null before. */
    startedAt: async (): Promise<Instant | null> => {
      const firsts = await Promise.all(
        (['CHARTER', 'RULES'] as const).map((agreement) => database.get(table, versionKey(agreement, 1))),
      )
      const since = firsts.flatMap((first) => (first ? [first.at as Instant] : []))
      return since.length < firsts.length ? null : (since.toSorted().at(-1) ?? null)
    },
    /** Whether this stage has a pilot, be it a draft. */
    imported: async (): Promise<boolean> => (await standing('CHARTER')) !== null,
    /** Writes that import a first version, in force at once, or a draft, which is not; refused where there is one. */
    importWrites: (agreement: Agreement, text: AgreedText, charter?: Charter): Write[] => [
      { table, put: { ...versionKey(agreement, text.number), ...text, charter }, when: 'absent' },
      ...(text.number === draftNumber
        ? []
        : [
            {
              table,
              put: { ...activeKey(agreement), number: text.number, sha256: text.sha256 },
              when: 'absent',
            } as const,
          ]),
    ],
    /** The exact text of a version; null where there is none. */
    text: async (agreement: Agreement, number: number): Promise<string | null> =>
      ((await database.get(table, versionKey(agreement, number)))?.text as string | undefined) ?? null,
    /** The exact text of a proposal; null where there is none. */
    proposalText: async (agreement: Agreement, number: number): Promise<string | null> =>
      ((await database.get(table, proposalKey(agreement, number)))?.text as string | undefined) ?? null,
    /** Keeps the text of a proposal, once and for good. */
    proposalWrite: (agreement: Agreement, number: number, text: string): Write => ({
      table,
      put: { ...proposalKey(agreement, number), text },
      when: 'absent',
    }),
    /** Keeps a version, once and for good. */
    versionWrite: (agreement: Agreement, text: AgreedText, charter?: Charter): Write => ({
      table,
      put: { ...versionKey(agreement, text.number), ...text, charter },
      when: 'absent',
    }),
    /** Points to the version in force; the log entry beside it says who may. */
    activeWrite: (agreement: Agreement, { number, sha256 }: TextVersion): Write => ({
      table,
      put: { ...activeKey(agreement), number, sha256 },
    }),
    /** All of a document as it stands there, for the check that compares it with the log. */
    stored: async (agreement: Agreement): Promise<Stored> => {
      const items = await database.query({ table, pk: agreement })
      const of = (prefix: string) => items.filter(({ sk }) => sk.startsWith(prefix))
      const [active] = of('ACTIVE')
      return {
        active: active ? { number: active.number as number, sha256: active.sha256 as string } : null,
        versions: of('VERSION#').map(({ sk, sha256, text, charter }) => ({
          number: Number(sk.slice('VERSION#'.length)),
          sha256: sha256 as string,
          text: text as string,
          charter,
        })),
        proposals: of('PROPOSAL#').map(({ sk, text }) => ({
          number: Number(sk.slice('PROPOSAL#'.length)),
          text: text as string,
        })),
      }
    },
  }
}
