/** `npm run -s read -- FILE…`: what the readers see in files, a line of JSON each (`commands.md`). */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { readDocument } from '../edge/read/document.ts'
const files = process.argv.slice(2)
for (const file of files) {
  const bytes = readFileSync(file)
  const read = readDocument({ name: basename(file), type: '', bytes })
  console.log(JSON.stringify(read.kind==='invoice' ? { file, kind: 'invoice', invoices: [read.invoice] } : { file, kind: read.type === 'image' ? 'image' : 'other', because: read.because, invoices: [] }))
}
