/** A letter as the view writes it; the edge makes MIME of it and sends it. */
export type Letter = {
  to: string
  /** One line without control characters. */
  subject: string
  text: string
  /** Begins with `<!doctype html>`. */
  html: string
  attachments?: { name: string; type: string; content: string }[]
}
