import { UstazError } from '@ustaz/core/contract'
import type { Page } from '@ustaz/core/contract'
import type { PluginContext, Scope } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { ModelCard, Outlook, Subject } from '../contract.ts'
import type { Backtest } from '../ratings/backtest.ts'
import type { ForecastTables, OutlookSubjectTable, OutlookTable, SubjectKind } from '../tables.ts'
import { withinScope } from './within-scope.ts'

type Context = Pick<PluginContext<ForecastTables>, 'db' | 'runs' | 'people'>

/** The newest outlook of each regulation among those after runs that may be seen. */
export async function newestOutlooks({ db, runs }: Context, scope: Scope): Promise<Outlook[]> {
  const all = await db.selectFrom('outlook').selectAll().orderBy('run_id', 'desc').execute()
  const seen = new Set(
    await runs.maySee(
      all.map(({ run_id }) => run_id),
      scope,
    ),
  )
  const newest = new Map<string, Selectable<OutlookTable>>()
  for (const one of all) {
    const known = newest.get(one.regulation_code)
    const isLater = !known || lastDay(one) > lastDay(known)
    if (seen.has(one.run_id) && isLater) newest.set(one.regulation_code, one)
  }
  return await Promise.all([...newest.values()].map(async (one) => await withMeasures(db, one)))
}

const lastDay = ({ periods }: Selectable<OutlookTable>) => periods.at(-1)!.to

/** Throws `forecast.outlook-not-found` (404), also where its run may not be seen. */
export async function findOutlook({ db, runs }: Context, id: number, scope: Scope): Promise<Outlook> {
  const found = await db.selectFrom('outlook').selectAll().where('id', '=', id).executeTakeFirst()
  const seen = found ? await runs.maySee([found.run_id], scope) : []
  if (!found || seen.length === 0) throw new UstazError('forecast.outlook-not-found', { status: 404 })
  return await withMeasures(db, found)
}

/** null: the outlook is older than cards are. Of an outlook that was found. */
export async function readCard({ db }: Context, outlookId: number): Promise<ModelCard | null> {
  const { card } = await db
    .selectFrom('outlook')
    .select('card')
    .where('id', '=', outlookId)
    .executeTakeFirstOrThrow()
  return card
}

async function withMeasures(db: Kysely<ForecastTables>, one: Selectable<OutlookTable>): Promise<Outlook> {
  const measures = await db
    .selectFrom('outlook_measure')
    .select(['measure', 'title', 'backtest'])
    .where('outlook_id', '=', one.id)
    .orderBy('place')
    .execute()
  const { id, run_id, regulation_code, made_at, card: _card, ...rest } = one
  return {
    ...rest,
    id,
    runId: run_id,
    regulation: regulation_code,
    madeAt: made_at.toISOString(),
    measures: measures.map(({ measure, title, backtest }) => {
      const { units = null, ...people } = backtest ?? {}
      return { id: measure, title, backtest: backtest && (people as Backtest), unitBacktests: units }
    }),
  }
}

export interface SubjectFilter {
  measure: string
  kind: SubjectKind
  order: 'rise' | 'fall' | 'level'
}

/** Subjects whose results the scope covers: teachers one by one, units (and the university) that lie wholly in it. */
export async function listSubjects(
  { db, people }: Context,
  outlookId: number,
  { page, pageSize, ...filter }: SubjectFilter & { page: number; pageSize: number },
  scope: Scope,
): Promise<Page<Subject>> {
  const found = subjectsOf(db, outlookId, filter, scope)
  const { total } = await found.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const rows = await inOrder(found, filter.order)
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { items: await withNames(people, rows), total, page, pageSize }
}

/** The same, all of them. */
export async function allSubjects(
  { db, people }: Context,
  outlookId: number,
  filter: SubjectFilter,
  scope: Scope,
): Promise<Subject[]> {
  const rows = await inOrder(subjectsOf(db, outlookId, filter, scope), filter.order).execute()
  return await withNames(people, rows)
}

function subjectsOf(
  db: Kysely<ForecastTables>,
  outlookId: number,
  { measure, kind, order }: SubjectFilter,
  scope: Scope,
) {
  return db
    .selectFrom('outlook_subject as s')
    .where('outlook_id', '=', outlookId)
    .where('measure', '=', measure)
    .where('kind', '=', kind)
    .where(withinScope(kind, scope))
    .$if(order !== 'level', (query) => query.where('change', 'is not', null))
}

function inOrder(found: ReturnType<typeof subjectsOf>, order: SubjectFilter['order']) {
  const sorted = {
    rise: sql`s.change desc`,
    fall: sql`s.change`,
    level: sql`s.mean[1] desc`,
  }[order]
  return found.selectAll().orderBy(sorted).orderBy('subject_id')
}

/** All that is forecast of one teacher; nothing where the scope does not cover the teacher. */
export async function outlookOfTeacher(context: Context, teacherId: number, scope: Scope) {
  const outlooks = await newestOutlooks(context, scope)
  if (outlooks.length === 0) return []
  const rows = await context.db
    .selectFrom('outlook_subject as s')
    .selectAll()
    .where(
      'outlook_id',
      'in',
      outlooks.map(({ id }) => id),
    )
    .where('teacher_id', '=', teacherId)
    .where(withinScope('teacher', scope))
    .execute()
  const subjects = await withNames(context.people, rows)
  return rows.map(({ outlook_id, measure }, index) => ({
    outlook: outlooks.find(({ id }) => id === outlook_id)!,
    measure,
    subject: subjects[index]!,
  }))
}

async function withNames(
  people: Context['people'],
  rows: readonly Selectable<OutlookSubjectTable>[],
): Promise<Subject[]> {
  const isOfPeople = rows.some(({ kind }) => kind === 'teacher')
  const names = new Map(
    (isOfPeople ? await people.listTeachers() : []).map((teacher) => [teacher.id, teacher]),
  )
  return rows.map(({ outlook_id: _outlook, measure: _measure, subject_id, teacher_id, unit_id, ...row }) => {
    const teacher = row.kind === 'teacher' ? names.get(subject_id) : undefined
    const name = teacher
      ? [teacher.familyName, teacher.givenName, teacher.patronymic].filter(Boolean).join(' ')
      : null
    return { ...row, subjectId: subject_id, teacherId: teacher_id, unitId: unit_id, name }
  })
}
