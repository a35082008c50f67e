/** XML that is no invoice which is read here is named, with what a person can do. */
import { describe, expect, it } from 'vitest'
import { readInvoiceXml } from '../../../functions/edge/read/e-invoice.ts'
import { namespacesOf } from '../../make/ubl.ts'

const refusal = (xml: string): string => {
  const result = readInvoiceXml(new TextEncoder().encode(xml))
  return 'refused' in result ? result.refused : 'it was read'
}

describe('invoices in another syntax: the vendor is to be asked for one that is read', () => {
  it.each([
    [
      '<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2" versione="FPR12"/>',
      'a FatturaPA 1.2 invoice',
    ],
    ['<FatturaElettronica/>', 'a FatturaPA invoice'],
    [
      '<FatturaElettronicaSemplificata xmlns="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0"/>',
      'a simplified FatturaPA 1.0 invoice',
    ],
    ['<Invoice xmlns="urn:sfti:documents:BasicInvoice:1:0"/>', 'a Svefaktura 1 invoice'],
    ['<ObjectEnvelope xmlns="urn:sfti:documents:ObjectEnvelope:1:0"/>', 'a Svefaktura 1 envelope'],
    ['<CrossIndustryInvoice/>', 'a Cross Industry Invoice (CII) of another version'],
    ['<CrossIndustryDocument xmlns="urn:ferd:CrossIndustryDocument:invoice:1p0"/>', 'a ZUGFeRD 1 invoice'],
    [
      '<f:Facturae xmlns:f="http://www.facturae.gob.es/formato/Versiones/Facturaev3_2_2.xml"/>',
      'a Facturae 3.2.2 invoice',
    ],
    ['<f:Facturae xmlns:f="http://www.facturae.es/Facturae/2009/v3.2/Facturae"/>', 'a Facturae 3.2 invoice'],
    ['<Invoice xmlns="http://www.ebinterface.at/schema/4p3/"/>', 'an ebInterface 4.3 invoice'],
    ['<Invoice xmlns="http://isdoc.cz/namespace/2013" version="6.0.1"/>', 'an ISDOC 6.0.1 invoice'],
    ['<Finvoice Version="3.0"/>', 'a Finvoice 3.0 invoice'],
    ['<Comprobante xmlns="http://www.sat.gob.mx/cfd/4" Version="4.0"/>', 'a CFDI 4.0 invoice'],
    ['<Invoice xmlns="urn:eslog:2.00"/>', 'an eSLOG 2.00 invoice'],
    ['<Invoice xmlns="http://rep.oio.dk/ubl/xml/schemas/0p71/pie/"/>', 'a document of UBL 1 or older'],
    ['<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-1.0"/>', 'a document of UBL 1 or older'],
    [`<SelfBilledInvoice ${namespacesOf('SelfBilledInvoice')}/>`, 'a self-billed invoice'],
    [`<DebitNote ${namespacesOf('DebitNote')}/>`, 'a debit note'],
    ['<Finvoice Version="'.concat('9'.repeat(5_000), '"/>'), 'a Finvoice invoice'],
  ])('%s', (xml, named) => {
    expect(refusal(xml)).toContain(`This is ${named}`)
    expect(refusal(xml)).toMatch(/, which is not read here; ask the vendor for the invoice as UBL or CII .+\.$/)
  })
})

describe('what is no invoice needs no approval', () => {
  it.each([
    [`<Order ${namespacesOf('Order')}/>`, 'an order'],
    [`<OrderResponse ${namespacesOf('OrderResponse')}/>`, 'the response to an order'],
    [`<Reminder ${namespacesOf('Reminder')}/>`, 'a payment reminder'],
    [`<DespatchAdvice ${namespacesOf('DespatchAdvice')}/>`, 'a despatch advice'],
    [`<ApplicationResponse ${namespacesOf('ApplicationResponse')}/>`, 'a response to a document'],
    ['<x:SCRDMCCBDACIOMessageStructure xmlns:x="x"/>', 'an order (Order-X)'],
    ['<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>', 'a payment file (ISO 20022)'],
  ])('%s', (xml, named) => {
    expect(refusal(xml)).toContain(`This is ${named}`)
    expect(refusal(xml)).toMatch(/, not an invoice; it needs no approval: .+\.$/)
  })
})

describe('everything else', () => {
  it.each([
    ['<html><body>Invoice</body></html>', 'a web page'],
    [
      '<StandardBusinessDocument xmlns="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"/>',
      'an envelope',
    ],
    ['<something/>', 'XML of an unknown kind (its root is "something")'],
    ['<Invoice/>', 'XML of an unknown kind (its root is "Invoice")'],
    [`<CreditNote ${namespacesOf('Invoice')}/>`, 'XML of an unknown kind (its root is "CreditNote")'],
    [`<toString ${namespacesOf('toString')}/>`, 'XML of an unknown kind (its root is "toString")'],
    [`<${'a'.repeat(5_000)}/>`, `(its root is "${'a'.repeat(60)}")`],
  ])('%s', (xml, named) => {
    expect(refusal(xml)).toContain(named)
    expect(refusal(xml)).toMatch(/^This is .+; .+\.$/)
  })
})
