import type { TableImport, TableRow } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { TeachingTables } from '../tables.ts'
import { knownGroups } from './known-groups.ts'
import { pseudonymOf } from './pseudonym.ts'
import { rebuildFrom } from './rebuild-from.ts'
import { readAttempts, readPercent, readYesNo } from './read-cell.ts'

/** Who was enrolled in which group and what they were given. A student's code is hashed as it is read: nothing else of it goes on. */
export function studentGrades(key: Buffer): TableImport<TeachingTables> {
  return {
    kind: 'grades',
    key: ['group', 'student'],
    columns: {
      group: {
        required: true,
        read: 'code',
        among: knownGroups,
        aliases: ['group code', 'section'],
        example: 'CS-101-2025-1-A',
      },
      student: {
        required: true,
        read: (code) => pseudonymOf(key, code),
        aliases: [
          'student code',
          'id number',
          'индивидуальный номер',
          'жекеше нөмір',
          'номер зачетной книжки',
        ],
        example: 'S-000123',
      },
      grade: {
        read: readPercent,
        aliases: ['percent', 'total', 'итог', 'процент', 'пайыз'],
        example: '87.5',
      },
      attempts: { read: readAttempts, aliases: ['attempt'], example: '1' },
      attended: {
        read: readYesNo,
        aliases: ['came to the exam', 'явка'],
        example: { kk: 'иә', ru: 'да', en: 'yes' },
      },
      enrolled: { read: readYesNo, example: { kk: 'иә', ru: 'да', en: 'yes' } },
    },
    async readKnown(trx, lines) {
      const codes = [...new Set(lines.flatMap(({ values }) => values['group'] ?? []))]
      const { rows } = await sql<TableRow>`
        select g.code as "group", e.student, trim_scale(e.grade)::text as grade, e.attempts::text, e.attended::text, e.enrolled::text
        from plugin_teaching.enrolment e join plugin_teaching.course_group g on g.id = e.group_id
        where g.code = any(${codes}::text[])`.execute(trx)
      return rows
    },
    check(lines) {
      // Whoever is named is a student of the group, unless it is said not to be so.
      for (const line of lines) line.after = { ...line.after, enrolled: line.after['enrolled'] ?? 'true' }
    },
    async insert(trx, rows) {
      await sql`
        insert into plugin_teaching.enrolment (group_id, student, grade, attempts, attended, enrolled)
        select g.id, x.student, x.grade, x.attempts, x.attended, x.enrolled
        from ${asTable(rows)} join plugin_teaching.course_group g on g.code = x."group"`.execute(trx)
    },
    async update(trx, rows) {
      await sql`
        update plugin_teaching.enrolment e set grade = x.grade, attempts = x.attempts, attended = x.attended, enrolled = x.enrolled
        from ${asTable(rows)} join plugin_teaching.course_group g on g.code = x."group"
        where e.group_id = g.id and e.student = x.student`.execute(trx)
    },
    finish: rebuildFrom,
  }
}

function asTable(rows: readonly TableRow[]) {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as x (
    "group" text, student text, grade numeric, attempts smallint, attended boolean, enrolled boolean)`
}
