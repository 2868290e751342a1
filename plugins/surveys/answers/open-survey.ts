import { UstazError } from '@ustaz/core/contract'
import type { Kysely } from 'kysely'
import { stateOf } from '../campaigns/state.ts'
import type { OpenedSurvey } from '../contract.ts'
import type { SurveyTables } from '../tables.ts'
import { hashOf } from './tokens.ts'

/** What is asked by a link. Nothing is noted of its being opened. Throws `surveys.link-unknown` (404). */
export async function openSurvey(db: Kysely<SurveyTables>, token: string, now: Date): Promise<OpenedSurvey> {
  const found = await db
    .selectFrom('token as t')
    .leftJoin('cell as c', 'c.id', 't.cell_id')
    .leftJoin('bundle as b', 'b.id', 't.bundle_id')
    .innerJoin('campaign as p', (on) =>
      on.on((eb) => eb('p.id', '=', eb.fn.coalesce('c.campaign_id', 'b.campaign_id'))),
    )
    .innerJoin('questionnaire_version as v', 'v.id', 'p.version_id')
    .select(['p.id', 't.cell_id', 'b.groups', 'p.title', 'p.threshold', 'p.linked_ground', 'v.questions'])
    .select(['p.opens_at as opensAt', 'p.closes_at as closesAt', 'p.released_at as releasedAt'])
    .select(['p.closed_at as closedAt', (eb) => eb('t.receipt', 'is not', null).as('used')])
    .where('t.hash', '=', hashOf(token))
    .executeTakeFirst()
  if (!found) throw new UstazError('surveys.link-unknown', { status: 404 })
  const state = stateOf(found, now)
  return {
    state: found.used ? 'used' : state === 'open' ? 'open' : state === 'planned' ? 'early' : 'over',
    title: found.title,
    linked: found.linked_ground && { ground: found.linked_ground },
    about: await readAbout(db, found),
    closesAt: found.closesAt.toISOString(),
    threshold: found.threshold,
    questions: found.questions,
  }
}

/** By course and teacher. */
async function readAbout(
  db: Kysely<SurveyTables>,
  { id, cell_id: cell, groups }: { id: number; cell_id: number | null; groups: string[] | null },
): Promise<OpenedSurvey['about']> {
  const rows = db
    .selectFrom('cell')
    .select(['id', 'teacher_name as teacher', 'course_title as course', 'group_code as group'])
    .where('campaign_id', '=', id)
    .orderBy('course_title')
    .orderBy('teacher_name')
    .orderBy('id')
  return await (groups ? rows.where('group_code', 'in', groups) : rows.where('id', '=', cell)).execute()
}
