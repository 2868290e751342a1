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
    .innerJoin('cell as c', 'c.id', 't.cell_id')
    .innerJoin('campaign as p', 'p.id', 'c.campaign_id')
    .innerJoin('questionnaire_version as v', 'v.id', 'p.version_id')
    .select(['c.teacher_name', 'c.course_title', 'c.group_code', 'p.title', 'p.threshold', 'v.questions'])
    .select(['p.opens_at as opensAt', 'p.closes_at as closesAt', 'p.released_at as releasedAt'])
    .select(['p.closed_at as closedAt', (eb) => eb('t.receipt', 'is not', null).as('used')])
    .where('t.hash', '=', hashOf(token))
    .executeTakeFirst()
  if (!found) throw new UstazError('surveys.link-unknown', { status: 404 })
  const state = stateOf(found, now)
  return {
    state: found.used ? 'used' : state === 'open' ? 'open' : state === 'planned' ? 'early' : 'over',
    title: found.title,
    teacher: found.teacher_name,
    course: found.course_title,
    group: found.group_code,
    closesAt: found.closesAt.toISOString(),
    threshold: found.threshold,
    questions: found.questions,
  }
}
