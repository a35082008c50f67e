/** What the table modules need of a database: get, query, and one all-or-nothing write. DynamoDB here, memory in tests. */
import { ConditionalCheckFailedException, DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb'

export type Key = { pk: string; sk: string }
export type Item = Key & Record<string, unknown>

/** Holds when the item is not there, or when one of its attributes has this value. */
export type Condition = 'absent' | { attribute: string; is: string | number }

/** Puts or removes a whole item, or only checks one that something else depends on. */
export type Write = { table: string; when?: Condition } & ({ put: Item } | { remove: Key } | { check: Key })

export type Query = {
  table: string
  pk: string
  /** The sort key begins with this … */
  begins?: string
  /** … or is at most this. */
  upTo?: string
  index?: { name: string; pk: string; sk: string }
  newestFirst?: boolean
}

export type Database = {
  /** Reads consistently. */
  get: (table: string, key: Key) => Promise<Item | null>
  /** All that match, consistently; from an index what has arrived there. */
  query: (query: Query) => Promise<Item[]>
  /** Writes all or nothing; answers the positions of the writes whose condition did not hold, none when it was written. */
  write: (writes: Write[]) => Promise<number[]>
}

/** Somebody else wrote first. Whoever is at the top reads again and decides anew, at once. */
export class Conflict extends Error {
  override name = 'Conflict'
}

/** Two transactions touched the same item; DynamoDB cancels one of them, and the SDK does not try it again. */
const triesOnConflict = 6

const conditionOf = (when: Condition | undefined) => {
  if (!when) return {}
  if (when === 'absent') return { ConditionExpression: 'attribute_not_exists(pk)' }
  return {
    ConditionExpression: '#attribute = :is',
    ExpressionAttributeNames: { '#attribute': when.attribute },
    ExpressionAttributeValues: { ':is': when.is },
  }
}

/** An item is a key too; DynamoDB takes the key alone. */
const keyOf = ({ pk, sk }: Key): Key => ({ pk, sk })

const putOf = (write: Write & { put: Item }) => ({
  TableName: write.table,
  Item: write.put,
  ...conditionOf(write.when),
})
const keyed = (write: Write & ({ remove: Key } | { check: Key })) => ({
  TableName: write.table,
  Key: keyOf('remove' in write ? write.remove : write.check),
  ...conditionOf(write.when),
})

const transactItem = (write: Write) => {
  if ('put' in write) return { Put: putOf(write) }
  if ('remove' in write) return { Delete: keyed(write) }
  return { ConditionCheck: { ConditionExpression: 'attribute_exists(pk)', ...keyed(write) } }
}

export const dynamoDatabase = (client = new DynamoDBClient({})): Database => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })

  const transact = async (writes: Write[], triesLeft: number): Promise<number[]> => {
    try {
      await documents.send(
        new TransactWriteCommand({
          TransactItems: writes.map(transactItem),
        }),
      )
      return []
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error
      const reasons = error.CancellationReasons ?? []
      const refused = reasons.flatMap((reason, index) => (reason.Code === 'ConditionalCheckFailed' ? [index] : []))
      if (refused.length > 0) return refused
      const conflict = reasons.some((reason) => reason.Code === 'TransactionConflict')
      if (!conflict || triesLeft === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** (triesOnConflict - triesLeft)))
      return transact(writes, triesLeft - 1)
    }
  }

  const single = async (write: Write): Promise<number[]> => {
    try {
      if ('put' in write) await documents.send(new PutCommand(putOf(write)))
      else if ('remove' in write) await documents.send(new DeleteCommand(keyed(write)))
      else throw new Error('a check stands beside a write, never alone')
      return []
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return [0]
      throw error
    }
  }

  return {
    get: async (table, key) => {
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true }))
      return (Item as Item | undefined) ?? null
    },
    query: async ({ table, pk, begins, upTo, index, newestFirst }) => {
      const items: Item[] = []
      let from: Record<string, unknown> | undefined
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName: table,
            IndexName: index?.name,
            ConsistentRead: !index,
            KeyConditionExpression: ['#pk = :pk', begins && 'begins_with(#sk, :sk)', upTo && '#sk <= :sk']
              .filter(Boolean)
              .join(' AND '),
            ExpressionAttributeNames: {
              '#pk': index?.pk ?? 'pk',
              ...(begins || upTo ? { '#sk': index?.sk ?? 'sk' } : {}),
            },
            ExpressionAttributeValues: { ':pk': pk, ...(begins || upTo ? { ':sk': begins ?? upTo } : {}) },
            ScanIndexForward: !newestFirst,
            ExclusiveStartKey: from,
          }),
        )
        items.push(...((page.Items ?? []) as Item[]))
        from = page.LastEvaluatedKey
      } while (from)
      return items
    },
    write: (writes) => (writes.length === 1 ? single(writes[0] as Write) : transact(writes, triesOnConflict)),
  }
}
