/** The Reference table: what finance keeps elsewhere, the vendor list and the open purchase orders. */
import type { PurchaseOrder, Vendor } from '../../core/invoice/references.ts'
import type { Database, Write } from './database.ts'

const vendorsPk = 'VENDORS'
const orderKey = (order: string) => ({ pk: 'ORDERS', sk: order.trim().toUpperCase() })

export const referenceTable = (database: Database, table: string) => ({
  /** The whole vendor list: matching by account, address and name has to see all of it. */
  vendors: async (): Promise<Vendor[]> =>
    (await database.query({ table, pk: vendorsPk })).map((item) => item.vendor as Vendor),
  order: async (order: string): Promise<PurchaseOrder | null> =>
    ((await database.get(table, orderKey(order)))?.order as PurchaseOrder | undefined) ?? null,
  vendorWrite: (vendor: Vendor): Write => ({ table, put: { pk: vendorsPk, sk: vendor.vendor, vendor } }),
  orderWrite: (order: PurchaseOrder): Write => ({ table, put: { ...orderKey(order.order), order } }),
})
