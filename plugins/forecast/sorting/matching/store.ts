import type { Kysely, Transaction } from 'kysely'
import type { ForecastTables } from '../../tables.ts'
import { bytesOf, floatsOf } from '../bytes.ts'
import type { NamedOutcome } from '../learn-thread.ts'
import type { LearnedMatching } from './learn-matching.ts'

export async function replaceMatchings(
  trx: Transaction<ForecastTables>,
  matchings: readonly NamedOutcome[],
  now: Date,
): Promise<void> {
  await trx.deleteFrom('sorting_matching').execute()
  for (const { matching, features, questions, outcome } of matchings) {
    const learned = outcome.refused === null ? outcome.learned : null
    const card = outcome.refused === null ? outcome.learned.card : outcome.card
    await trx
      .insertInto('sorting_matching')
      .values({
        matching,
        features: [...features],
        refused: outcome.refused,
        questions,
        weights: learned && bytesOf(learned.weights),
        biases: learned && bytesOf(learned.biases),
        temperature: learned?.temperature ?? null,
        threshold: learned?.threshold ?? null,
        card: card && JSON.stringify(card),
        learned_at: now,
      })
      .execute()
  }
}

/** What was learned of a matching; null: nothing, or it is no better than the rule, or was learned by other features than the matching has now. */
export async function readMatching(
  db: Kysely<ForecastTables>,
  matching: string,
  features: readonly string[],
): Promise<Omit<LearnedMatching, 'card'> | null> {
  const row = await db
    .selectFrom('sorting_matching')
    .select(['features', 'weights', 'biases', 'temperature', 'threshold'])
    .where('matching', '=', matching)
    .executeTakeFirst()
  if (!row?.weights || !row.biases || row.temperature === null || row.threshold === null) return null
  if (row.features.join() !== features.join()) return null
  const { temperature, threshold } = row
  return { weights: floatsOf(row.weights), biases: floatsOf(row.biases), temperature, threshold }
}
