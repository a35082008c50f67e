/** Mails and pages as a person, or a machine before that person, finds links and forms in them. */
import type { Mail } from './hands.ts'

const decoded = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const once = (addresses: string[]): string[] => [
  ...new Set(addresses.map((address) => decoded(address).replace(/[.,]$/, ''))),
]

/** Every address in a mail, in its text and its HTML, that begins with `web`. */
export const linksIn = ({ text, html }: Pick<Mail, 'text' | 'html'>, web: string): string[] =>
  once([
    ...(text.match(/https?:\/\/[^\s"<>)]+/g) ?? []),
    ...[...html.matchAll(/href="([^"]+)"/g)].map(([, address]) => address ?? ''),
  ]).filter((address) => address.startsWith(web))

/** Every address on a page that begins with `web`, or is written from there. */
export const linksOn = (html: string, web: string): string[] =>
  once([...html.matchAll(/href="([^"]+)"/g)].map(([, address]) => address ?? ''))
    .map((address) => (address.startsWith('/') ? `${web}${address}` : address))
    .filter((address) => address.startsWith(web))

/** The page that a mail's link opens, without what may follow the ticket; null for a mail without a link. */
export const pageIn = (mail: Pick<Mail, 'text' | 'html'>, web: string): string | null => {
  for (const link of linksIn(mail, web)) {
    const [page] = /^.*\/a\/[\w-]+/.exec(link) ?? []
    if (page) return page
  }
  return null
}

type Control = { name: string; type: string; value: string; checked: boolean }

const attributesOf = (tag: string): Record<string, string> =>
  Object.fromEntries(
    [...tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name ?? '', decoded(value ?? '')]),
  )

const controlsIn = (html: string): Control[] =>
  [...html.matchAll(/<(input|textarea|select|button)\b([^>]*)>(?:([^<]*)<\/textarea>)?/g)].flatMap(
    ([, element, attributes, content]) => {
      const { name = '', type = element ?? '', value = '', ...rest } = attributesOf(attributes ?? '')
      if (!name) return []
      return [
        { name, type, value: element === 'textarea' ? decoded(content ?? '') : value, checked: 'checked' in rest },
      ]
    },
  )

/** The decisions that a page offers. */
export const decisionsOn = (html: string): string[] =>
  controlsIn(html).flatMap(({ name, value }) => (name === 'decision' ? [value] : []))

/** What a program sends that presses the button of a page and chooses nothing. */
export const untouched = (html: string): Record<string, string> =>
  Object.fromEntries(
    controlsIn(html)
      .filter(({ type, checked }) =>
        type === 'radio' || type === 'checkbox' ? checked : type !== 'submit' && type !== 'button',
      )
      .map(({ name, value }) => [name, value]),
  )

/** What a page says, without markup, on one line. */
export const said = (html: string): string =>
  decoded((/<main\b[\s\S]*<\/main>/.exec(html)?.[0] ?? html).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).trim()
