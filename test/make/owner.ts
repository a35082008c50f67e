/** Two owners in the memory world, each with a browser that keeps cookies and reads the codes out of the mails. */
import { ownerLink } from '../../functions/edge/owner.ts'
import { recordOwnersForm } from '../../functions/handlers/record-agreement.ts'
import { showOwnerPage } from '../../functions/handlers/show-owner-page.ts'
import type { MemoryWorld } from './world.ts'

export type Shown = { status: number; html: string; says: string }

/** What a page says, without its markup. */
export const said = (html: string): string =>
  html
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** What a browser would send of the form of a page when nobody touches it. */
export const formOf = (html: string): Record<string, string> => {
  const [form = ''] = /<form\b.*?<\/form>/s.exec(html) ?? []
  const values: Record<string, string> = {}
  for (const [input] of form.matchAll(/<input\b[^>]*>/g)) {
    const [, name = ''] = /\sname="([^"]*)"/.exec(input) ?? []
    if (/type="radio"/.test(input) && !/\schecked/.test(input)) continue
    values[name] = unescaped(/\svalue="([^"]*)"/.exec(input)?.[1] ?? '')
  }
  for (const [, name = '', text = ''] of form.matchAll(/<textarea\b[^>]*\sname="([^"]*)"[^>]*>(.*?)<\/textarea>/gs))
    values[name] = unescaped(text.replace(/^\n/, '')).replaceAll('\n', '\r\n')
  return values
}

/** `mailed` is the ticket of a link that this person got by mail. */
export const anOwner = async (world: MemoryWorld, person: string, mailed?: string) => {
  const ticket = mailed ?? (await ownerLink(world, person)).split('/o/')[1] ?? ''
  const cookies: Record<string, string> = {}
  const keep = (answer: Awaited<ReturnType<ReturnType<typeof showOwnerPage>>>): Shown => {
    if ('redirect' in answer) throw new Error('an owner is never sent elsewhere')
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(answer.cookie ?? '') ?? []
    if (name) cookies[name] = value
    return { status: answer.status, html: answer.html, says: said(answer.html) }
  }
  const open = async (about: string | null = null): Promise<Shown> =>
    keep(await showOwnerPage(world)({ ticket, about, form: {}, cookies }))
  const send = async (about: string | null, form: Record<string, string>): Promise<Shown> =>
    keep(await recordOwnersForm(world)({ ticket, about, form, cookies }))
  /** The digits in the newest mail to this person. */
  const digits = (): string =>
    /^\d{3} \d{3}$/m.exec(world.sent.findLast(({ to }) => to === person)?.text ?? '')?.[0] ?? 'no code'
  return {
    open,
    send,
    digits,
    /** Fills in the form of a page and sends it. */
    fill: (about: string | null, page: Shown, typed: Record<string, string>): Promise<Shown> =>
      send(about, { ...formOf(page.html), ...typed }),
    signIn: async (): Promise<Shown> => {
      await send(null, {})
      return send(null, { code: digits() })
    },
  }
}
