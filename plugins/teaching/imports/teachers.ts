import type { TableImport, TableRow, TeacherName } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { TeachingTables } from '../tables.ts'
import { knownGroups } from './known-groups.ts'
import { rebuildFrom } from './rebuild-from.ts'
import { readYesNo } from './read-cell.ts'

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
      taught: { read: readYesNo, example: { kk: 'иә', ru: 'да', en: 'yes' } },
    },
    async readKnown(trx, lines) {
      const codes = lines.flatMap(({ values }) => values['group'] ?? [])
      const { rows } = await sql<{ group: string; teacher_id: number; taught: string }>`
        select g.code as "group", t.teacher_id, t.taught::text from plugin_teaching.group_teacher t join plugin_teaching.course_group g on g.id = t.group_id
        where g.code = any(${codes}::text[])`.execute(trx)
      return rows.map(({ group, teacher_id: id, taught }) => ({
        group,
        teacher: codeOf.get(id) ?? String(id),
        taught,
      }))
    },
    check(lines) {
      // Whoever is named taught, unless it is said not to be so.
      for (const line of lines) line.after = { ...line.after, taught: line.after['taught'] ?? 'true' }
    },
    async insert(trx, rows) {
      await sql`
        insert into plugin_teaching.group_teacher (group_id, teacher_id, taught)
        select g.id, x.teacher_id, x.taught
        from ${asTable(rows)} join plugin_teaching.course_group g on g.code = x."group"`.execute(trx)
    },
    async update(trx, rows) {
      await sql`
        update plugin_teaching.group_teacher t set taught = x.taught
        from ${asTable(rows)} join plugin_teaching.course_group g on g.code = x."group"
        where t.group_id = g.id and t.teacher_id = x.teacher_id`.execute(trx)
    },
    finish: rebuildFrom,
  }

  function asTable(rows: readonly TableRow[]) {
    const known = rows.map(({ group, teacher, taught }) => ({
      group,
      teacher_id: idOf.get(teacher ?? ''),
      taught,
    }))
    return sql`json_to_recordset(${JSON.stringify(known)}::json) as x ("group" text, teacher_id bigint, taught boolean)`
  }
}
