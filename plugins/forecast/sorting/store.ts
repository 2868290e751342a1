import { sql } from 'kysely'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { ForecastTables } from '../tables.ts'
import { bytesOf, countsOf, floatsOf } from './bytes.ts'
import type { LearnedTask } from './learn-task.ts'
import type { SortingTables } from './tables.ts'
import type { Usual } from './unusual.ts'

export type UsualRow = Usual & { indicator: string; what: string }

export async function replaceTasks(
  trx: Transaction<ForecastTables>,
  tasks: readonly { task: string; learned: LearnedTask }[],
  now: Date,
): Promise<void> {
  await trx.deleteFrom('sorting_task').execute()
  for (const { task, learned } of tasks) {
    const { classes, temperature, threshold, card, words } = learned
    await trx
      .insertInto('sorting_task')
      .values({
        task,
        classes,
        temperature,
        threshold,
        weights: bytesOf(learned.weights),
        biases: bytesOf(learned.biases),
        rarity: bytesOf(learned.rarity),
        word_hashes: bytesOf(words.hashes),
        word_counts: bytesOf(words.counts),
        card: JSON.stringify(card),
        learned_at: now,
      })
      .execute()
  }
}

export async function replaceUsual(
  trx: Transaction<ForecastTables>,
  rows: readonly UsualRow[],
): Promise<void> {
  await trx.deleteFrom('sorting_usual').execute()
  if (rows.length === 0) return
  await trx
    .insertInto('sorting_usual')
    .columns(['indicator', 'what', 'count', 'middle', 'spread', 'low', 'high'])
    .expression(
      sql`select * from json_to_recordset(${JSON.stringify(rows)}) as r (indicator text, what text, count int,
        middle float8, spread float8, low float8, high float8)`,
    )
    .execute()
}

/** Tasks by name; those that were never learned are left out. */
export async function readTasks(
  db: Kysely<ForecastTables>,
  names: readonly string[],
): Promise<Map<string, LearnedTask>> {
  if (names.length === 0) return new Map()
  const rows = await db
    .selectFrom('sorting_task')
    .selectAll()
    .where('task', 'in', [...names])
    .execute()
  return new Map(rows.map((row) => [row.task, taskOf(row)]))
}

export async function readUsual(db: Kysely<ForecastTables>, indicator: string): Promise<UsualRow[]> {
  return await db.selectFrom('sorting_usual').selectAll().where('indicator', '=', indicator).execute()
}

function taskOf(row: Selectable<SortingTables['sorting_task']>): LearnedTask {
  return {
    classes: row.classes,
    weights: floatsOf(row.weights),
    biases: floatsOf(row.biases),
    rarity: floatsOf(row.rarity),
    temperature: row.temperature,
    threshold: row.threshold,
    words: { hashes: countsOf(row.word_hashes), counts: countsOf(row.word_counts) },
    card: row.card,
  }
}
