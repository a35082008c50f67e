/** A PDF → an invoice: from the XML embedded in it, else from its text. Runs apart (`apart.ts`), for it can be made to hang. */
import type { PDFDocumentProxy, PDFPageProxy } from 'unpdf/pdfjs'
import { getDocument, OPS } from 'unpdf/pdfjs'
import type { Invoice } from '../../core/invoice/invoice.ts'
import { readFacturX } from './factur-x.ts'
import { linesOf, type Piece } from './pdf-lines.ts'
import { readPdfText } from './pdf-text.ts'
import type { Refused } from './xml.ts'

/** `scan` where pages are pictures, which only a reader of scans can read. */
export type PdfRead = { invoice: Invoice } | (Refused & { scan?: true })

const maxPages = 100
const maxPieces = 100_000
const maxFiles = 50
/** Fewer letters and digits than this on all pages are a stamp or a page number, not the text of an invoice. */
const leastLetters = 30

const byHand = 'open it and fill in the fields by hand'

const open = async (bytes: Uint8Array): Promise<PDFDocumentProxy | Refused> => {
  try {
    return await getDocument({
      // pdf.js takes its bytes away.
      data: bytes.slice(),
      verbosity: 0,
      enableXfa: false,
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      useWasm: false,
      isOffscreenCanvasSupported: false,
      isImageDecoderSupported: false,
      stopAtErrors: false,
    }).promise
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException')
      return {
        refused: 'This PDF is protected by a password; ask the sender to send it without one.',
      }
    return { refused: 'This PDF is damaged and cannot be opened; ask the sender to send it again.' }
  }
}

/** The direction in which most of a page is written, in quarter turns: a page may lie on its side. */
const quarterTurns = (transforms: readonly number[][]): number => {
  const letters = [0, 0, 0, 0]
  for (const [a = 0, b = 0] of transforms) {
    const turn = Math.round(Math.atan2(b, a) / (Math.PI / 2)) & 3
    letters[turn] = (letters[turn] ?? 0) + 1
  }
  return letters.indexOf(Math.max(...letters))
}

/** Smaller letters, in points, nobody is meant to read. */
const leastHeight = 2.5

/** What a page shows along its direction; stamps and watermarks that lie across it, and words beside it, are left out. */
const piecesOf = async (page: PDFPageProxy): Promise<Piece[]> => {
  const { items } = await page.getTextContent()
  const shown = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? item : []))
  const turns = quarterTurns(shown.map(({ transform }) => transform))
  const [cos = 1, sin = 0] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ][turns] ?? [1, 0]
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view
  return shown.flatMap(({ str, transform, width, height: stated }) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = transform as number[]
    const along = (a * cos + b * sin) / (Math.hypot(a, b) || 1)
    const height = stated || Math.hypot(c, d)
    const outside = e < left || e > right || f < bottom || f > top
    return along < 0.99 || outside || height < leastHeight
      ? []
      : { text: str, x: e * cos + f * sin, y: f * cos - e * sin, width, height }
  })
}

type Layers = Awaited<ReturnType<PDFDocumentProxy['getOptionalContentConfig']>>

/** From this on, of 255, a colour is as good as white. Behind white letters there may be a bar, which is not looked for. */
const nearlyWhite = 235

const isWhite = (colour: unknown): boolean =>
  (String(colour).match(/^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i) ?? ['', '0'])
    .slice(1)
    .every((part) => Number.parseInt(part, 16) >= nearlyWhite)

/**
 * Text that a page holds and nobody may see: invisible (rendering modes 3 and 7 of PDF 1.7, 9.3.6) as behind a scan,
 * written in white, or on a layer that is switched off (8.11).
 */
const hiddenText = async (page: PDFPageProxy, layers: Layers): Promise<string> => {
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: 0 })
  const outer: { mode: number; white: boolean }[] = []
  const marked: boolean[] = []
  let state = { mode: 0, white: false }
  let hidden = ''
  fnArray.forEach((operator, index) => {
    const [first, second] = (argsArray[index] ?? []) as unknown[]
    if (operator === OPS.save || operator === OPS.paintFormXObjectBegin) outer.push(state)
    else if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd)
      state = outer.pop() ?? { mode: 0, white: false }
    else if (operator === OPS.setTextRenderingMode) state = { ...state, mode: Number(first) }
    else if (operator === OPS.setFillRGBColor) state = { ...state, white: isWhite(first) }
    else if (operator === OPS.beginMarkedContent) marked.push(false)
    else if (operator === OPS.beginMarkedContentProps) marked.push(first === 'OC' && !layers.isVisible(second))
    else if (operator === OPS.endMarkedContent) marked.pop()
    else if (operator === OPS.showText && Array.isArray(first)) {
      const unseen = state.mode === 3 || state.mode === 7 || state.white || marked.includes(true)
      if (unseen)
        hidden += first
          .map((glyph: { unicode?: string } | number) => (typeof glyph === 'number' ? ' ' : (glyph?.unicode ?? '')))
          .join('')
    }
  })
  return hidden
}

/** Whether figures stand in what is laid over a page: notes, stamps, fields of a form. People see them; they are no text. */
const isWrittenOver = async (page: PDFPageProxy): Promise<boolean> =>
  (await page.getAnnotations()).some(
    ({ subtype, fieldValue, contentsObj }) =>
      subtype === 'Stamp' ||
      ((subtype === 'FreeText' || subtype === 'Widget') && /\d/.test(`${fieldValue ?? ''} ${contentsObj?.str ?? ''}`)),
  )

/** A doubt where what the text says may not be what a person sees. */
const unseen = async (pdf: PDFDocumentProxy, { invoice }: { invoice: Invoice }): Promise<{ invoice: Invoice }> => {
  if (!invoice.certain) return { invoice }
  const layers = await pdf.getOptionalContentConfig()
  const doubted = (doubt: string) => ({ invoice: { ...invoice, certain: false, doubts: [doubt] } })
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    if (/\d/.test(await hiddenText(page, layers)))
      return doubted(
        'figures in its text are invisible, as behind a scan, or written in white, so they may not be those that the pages show',
      )
    if (await isWrittenOver(page))
      return doubted('notes, stamps or fields of a form are laid over its pages, which are not read')
  }
  return { invoice }
}

const tooMuch = (what: string): Refused => ({
  refused: `This PDF has more than ${what}, which is more than the machine reads; ${byHand}.`,
})

const pagesOf = async (pdf: PDFDocumentProxy): Promise<Piece[][] | Refused> => {
  const pages: Piece[][] = []
  let pieces = 0
  try {
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number)
      const shown = await piecesOf(page)
      page.cleanup()
      pieces += shown.length
      if (pieces > maxPieces) return tooMuch('100,000 pieces of text')
      pages.push(shown)
    }
    return pages
  } catch {
    return { refused: 'This PDF is damaged and its pages cannot be read; ask the sender to send it again.' }
  }
}

type Attached = { key: string; name: string }

/** Files in the document's own table, or else those that are pinned to its pages. */
const attachedTo = async (pdf: PDFDocumentProxy): Promise<Attached[]> => {
  const inTable = [...((await pdf.getAttachments()) ?? [])].map(([key, { filename }]) => ({ key, name: filename }))
  if (inTable.length > 0) return inTable
  const pinned: Attached[] = []
  for (let number = 1; number <= pdf.numPages; number++)
    for (const { fileId, file } of await (await pdf.getPage(number)).getAnnotations())
      if (typeof fileId === 'string' && typeof file?.filename === 'string')
        pinned.push({ key: fileId, name: file.filename })
  return pinned
}

/** Embedded files that may be an invoice: XML by name. */
const xmlFilesOf = async (pdf: PDFDocumentProxy): Promise<{ name: string; bytes: Uint8Array }[]> => {
  const attached = (await attachedTo(pdf)).filter(({ key, name }) => /\.xml$/i.test(name) || /\.xml$/i.test(key))
  const files = await Promise.all(
    attached.slice(0, maxFiles).map(async ({ key, name }) => ({ name, bytes: await pdf.getAttachmentContent(key) })),
  )
  return files.flatMap(({ name, bytes }) => (bytes ? { name, bytes } : []))
}

const hasText = (pages: readonly (readonly Piece[])[]): boolean =>
  pages.flat().reduce((sum, { text }) => sum + text.replace(/[^\p{L}\p{N}]/gu, '').length, 0) >= leastLetters

const scan: PdfRead = {
  refused: `This PDF holds hardly any text, as a scan does, which the machine cannot read; ${byHand}.`,
  scan: true,
}

const readOpen = async (pdf: PDFDocumentProxy): Promise<PdfRead> => {
  if (pdf.numPages > maxPages) return tooMuch(`${maxPages} pages (${pdf.numPages})`)
  // A damaged table of files is a PDF without files.
  const files = await xmlFilesOf(pdf).catch(() => [])
  const pages = await pagesOf(pdf)
  const lines = 'refused' in pages ? null : linesOf(pages)
  const embedded = readFacturX(files, lines)
  if (embedded && 'invoice' in embedded) return unseen(pdf, embedded)
  if (embedded && 'refused' in embedded) return embedded
  if ('refused' in pages) return pages
  if (!hasText(pages)) return scan
  const read = readPdfText(lines ?? [], embedded ? [embedded.doubt] : [])
  if ('invoice' in read) return unseen(pdf, read)
  // A scan with a page of terms behind it is one.
  return hasText(pages.slice(0, 1)) ? read : scan
}

/** The invoice that a PDF states, or what it is instead and what a person can do with it. */
export const readPdf = async (bytes: Uint8Array): Promise<PdfRead> => {
  const pdf = await open(bytes)
  if ('refused' in pdf) return pdf
  try {
    return await readOpen(pdf)
  } finally {
    await pdf.loadingTask.destroy()
  }
}
