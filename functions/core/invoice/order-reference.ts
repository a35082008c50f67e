/** The order that an invoice names, as people write it; what they write where a form insists on one means none. */

const placeholder =
  /^(dummywert|n\.?\/?a\.?|none|null|nil|-+|\.+|0+|unknown|unbekannt|nicht vorhanden|keine|not applicable)$/i

/** The order reference as stated, null for nothing and for a placeholder such as `N/A`. */
export const orderStated = (text: string | null): string | null => {
  const reference = text?.trim() ?? ''
  return reference === '' || placeholder.test(reference) ? null : reference
}

/** How an order is named on every side: white space and case aside. */
export const orderKey = (order: string): string => order.trim().toUpperCase()

/** What people write before the number of an order, in the languages of our readers. */
const labels = new Set(
  (
    'your our ihre ihr unsere votre notre order purchase po number no nr num bestellung bestellnummer bestell ' +
    'auftrag auftragsnummer nummer commande bon de numero n bestelling bestelnummer inkooporder uw pedido ordine ordre'
  ).split(' '),
)

/**
 * An order's number without words such as `PO` or `Bestellung Nr.` before it, punctuation, spaces and case:
 * `Bestellung Nr. PO 1006`, `PO-1006` and `1006` are alike. Null where no digit is left. Zeros count: `0100` is not `100`.
 */
export const orderLikeness = (reference: string): string | null => {
  const words = reference
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    // `PO1006` is a label and a number as much as `PO-1006` is.
    .replace(/^po(?=\d)/, 'po ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const start = words.findIndex((word) => !labels.has(word))
  const number = start < 0 ? '' : words.slice(start).join('')
  return /\d/.test(number) ? number : null
}
