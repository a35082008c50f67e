/** Payment files written by others: what their independent reader says, entry by entry; damaged, they are refused in a sentence. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { net } from '../../../../functions/core/payment/net.ts'
import { Payment } from '../../../../functions/core/payment/payment.ts'
import { readPayments } from '../../../../functions/edge/read/payments/payments.ts'
import { type CorpusRecord, corpusBytes, corpusIsHere, corpusRecords, noCorpus } from '../../../make/corpus.ts'

type Transaction = {
  end_to_end_id?: string | null
  creditor?: string | null
  creditor_iban?: string | null
  debtor?: string | null
  remittance?: string[]
}
type Entry = Transaction & {
  amount: string
  currency?: string
  credit_debit?: 'CRDT' | 'DBIT'
  booking_date?: string | null
  date?: string
  name?: string | null
  fitid?: string
  memo?: string | null
  tx?: Transaction[]
}
type Expected = { format: string; entries?: Entry[]; raw_61?: string[]; currency?: string }

const records = corpusRecords('payment') as (CorpusRecord & { expected: Expected })[]
const of = (format: RegExp) => records.filter(({ expected }) => format.test(expected.format))
const paid = (record: CorpusRecord): Payment[] => {
  const read = readPayments(corpusBytes(record))
  if (read && 'payments' in read) return read.payments
  throw new Error(`${record.path}: ${JSON.stringify(read)}`)
}

describe.skipIf(!corpusIsHere)(`payment files of the corpus (${corpusIsHere ? 'here' : noCorpus})`, () => {
  it('each is read, or refused in a sentence', () => {
    expect(records.length).toBeGreaterThan(20)
    for (const record of records) {
      const read = readPayments(corpusBytes(record))
      if (read && 'payments' in read) for (const payment of read.payments) Payment.parse(payment)
      else if (read) expect(read.refused).toMatch(/^This .*; .*\.$/s)
      else expect(record.suite_verdict).toContain('invalid')
    }
  })

  it('statements have each entry with its amount, direction, day, other side and references', () => {
    for (const record of of(/camt\.05/)) {
      const payments = paid(record)
      const entries = record.expected.entries ?? []
      expect(payments, record.path).toHaveLength(entries.length)
      for (const [index, entry] of entries.entries()) {
        const payment = payments[index]
        expect(payment, record.path).toMatchObject({
          amount: expect.toSatisfy((amount: string) => Number(amount) === Number(entry.amount)),
          currency: entry.currency,
          direction: entry.credit_debit === 'DBIT' ? 'out' : 'in',
          ...(entry.booking_date ? { date: entry.booking_date.slice(0, 10) } : {}),
        })
        const [only, ...others] = entry.tx ?? []
        const side = entry.credit_debit === 'DBIT' ? only?.creditor : only?.debtor
        if (only && others.length === 0 && side) expect(payment?.creditor).toBe(side)
        for (const { end_to_end_id, remittance = [] } of entry.tx ?? [])
          for (const reference of [end_to_end_id, ...remittance])
            if (reference && reference !== 'NOTPROVIDED') expect(payment?.references).toContain(reference)
      }
    }
  })

  it('orders have each transaction with its amount, creditor and references', () => {
    for (const record of of(/pain\.001/)) {
      const expected = (record.expected.entries ?? []).map((entry) => ({
        amount: entry.amount,
        currency: entry.currency,
        direction: 'out',
        creditor: entry.creditor,
        ...(entry.creditor_iban ? { account: entry.creditor_iban } : {}),
        references: expect.arrayContaining([entry.end_to_end_id, ...(entry.remittance ?? [])]),
        status: 'ordered',
      }))
      expect(paid(record), record.path).toMatchObject(expected)
    }
  })

  it('OFX has each transaction with its amount, direction, day, name and identification', () => {
    for (const record of of(/^ofx$/)) {
      const entries = record.expected.entries ?? []
      if (entries.some(({ amount }) => !/^-?[\d.]+$/.test(amount))) continue
      const expected = entries.map((entry) => ({
        amount: entry.amount.replace('-', ''),
        direction: entry.amount.startsWith('-') ? 'out' : 'in',
        date: entry.date?.slice(0, 8).replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3'),
        creditor: entry.name || null,
        references: expect.arrayContaining([entry.fitid, entry.memo].filter(Boolean)),
      }))
      expect(paid(record), record.path).toMatchObject(expected)
    }
  })

  it('MT940 has each line with its amount and its direction', () => {
    for (const record of of(/^mt940$/)) {
      const expected = (record.expected.raw_61 ?? []).map((line) => {
        const [, sign, amount = ''] = /^\d{6}(?:\d{4})?([CD])R?([\d,]+)/.exec(line) ?? []
        return {
          direction: sign === 'D' ? 'out' : 'in',
          amount: amount.replace(/,$/, '').replace(',', '.'),
          status: 'booked',
        }
      })
      expect(paid(record), record.path).toMatchObject(expected)
    }
  })

  it('no mutation makes the reader throw or hang, and what it reads is always in shape', () => {
    const damaged = fc
      .tuple(
        fc.constantFrom(...records),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
      )
      .map(([record, changes, kept]) => {
        const bytes = corpusBytes(record).slice()
        for (const [place, byte] of changes) bytes[Math.floor(place * bytes.length)] = byte
        return bytes.subarray(0, Math.ceil(kept * bytes.length))
      })
    fc.assert(
      fc.property(damaged, (bytes) => {
        const read = readPayments(bytes)
        if (read && 'payments' in read) {
          for (const payment of read.payments) Payment.parse(payment)
          net(read.payments)
        } else if (read) expect(read.refused).toMatch(/^This .*\.$/s)
      }),
      { numRuns: 500 },
    )
  })
})
