/** Structured logs. Only named, harmless fields: never a ticket, a token, a bank detail or a mail body. */
import { Logger } from '@aws-lambda-powertools/logger'

export type LogFields = {
  /** The key of the mail that it all began with; the same from mail to close. */
  correlation?: string
  invoice?: string
  what?: string
  ask?: number
  next?: string
  count?: number
  end?: string
  kind?: string
  sequence?: number
  attempt?: number
  week?: string
  /** SES's id of a mail. */
  messageId?: string
}

export type Log = {
  info: (message: string, fields?: LogFields) => void
  failed: (message: string, error: unknown, fields?: LogFields) => void
}

const logger = new Logger({ serviceName: 'countersign' })

export const log: Log = {
  info: (message, fields = {}) => logger.info(message, fields),
  // The text of an error may quote what was sent, so only its name and the place are kept.
  failed: (message, error, fields = {}) =>
    logger.error(message, {
      ...fields,
      error: error instanceof Error ? error.name : 'unknown',
      at:
        error instanceof Error
          ? (error.stack
              ?.split('\n')
              .find((line) => /^ +at /.test(line))
              ?.trim() ?? '')
          : '',
    }),
}
