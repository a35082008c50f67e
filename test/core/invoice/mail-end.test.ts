/** Where a mail ends: one place each, and who is answered. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arrived, type End, endOf, ends, reached } from '../../../functions/core/invoice/mail-end.ts'

const arrived = (over: Partial<Arrived> = {}): Arrived => ({
  setupNotice: false,
  verdicts: { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' },
  size: 20_000,
  tooMuch: null,
  unreadable: null,
  automatic: null,
  recipients: ['invoices@pilot.example'],
  inbox: 'invoices@pilot.example',
  sender: 'billing@vendor.example',
  answerTo: null,
  documents: 1,
  brings: 'documents',
  fromFinance: false,
  fromPerson: false,
  wish: null,
  empty: false,
  knownMessage: false,
  ...over,
})
const verdicts = (over: Partial<Arrived['verdicts']>): Partial<Arrived> => ({
  verdicts: { ...arrived().verdicts, ...over },
})
const wishes = { documents: 0, fromPerson: true, wish: 'a report per vendor' }
const answersRequest = { answerTo: { invoice: 'I-1', ask: 2 } }

const cases: [string, Partial<Arrived>, End][] = [
  ['with its document', {}, 'documents'],
  ['with several documents', { documents: 3 }, 'documents'],
  ['with documents a program sent', { automatic: 'generated' }, 'documents'],
  ['with documents sent through a list', { automatic: 'list' }, 'documents'],
  ['with documents sent to a tagged address', { recipients: ['Invoices+Sales@pilot.example'] }, 'documents'],
  ['with documents although DMARC failed', verdicts({ dmarc: 'FAIL', spf: 'FAIL', dkim: 'FAIL' }), 'documents'],
  ['with documents in answer to our own answer', { answerTo: { invoice: 'I-1', ask: null } }, 'documents'],
  ['as SES’s notice', { setupNotice: true, ...verdicts({ virus: 'FAIL', spam: 'FAIL' }) }, 'setup notice'],
  ['as a virus', verdicts({ virus: 'FAIL' }), 'virus'],
  ['as a virus, though it is spam too', verdicts({ virus: 'FAIL', spam: 'FAIL' }), 'virus'],
  ['as spam', verdicts({ spam: 'FAIL' }), 'spam'],
  ['at the desk when SES could not look for a virus', verdicts({ virus: 'PROCESSING_FAILED' }), 'desk'],
  ['with its document when SES is not sure about spam', verdicts({ spam: 'GRAY' }), 'documents'],
  ['at the desk over 25 MB', { size: 25_000_001 }, 'desk'],
  ['with its document at 25 MB', { size: 25_000_000 }, 'documents'],
  ['at the desk over a limit', { tooMuch: 'it is nested more than 50 deep' }, 'desk'],
  ['at the desk when it is no mail', { unreadable: 'it has no headers' }, 'desk'],
  ['as a repeat', { knownMessage: true }, 'repeat'],
  ['as a repeat of an answer', { knownMessage: true, ...answersRequest }, 'repeat'],
  ['as automatic when it is our own', { sender: 'invoices@pilot.example' }, 'automatic'],
  ['as automatic when it is a bounce, whatever hangs on it', { automatic: 'report' }, 'automatic'],
  [
    'as automatic when it is an out-of-office answer to a request',
    { automatic: 'reply', ...answersRequest },
    'automatic',
  ],
  [
    'as automatic when a program wrote it and nothing is attached',
    { automatic: 'generated', documents: 0 },
    'automatic',
  ],
  ['as automatic when it was sent to many and nothing is attached', { automatic: 'bulk', documents: 0 }, 'automatic'],
  ['at the desk when a person wrote through a list or a group address', { automatic: 'list', documents: 0 }, 'desk'],
  [
    'as an answer to a request through a group address',
    { ...answersRequest, automatic: 'list', documents: 0 },
    'answer',
  ],
  ['as an answer to a request', { ...answersRequest, documents: 0 }, 'answer'],
  ['at the desk when nobody signs an answer', { ...answersRequest, documents: 0, sender: null }, 'desk'],
  ['as an answer to a request with something attached', answersRequest, 'answer'],
  ['at the desk when it was sent elsewhere', { recipients: ['ap@pilot.example'] }, 'desk'],
  ['at the desk when nobody is named', { recipients: [] }, 'desk'],
  ['as a list when finance sends one', { brings: 'list', fromFinance: true }, 'list'],
  ['as a payment file when finance sends one', { brings: 'payments', fromFinance: true }, 'payments'],
  ['as a list when anybody else sends one, which is refused as a list', { brings: 'list' }, 'list'],
  ['at the desk with a payment file from anybody else', { brings: 'payments' }, 'desk'],
  ['with its document when finance forwards an invoice', { fromFinance: true }, 'documents'],
  [
    'as automatic with a list that answers by itself',
    { brings: 'list', fromFinance: true, automatic: 'reply' },
    'automatic',
  ],
  ['as a wish when somebody of the pilot wishes', wishes, 'wish'],
  ['as a wish when all of it stands in the subject', { ...wishes, empty: true }, 'wish'],
  [
    'at the desk when a stranger wishes, or who is not proved to be one of us',
    { ...wishes, fromPerson: false },
    'desk',
  ],
  ['at the desk when a wish answers a mail of ours', { ...wishes, answerTo: { invoice: 'I-1', ask: null } }, 'desk'],
  ['as an answer when a wish answers a request', { ...wishes, ...answersRequest }, 'answer'],
  ['as automatic when a program wishes', { ...wishes, automatic: 'generated' }, 'automatic'],
  ['with its document when a wish brings one', { ...wishes, documents: 1 }, 'documents'],
  ['at the desk when it is empty', { documents: 0, empty: true }, 'desk'],
  ['at the desk when nothing is attached', { documents: 0 }, 'desk'],
]

describe('a mail ends', () => {
  it.each(cases)('%s', (_how, over, end) => {
    expect(endOf(arrived(over)).end).toBe(end)
  })
})

describe('the table of ends', () => {
  it('has no row that the others hide', () => {
    const reached = new Set(cases.map(([, over]) => ends.findIndex(({ fits }) => fits(arrived(over)))))
    expect(reached.size).toBe(ends.length)
  })
})

describe('its sender is told', () => {
  it.each<[string, Partial<Arrived>, string]>([
    ['that it is too large', { size: 31_000_000 }, 'Your mail of 31.0 MB is larger'],
    ['that it cannot be opened', { tooMuch: 'it is nested more than 50 deep' }, 'cannot be opened'],
    ['that it could not be read', { unreadable: 'no headers' }, 'could not be read'],
    ['where to send invoices', { recipients: ['ap@pilot.example'] }, 'invoices@pilot.example only'],
    ['that it is empty', { documents: 0, empty: true }, 'arrived empty'],
    ['that nothing is attached', { documents: 0 }, 'No invoice was attached'],
  ])('%s', (_what, over, sentence) => {
    expect(endOf(arrived(over)).answerSender?.sentence).toContain(sentence)
  })

  it.each<[string, Partial<Arrived>]>([
    ['DMARC failed', verdicts({ dmarc: 'FAIL' })],
    ['DMARC could not be told', verdicts({ dmarc: 'GRAY' })],
    ['a machine wrote it', { automatic: 'generated', recipients: ['ap@pilot.example'], documents: 1 }],
    ['it has several From addresses', { sender: null }],
    ['it answers an answer of ours', { answerTo: { invoice: 'I-1', ask: null } }],
  ])('nothing where %s', (_where, over) => {
    expect(endOf(arrived({ documents: 0, ...over })).answerSender).toBeNull()
  })
})

const verdict = fc.constantFrom('PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED', 'DISABLED') as fc.Arbitrary<
  Arrived['verdicts']['spam']
>
const anything: fc.Arbitrary<Arrived> = fc.record({
  setupNotice: fc.boolean(),
  verdicts: fc.record({ spam: verdict, virus: verdict, spf: verdict, dkim: verdict, dmarc: verdict }),
  size: fc.constantFrom(0, 20_000, 30_000_000),
  tooMuch: fc.constantFrom(null, 'it is nested too deep'),
  unreadable: fc.constantFrom(null, 'it is no mail'),
  automatic: fc.constantFrom(null, 'report', 'reply', 'generated', 'bulk', 'list'),
  recipients: fc.constantFrom([], ['invoices@pilot.example'], ['else@pilot.example']),
  inbox: fc.constant('invoices@pilot.example'),
  sender: fc.constantFrom(null, 'billing@vendor.example', 'invoices@pilot.example'),
  answerTo: fc.constantFrom(
    null,
    { invoice: null, ask: null },
    { invoice: 'I-1', ask: null },
    { invoice: 'I-1', ask: 1 },
  ),
  documents: fc.nat(3),
  brings: fc.constantFrom('documents', 'list', 'payments'),
  fromFinance: fc.boolean(),
  fromPerson: fc.boolean(),
  wish: fc.constantFrom(null, 'a report per vendor'),
  empty: fc.boolean(),
  knownMessage: fc.boolean(),
})

describe('whatever arrives', { timeout: 30_000 }, () => {
  it('ends in one place, says why in a sentence, and never answers who must not be answered', () => {
    fc.assert(
      fc.property(anything, (mail) => {
        const { end, because, answerSender } = endOf(mail)
        expect(because).toMatch(/\.$/)
        if (mail.verdicts.virus === 'FAIL' && !mail.setupNotice) expect(end).toBe('virus')
        if (end === 'documents') {
          expect(mail.documents).toBeGreaterThan(0)
          expect(mail.verdicts.virus).toBe('PASS')
        }
        if (end === 'payments') expect(mail.fromFinance).toBe(true)
        if (end === 'wish') {
          expect(mail).toMatchObject({ fromPerson: true, documents: 0, answerTo: null })
          expect(mail.wish).not.toBeNull()
          expect(['list', null]).toContain(mail.automatic)
        }
        if (answerSender) {
          expect(end).toBe('desk')
          expect(mail.verdicts.dmarc).toBe('PASS')
          expect(mail.automatic).toBeNull()
          expect(mail.sender).toBe('billing@vendor.example')
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the address of ours that a mail reached', () => {
  const inbox = 'invoices@pilot.example'
  it.each<[string, string[], string | undefined]>([
    ['is the inbox', ['a@b.example', 'Invoices@pilot.example'], inbox],
    [
      'keeps its tag, and one with a tag comes first',
      [inbox, 'invoices+Sales@pilot.example'],
      'invoices+sales@pilot.example',
    ],
    ['is none where it was sent elsewhere', ['sales@pilot.example', 'invoices+sales@else.example'], undefined],
  ])('%s', (_what, recipients, expected) => {
    expect(reached({ recipients, inbox })).toBe(expected)
  })
})
