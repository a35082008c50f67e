/** What these texts make of each kind of invoice, found out by sending one: so the cases hold for any rules. */
import { ofShape, sendBill } from './acts.ts'
import { NotTried } from './case.ts'
import { type Shape, shapes } from './documents.ts'
import type { Asked, Hands, Recorded } from './hands.ts'

export type Tried = { shape: Shape; record: Recorded }

/** The scene in which every kind was tried, and what came of each. */
export type Trial = { hands: Hands; all: Tried[] }

/** One invoice of every kind, all of them at once. */
export const tryAll = async (hands: Hands): Promise<Trial> => ({
  hands,
  all: await Promise.all(
    shapes.map(async (shape, position) => ({ shape, record: await sendBill(hands, ofShape(hands, shape), position) })),
  ),
})

/** The first thing that an approver is asked about this invoice; undefined where none is. */
export const firstAsk = ({ record: { asks } }: Tried): Asked | undefined =>
  asks.find(({ purpose }) => purpose === 'approve')

const kinds = shapes.map(({ name }) => name).join(', ')

/** The first kind about which an approver is asked, and `fits` holds; `otherwise` is what is so where there is none. */
export const askedKind = (
  { all }: Trial,
  otherwise: string,
  fits: (ask: Asked, tried: Tried) => boolean = () => true,
): Tried => {
  const found = all.find((one) => {
    const ask = firstAsk(one)
    return ask !== undefined && fits(ask, one)
  })
  if (!found) throw new NotTried(`Not tried: with these texts ${otherwise}, whatever the invoice (${kinds}).`)
  return found
}

/** The first kind about which any approver is asked. */
export const anyAsked = (trial: Trial): Tried => askedKind(trial, 'no approver is asked')
