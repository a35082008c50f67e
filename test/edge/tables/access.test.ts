/** The Access table in memory does what it has to do. */
import { memoryDatabase } from '../../make/memory-database.ts'
import { accessContract } from './access-contract.ts'

accessContract('memory', async () => ({ database: memoryDatabase(), table: 'Access' }))
