/** A file that wraps others, or hides them: what it is, and what a person can do, where it was not opened with its mail. */
import { openSigned } from './signed.ts'
import { isTnef } from './tnef.ts'
import { isZip, unpack } from './unpack.ts'

const startsWith = (bytes: Uint8Array, start: string): boolean =>
  [...start].every((letter, index) => bytes[index] === letter.charCodeAt(0))

const attachIt = 'ask the sender to attach the invoice itself'

const packers: [string, string][] = [
  ['RAR', 'Rar!\u001a'],
  ['7-Zip', '7z\u00bc\u00af'],
  ['gzip', '\u001f\u008b'],
]

/** Office documents are packed too; a damaged one is told by its name only. */
const officeNames = /\.(?:xlsx|xlsm|docx|pptx|ods|odt)$/i

const zipSentence = (name: string, bytes: Uint8Array): string | null => {
  if (officeNames.test(name)) return null
  const packed = unpack(bytes)
  if ('document' in packed) return null
  return 'refused' in packed
    ? `This is a packed file (zip), which is not opened: ${packed.refused}; ${attachIt}.`
    : `This is a packed file (zip) that was not opened, as those within another are not; ${attachIt}.`
}

/** The sentence about a wrapped file; null for a file that is none. */
export const wrappedSentence = ({
  name,
  type,
  bytes,
}: {
  name: string
  type: string
  bytes: Uint8Array
}): string | null => {
  if (isZip(bytes)) return zipSentence(name, bytes)
  const packer = packers.find(([, start]) => startsWith(bytes, start))
  if (packer) return `This is a packed file (${packer[0]}), which is not opened by the machine; ${attachIt}.`
  if (isTnef(bytes))
    return 'This is Outlook’s own wrapping (winmail.dat), which is damaged or came without its mail; ask the sender to switch rich text off and send the mail again.'
  if (bytes[0] === 0x30) {
    const content = openSigned(bytes)
    if (content === 'encrypted')
      return 'This is an encrypted mail (S/MIME), which nobody here can open; ask the sender to send it unencrypted.'
    if (content) return `This is a signed file (p7m) that was not opened; ${attachIt}.`
  }
  if (startsWith(bytes, '-----BEGIN PGP MESSAGE-----'))
    return 'This is an encrypted mail (PGP), which nobody here can open; ask the sender to send it unencrypted.'
  if (/^message\/partial/i.test(type))
    return 'This is a piece of a mail that was cut into several, which is not put together here; ask the sender to send it whole.'
  return null
}
