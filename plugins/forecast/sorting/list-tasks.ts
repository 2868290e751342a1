import type { Page } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ForecastTables } from '../tables.ts'
import type { SortingTask } from './contract.ts'
import { kindTask } from './labelled-by.ts'
import type { TaskCard } from './learn-task.ts'
import type { MatchingCard } from './matching/learn-matching.ts'

interface TaskRow {
  task: string
  classes: number | null
  threshold: number | null
  refused: 'few' | 'no-better' | null
  questions: number
  learned_at: Date
  card: TaskCard | null
  matching: MatchingCard | null
  shown: number
  taken: number
  declined: number
}

/** The kind of evidence first, then matchings, then choices of forms, by name. */
export async function listTasks(
  db: Kysely<ForecastTables>,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Page<SortingTask>> {
  const table = (name: string) => sql.table(`plugin_forecast.${name}`)
  const all = sql`(
    select task, case when task = ${kindTask} then 0 else 2 end as place from ${table('sorting_task')}
    union all select matching, 1 from ${table('sorting_matching')})`
  const counted = await sql<{ total: number }>`select count(*)::int as total from ${all} a`.execute(db)
  const { rows } = await sql<TaskRow>`
    select p.task, cardinality(t.classes) as classes, coalesce(t.threshold, m.threshold) as threshold, m.refused,
      coalesce(m.questions, 0) as questions, coalesce(t.learned_at, m.learned_at) as learned_at, t.card, m.card as matching,
      coalesce(s.shown, 0) as shown, coalesce(s.taken, 0) as taken, coalesce(s.declined, 0) as declined
    from (select * from ${all} a order by place, task limit ${pageSize} offset ${(page - 1) * pageSize}) p
    left join ${table('sorting_task')} t on p.place <> 1 and t.task = p.task
    left join ${table('sorting_matching')} m on p.place = 1 and m.matching = p.task
    left join lateral (
      select sum(shown)::int as shown, sum(taken)::int as taken, sum(declined)::int as declined
      from ${table('sorting_answer')} where task = p.task) s on true
    order by p.place, p.task`.execute(db)
  return { items: rows.map(taskOf), total: counted.rows[0]!.total, page, pageSize }
}

function taskOf({ card, matching, questions, learned_at, ...row }: TaskRow): SortingTask {
  const either = card ?? matching
  return {
    ...row,
    learnedAt: learned_at.toISOString(),
    records: card?.records ?? questions,
    heldOut: either?.heldOut ?? 0,
    accuracy: either?.accuracy ?? null,
    rule: matching?.rule ?? null,
    mostFrequent: either?.mostFrequent ?? null,
    suggested: either?.suggested ?? null,
    rightIfSuggested: either?.rightIfSuggested ?? null,
    gap: matching?.gap ?? null,
    backend: either?.backend ?? null,
    seed: either?.seed ?? null,
    seconds: either?.seconds ?? null,
  }
}
