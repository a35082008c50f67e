/** `npm run -s read -- FILE…`: what the readers see in files, a line of JSON each (`commands.md`). */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { isAutomatic } from '../edge/read/automatic.ts'
import type { ReadDocument } from '../edge/read/by-content.ts'
import { readDocument } from '../edge/read/document.ts'
import type { MailDocument } from '../edge/read/mail-documents.ts'
import { twinsOf } from '../edge/read/mail-twins.ts'
import { documentsIn, looksLikeMail, readMail } from '../edge/read/mime.ts'
import { ownWords } from '../edge/read/own-words.ts'
import { isExpenseAnswer, readExpense } from '../edge/read/textract.ts'

const help = `npm run -s read -- FILE…

What the readers see in files: invoices, mails, or why a file is neither. A line of JSON for each file,
in the order given, with --json or without. Nothing is sent or kept.

Exit codes: 0 every file was opened, 2 one could not be.
`

/** A recorded answer of Textract, shown as the invoice that it would become. */
const expenseLine = (answer: unknown) => {
  const read = readExpense(answer)
  return 'invoice' in read
    ? { kind: 'invoice', invoices: [read.invoice], scan: read.scan }
    : { kind: 'other', because: `This is an answer of Textract; ${read.refused}.`, invoices: [] }
}

const jsonOf = (bytes: Uint8Array): unknown => {
  if (bytes[0] !== 0x7b) return null
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}

/** A packed file, Outlook's wrapping or a signed envelope by itself: what is in it, as a mail with it would bring it. */
const wrappingLine = async (documents: MailDocument[]) => {
  const read = await Promise.all(documents.map(readDocument))
  const files = documents.length === 1 ? 'one file' : `${documents.length || 'no'} files`
  return {
    kind: 'other',
    because: `This is a file with ${files} in it, each a document of its own when it is mailed.`,
    invoices: read.flatMap((one) => (one.kind === 'invoice' ? one.invoice : [])),
  }
}

const documentLine = async (name: string, bytes: Uint8Array) => {
  const json = jsonOf(bytes)
  if (isExpenseAnswer(json)) return expenseLine(json)
  const inside = await documentsIn({ name, type: '', bytes })
  if (inside.length !== 1 || inside[0]?.bytes !== bytes) return wrappingLine(inside)
  const read = await readDocument({ name, type: '', bytes })
  if (read.kind === 'invoice') return { kind: 'invoice', invoices: [read.invoice] }
  if (read.kind === 'payments') return { kind: 'payments', format: read.format, payments: read.payments, invoices: [] }
  if (read.kind === 'list')
    return 'list' in read
      ? { kind: 'list', list: read.list, invoices: [] }
      : { kind: 'other', because: read.refused, invoices: [] }
  return { kind: read.type === 'image' ? 'image' : 'other', because: read.because, invoices: [] }
}

const mailLine = async (bytes: Uint8Array) => {
  const mail = await readMail(bytes)
  if ('tooMuch' in mail)
    return { kind: 'unreadable', because: `This mail is not opened: ${mail.tooMuch}.`, invoices: [] }
  if ('unreadable' in mail)
    return { kind: 'unreadable', because: `This mail cannot be read: ${mail.unreadable}.`, invoices: [] }
  const documents = await Promise.all(mail.documents.map(readDocument))
  const twins = await twinsOf(mail.documents, async (part) => documents[part] as ReadDocument)
  const unread = documents.flatMap((read, part) =>
    read.kind === 'unread' ? [`${mail.documents[part]?.name}: ${read.because}`] : [],
  )
  return {
    kind: 'mail',
    ...(unread.length > 0 ? { because: unread.join(' ') } : {}),
    invoices: documents.flatMap((read, part) => {
      if (read.kind !== 'invoice' || twins.some(({ shown }) => shown === part)) return []
      const differences = twins.find((twin) => twin.read === part)?.doubts ?? []
      const doubts = [...read.invoice.doubts, ...differences]
      return { ...read.invoice, certain: read.invoice.certain && differences.length === 0, doubts }
    }),
    payments: documents.flatMap((read) => (read.kind === 'payments' ? read.payments : [])),
    mail: {
      from: mail.from.map(({ address }) => address).join(', ') || null,
      subject: mail.subject,
      automatic: isAutomatic(mail),
      text: ownWords(mail.text),
      files: mail.documents.length,
    },
  }
}

/** A text with the headers of a mail is one, unless its first letters say that it is something else. */
const isMail = (bytes: Uint8Array): boolean =>
  !/^\s*[<{[%]/.test(new TextDecoder('latin1').decode(bytes.subarray(0, 20))) && looksLikeMail(bytes)

const bytesOf = (file: string): Uint8Array | null => {
  try {
    return readFileSync(file)
  } catch {
    return null
  }
}

const run = async (given: string[]): Promise<number> => {
  const files = given.filter((one) => one !== '--json')
  if (files.includes('--help')) {
    process.stdout.write(help)
    return 0
  }
  const unknown = files.find((file) => file.startsWith('--'))
  if (files.length === 0 || unknown) {
    const what = unknown ? `There is no flag ${unknown}` : 'No file was named'
    process.stderr.write(`${what}; see npm run -s read -- --help.\n`)
    return 2
  }
  let code = 0
  for (const file of files) {
    const bytes = bytesOf(file)
    if (bytes) {
      const seen = await (isMail(bytes) ? mailLine(bytes) : documentLine(basename(file), bytes))
      process.stdout.write(`${JSON.stringify({ file, ...seen })}\n`)
    } else {
      process.stderr.write(`${file} cannot be opened; check the path and who may read it.\n`)
      code = 2
    }
  }
  return code
}

process.exitCode = await run(process.argv.slice(2))
