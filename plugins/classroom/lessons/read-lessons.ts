import type { Page } from '@ustaz/core/contract'
import { UstazError } from '@ustaz/core/contract'
import type { PluginContext, Scope } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { Lesson } from '../contract.ts'
import type { ClassroomTables } from '../tables.ts'

type Context = PluginContext<ClassroomTables>
interface Filter {
  page: number
  pageSize: number
  from?: string | undefined
  to?: string | undefined
  only: 'all' | 'disputed'
}

/** Lessons that are over of the teachers a scope reaches, newest first. */
export async function listLessons(context: Context, scope: Scope, filter: Filter): Promise<Page<Lesson>> {
  const { page, pageSize, from, to, only } = filter
  const { timeZone } = context
  let query = lessonsWith(context)
    .where('lesson.cancelled_at', 'is', null)
    .where('lesson.ends_at', '<=', context.now())
    .where('lesson.teacher_id', 'is not', null)
  const teachers = await context.people.teachersIn(scope)
  if (teachers) query = query.where(sql<boolean>`lesson.teacher_id = any(${teachers}::bigint[])`)
  const dayOf = sql`(lesson.starts_at at time zone ${timeZone})`
  if (from) query = query.where(sql<boolean>`${dayOf} >= ${from}::date`)
  if (to) query = query.where(sql<boolean>`${dayOf} < ${to}::date + 1`)
  if (only === 'disputed') query = query.where('dispute.id', 'is not', null)
  const rows = await query
    .select(sql<number>`(count(*) over ())::integer`.as('total'))
    .orderBy('lesson.starts_at', 'desc')
    .orderBy('lesson.id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  const names = await namesOf(context)
  return { items: rows.map((row) => toLesson(row, names)), total: rows[0]?.total ?? 0, page, pageSize }
}

/** Throws `classroom.lesson-not-found`, also where the scope does not reach. */
export async function readLesson(context: Context, scope: Scope, id: number): Promise<Lesson> {
  const row = await lessonsWith(context)
    .where('lesson.id', '=', id)
    .where('lesson.cancelled_at', 'is', null)
    .executeTakeFirst()
  const teachers = await context.people.teachersIn(scope)
  const reaches = row?.teacher_id != null && (teachers === null || teachers.includes(row.teacher_id))
  if (!row || !reaches) throw new UstazError('classroom.lesson-not-found', { status: 404, params: { id } })
  return toLesson(row, await namesOf(context))
}

function lessonsWith({ db }: Context) {
  return db
    .selectFrom('lesson')
    .leftJoin('room', 'room.id', 'lesson.room_id')
    .leftJoin('lesson_attendance as a', 'a.lesson_id', 'lesson.id')
    .leftJoin('dispute', (join) =>
      join.on(
        'dispute.id',
        '=',
        sql<number>`(select max(d.id) from plugin_classroom.dispute d where d.lesson_id = lesson.id)`,
      ),
    )
    .select(['lesson.id', 'lesson.subject', 'lesson.kind', 'lesson.group_code', 'lesson.teacher_id'])
    .select(['lesson.starts_at', 'lesson.ends_at', 'lesson.enrolment', 'room.code as room'])
    .select([
      'a.method',
      'a.coverage',
      'a.people',
      'a.lowest',
      'a.highest',
      'a.share',
      'a.expected_share',
      'a.peers',
    ])
    .select(['a.temperature', 'a.co2', 'a.cold', 'a.stuffy'])
    .select([
      'dispute.id as dispute_id',
      'dispute.reason',
      'dispute.opened_at',
      'dispute.decision',
      'dispute.answer',
    ])
}
type Row = Awaited<ReturnType<ReturnType<typeof lessonsWith>['execute']>>[number]

async function namesOf({ people }: Context): Promise<Map<number, string>> {
  const teachers = await people.listTeachers()
  return new Map(
    teachers.map(({ id, familyName, givenName, patronymic }) => [
      id,
      [familyName, givenName, patronymic].filter(Boolean).join(' '),
    ]),
  )
}

function toLesson(row: Row, names: ReadonlyMap<number, string>): Lesson {
  const { teacher_id: teacher } = row
  return {
    id: row.id,
    subject: row.subject,
    kind: row.kind,
    group: row.group_code,
    teacher: teacher === null ? null : { id: teacher, name: names.get(teacher) ?? String(teacher) },
    room: row.room,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    enrolment: row.enrolment,
    attendance:
      row.method === null || row.coverage === null
        ? null
        : {
            method: row.method,
            coverage: row.coverage,
            people: row.people,
            lowest: row.lowest,
            highest: row.highest,
            share: row.share,
            expectedShare: row.expected_share,
            peers: row.peers,
            temperature: row.temperature,
            co2: row.co2,
            cold: row.cold,
            stuffy: row.stuffy,
          },
    dispute:
      row.dispute_id === null || row.reason === null || row.opened_at === null
        ? null
        : {
            id: row.dispute_id,
            reason: row.reason,
            openedAt: row.opened_at.toISOString(),
            decision: row.decision,
            answer: row.answer,
          },
  }
}
