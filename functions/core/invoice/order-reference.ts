/** The order that an invoice names; what people write where a form insists on one means none. */

const placeholder =
  /^(dummywert|n\.?\/?a\.?|none|null|nil|-+|\.+|0+|unknown|unbekannt|nicht vorhanden|keine|not applicable)$/i

/** The order reference as stated, null for nothing and for a placeholder such as `N/A`. */
export const orderStated = (text: string | null): string | null => {
  const reference = text?.trim() ?? ''
  return reference === '' || placeholder.test(reference) ? null : reference
}
