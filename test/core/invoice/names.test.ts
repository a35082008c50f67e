/** Names that are the same, and names that a reader in a hurry takes for the same. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainName, sameCompany, sameName, similarNames } from '../../../functions/core/invoice/names.ts'

describe('names of companies', () => {
  it.each([
    ['Acme GmbH', 'ACME AG'],
    ['Müller & Söhne GmbH', 'Muller Sohne'],
    ['Nordlicht Messebau', 'Nordlicht Messebua'],
    ['Stadtwerke Musterhafen', 'Stadtwerke Musterhafen Netz'],
    ['Microsoft', 'Micr0soft'],
    ['Papier & Druck GmbH', 'Рарі\u0435r & Druсk GmbH'],
    ['TEXACO', '\u03a4\u0395\u03a7\u0391C\u039f'],
    ['Lumen S.p.A.', 'Lumen SpA'],
  ])('%s and %s are similar', (one, other) => {
    expect(similarNames(one, other)).toBe(true)
    expect(similarNames(other, one)).toBe(true)
  })

  it.each([
    ['Acme GmbH', 'Apex GmbH'],
    ['Nordlicht Messebau GmbH', 'Nordstern Messebau GmbH'],
    ['Paper Ltd', 'Pepper Ltd & Co'],
    ['GmbH', 'AG'],
    ['', ''],
  ])('%s and %s are not', (one, other) => {
    expect(similarNames(one, other)).toBe(false)
  })

  it.each([
    ['Papier & Druck GmbH', 'papier und  druck'],
    ['Papier & Druck GmbH', 'Papier+Druck G.m.b.H.'],
    ['Brightside Media Ltd', 'Brightside Media Limited'],
    ['Meyer GmbH & Co. KG', 'Meyer GmbH und Co KG'],
    ['Lumen S.p.A.', 'LUMEN'],
    ['SE', 'se'],
  ])('%s and %s are the same', (one, other) => {
    expect(sameName(one, other)).toBe(true)
    expect(sameName(other, one)).toBe(true)
  })

  it.each([
    ['Acme GmbH', 'Acme AG'],
    ['Acme GmbH', 'Acme Holding GmbH'],
    ['Müller GmbH', 'Muller GmbH'],
    ['Micr0soft', 'Microsoft'],
    ['AS Solutions', 'Solutions AS'],
    ['Meyer GmbH', 'Meyer GmbH & Co. KG'],
    ['& und', '+'],
  ])('%s and %s are not the same', (one, other) => {
    expect(sameName(one, other)).toBe(false)
    expect(sameName(other, one)).toBe(false)
  })

  it('the same company has any legal form', () => {
    expect(sameCompany('Pilot Trading SE', 'PILOT TRADING')).toBe(true)
    expect(sameCompany('Pilot Trading SE', 'Pilot Trading Services SE')).toBe(false)
    expect(sameCompany('', '')).toBe(false)
  })

  it('a name is similar to itself whatever its case and spaces', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => /[\p{L}\p{N}]/u.test(text))
    fc.assert(
      fc.property(name, (text) => {
        expect(similarNames(text, `  ${text} `)).toBe(true)
        expect(plainName(plainName(text))).toBe(plainName(text))
      }),
    )
  })
})
