import type { AnsweredSuggestions, Learner } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ForecastTables } from '../tables.ts'
import { probabilityOf } from './matching/judge.ts'
import { readMatching } from './matching/store.ts'

/** What this plugin does for all others: judges candidates by what was learned, and counts what became of suggestions. */
export const learner: Learner<ForecastTables> = {
  async judge({ db, matchings }, matching, candidates) {
    const hosted = matchings.list().find(({ id }) => id === matching)
    const learned = hosted ? await readMatching(db, matching, hosted.features) : null
    if (!learned) return null
    return {
      probabilities: candidates.map((features) => probabilityOf(learned, features)),
      threshold: learned.threshold,
    }
  },
  async count({ db, matchings, now }, answered) {
    const isMatching = matchings.list().some(({ id }) => id === answered.task)
    if (!isMatching && !(await isTask(db, answered.task))) return
    await addAnswers(db, answered, now().toISOString().slice(0, 10))
  },
}

async function isTask(db: Kysely<ForecastTables>, task: string): Promise<boolean> {
  const known = await db.selectFrom('sorting_task').select('task').where('task', '=', task).executeTakeFirst()
  return known !== undefined
}

async function addAnswers(
  db: Kysely<ForecastTables>,
  { task, answer, count }: AnsweredSuggestions,
  day: string,
): Promise<void> {
  await db
    .insertInto('sorting_answer')
    .values({ task, day, [answer]: count })
    .onConflict((conflict) =>
      conflict
        .columns(['task', 'day'])
        .doUpdateSet({ [answer]: sql`sorting_answer.${sql.ref(answer)} + ${count}` }),
    )
    .execute()
}
