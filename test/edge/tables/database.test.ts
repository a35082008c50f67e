/** The database in memory does what every database has to do. */
import { memoryDatabase } from '../../make/memory-database.ts'
import { databaseContract } from './database-contract.ts'

databaseContract('memory', async () => ({ database: memoryDatabase(), table: 'Invoices' }))
