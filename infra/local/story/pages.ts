/** Pages as a browser without scripts sees them: what is shown, what a form holds, what sending it answers. */

export interface Page {
  address: string
  status: number
  html: string
  headers: Headers
}

/** A control of a form, with the value that it has before anybody touched it. */
interface Control {
  name: string
  type: string
  value: string
  checked: boolean
}

export interface Form {
  action: string
  method: string
  controls: Control[]
}

const decoded = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const attributesOf = (tag: string): Record<string, string> =>
  Object.fromEntries(
    [...tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name ?? '', decoded(value ?? '')]),
  )

const controlsOf = (html: string): Control[] =>
  [...html.matchAll(/<(input|textarea|select|button)\b([^>]*)>(?:([^<]*)<\/textarea>)?/g)].flatMap(
    ([, element, attributes, content]) => {
      const { name = '', type = element ?? '', value = '', ...rest } = attributesOf(attributes ?? '')
      if (!name) return []
      return [
        { name, type, value: element === 'textarea' ? decoded(content ?? '') : value, checked: 'checked' in rest },
      ]
    },
  )

/** The forms of a page. */
export const formsOf = (page: Pick<Page, 'html' | 'address'>): Form[] =>
  [...page.html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes, content]) => {
    const { action = '', method = 'get' } = attributesOf(attributes ?? '')
    return {
      action: new URL(action || page.address, page.address).href,
      method: method.toLowerCase(),
      controls: controlsOf(content ?? ''),
    }
  })

/** What a browser sends when nobody touched the form: a radio button that is not checked says nothing. */
export const untouched = (form: Form): Record<string, string> =>
  Object.fromEntries(
    form.controls
      .filter(({ type, checked }) =>
        type === 'radio' || type === 'checkbox' ? checked : type !== 'submit' && type !== 'button',
      )
      .map(({ name, value }) => [name, value]),
  )

const pageOf = async (address: string, response: Response): Promise<Page> => ({
  address,
  status: response.status,
  html: await response.text(),
  headers: response.headers,
})

export const open = async (address: string): Promise<Page> =>
  pageOf(address, await fetch(address, { redirect: 'manual' }))

export const head = async (address: string): Promise<number> =>
  (await fetch(address, { method: 'HEAD', redirect: 'manual' })).status

/** The first form of a page, or the only reason why there is none. */
export const formOf = (page: Page): Form => {
  const form = formsOf(page).find(({ method }) => method === 'post')
  if (!form) throw new Error(`the page (${page.status}) has no form: ${said(page)}`)
  return form
}

export const submit = async ({ action }: Form, fields: Record<string, string>): Promise<Page> =>
  pageOf(action, await fetch(action, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' }))

/** A person opens a link, fills in what `fields` says and sends the form. */
export const decide = async (link: string, fields: Record<string, string>): Promise<Page> => {
  const form = formOf(await open(link))
  return submit(form, { ...untouched(form), ...fields })
}

/** A browser that keeps the cookies that it gets, as one of a person does. */
export const cookieBrowser = () => {
  const cookies = new Map<string, string>()
  const visit = async (address: string, init: RequestInit = {}): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(address, { ...init, redirect: 'manual', headers: cookie ? { cookie } : {} })
    for (const kept of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(kept) ?? []
      cookies.set(name, value)
    }
    return pageOf(address, response)
  }
  return {
    open: (address: string): Promise<Page> => visit(address),
    /** Fills in a page's form as `fields` says, and sends it. */
    send: (page: Page, fields: Record<string, string>): Promise<Page> => {
      const form = formOf(page)
      return visit(form.action, { method: 'POST', body: new URLSearchParams({ ...untouched(form), ...fields }) })
    },
  }
}

/** What a page says to its reader, without markup, on one line. */
export const said = ({ html }: Pick<Page, 'html'>): string =>
  decoded((/<main\b[\s\S]*<\/main>/.exec(html)?.[0] ?? html).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).trim()
