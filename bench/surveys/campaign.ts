import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../../core/database/connection.ts'
import { hashOf, makeToken } from '../../plugins/surveys/answers/tokens.ts'
import { placeCount } from '../../plugins/surveys/questions/places.ts'
import type { Question } from '../../plugins/surveys/questions/question.ts'
import type { SurveyTables } from '../../plugins/surveys/tables.ts'

/** Somebody with a link, and what will be answered about each cell of it: a step of 1 to 5. */
export interface Phone {
  token: string
  answerId: string
  /** One; in a linked campaign all of the group. */
  cells: readonly number[]
  isLinked: boolean
  step: number
}
export interface BenchCampaign {
  id: number
  cells: number[]
  phones: Phone[]
}

/** Students of one group in one course. */
const perCell = 25
/** Teachers of a group in a linked campaign. */
const perGroup = 6
const text = { kk: '?', ru: '?', en: '?' }
const ends = { low: text, high: text }
const questions: Question[] = [{ id: 'clear', kind: 'scale', text, steps: 5, ...ends, weight: 1 }]

/** An open campaign with a link for each phone, about one teacher or a group's; phones of a group do not come one after the other. */
export async function makeCampaign(
  { db }: Database,
  answers: number,
  isLinked: boolean,
): Promise<BenchCampaign> {
  const own = db.withSchema('plugin_surveys') as unknown as Kysely<SurveyTables>
  const title = JSON.stringify(text)
  const day = 24 * 3600 * 1000
  const { id: questionnaire } = await insert(own, 'questionnaire', { code: randomUUID(), title })
  const version = await insert(own, 'questionnaire_version', {
    questionnaire_id: questionnaire,
    number: 1,
    questions: JSON.stringify(questions),
  })
  const campaign = await insert(own, 'campaign', {
    title,
    version_id: version.id,
    period_from: '2026-01-01',
    period_to: '2026-12-31',
    opens_at: new Date(Date.now() - day),
    closes_at: new Date(Date.now() + day),
    threshold: 5,
    released_at: new Date(),
    linked_ground: isLinked ? title : null,
  })
  const { rows } = await sql<{ id: number; group: string }>`
    insert into plugin_surveys.cell (campaign_id, course_code, course_title, group_code, teacher_id, teacher_name, students)
    select ${campaign.id}, 'C', 'C', 'G' || n, ${perGroup} * n + t, 'T', ${perCell}
    from generate_series(1, ${Math.ceil(answers / perCell)}) n, generate_series(1, ${isLinked ? perGroup : 1}) t
    returning id, group_code as "group"`.execute(own)
  const cells = rows.map(({ id }) => id)
  const groups = [...Map.groupBy(rows, ({ group }) => group)]
  await sql`
    insert into plugin_surveys.tally (cell_id, counts)
    select id, array_fill(0, array[${placeCount(questions)}::integer]) from unnest(${cells}::bigint[]) id`.execute(
    own,
  )
  const phones = Array.from({ length: answers }, (_, index) => ({
    token: makeToken(),
    answerId: randomUUID(),
    cells: groups[index % groups.length]![1].map(({ id }) => id),
    isLinked,
    step: 1 + (index % 5),
  }))
  const bundles = isLinked ? await insertBundles(own, campaign.id) : null
  const about = phones.map(
    (phone, index) => bundles?.get(groups[index % groups.length]![0]) ?? phone.cells[0]!,
  )
  await sql`
    insert into plugin_surveys.token (hash, ${sql.ref(isLinked ? 'bundle_id' : 'cell_id')}, way)
    select x.hash, x.about, 'paper' from unnest(${phones.map(({ token }) => hashOf(token))}::bytea[], ${about}::bigint[]) x (hash, about)`.execute(
    own,
  )
  return { id: campaign.id, cells, phones }
}

async function insertBundles(db: Kysely<SurveyTables>, campaign: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; group: string }>`
    insert into plugin_surveys.bundle (campaign_id, groups)
    select ${campaign}, array[group_code] from plugin_surveys.cell where campaign_id = ${campaign} group by group_code
    returning id, groups[1] as "group"`.execute(db)
  return new Map(rows.map(({ id, group }) => [group, id]))
}

async function insert(
  db: Kysely<SurveyTables>,
  table: 'questionnaire' | 'questionnaire_version' | 'campaign',
  row: object,
) {
  return await db
    .insertInto(table)
    .values(row as never)
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** How many answers the sums lack, and how many they have too often, by cell and step; of a linked campaign also persons among the voices. */
export async function compareSums(
  { db }: Database,
  { id, cells, phones }: BenchCampaign,
): Promise<{ lost: number; doubled: number }> {
  const { rows } = await sql<{ cell_id: number; counts: number[] }>`
    select cell_id, counts from plugin_surveys.tally where cell_id = any(${cells}::bigint[])`.execute(db)
  const sent = new Map<string, number>()
  for (const { cells: own, step } of phones)
    for (const cell of own) sent.set(`${cell} ${step}`, (sent.get(`${cell} ${step}`) ?? 0) + 1)
  const found = { lost: 0, doubled: 0 }
  if (phones[0]?.isLinked) {
    const { rows: heard } = await sql<{ voices: number }>`
      select coalesce(sum(jsonb_array_length(voices)), 0)::integer as voices from plugin_surveys.bundle where campaign_id = ${id}`.execute(
      db,
    )
    const more = heard[0]!.voices - phones.length
    if (more > 0) found.doubled += more
    else found.lost -= more
  }
  for (const { cell_id: cell, counts } of rows) {
    for (const step of [1, 2, 3, 4, 5]) {
      const more = counts[step]! - (sent.get(`${cell} ${step}`) ?? 0)
      if (more > 0) found.doubled += more
      else found.lost -= more
    }
  }
  return found
}
