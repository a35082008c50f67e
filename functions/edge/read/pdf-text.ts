/** stub */

import type { PdfRead } from './pdf.ts'
import type { Line } from './pdf-lines.ts'
export const readPdfText = (_lines: readonly Line[], _doubts: string[]): PdfRead => ({
  refused: 'This PDF has text, which is not read yet; open it.',
})
