import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery, PostgresDialect, PostgresDriver } from 'kysely'
import type { DatabaseConnection, PostgresDialectConfig, TransactionSettings } from 'kysely'

/** In whose name rows are written, for the audit log. */
export interface Attribution {
  /** account:5, job:rating-run, command:migrate, sign-in:openid (what a provider brought along), visitor (nobody signed in). */
  actor: string
  /** Of the request or job, the same for all its changes; null: there is none. */
  request: string | null
}

const storage = new AsyncLocalStorage<Attribution | null>()

/** Does work whose writes, all that come of it, are attributed. Without it they are those of the database's user. */
export function attributed<T>(attribution: Attribution, work: () => T): T {
  return storage.run(attribution, work)
}

/** The same within a request or job that goes on: only who it is in whose name is another. */
export function attributedTo<T>(actor: string, work: () => T): T {
  return storage.run({ actor, request: storage.getStore()?.request ?? null }, work)
}

/** Does work whose writes nobody audits, so that they need not say whose they are: one trip to the server instead of four. */
export function unattributed<T>(work: () => T): T {
  return storage.run(null, work)
}

/**
 * The one way from the product to its tables: says to PostgreSQL, in each transaction, in whose name it writes (`set local`, so that
 * nothing of it is left on a connection that goes back to the pool). A statement that writes outside of a transaction gets one of its own.
 */
export class AttributedDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig
  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }
  override createDriver(): PostgresDriver {
    return new AttributedDriver(this.#config)
  }
}

type Execute = DatabaseConnection['executeQuery']

class AttributedDriver extends PostgresDriver {
  readonly #known = new WeakSet<DatabaseConnection>()
  readonly #inTransaction = new WeakSet<DatabaseConnection>()

  override async acquireConnection(
    ...options: Parameters<PostgresDriver['acquireConnection']>
  ): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection(...options)
    if (this.#known.has(connection)) return connection
    this.#known.add(connection)
    const execute: Execute = connection.executeQuery.bind(connection)
    connection.executeQuery = async (query, ...rest) => {
      if (this.#inTransaction.has(connection) || !storage.getStore() || !writes.test(query.sql))
        return await execute(query, ...rest)
      return await inTransaction(execute, async () => await execute(query, ...rest))
    }
    return connection
  }

  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings) {
    await super.beginTransaction(connection, settings)
    this.#inTransaction.add(connection)
    const words = attributionWords()
    if (words !== null) await connection.executeQuery(CompiledQuery.raw(words))
  }
  override async commitTransaction(connection: DatabaseConnection) {
    await super.commitTransaction(connection).finally(() => this.#inTransaction.delete(connection))
  }
  override async rollbackTransaction(connection: Parameters<PostgresDriver['rollbackTransaction']>[0]) {
    await super.rollbackTransaction(connection).finally(() => this.#inTransaction.delete(connection))
  }
}

/** Also true of what only reads and names one of these words, which costs it two more trips to the server. */
const writes = /\b(insert\s+into|update|delete\s+from|merge\s+into|truncate|audit_erase)\b/i

async function inTransaction<T>(execute: Execute, work: () => Promise<T>): Promise<T> {
  await execute(CompiledQuery.raw(`begin; ${attributionWords() ?? ''}`))
  try {
    const result = await work()
    await execute(CompiledQuery.raw('commit'))
    return result
  } catch (error) {
    // The first failure is the one to tell; a connection that cannot even roll back is broken, and the pool lets go of it.
    await execute(CompiledQuery.raw('rollback')).catch(() => undefined)
    throw error
  }
}

/** `set local` takes no snapshot, so that a transaction can still be given its isolation level after it. */
function attributionWords(): string | null {
  const attribution = storage.getStore()
  if (!attribution) return null
  const { actor, request } = attribution
  return `set local ustaz.actor = ${quote(actor)}; set local ustaz.request = ${quote(request ?? '')}`
}

const quote = (text: string) => `E'${text.replace(/[\\']/g, '\\$&')}'`
