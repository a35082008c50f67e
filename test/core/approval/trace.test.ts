/** What a trace says of facts and corrections, and what it never says. */
import { expect, test } from 'vitest'
import { trace } from '../../../functions/core/approval/trace.ts'
import { anInvoice, asked, assessed, historyOf, received, someProvenance, stateAfter } from '../../make/history.ts'

const happened = [
  received({ invoice: anInvoice({ source: 'PDF text', certain: false }), doubts: ['the number is not certain'] }),
  asked(1, ['ap@pilot.example'], { purpose: 'fill in', roles: ['invoice desk'] }),
  {
    what: 'filled in' as const,
    ask: 1,
    by: 'ap@pilot.example',
    invoice: anInvoice({ source: 'PDF text', accounts: ['DE89370400440532013000'] }),
    source: 'PDF text' as const,
    changes: [
      { field: 'number', was: 'F-1', is: 'F-2026-0117' },
      { field: 'accounts', was: 'DE02120300000000202051', is: 'DE89370400440532013000' },
    ],
    reason: 'It stood below the fold.',
  },
  assessed(),
]
const { events } = trace(stateAfter(...happened), historyOf(...happened), [])

test('a correction names the reader that was wrong, the person, and each field as it was and is', () => {
  expect(events.find(({ what }) => what === 'filled in')).toMatchObject({
    who: 'ap@pilot.example',
    at: '2026-11-24T09:02:00.000Z',
    source: 'PDF text',
    reason: 'It stood below the fold.',
    fields: [{ field: 'number', was: 'F-1', is: 'F-2026-0117' }, { field: 'accounts' }],
  })
})

test('an invoice that was read from the XML beside what people see names both', () => {
  const readFrom = { key: 'documents/y', sha256: 'y', name: 'R-1.xml', type: 'application/xml', size: 7 }
  const twin = received({ readFrom })
  const [, document] = trace(stateAfter(twin), historyOf(twin), []).events
  expect(document).toMatchObject({ what: 'document', name: stateAfter(twin).document.name, readFrom: 'R-1.xml' })
  expect(events.find(({ what }) => what === 'document')).not.toHaveProperty('readFrom')
})

test('facts say where they came from', () => {
  expect(events.find(({ what }) => what === 'facts')).toMatchObject({ order: 'PO-1001', from: someProvenance() })
})

test('no account is told in full', () => {
  expect(JSON.stringify(events)).not.toMatch(/DE02120300000000202051|DE89370400440532013000/)
})
