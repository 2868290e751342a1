import type { TableImport, TableRow } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { TeachingTables } from '../tables.ts'

/** What is taught. A course keeps its code over the years: its norm is made of them. */
export const courses: TableImport<TeachingTables> = {
  kind: 'courses',
  key: ['code'],
  columns: {
    code: { required: true, read: 'code', aliases: ['course', 'course code', 'шифр'], example: 'CS-101' },
    title: {
      required: true,
      read: 'text',
      aliases: ['name', 'course title', 'дисциплина', 'пән'],
      example: {
        kk: 'Бағдарламалау негіздері',
        ru: 'Основы программирования',
        en: 'Introduction to programming',
      },
    },
  },
  async readKnown(trx, lines) {
    const codes = lines.flatMap(({ values }) => values['code'] ?? [])
    const { rows } = await sql<TableRow>`
      select code, title from plugin_teaching.course where code = any(${codes}::text[])`.execute(trx)
    return rows
  },
  async insert(trx, rows) {
    await sql`insert into plugin_teaching.course (code, title) select code, title from ${asTable(rows)}`.execute(
      trx,
    )
  },
  async update(trx, rows) {
    await sql`
      update plugin_teaching.course c set title = x.title from ${asTable(rows)} where c.code = x.code`.execute(
      trx,
    )
  },
}

function asTable(rows: readonly TableRow[]) {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as x (code text, title text)`
}
