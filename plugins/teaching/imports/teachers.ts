import type { TableImport, TeacherName } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import { rebuildResults } from '../results/rebuild-results.ts'
import type { TeachingTables } from '../tables.ts'
import { knownGroups } from './known-groups.ts'

/** Who taught which group; several teachers of one group each have its whole result. `teachers`: all, since core's tables are not read here. */
export function groupTeachers(
  teachers: readonly Pick<TeacherName, 'id' | 'code'>[],
): TableImport<TeachingTables> {
  const codeOf = new Map(teachers.map(({ id, code }) => [id, code]))
  const idOf = new Map(teachers.map(({ id, code }) => [code, id]))
  return {
    kind: 'teachers',
    key: ['group', 'teacher'],
    columns: {
      group: {
        required: true,
        read: 'code',
        among: knownGroups,
        aliases: ['group code', 'section'],
        example: 'CS-101-2025-1-A',
      },
      teacher: {
        required: true,
        read: 'code',
        refersTo: 'teacher',
        aliases: ['teacher code', 'таб. №', 'табельный номер', 'табель нөмірі'],
        example: 'T-0001',
      },
    },
    async readKnown(trx, lines) {
      const codes = lines.flatMap(({ values }) => values['group'] ?? [])
      const { rows } = await sql<{ group: string; teacher_id: number }>`
        select g.code as "group", t.teacher_id from plugin_teaching.group_teacher t join plugin_teaching.course_group g on g.id = t.group_id
        where g.code = any(${codes}::text[])`.execute(trx)
      return rows.map(({ group, teacher_id: id }) => ({ group, teacher: codeOf.get(id) ?? String(id) }))
    },
    async insert(trx, rows) {
      const ids = rows.map(({ teacher }) => idOf.get(teacher ?? '') ?? null)
      await sql`
        insert into plugin_teaching.group_teacher (group_id, teacher_id)
        select g.id, x.teacher_id from unnest(${rows.map(({ group }) => group)}::text[], ${ids}::bigint[]) as x ("group", teacher_id)
        join plugin_teaching.course_group g on g.code = x."group"`.execute(trx)
    },
    // Both columns are the key: there is nothing else to change.
    update: async () => undefined,
    finish: rebuildResults,
  }
}
