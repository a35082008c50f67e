/** The mailbox as a person sees it in a browser, on a phone first. */
import { html, raw } from 'hono/html'
import type { Message } from './messages.ts'

type Html = ReturnType<typeof html>

const style = `
:root { --ink: #1b2430; --soft: #55606e; --line: #d8dee6; --paper: #fff; --ground: #f3f5f8; --blue: #0b57a4 }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
a { color: var(--blue) }
:focus-visible { outline: 3px solid #f2a900; outline-offset: 2px }
header { background: var(--ink); color: #fff; padding: .75rem 1rem }
header div, main { max-width: 56rem; margin: 0 auto }
header div { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between }
header a { color: #fff; font-weight: 600; text-decoration: none }
header nav a { font-weight: 400; text-decoration: underline; padding: .25rem 0 }
main { padding: 1rem }
h1 { font-size: 1.35rem; line-height: 1.3; margin: .25rem 0 1rem; overflow-wrap: anywhere }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem }
.list { list-style: none; margin: 0; padding: 0 }
.list li + li { border-top: 1px solid var(--line) }
.list a { display: block; padding: .75rem 1rem; color: inherit; text-decoration: none }
.list a:hover { background: #eef4fb }
.list strong { display: block; color: var(--blue); overflow-wrap: anywhere }
.meta { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere } time { white-space: nowrap }
.filter { display: flex; gap: .5rem; flex-wrap: wrap; margin-bottom: 1rem }
.filter select { flex: 1 1 12rem; min-width: 0 }
select, input, textarea, button { font: inherit; color: inherit; padding: .55rem .7rem; border: 1px solid #8592a3; border-radius: .4rem; background: #fff; max-width: 100% }
input, textarea { width: 100% } textarea { min-height: 8rem }
button { background: var(--blue); border-color: var(--blue); color: #fff; font-weight: 600; min-height: 44px; cursor: pointer }
label { display: block; font-weight: 600; margin: .75rem 0 .25rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .75rem; margin: 0 0 .75rem }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 75vh; border: 1px solid var(--line); border-radius: .6rem; background: #fff; display: block }
details { margin-top: 1rem } summary { cursor: pointer; padding: .4rem 0 }
form.card { padding: .25rem 1rem 1rem }
.empty { padding: 2rem 1rem; text-align: center; color: var(--soft) }
`

const page = (title: string, body: Html) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<header><div><a href="/">Mailbox</a><nav aria-label="Mailbox"><a href="/write">Write a mail</a></nav></div></header>
<main>${body}</main>
</body>
</html>`

const time = (date: string) => html`<time datetime="${date}">${date.slice(0, 16).replace('T', ' ')} UTC</time>`

/** `to` is the address whose mail is shown, empty for everybody's. */
export const listPage = (found: Message[], recipients: string[], to: string) =>
  page(
    'Mailbox',
    html`<h1>${found.length === 1 ? '1 mail' : `${found.length} mails`}${to ? ` to ${to}` : ''}</h1>
<form class="filter" method="get" action="/">
<select name="to" aria-label="Mail to">
<option value="">Everybody's mail</option>
${recipients.map((address) => html`<option${address === to ? raw(' selected') : ''}>${address}</option>`)}
</select>
<button>Show</button>
</form>
<div class="card">
${
  found.length === 0
    ? html`<p class="empty">No mail yet. Mail an invoice to the inbox, or <a href="/write">write one here</a>.</p>`
    : html`<ul class="list">${found.slice(0, 200).map(
        (message) => html`<li><a href="/m/${message.id}"><strong>${message.subject || '(no subject)'}</strong>
<span class="meta">to ${message.to.join(', ')} · ${time(message.date)}</span></a></li>`,
      )}</ul>`
}
</div>`,
  )

/** One mail, its files and headers, and a form to answer it. */
export const messagePage = ({ id, subject, to, date, mail }: Message) =>
  page(
    subject || '(no subject)',
    html`<h1>${subject || '(no subject)'}</h1>
<dl>
<dt>From</dt><dd>${mail.from?.name ? `${mail.from.name} <${mail.from.address}>` : mail.from?.address}</dd>
<dt>To</dt><dd>${to.join(', ')}</dd>
<dt>Arrived</dt><dd>${time(date)}</dd>
${
  mail.attachments.length > 0
    ? html`<dt>Files</dt><dd>${mail.attachments.map(
        ({ filename, mimeType }, n) =>
          html`<a href="/api/messages/${id}/attachments/${n}">${filename ?? mimeType}</a> `,
      )}</dd>`
    : ''
}
</dl>
<iframe title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/api/messages/${id}/html"></iframe>
<details><summary>Headers</summary><dl>${mail.headers.map(({ key, value }) => html`<dt>${key}</dt><dd>${value}</dd>`)}</dl></details>
<p class="meta"><a href="/api/messages/${id}/raw">As it came</a> · <a href="/api/messages/${id}">as JSON</a></p>
<h2>Reply</h2>
<form class="card" method="post" action="/m/${id}/reply">
<label for="as">As</label>
<select id="as" name="as">${to.map((address) => html`<option>${address}</option>`)}</select>
<label for="text">Text</label>
<textarea id="text" name="text" required></textarea>
<p><button>Send the reply</button></p>
</form>`,
  )

/** A form to send a mail to the inbox, for those who have no mail program at hand. */
export const writePage = (inbox: string) =>
  page(
    'Write a mail',
    html`<h1>Write to ${inbox}</h1>
<form class="card" method="post" action="/write" enctype="multipart/form-data">
<label for="from">From</label>
<input id="from" name="from" type="email" required value="billing@vendor.example">
<label for="subject">Subject</label>
<input id="subject" name="subject" value="Invoice">
<label for="text">Text</label>
<textarea id="text" name="text">Please find our invoice attached.</textarea>
<label for="files">Files</label>
<input id="files" name="files" type="file" multiple>
<p><button>Send the mail</button></p>
</form>`,
  )

/** What came of sending something. */
export const sentPage = (title: string, sentence: string) =>
  page(title, html`<h1>${title}</h1><p>${sentence}</p><p><a href="/">Back to the mailbox</a></p>`)
